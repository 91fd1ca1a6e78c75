"""Bengali digits and South Asian grouping."""

import re

_TO_BANGLA = str.maketrans("0123456789", "০১২৩৪৫৬৭৮৯")
_TO_ASCII = str.maketrans("০১২৩৪৫৬৭৮৯", "0123456789")
_PAIR_BOUNDARY = re.compile(r"(?<=\d)(?=(?:\d\d)+\Z)")
_LAST_GROUP = 3


def to_bangla(value: int | str) -> str:
    """Return the value with its ASCII digits as ০-৯."""
    return str(value).translate(_TO_BANGLA)


def to_ascii(text: str) -> str:
    """Return the text with its Bengali digits as 0-9."""
    return text.translate(_TO_ASCII)


def grouped(number: int) -> str:
    """Return a number in Bengali digits, grouped: ১২,৩৪,৫৬৭.

    The last three digits stand together and the rest in pairs: thousand, lakh, crore.
    """
    digits = str(abs(number))
    head, tail = digits[:-_LAST_GROUP], digits[-_LAST_GROUP:]
    pairs = _PAIR_BOUNDARY.sub(",", head)
    sign = "-" if number < 0 else ""
    return to_bangla(sign + (f"{pairs},{tail}" if pairs else tail))
