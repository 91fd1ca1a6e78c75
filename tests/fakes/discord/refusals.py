"""How the platform says no.

A status, a number for the reason, its words, and which field was meant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable

KNOWN = {
    10003: (404, "Unknown Channel"),
    10004: (404, "Unknown Guild"),
    10007: (404, "Unknown Member"),
    10008: (404, "Unknown Message"),
    10013: (404, "Unknown User"),
    10015: (404, "Unknown Webhook"),
    10062: (404, "Unknown interaction"),
    10063: (404, "Unknown application command"),
    20016: (429, "This action cannot be performed due to slowmode rate limit"),
    20022: (429, "Message could not be edited due to announcement rate limits"),
    20028: (429, "The write action you are performing on the channel has hit the write rate limit"),
    30032: (400, "Maximum number of application commands reached (100)"),
    30034: (400, "Max number of daily application command creates has been reached (200)"),
    30046: (400, "Maximum number of edits to messages older than 1 hour reached. Try again later"),
    40001: (401, "Unauthorized"),
    40002: (403, "You need to verify your account in order to perform this action"),
    40033: (400, "This message has already been crossposted."),
    40058: (400, "Cannot send messages in a forum channel"),
    40060: (400, "Interaction has already been acknowledged."),
    40062: (429, "Service resource is being rate limited"),
    40067: (400, "A tag is required to create a forum post in this channel"),
    50001: (403, "Missing Access"),
    50003: (403, "Cannot execute action on a DM channel"),
    50005: (403, "Cannot edit a message authored by another user"),
    50006: (400, "Cannot send an empty message"),
    50007: (403, "Cannot send messages to this user"),
    50008: (400, "Cannot send messages in a non-text channel"),
    50013: (403, "Missing Permissions"),
    50021: (403, "Cannot execute action on a system message"),
    50024: (400, "Cannot execute action on this channel type"),
    50027: (401, "Invalid Webhook Token"),
    50068: (400, "Invalid message type"),
    50083: (400, "Thread is archived"),
    50278: (403, "Cannot send messages to this user due to having no mutual guilds"),
    130000: (503, "API resource is currently overloaded. Try again a little later"),
    160002: (400, "Cannot reply without permission to read message history"),
    160004: (400, "A thread has already been created for this message"),
    160005: (400, "Thread is locked"),
    200000: (400, "Message was blocked by automatic moderation"),
}
INVALID = 50035


class Refusal(Exception):  # noqa: N818 - it is an answer
    """An answer that is no result."""

    def __init__(self, status: int, code: int, message: str, errors: dict[str, Any] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.body: dict[str, Any] = {"message": message, "code": code, **({"errors": errors} if errors else {})}


def refusal(code: int) -> Refusal:
    """Return what the platform answers for a reason that has a number."""
    status, message = KNOWN[code]
    return Refusal(status, code, message)


def plain(status: int, reason: str) -> Refusal:
    """Return an answer without a number.

    To a bad token, an unknown address, an unknown method.
    """
    return Refusal(status, 0, f"{status}: {reason}")


class Form:
    """What is wrong with a body, field by field.

    Nested as the platform nests it.
    """

    def __init__(self) -> None:
        self._errors: dict[str, Any] = {}

    def wrong(self, path: Iterable[str | int], code: str, message: str) -> None:
        """Note that a field is wrong."""
        place = self._errors
        for step in path:
            place = place.setdefault(str(step), {})
        place.setdefault("_errors", []).append({"code": code, "message": message})

    def required(self, path: Iterable[str | int]) -> None:
        """Note that a field is missing."""
        self.wrong(path, "BASE_TYPE_REQUIRED", "This field is required")

    def length(self, value: object, path: Iterable[str | int], least: int, most: int) -> None:
        """Judge the length of a text, in code points."""
        if value is None:
            if least:
                self.required(path)
        elif not isinstance(value, str):
            self.wrong(path, "STRING_TYPE_CONVERT", f'Could not interpret "{value}" as string.')
        elif len(value) > most or (least > 1 and len(value) < least):
            words = f"Must be between {least} and {most} in length." if least else f"Must be {most} or fewer in length."
            self.wrong(path, "BASE_TYPE_BAD_LENGTH" if least else "BASE_TYPE_MAX_LENGTH", words)
        elif least and not value:
            self.required(path)

    def count(self, value: list[Any], path: Iterable[str | int], least: int, most: int) -> None:
        """Judge how many there are."""
        if not least <= len(value) <= most:
            self.wrong(path, "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length.")

    def choice(self, value: object, path: Iterable[str | int], among: Iterable[object]) -> bool:
        """Judge whether a value is one of those that there are."""
        known = tuple(among)
        if value in known:
            return True
        self.wrong(path, "BASE_TYPE_CHOICES", f"Value must be one of {{{', '.join(map(str, known))}}}.")
        return False

    def address(self, value: str, path: Iterable[str | int], schemes: tuple[str, ...]) -> None:
        """Judge an address by its scheme."""
        if not value.startswith(tuple(f"{one}://" for one in schemes)):
            words = f'Scheme "{value.partition(":")[0].lower()}" is not supported. Scheme must be one of {schemes}.'
            self.wrong(path, "URL_TYPE_INVALID_SCHEME", words)
        elif not urlsplit(value).netloc:
            self.wrong(path, "URL_TYPE_INVALID_URL", "Not a well formed URL.")

    def finish(self) -> None:
        """Refuse the body if anything was wrong."""
        if self._errors:
            raise Refusal(400, INVALID, "Invalid Form Body", self._errors)
