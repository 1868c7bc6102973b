"""What the server says of itself: its capabilities, resource types and schemas (RFC 7644 §4)."""

from functools import cache

from scim2_models import Mutability, Required, ResourceType, Schema, ServiceProviderConfig

from people.scim import wire

MAX_RESULTS = 200
MAX_BODY = 4 * 1024 * 1024

# Read from clients, but not promised.
_UNPUBLISHED = {"formatted", "primary"}
# What a source must own, at least one of them, to change an attribute after the person was made.
_OWNED = {
    "name": {"first_name", "last_name"}, "title": {"job_title"}, "userType": {"employment"},
    "preferredLanguage": {"locale"}, "emails": {"email"}, "phoneNumbers": {"phone", "mobile"},
    "addresses": {"location"}, "department": {"department"}, "manager": {"manager"},
}  # fmt: skip


def config() -> ServiceProviderConfig:
    """The capabilities."""
    yes, no = {"supported": True}, {"supported": False}
    return ServiceProviderConfig.model_validate(
        {
            "patch": yes,
            "bulk": {**no, "maxOperations": 0, "maxPayloadSize": MAX_BODY},
            "filter": {**yes, "maxResults": MAX_RESULTS},
            "changePassword": no,
            "sort": yes,
            "etag": yes,
            "authenticationSchemes": [
                {
                    "type": "oauthbearertoken",
                    "name": "Bearer token",
                    "description": "A token made by an administrator, in the header Authorization.",
                    "primary": True,
                }
            ],
            "pagination": {
                "cursor": False, "index": True, "defaultPaginationMethod": "index",
                "defaultPageSize": MAX_RESULTS, "maxPageSize": MAX_RESULTS,
            },
            "meta": {"resourceType": "ServiceProviderConfig"},
        }
    )  # fmt: skip


@cache
def resource_types() -> dict[str, ResourceType]:
    """{id: resource type}, the same for every source."""
    found = {}
    for model, words in ((wire.User, "Colleagues"), (wire.Group, "Groups of colleagues")):
        one = ResourceType.from_resource(model)
        one.description = words
        found[one.id] = one
    return found


def schemas(source) -> dict[str, Schema]:
    """{URN: schema} as the source may use them: what it does not own is read-only for it (the address immutable)."""
    found = {urn: schema.model_copy(deep=True) for urn, schema in _schemas().items()}
    for schema in found.values():
        for attribute in schema.attributes:
            needed = _OWNED.get(attribute.name)
            if needed and not needed & set(source.fields):
                required = attribute.required == Required.true
                attribute.mutability = Mutability.immutable if required else Mutability.read_only
    return found


@cache
def _schemas():
    """What one resource needs to exist here is required, though we read more kindly."""
    found = {}
    for model, name in (
        (wire.Person, "User"),
        (wire.EnterpriseUser, "Enterprise User"),
        (wire.Group, "Group"),
    ):
        schema = model.to_schema()
        schema.name, schema.description = name, model.__doc__.strip()
        for attribute in schema.attributes:
            if attribute.sub_attributes:
                attribute.sub_attributes = [
                    sub for sub in attribute.sub_attributes if sub.name not in _UNPUBLISHED
                ]
            if attribute.name in ("emails", "active"):
                attribute.required = Required.true
            if model is wire.Person and attribute.name == "displayName":
                attribute.mutability = Mutability.read_only
        found[str(model.__schema__)] = schema
    return found
