from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.warnings import PTBDeprecationWarning

from bot.ports.platform import (
    Barred,
    Closed,
    Gone,
    Lost,
    Moved,
    Postponed,
    Refused,
    Scope,
    SendResult,
    Sent,
    Unavailable,
    Unknown,
)
from bot.values.chats import Target
from bot.values.delivery import Form, Ref
from handlers.platforms.telegram.answers import (
    PHRASES,
    Phrase,
    about_picture,
    after_edit,
    after_send,
)
from handlers.platforms.telegram.posting import PostDoubtfulError, PostNotSentError
from handlers.platforms.telegram.transport import AiohttpRequest
from tests.handlers.telegram.server import TOKEN, cut, refused, said, serving

if TYPE_CHECKING:
    from tests.handlers.telegram.server import Answer

REF = Ref(Target("telegram", "7"), "5", Form.PHOTO)


@pytest.fixture(autouse=True)
def _timedelta(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library warns of numbers that it will give up."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


async def _answered(answer: Answer) -> SendResult:
    """Return what a message's answer means in the end.

    Once it has come through the transport and the library.
    """
    async with serving(answer) as server, AiohttpRequest() as request:
        with pytest.raises(TelegramError) as caught:
            await request.post_written(server.url(), b'{"chat_id":7}')
        return after_send(caught.value)


SAID = [
    (400, "Bad Request: chat not found", Gone),
    (400, "Bad Request: private chat not found", Gone),
    (400, "Bad Request: PEER_ID_INVALID", Gone),
    (400, "Bad Request: CHANNEL_PRIVATE", Gone),
    (400, "Bad Request: have no write access to the chat", Gone),
    (403, "Forbidden: bot was blocked by the user", Gone),
    (403, "Forbidden: user is deactivated", Gone),
    (403, "Forbidden: bot was kicked from the supergroup chat", Gone),
    (403, "Forbidden: bot was kicked from the channel chat", Gone),
    (403, "Forbidden: bot is not a member of the channel chat", Gone),
    (403, "Forbidden: the group chat was deleted", Gone),
    (403, "Forbidden: bot can't initiate conversation with a user", Gone),
    (403, "Forbidden: bot can't send messages to bots", Gone),
    (403, "Forbidden: something new", Gone),
    (400, "Bad Request: TOPIC_CLOSED", Closed),
    (400, "Bad Request: TOPIC_DELETED", Closed),
    (400, "Bad Request: message thread not found", Closed),
    (400, "Bad Request: not enough rights to send text messages to the chat", Closed),
    (403, "Forbidden: not enough rights to send text messages to the chat", Closed),
    (400, "Bad Request: need administrator rights in the channel chat", Closed),
    (400, "Bad Request: have no rights to send a message", Closed),
    (400, "Bad Request: CHAT_WRITE_FORBIDDEN", Closed),
    (400, "Bad Request: CHAT_SEND_PLAIN_FORBIDDEN", Closed),
    (400, "Bad Request: CHAT_ADMIN_REQUIRED", Closed),
    (400, "Bad Request: CHAT_RESTRICTED", Closed),
    (400, "Bad Request: ALLOW_PAYMENT_REQUIRED_5", Closed),
    (400, "Bad Request: message to edit not found", Lost),
    (400, "Bad Request: message can't be edited", Lost),
    (400, "Bad Request: MESSAGE_ID_INVALID", Lost),
    (400, "Bad Request: there is no text in the message to edit", Lost),
    (400, "Bad Request: message to be replied not found", Lost),
    (400, "Bad Request: can't parse entities: Unclosed start tag at byte offset 5", Refused),
    (400, "Bad Request: message is too long", Refused),
    (400, "Bad Request: message text is empty", Refused),
    (400, "Bad Request: BUTTON_DATA_INVALID", Refused),
    (400, "Bad Request: wrong type of the web page content", Refused),
    (401, "Unauthorized", Barred),
    (404, "Not Found", Barred),
    (409, "Conflict: terminated by other getUpdates request", Barred),
    (400, "Bad Request: logged out", Barred),
    (421, "Misdirected Request: unallowed token specified", Barred),
    (400, "Bad Request: FROZEN_METHOD_INVALID", Barred),
    (500, "Internal Server Error: restart", Unavailable),
    (429, "Too Many Requests", Postponed),
    (500, "Internal Server Error: request aborted", Unknown),
    (500, "Internal Server Error: sent message was immediately deleted and can't be returned", Unknown),
    (502, "Bad Gateway", Unknown),
    (504, "Gateway Timeout", Unknown),
]


@pytest.mark.parametrize(("status", "words", "means"), SAID)
async def test_what_the_platform_says(status: int, words: str, means: type) -> None:
    result = await _answered(refused(status, words))
    assert type(result) is means
    assert TOKEN not in repr(result)


async def test_what_came_of_it_without_its_words() -> None:
    assert isinstance(await _answered(cut), Unknown)
    assert isinstance(await _answered(said(b"<html>", 502)), Unknown)
    assert isinstance(await _answered(said(b"<html>", 413)), Unavailable)
    assert isinstance(await _answered(said({"ok": True})), Unknown)


async def test_a_wait_is_as_long_as_was_asked_for_and_its_scope_is_unsaid() -> None:
    answer = refused(429, "Too Many Requests: retry after 35", retry_after=35)
    assert await _answered(answer) == Postponed(timedelta(seconds=35), Scope.UNSAID)


@pytest.mark.parametrize("seconds", [3, 2.5])
def test_a_wait_may_come_as_a_number(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    monkeypatch.delenv("PTB_TIMEDELTA")
    with pytest.warns(PTBDeprecationWarning):
        result = after_send(RetryAfter(timedelta(seconds=seconds)))
    assert result == Postponed(timedelta(seconds=seconds), Scope.UNSAID)


async def test_a_chat_that_moved_says_where() -> None:
    words = "Bad Request: group chat was upgraded to a supergroup chat"
    assert await _answered(refused(400, words, migrate_to_chat_id=-1001234)) == Moved("-1001234")
    assert after_edit(ChatMigrated(-1009), REF) == Moved("-1009")


def test_an_edit_that_changes_nothing_is_well() -> None:
    words = "Message is not modified: specified new message content and reply markup are exactly the same"
    assert after_edit(BadRequest(words), REF) == Sent("5", Form.PHOTO)
    assert isinstance(after_send(BadRequest(words)), Refused)


def test_what_an_edit_meets_otherwise_is_what_a_message_meets() -> None:
    for error in (
        BadRequest("Message to edit not found"),
        Forbidden("Forbidden: x"),
        PostDoubtfulError("x"),
        ValueError(),
    ):
        assert after_edit(error, REF) == after_send(error)


ERRORS = [
    (PostNotSentError("no connection"), Unavailable),
    (PostDoubtfulError("TimeoutError"), Unknown),
    (TimedOut(), Unknown),
    (NetworkError("httpx.ReadError"), Unknown),
    (TelegramError("Invalid server response"), Unknown),
    (InvalidToken(f"The token `{TOKEN}` was rejected by the server."), Barred),
    (EndPointNotFound("Endpoint 'SendMessage' not found in Bot API"), Barred),
    (Conflict("Conflict"), Barred),
    (KeyError("result"), Unknown),
    (ValueError(""), Unknown),
]


@pytest.mark.parametrize(("error", "means"), ERRORS)
def test_errors_that_are_not_in_anybodys_words(error: Exception, means: type) -> None:
    result = after_send(error)
    assert type(result) is means
    assert TOKEN not in repr(result)
    assert isinstance(result, Barred | Unavailable | Unknown)
    assert result.reason


def test_every_phrase_is_found_before_a_wider_one() -> None:
    for phrase in PHRASES:
        assert isinstance(after_send(BadRequest(f"Bad Request: {phrase.words}")), phrase.means), phrase


def test_no_phrase_stands_twice_and_each_has_its_source() -> None:
    words = [phrase.words.casefold() for phrase in PHRASES]
    assert len(set(words)) == len(words)
    assert all(phrase.source for phrase in PHRASES)


NO_WORDS = st.text("0123456789 .,:;()-_", max_size=20)


@given(st.sampled_from(PHRASES), NO_WORDS, st.sampled_from((str.upper, str.lower, str.capitalize, str)))
def test_the_case_of_a_phrase_and_what_stands_behind_it_do_not_matter(phrase: Phrase, behind: str, cased: type) -> None:
    assert isinstance(after_send(BadRequest(cased(phrase.words) + behind)), phrase.means)


def test_a_reason_is_one_short_line_without_a_token() -> None:
    result = after_send(BadRequest(f"What\n  {TOKEN} " + "x" * 500))
    assert isinstance(result, Refused)
    assert result.reason.startswith("What *** xxx")
    assert len(result.reason) == 200


def test_what_was_refused_tells_what_to_try_next() -> None:
    markup = BadRequest("Can't parse entities: unexpected end tag at byte offset 3")
    assert not about_picture(markup)
    for words in ("Wrong type of the web page content", "Photo_invalid_dimensions", "Chat_send_photos_forbidden"):
        assert about_picture(BadRequest(words))
    assert about_picture(Forbidden("Forbidden: not enough rights to send photos to the chat"))
    for error in (
        BadRequest("Topic_closed"),
        PostNotSentError("can't parse entities"),
        ValueError("image_process_failed"),
    ):
        assert not about_picture(error)
