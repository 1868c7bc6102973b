"""In which language somebody wrote, so that screen readers pronounce it rightly. No database."""

import re

_GERMAN = """
aber als am auch auf aus bei bin bis da das dass dem den der des die dir doch du ein eine einen einer er es für habe
haben hat heute ich ihr im in ist ja kann kein keine man mehr mich mir mit nach nicht noch nur oder schon sehr sich
sie sind so über um und uns unser vom von vor war was wenn wer werden wie wir wird zu zum zur danke
"""
_ENGLISH = """
a about all also an and are as at be been but by can did do does for from had has have he how i if in is it its just
like me more my no not of on one or our out she so than thanks that the their them there they this to today too up
us was we were what when which who why will with would you your
"""
_WORDS = {"de": frozenset(_GERMAN.split()), "en": frozenset(_ENGLISH.split())}
_WORD = re.compile(r"[^\W\d_]+")
FEWEST, LEAD = 2, 2


def guess(text: str, *, otherwise: str = "") -> str:
    """ "de" or "en" when the text's small words clearly say so, else `otherwise`. Reads the first 2,000 characters."""
    words = _WORD.findall(text[:2000].casefold())
    counts = {code: sum(word in known for word in words) for code, known in _WORDS.items()}
    best, second = sorted(counts, key=counts.get, reverse=True)
    if counts[best] >= FEWEST and counts[best] >= LEAD * counts[second]:
        return best
    return otherwise


def is_small(word: str) -> bool:
    """Whether a word stands in nearly every text of its language and says nothing alone."""
    return any(word.casefold() in known for known in _WORDS.values())
