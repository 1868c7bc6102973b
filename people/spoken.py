"""Languages that people speak, by code and by name in the reader's language. No database."""

from django.conf.locale import LANG_INFO
from django.utils.translation import get_language_info

from people.handles import slugify_de

# One for each language, no regional spellings; the two written forms of Chinese stay apart.
CODES = sorted(
    code
    for code, info in LANG_INFO.items()
    if "code" in info and (len(code) == 2 or code.startswith("zh-han"))
)


def name_of(code: str) -> str:
    """ "Deutsch" for "de" when the reader reads German; the code itself for one that nobody knows."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def choices() -> list[tuple[str, str]]:
    """Code and name of every language, by name."""
    return sorted(((code, name_of(code)) for code in CODES), key=lambda one: slugify_de(one[1]))
