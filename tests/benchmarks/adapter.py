"""A platform in Telegram's shape: python-telegram-bot's Bot over a small aiohttp request, HTML prepared once."""

from __future__ import annotations

import json
from collections import OrderedDict
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from html import escape
from typing import TYPE_CHECKING

import aiohttp
from telegram import Bot
from telegram.constants import ParseMode
from telegram.error import NetworkError, RetryAfter, TelegramError
from telegram.request import BaseRequest
from yarl import URL

from bot.messages import Attribution, Choices, Heading, Paragraph, Summary, Traits
from bot.ports import Pace, Postponed, Sent, Unavailable, Unknown

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from telegram.request import RequestData

    from bot.messages import Choice, Message, Span
    from bot.model import Target
    from bot.outbox import Ref
    from bot.ports import SendResult

TOKEN = "1:benchmark"  # noqa: S105 - nobody's
ENGINE = "1:engine"
SLOTS = 64
_JSON = {"Content-Type": "application/json"}
_READ_WITHIN = 60.0
_PREPARED = 64
"""Messages whose HTML is kept: the drawer hands out the same object again and again."""


class NotSentError(NetworkError):
    """The request certainly did not leave."""


class AiohttpRequest(BaseRequest):
    """Posts JSON: a form would url-encode Bengali for every message."""

    def __init__(self) -> None:
        """Open nothing yet."""
        super().__init__()
        self._session: aiohttp.ClientSession | None = None
        self._timeout = aiohttp.ClientTimeout(total=None, sock_connect=5.0, sock_read=_READ_WITHIN)

    @property
    def read_timeout(self) -> float:
        """Seconds to wait for an answer: a message that was perhaps sent is worth waiting for."""
        return _READ_WITHIN

    async def initialize(self) -> None:
        """Open the session."""
        self._session = bare_session()

    async def shutdown(self) -> None:
        """Close the session."""
        if self._session is not None:
            await self._session.close()

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: object, **__: object
    ) -> tuple[int, bytes]:
        """Send one request; say whether it left."""
        assert self._session is not None
        body = as_json(request_data.parameters) if request_data is not None else b"{}"
        target = URL(url, encoded=True)
        try:
            async with self._session.request(
                method, target, data=body, headers=_JSON, timeout=self._timeout
            ) as response:
                return response.status, await response.read()
        except aiohttp.ClientConnectorError as error:
            raise NotSentError(str(error)) from error
        except (aiohttp.ClientError, TimeoutError) as error:
            raise NetworkError(str(error)) from error


@dataclass
class TelegramShaped:
    """An account of a platform as the sender sees it."""

    bot: Bot

    name = "telegram"
    account = "telegram"
    traits = Traits()
    pace = Pace(per_second=None, slots=SLOTS)

    def __post_init__(self) -> None:
        self._prepared: OrderedDict[int, tuple[Message, dict[str, object]]] = OrderedDict()

    async def send(
        self, target: Target, message: Message, key: str, *, silent: bool = False, answers: Ref | None = None
    ) -> SendResult:
        """Send a message through the library."""
        del key, answers
        wanted = {"chat_id": target.external_id, **self._prepare(message)}
        if silent:
            wanted["disable_notification"] = True
        try:
            # Not `send_message`: it makes objects of all that is in the answer, 80 fields, of which one number matters,
            # and halves the rate. Of a method that the library has under this very name it would complain; the
            # platform knows it in capitals too.
            sent = await self.bot.do_api_request("SendMessage", api_kwargs=wanted)
        except RetryAfter as error:
            wait = error.retry_after
            return Postponed(wait if isinstance(wait, timedelta) else timedelta(seconds=wait))
        except NotSentError as error:
            return Unavailable(str(error))
        except TelegramError as error:
            return Unknown(str(error))
        return Sent(str(sent["message_id"]))

    async def edit(self, ref: Ref, message: Message) -> SendResult:
        """Take an edit as done; a first push has none."""
        del message
        return Sent(ref.message_id)

    def _prepare(self, message: Message) -> dict[str, object]:
        # By identity: to hash a message is to hash all of its text. It is kept too, so that no other takes its number.
        found = self._prepared.get(id(message))
        if found is None:
            found = self._prepared[id(message)] = (message, prepare(message))
            if len(self._prepared) > _PREPARED:
                self._prepared.popitem(last=False)
        return found[1]


@asynccontextmanager
async def telegram(port: int) -> AsyncIterator[TelegramShaped]:
    """Open an account at a server on this machine."""
    base = f"http://127.0.0.1:{port}/bot"
    bot = Bot(ENGINE, base_url=base, request=AiohttpRequest(), get_updates_request=AiohttpRequest())
    async with bot:
        yield TelegramShaped(bot)


def bare_session() -> aiohttp.ClientSession:
    """Open a client without what a bot does not need: cookies, a limit of its own."""
    return aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0), cookie_jar=aiohttp.DummyCookieJar())


def prepare(message: Message) -> dict[str, object]:
    """Return all that is sent for a message but the chat, written once for all chats that see the same."""
    return {
        "text": as_html(message),
        "parse_mode": ParseMode.HTML,
        "link_preview_options": {"prefer_small_media": True},
        "reply_markup": keyboard(message),
    }


def as_json(value: object) -> bytes:
    """Write a request: Bengali as it is, in half the bytes of escapes."""
    return json.dumps(value, ensure_ascii=False).encode()


def as_html(message: Message) -> str:
    """Write a card: headline, first sentence, the others folded, who said it and when."""
    return "\n\n".join(text for part in message.parts if (text := _part(part)))


def keyboard(message: Message) -> dict[str, object]:
    """Write the rows of choices under a card."""
    rows = [row for part in message.parts if isinstance(part, Choices) for row in part.rows]
    return {"inline_keyboard": [[_button(choice) for choice in row] for row in rows]}


def _part(part: object) -> str:
    match part:
        case Heading(text):
            return f"<b>{escape(text)}</b>"
        case Summary((first, *others)):
            folded = "\n\n".join(escape(sentence) for sentence in others)
            return escape(first) + (f"\n<blockquote expandable>{folded}</blockquote>" if folded else "")
        case Paragraph(lines) | Attribution(lines):
            return "\n".join("".join(_span(span) for span in line) for line in lines)
        case _:
            return ""


def _span(span: Span) -> str:
    text = escape(span.text)
    return f'<a href="{escape(span.link)}">{text}</a>' if span.link else text


def _button(choice: Choice) -> dict[str, str]:
    return {"text": choice.label, **({"url": choice.link} if choice.link else {"callback_data": choice.command})}
