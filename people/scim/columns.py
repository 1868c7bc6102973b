"""Which attribute of the wire is which column, for filters and sorting. What is not here cannot be filtered by."""

from dataclasses import dataclass

from people.scim import wire

USER, GROUP = str(wire.Person.__schema__).casefold(), str(wire.Group.__schema__).casefold()
ENTERPRISE = str(wire.EnterpriseUser.__schema__).casefold()


@dataclass(frozen=True)
class Column:
    """`kind`: text, exact (case counts), flag, time, id, people (an id of a person behind a relation), constant."""

    kind: str
    path: str = ""
    constant: str = ""


def _text(path):
    return Column("text", path)


PERSON = "identity__user__"
_WORK = Column("constant", constant="work")

# {schema: {attribute: column, or for attributes of many values the columns of each value that there may be}}
PEOPLE = {
    USER: {
        "id": Column("id", "p"),
        "externalid": Column("exact", "identity__subject"),
        "username": _text("user_name"),
        "name.givenname": _text(f"{PERSON}first_name"),
        "name.familyname": _text(f"{PERSON}last_name"),
        "name.formatted": _text("full_name"),
        "displayname": _text("full_name"),
        "title": _text(f"{PERSON}job_title"),
        "usertype": _text(f"{PERSON}employment"),
        "preferredlanguage": _text(f"{PERSON}locale"),
        "active": Column("flag", f"{PERSON}is_active"),
        "emails": [
            {
                "value": _text(f"{PERSON}email"),
                "type": _WORK,
                "primary": Column("constant", constant="true"),
            }
        ],
        "phonenumbers": [
            {"value": _text(f"{PERSON}phone"), "type": _WORK},
            {"value": _text(f"{PERSON}mobile"), "type": Column("constant", constant="mobile")},
        ],
        "addresses": [{"locality": _text(f"{PERSON}location__name"), "type": _WORK}],
        "meta.created": Column("time", "created_at"),
        "meta.lastmodified": Column("time", "changed_at"),
        "meta.resourcetype": Column("constant", constant="User"),
        "schemas": Column("constant", constant=USER),
    },
    ENTERPRISE: {
        "department": _text(f"{PERSON}department__name"),
        "manager": Column("people", f"{PERSON}manager"),
        "manager.value": Column("people", f"{PERSON}manager"),
    },
}
GROUPS = {
    GROUP: {
        "id": Column("id", "g"),
        "externalid": Column("exact", "external_id"),
        "displayname": _text("name"),
        "members": [
            {
                "value": Column("people", "audience__extra_members"),
                "type": Column("constant", constant="User"),
            }
        ],
        "meta.created": Column("time", "created_at"),
        "meta.lastmodified": Column("time", "changed_at"),
        "meta.resourcetype": Column("constant", constant="Group"),
        "schemas": Column("constant", constant=GROUP),
    }
}


def find(columns, attr_path):
    """(column or None, the sub-attribute asked for within many values) of a path of the filter grammar.

    With a schema in front only that schema is looked at; without one the core schema comes first.
    """
    schemas = [columns.get(attr_path.uri.casefold(), {})] if attr_path.uri else list(columns.values())
    name, sub = attr_path.attr.casefold(), (attr_path.sub_attr or "").casefold()
    for schema in schemas:
        if isinstance(schema.get(name), list):
            return schema[name], sub
        found = schema.get(f"{name}.{sub}" if sub else name)
        if found is not None:
            return found, ""
    return None, ""
