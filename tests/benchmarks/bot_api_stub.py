"""A Bot API that takes everything at once.

It runs in a process of its own and counts what each chat got by each token.
python -m tests.benchmarks.bot_api_stub [SECONDS]: prints its port; `/counts/TOKEN` tells what came. A message takes so
many seconds, by default none.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
from collections import Counter, defaultdict
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from tests.benchmarks.loopback import serve

if TYPE_CHECKING:
    from tests.benchmarks.loopback import Connection

_CHAT = re.compile(rb'"chat_id": ?"?(-?\d+)')
_TEXT = re.compile(rb'"text": ?("(?:[^"\\]|\\.)*")')
_KINDS = {"b": "bold", "a": "text_link", "blockquote": "expandable_blockquote"}
BOT = {"id": 1, "is_bot": True, "first_name": "Khobor", "username": "khobor_bot"}


class _Entities(HTMLParser):
    """Reads HTML as the platform does.

    The text, and the styles over it, counted in UTF-16 units.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = ""
        self.entities: list[dict[str, object]] = []
        self._begun: list[dict[str, object]] = []
        self.feed(text)
        self.close()

    def _at(self) -> int:
        return len(self.text.encode("utf-16-le")) // 2

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        address = {"url": dict(attrs).get("href")} if tag == "a" else {}
        self._begun.append({"type": _KINDS.get(tag, "code"), "offset": self._at(), "length": 0, **address})

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_endtag(self, tag: str) -> None:
        del tag
        entity = self._begun.pop()
        entity["length"] = self._at() - int(str(entity["offset"]))
        self.entities.append(entity)


class Api:
    """What came, and the answers, which are written once for each text."""

    def __init__(self, takes: float = 0.0) -> None:
        """Begin with nothing; a message takes so many seconds."""
        self._takes = takes
        self._counts: defaultdict[str, Counter[int]] = defaultdict(Counter)
        self._shown: dict[bytes, bytes] = {}
        self._messages = 0

    def handle(self, connection: Connection, path: bytes, body: bytes) -> None:
        """Answer one request."""
        *_, first, last = path.decode().split("/")
        if first == "counts":
            connection.answer(json.dumps(self._counts[last]).encode())
        elif last.lower() == "sendmessage":
            answer = self._send(first, body)
            if self._takes:
                asyncio.get_running_loop().call_later(self._takes, connection.answer, answer)
            else:
                connection.answer(answer)
        else:
            connection.answer(json.dumps({"ok": True, "result": BOT if last == "getMe" else True}).encode())

    def _send(self, token: str, body: bytes) -> bytes:
        found = _CHAT.search(body)
        chat, text = (found[1], _TEXT.search(body)) if found else (_form_chat(body), None)
        self._counts[token.removeprefix("bot")][int(chat)] += 1
        self._messages += 1
        return (
            b'{"ok":true,"result":{"message_id":%d,"date":1776146400,"chat":{"id":%b,"type":"private",'
            b'"first_name":"Reader"},"from":%b%b}}' % (self._messages, chat, _BOT, self._show(text[1] if text else b""))
        )

    def _show(self, text: bytes) -> bytes:
        """Return the text with its entities, as part of a message."""
        if text not in self._shown:
            read = _Entities(json.loads(text) if text else "")
            message = {"text": read.text, "entities": read.entities}
            self._shown[text] = b"," + json.dumps(message, ensure_ascii=False).encode()[1:-1]
        return self._shown[text]


_BOT = json.dumps(BOT).encode()


def _form_chat(body: bytes) -> bytes:
    """Find the chat in a form.

    Its text is not read, which favours whoever sends forms.
    """
    return next(part.partition(b"=")[2] for part in body.split(b"&") if part.startswith(b"chat_id="))


if __name__ == "__main__":
    asyncio.run(serve(Api(*map(float, sys.argv[1:])).handle))
