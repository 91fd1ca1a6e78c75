"""Reads when, how often and how long, in English requests.

The texts are in key() form.
"""

from __future__ import annotations

import re
from typing import Final

REGULARLY: Final = re.compile(r"(?<!\s)\s+(?:daily|every day|regularly|each day|everyday)$")
AT_ONCE: Final = re.compile(r"(?<!\s)\s+(?:at once|immediately|instantly|as it happens|as they come)$")
_DAY_OR_PART = r"morning|noon|afternoon|evening|night|(?:mon|tues|wednes|thurs|fri|satur|sun)days?"
_CLOCK = r"\d{1,2}(?::\d\d)?\s?(?:am|pm)?"
_WHEN: Final = re.compile(
    r"(?<!\s)\s+(?:(?:daily|every ?day|each day)\s+)?(?:(?:at|on|in the|every|each)\s+)+"
    rf"({_DAY_OR_PART}|{_CLOCK}(?: and {_CLOCK})?)(?:\s+(?:daily|every ?day|each day))?$"
)
_OFTEN: Final = re.compile(r"(?<!\s)\s+(once|twice|three times)(?:(?: (?:a|per|every))? (day|week)| daily)$")
_FRONT: Final = re.compile(rf"^(?:(?:every|each|on|at|in the)\s+)+({_DAY_OR_PART})\s+")
_COUNT, _UNIT = r"\d{1,3}|an?|one|two|three|four|five", r"(?:minute|hour|day|week|month)s?"
_LASTS: Final = re.compile(
    rf"(?<!\s)\s+(?:for (?:the next )?(?P<long>(?:{_COUNT}) {_UNIT})|(?:until|till) (?P<until>[a-z0-9 :]{{2,20}}))$"
)
_ONE: Final = re.compile(r"^(?:an?|one)\b")


def timed(text: str) -> tuple[str, str]:
    """Return a request, and at which times of day it wants something."""
    if (often := _OFTEN.search(text)) is not None:
        return text[: often.start()], _TIMES[often[1]] if often[2] != "week" else "friday"
    if (front := _FRONT.match(text)) is not None:
        return text[front.end() :], front[1]
    found = _WHEN.search(text)
    return (text[: found.start()], found[1]) if found is not None else (text, "")


_TIMES: Final = {"once": "morning", "twice": "twice", "three times": "8:00 13:00 21:00"}


def lasting(text: str) -> tuple[str, str]:
    """Return a request, and how long it shall last."""
    found = _LASTS.search(text)
    if found is None:
        return text, ""
    said = _ONE.sub("1", found["long"]) if found["long"] else f"{found['until']} until"
    return text[: found.start()], said
