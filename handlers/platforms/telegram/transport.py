"""Sends requests to the Bot API over aiohttp.

It tells what was certainly not sent from what may have been.
The library's own transport slows down with every connection it holds, and its errors do not tell the two apart. No
error here carries an address, for the token stands in it.
"""

from __future__ import annotations

import json
import re
from http import HTTPStatus
from io import BytesIO
from typing import TYPE_CHECKING, Any

import aiohttp
from telegram.request import BaseRequest
from yarl import URL

from bot.delivery.throttle import asked_wait
from handlers.platforms.telegram.posting import PostDoubtfulError, Posting, PostNotSentError, error_name
from handlers.platforms.telegram.settings import SLOTS

if TYPE_CHECKING:
    from aiohttp.client_reqrep import ClientRequest
    from aiohttp.connector import Connection
    from aiohttp.tracing import Trace
    from telegram.request import RequestData

CONNECTIONS = SLOTS
CONNECT_WITHIN = 10.0
POOL_WITHIN = 10.0
"""Seconds that a request waits for one of the connections."""
WRITE_WITHIN = 20.0
READ_WITHIN = 60.0
"""Seconds to wait for an answer: whether a message was sent is worth waiting for."""
LEAST_WAIT = 0.01
_REFUSALS = range(400, 600)
_ABOUT_SOMETHING = (HTTPStatus.BAD_REQUEST, HTTPStatus.FORBIDDEN)
"""What these are about, a message or a chat, their words alone say."""
_JSON = {"Content-Type": "application/json"}
_PROXIES = ("http", "https")
_SENT = re.compile(rb'\{"ok":true,"result":\{"message_id":(\d+)[,}]')
"""How the server begins the answer about a message; the rest is that message again, 3 kB that nobody reads."""


class AiohttpRequest(BaseRequest):
    """Posts JSON, or a form where there are files.

    A form would url-encode Bengali for every message.
    """

    def __init__(
        self,
        *,
        connections: int = CONNECTIONS,
        proxy: str | None = None,
        connect_within: float = CONNECT_WITHIN,
        pool_within: float = POOL_WITHIN,
        read_within: float = READ_WITHIN,
    ) -> None:
        """Open nothing yet.

        Hold ``connections`` at most; more requests wait for one of them.

        Raises:
            ValueError: the proxy is not one that can be used.
        """
        super().__init__()
        self._connections = connections
        self._proxy = _proxy(proxy)
        self._connect_within = connect_within
        self._pool_within = pool_within
        self._read_within = read_within
        self._postings: dict[URL, Posting] = {}
        self._ways: dict[str, tuple[Posting, bytes]] = {}
        self._session: aiohttp.ClientSession | None = None
        self.date = ""
        """When the last answer was given, by the server's clock and in its words."""

    @property
    def read_timeout(self) -> float:
        """Seconds to wait for an answer if the library names none.

        Long polling adds its own to it.
        """
        return self._read_within

    async def initialize(self) -> None:
        """Open the session, unless it is open."""
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(
                connector=_Connector(limit=self._connections),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
                proxy=self._proxy,
            )

    async def shutdown(self) -> None:
        """Close the session and its connections."""
        for posting in self._postings.values():
            posting.close()
        if self._session is not None:
            await self._session.close()

    async def do_request(  # noqa: PLR0917 - the library's interface
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Send one request; return its answer's status and body."""
        connect = _seconds(connect_timeout, self._connect_within)
        timeout = _timeout(
            connect,
            connect + _seconds(pool_timeout, self._pool_within),
            _seconds(write_timeout, WRITE_WITHIN),
            _seconds(read_timeout, self._read_within),
        )
        body, headers = _body(request_data)
        return await self._request(method, URL(url, encoded=True), body, headers, timeout)

    async def post_written(self, url: str, body: bytes) -> int:
        """Post written JSON; return the message's number.

        Return 0 if none is answered.

        Raises:
            TelegramError: as the library's own `post`, which reads what is no success.
        """
        if self._session is None or self._session.closed:
            raise PostNotSentError("the transport is not open")
        if self._proxy is not None:
            usual = _timeout(
                self._connect_within, self._connect_within + self._pool_within, WRITE_WITHIN, self._read_within
            )
            status, answer = await self._request("POST", URL(url, encoded=True), body, _JSON, usual)
        else:
            posting, path = self._ways.get(url) or self._way(url)
            status, answer = await posting.post(path, body)
        if status == HTTPStatus.OK and (sent := _SENT.match(answer)) is not None:
            return int(sent[1])
        return number_of_message(await _Answered(*_checked(status, answer, "POST")).post(url))

    def _way(self, url: str) -> tuple[Posting, bytes]:
        """Return what posts to an address's server.

        The rest of the address comes with it.
        """
        address = URL(url, encoded=True)
        origin = address.origin()
        if (posting := self._postings.get(origin)) is None:
            posting = self._postings[origin] = Posting(
                origin,
                self._connections,
                connect_within=self._connect_within,
                answered_within=WRITE_WITHIN + self._read_within,
            )
        self._ways[url] = way = posting, address.raw_path_qs.encode()
        return way

    async def _request(
        self,
        method: str,
        address: URL,
        body: bytes | aiohttp.FormData | None,
        headers: dict[str, str],
        timeout: aiohttp.ClientTimeout,  # noqa: ASYNC109 - aiohttp's own
    ) -> tuple[int, bytes]:
        if self._session is None or self._session.closed:
            raise PostNotSentError("the transport is not open")
        try:
            async with self._session.request(
                method, address, data=body, headers=headers, timeout=timeout, allow_redirects=False
            ) as response:
                self.date = response.headers.get("Date", "")
                return _checked(response.status, await response.read(), method)
        except (aiohttp.ClientError, OSError) as error:
            # Not from the error: its text, which a traceback would print, has the address in it.
            raise PostDoubtfulError(error_name(error)) from None

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Return an answer as JSON.

        The library's own way writes a body that it cannot read to the log.
        """
        answer = _words(payload)
        if answer is None or ("result" not in answer and answer.get("ok") is not False):
            raise PostDoubtfulError("an answer that is not the Bot API's")
        return answer


class _Answered(BaseRequest):
    """An answer that is here already.

    The library reads it to say what is wrong.
    """

    def __init__(self, status: int, answer: bytes) -> None:
        super().__init__()
        self._answer = status, answer

    @property
    def read_timeout(self) -> None:
        """Nothing is waited for."""

    async def initialize(self) -> None:
        """Open nothing."""

    async def shutdown(self) -> None:
        """Close nothing."""

    async def do_request(self, *_: object, **__: object) -> tuple[int, bytes]:
        """Return the answer."""
        return self._answer

    parse_json_payload = staticmethod(AiohttpRequest.parse_json_payload)


class _Connector(aiohttp.TCPConnector):
    """Tells failures to connect from all others.

    Nothing is written before there is a connection, so a request that fails until then was not sent.
    """

    async def connect(self, req: ClientRequest, traces: list[Trace], timeout: aiohttp.ClientTimeout) -> Connection:  # noqa: ASYNC109 - aiohttp's interface
        try:
            return await super().connect(req, traces, timeout)
        except (aiohttp.ClientError, OSError) as error:
            raise PostNotSentError(f"no connection: {error_name(error)}") from None


def _proxy(address: str | None) -> URL | None:
    if not address:
        return None
    try:
        proxy = URL(address)
    except ValueError:
        proxy = URL()
    if proxy.scheme not in _PROXIES or not proxy.host:
        # The address stays out of the text: it may have a password in it.
        raise ValueError("the proxy has to be http://HOST:PORT or https://HOST:PORT, with USER:PASSWORD@ if need be")
    return proxy


def _seconds(given: object, usual: float) -> float:
    """Return the library's timeout, or ours where it names none."""
    return float(given) if isinstance(given, int | float) else usual


def _timeout(connect: float, pooled: float, write: float, read: float) -> aiohttp.ClientTimeout:
    """Return a bound for every step and the whole.

    A reader that takes our bytes one at a time is noticed by nothing else.
    """
    return aiohttp.ClientTimeout(total=pooled + write + read, connect=pooled, sock_connect=connect, sock_read=read)


def _body(data: RequestData | None) -> tuple[bytes | aiohttp.FormData | None, dict[str, str]]:
    if data is None:
        return None, {}
    if data.contains_files:
        return _form(data), {}
    return written(data.parameters), _JSON


def written(value: object) -> bytes:
    """Write JSON without spaces and with Bengali as it is."""
    # A lone half of a character, which no text should have, must not keep its message from being sent at all.
    return _encode(value).encode(errors="replace")


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _form(data: RequestData) -> aiohttp.FormData:
    form = aiohttp.FormData(quote_fields=False)
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, kind) in data.multipart_data.items():
        # A large body in one piece would hold up everything else while it is written.
        read = BytesIO(content) if isinstance(content, bytes) else content
        form.add_field(name, read, filename=filename, content_type=kind)
    return form


