"""Errors that a person can act on; their words are shown, so they name what to do next and never a secret."""

from __future__ import annotations


class KhoborError(Exception):
    """Base of all errors whose text is written for the operator (one clear English line)."""


class SettingsError(KhoborError):
    """A setting is unknown, missing or wrong."""


class ParseError(KhoborError):
    """Bytes that are not what they were taken for: truncated, empty, hostile or of no kind known here."""


class PlatformError(KhoborError):
    """A chat platform cannot be reached; the text says what to mend."""


class StorageError(KhoborError):
    """The database cannot be read or written just now (locked, read-only, full, not ours); nothing stored is lost."""
