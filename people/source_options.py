"""What a directory source says beyond its columns: where to search, how often, how it links to sign-in. No database."""

from dataclasses import asdict, dataclass, fields

PEOPLE_FILTER = "(&(objectClass=person)(mail=*))"
GROUP_FILTER = (
    "(|(objectClass=group)(objectClass=groupOfNames)(objectClass=groupOfUniqueNames)(objectClass=posixGroup))"
)


@dataclass(frozen=True)
class Options:
    """`DirectorySource.options`, checked.

    `sign_in_issuer` and `sign_in_column`: with each person an Identity of that issuer is kept whose subject is the
    value of that attribute or column, so that single sign-on finds the account (A11).
    """

    url: str = ""
    start_tls: bool = False
    base: str = ""
    people_filter: str = PEOPLE_FILTER
    group_base: str = ""
    group_filter: str = GROUP_FILTER
    units_are_departments: bool = False
    photos: bool = True
    missing_leave: bool = False
    every_hours: int = 0
    sign_in_issuer: str = ""
    sign_in_column: str = ""

    def as_dict(self):
        """What is stored."""
        return asdict(self)


def of(source) -> Options:
    """The options of a source; what is not said, or of another kind of value, is the default."""
    given = source.options if isinstance(source.options, dict) else {}
    known = {one.name: type(one.default) for one in fields(Options)}
    return Options(**{name: value for name, value in given.items() if isinstance(value, known.get(name, ()))})