def number_of_message(result: object) -> int:
    """Return the message's number, 0 for none.

    Some proxies write it as text.
    """
    said = str(result.get("message_id", "")) if isinstance(result, dict) else ""
    return int(said) if said.isascii() and said.isdigit() else 0


def _checked(status: int, body: bytes, method: str) -> tuple[int, bytes]:
    """Return an answer of the Bot API's.

    A proxy's answer is kept out of errors, for it may name the address.
    """
    words = _words(body) or {}
    if words.get("ok") is False:
        return _refused(status, words)
    if status < HTTPStatus.MULTIPLE_CHOICES:
        return status, body
    said = f"HTTP {status}, and not from the Bot API"
    if status < HTTPStatus.INTERNAL_SERVER_ERROR or method != "POST":
        raise PostNotSentError(said)
    raise PostDoubtfulError(said)


def _refused(status: int, words: dict[str, Any]) -> tuple[int, bytes]:
    """Write a refusal as the library can read it.

    It makes of a field that is not what it should be what nobody expects.
    """
    code, told, said = (words.get(name) for name in ("error_code", "parameters", "description"))
    if status < HTTPStatus.MULTIPLE_CHOICES:
        # Something on the way says of all that it is well.
        status = code if isinstance(code, int) and code in _REFUSALS else HTTPStatus.BAD_REQUEST
    parameters = told if isinstance(told, dict) else {}
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        # Of no seconds at all the library makes an error like any other.
        passed: dict[str, object] = {"retry_after": max(asked_wait(parameters.get("retry_after")), LEAST_WAIT)}
    else:
        passed = {name: str(parameters[name]) for name in ("migrate_to_chat_id",) if parameters.get(name) is not None}
    described = said if isinstance(said, str) else ""
    if not described and status in _ABOUT_SOMETHING:
        raise PostNotSentError(f"HTTP {status}, and not said why")
    return status, written({"ok": False, "error_code": status, "description": described, "parameters": passed})


def _words(body: bytes) -> dict[str, Any] | None:
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return answer if isinstance(answer, dict) else None
