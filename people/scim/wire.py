"""The resources on the wire: only what we keep. What clients send beyond that is dropped, and never stored."""

from typing import Annotated, Any

from pydantic import Field
from scim2_models import (
    CaseExact,
    ComplexAttribute,
    Extension,
    Mutability,
    Reference,
    Required,
    Resource,
    Returned,
    ScimPolicy,
    Uniqueness,
)
from scim2_models.urn import URN

# Directories send more than we publish, remove with a value, and write to entries that are not there yet (Entra ID).
POLICY = ScimPolicy(
    unknown=ScimPolicy.Unknown.ignore,
    remove_value_as_filter=ScimPolicy.RemoveValue.apply,
    unmatched_path_filter=ScimPolicy.UnmatchedPathFilter.create,
)


class PersonName(ComplexAttribute):
    """The parts of a name; `formatted` is read when a directory has no parts, and not published."""

    given_name: str | None = Field(None, description="First name.")
    family_name: str | None = Field(None, description="Last name.")
    formatted: str | None = None


class Email(ComplexAttribute):
    """An address. `primary` helps to choose the one that we keep, and is not published."""

    value: Annotated[str | None, Required.true] = Field(
        None, description="The one address of the person; unique in the installation."
    )
    type: str | None = Field(None, examples=["work"], description="Always work.")
    primary: bool | None = None


class PhoneNumber(ComplexAttribute):
    """A number at work or a mobile one."""

    value: Annotated[str | None, Required.true] = Field(None, description="As it is to be shown.")
    type: str | None = Field(None, examples=["work", "mobile"], description="Work or mobile.")
    primary: bool | None = None


class Address(ComplexAttribute):
    """Where somebody works."""

    locality: str | None = Field(None, description="The location, by name; made when it is new.")
    type: str | None = Field(None, examples=["work"], description="Always work.")
    primary: bool | None = None


class Manager(ComplexAttribute):
    """The person somebody reports to."""

    value: Annotated[str | None, CaseExact.true] = Field(None, description="The manager's id.")
    ref: Annotated[Reference["User"] | None, CaseExact.true] = Field(
        None, serialization_alias="$ref", validation_alias="$ref", description="The manager's address."
    )


class EnterpriseUser(Extension):
    """The enterprise extension."""

    __schema__ = URN("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User")

    department: str | None = Field(None, description="The department, by name; made when it is new.")
    manager: Manager | None = Field(None, description="The person somebody reports to.")


class Person(Resource[Any]):
    """A colleague (core schema User)."""

    __schema__ = URN("urn:ietf:params:scim:schemas:core:2.0:User")

    user_name: Annotated[str | None, Required.true, Uniqueness.server] = Field(
        None, description="How the directory calls the person; unique in the directory."
    )
    name: PersonName | None = Field(None, description="The parts of the name.")
    display_name: str | None = Field(None, description="The name as shown: first and last name.")
    title: str | None = Field(None, description="The role in the company.")
    user_type: str | None = Field(None, description="The kind of employment.")
    preferred_language: str | None = Field(
        None, examples=["de", "en"], description="The language of the pages."
    )
    active: bool | None = Field(None, description="False ends everything that lets the person in.")
    emails: list[Email] | None = Field(None, description="One address.")
    phone_numbers: list[PhoneNumber] | None = Field(None, description="At most one of each type.")
    addresses: list[Address] | None = Field(None, description="At most one.")


class Member(ComplexAttribute):
    """A person in a group."""

    value: Annotated[str | None, Mutability.immutable, CaseExact.true] = Field(
        None, description="The person's id."
    )
    ref: Annotated[Reference["User"] | None, Mutability.immutable, CaseExact.true] = Field(
        None, serialization_alias="$ref", validation_alias="$ref", description="The person's address."
    )
    type: Annotated[str | None, Mutability.immutable] = Field(
        None, examples=["User"], description="Always User: groups within groups are sent as their people."
    )


class Group(Resource[Any]):
    """A group, which is an audience here."""

    __schema__ = URN("urn:ietf:params:scim:schemas:core:2.0:Group")

    display_name: Annotated[str | None, Required.true] = Field(None, description="The name of the group.")
    members: Annotated[list[Member] | None, Returned.default] = Field(
        None, description="People of the same directory."
    )


User = Person[EnterpriseUser]
