"""Patterns for Bengali text in display form."""

from unicodedata import normalize


def nfc(pattern: str) -> str:
    """Return a pattern with letters as `display` writes them.

    য় in two code points; syntax is untouched.
    """
    return normalize("NFC", pattern)
