"""Defines errors that a person can act on.

Their words are shown, so they name what to do next and never a secret.
"""

from __future__ import annotations


class KhoborError(Exception):
    """The base of errors written for the operator.

    Its text is one clear English line.
    """


class SettingsError(KhoborError):
    """A setting is unknown, missing or wrong."""


class ParseError(KhoborError):
    """Bytes that are not what they were taken for.

    They are truncated, empty, hostile or of no kind known here. ``found`` names what they are where that helps whoever
    gave them: «sitemap», «wordpress», «opml», «list».
    """

    def __init__(self, text: str, found: str = "") -> None:
        """Say what is wrong, and what was found instead."""
        super().__init__(text, found)
        self.found = found

    def __str__(self) -> str:
        """Return the words alone."""
        return str(self.args[0])


class BudgetError(ParseError):
    """Work on bytes that used up its time."""


class WorkerDiedError(ParseError):
    """Work on bytes that took its process with it."""


class PlatformError(KhoborError):
    """A chat platform cannot be reached; the text says what to mend."""


class StorageError(KhoborError):
    """The database cannot be used just now.

    It is locked, read-only, full, or not ours; nothing stored is lost.
    """


class DamagedError(StorageError):
    """Some pages of the database cannot be read any more; others can."""
