"""The server: one bot, its chats, and people who write in them."""

from __future__ import annotations

import asyncio
import contextlib
import re
import time
from typing import TYPE_CHECKING, Any, Self

from aiohttp import web

from tests.fakes.telegram.chats import Chat, Document, Shown
from tests.fakes.telegram.entities import parse
from tests.fakes.telegram.faults import Fault, Refusal, Windows
from tests.fakes.telegram.people import person, rights
from tests.fakes.telegram.reading import rows_of
from tests.fakes.telegram.reading import values as values_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

TOKEN = "123456:a-token-of-nobody-000000000000000"  # noqa: S105 - nobody's
BOT = {"id": 1, "is_bot": True, "first_name": "খবর", "username": "khobor_bot"}
TEXT, CAPTION = 4096, 1024
DOCUMENT, DOWNLOADED = 50_000_000, 20_000_000
SAME = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)
CONFLICT = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")


class FakeTelegram:
    """Use it as `async with`; `base` is what TELEGRAM_API_BASE is set to."""

    def __init__(self, *, strict: bool = False, second: float = 1.0, number: int = 1) -> None:
        self.token = TOKEN
        self.bot = {**BOT, "id": number}
        self.chats: dict[int, Chat] = {}
        self.faults: list[Fault] = []
        self.requests: list[tuple[str, dict[str, Any]]] = []
        self.toasts: list[tuple[str, bool]] = []
        self.documents: dict[str, Document] = {}
        self.fetched: list[str] = []
        """Names of the files that the bot fetched."""
        self.inline: list[dict[str, Any]] = []
        self.requested = ""
        """The last inline query."""
        self.shared: dict[str, Shown] = {}
        """What was shared by inline mode, by the number by which the bot may change it; without one by another."""
        self.feedback = True
        """Whether @BotFather was asked to tell the bot what is chosen."""
        self.hooked = False
        """Whether the bot has said where it listens."""
        self._allowed: set[str] | None = None
        self.menus: dict[str, list[str]] = {}
        self.refused = 0
        self._windows = Windows(second) if strict else None
        self._updates: list[dict[str, Any]] = []
        self._pressed: set[str] = set()
        self._number = 0
        self._message = 100
        self._polls = 0
        self._ended = False
        self.conflicts = 0
        """Polls that met another one."""
        self._bell = asyncio.Condition()
        self._news = asyncio.Condition()

    async def __aenter__(self) -> Self:
        application = web.Application(client_max_size=1 << 24)
        application.router.add_route("*", "/bot{token}/{method}", self._serve)
        application.router.add_get("/file/bot{token}/{path:.*}", self._file)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        port = self._runner.addresses[0][1]
        self.base = f"http://127.0.0.1:{port}"
        return self

    async def __aexit__(self, *_: object) -> None:
        async with self._bell:
            self._ended = True
            self._bell.notify_all()
        await self._runner.cleanup()

    # --- what people do ---

    def private(self, number: int) -> Chat:
        """Return somebody's chat with the bot."""
        return self.chats.setdefault(number, Chat(number, "private", f"পাঠক {number}", members={number: "member"}))

    def group(self, number: int, *, admins: tuple[int, ...] = (), topics: tuple[int, ...] = ()) -> Chat:
        """Return a supergroup; one with topics is a forum."""
        members = dict.fromkeys(admins, "administrator")
        made = Chat(number, "supergroup", f"পাড়া {number}", members=members, topics=dict.fromkeys(topics, True))
        return self.chats.setdefault(number, made)

    def channel(self, number: int) -> Chat:
        """Return a channel that the bot may post in."""
        return self.chats.setdefault(number, Chat(number, "channel", f"চ্যানেল {number}", bot="administrator"))

    async def says(self, chat: Chat, text: str, *, by: int = 0, anonymous: bool = False, **more: object) -> None:
        """Let somebody write; without a text what they send stands in ``more``."""
        self._message += 1
        sender = {"sender_chat": chat.as_json()} if anonymous else {}
        message = {
            "message_id": self._message,
            "date": int(time.time()),
            "chat": chat.as_json(),
            "from": person(by or chat.id),
            **({"text": text} if text else {}),
            **sender,
            **more,
        }
        await self.update(message=message)

    async def posts(self, channel: Chat, text: str, **more: object) -> None:
        """Let a channel's admin write in it.

        The post is the channel's own.
        """
        self._message += 1
        about = {"message_id": self._message, "date": int(time.time()), "chat": channel.as_json()}
        await self.update(channel_post={**about, "sender_chat": channel.as_json(), "text": text, **more})

    async def hands(self, chat: Chat, document: Document, caption: str = "") -> None:
        """Let somebody send a file."""
        self._message += 1
        self.documents[document.as_json()["file_id"]] = document
        about = {"message_id": self._message, "date": int(time.time()), "chat": chat.as_json(), "from": person(chat.id)}
        said = {"caption": caption} if caption else {}
        await self.update(message={**about, **said, "document": document.as_json()})

    async def presses(self, chat: Chat, label: str, *, on: Shown | None = None, by: int = 0) -> None:
        """Let somebody press a button of a message.

        The last one unless said otherwise.
        """
        shown = on or chat.last
        button = shown.button(label)
        await self.sends_back(chat, shown, button["callback_data"], by=by)

    async def sends_back(self, chat: Chat, shown: Shown, data: str, *, by: int = 0) -> None:
        """Let a button send this back, whatever it is."""
        self._number += 1
        number = f"press-{self._number}"
        self._pressed.add(number)
        message = {"date": int(time.time()), "chat": chat.as_json(), "from": self.bot, **shown.as_json()}
        pressed = {"id": number, "from": person(by or chat.id), "chat_instance": "1", "data": data, "message": message}
        await self.update(callback_query=pressed)

    async def types(self, text: str, *, by: int = 7) -> None:
        """Let somebody type the bot's name and this, in any chat."""
        self._number += 1
        self.requested = f"inline-{self._number}"
        query = {"id": self.requested, "from": person(by), "query": text, "offset": ""}
        await self.update(inline_query=query)

    async def shares(self, title: str, *, by: int = 7) -> Shown:
        """Let somebody share a card that the bot offered last."""
        (found,) = [one for one in self.inline[-1]["results"] if one["title"] == title]
        said, rows = found["input_message_content"], rows_of(found.get("reply_markup") or {})
        text, entities = parse(said["message_text"])
        self._message += 1
        shown = Shown(self._message, text, entities, rows, raw=said["message_text"])
        # A message without buttons has no number that a bot is told.
        number = f"inline-message-{self._message}"
        self.shared[number if rows else f"of nobody-{self._message}"] = shown
        about = {"result_id": found["id"], "from": person(by), "query": ""}
        if self.feedback:
            await self.update(chosen_inline_result={**about, **({"inline_message_id": number} if rows else {})})
        return shown

    async def joins(self, chat: Chat, *, was: str = "left", now: str = "member", by: int = 7, **more: object) -> None:
        """Let the bot come into a chat, leave or lose rights."""
        chat.bot = now
        chat.blocked = chat.kind == "private" and now == "kicked"
        change = {
            "chat": chat.as_json(),
            "from": person(by),
            "date": int(time.time()),
            "old_chat_member": {"user": self.bot, "status": was, **rights(was)},
            "new_chat_member": {"user": self.bot, "status": now, **rights(now), **more},
        }
        await self.update(my_chat_member=change)

    async def moves(self, chat: Chat, number: int, *, first: bool = False) -> Chat:
        """Let a group become a supergroup.

        ``first``: its new address is told before the old one says where it went.
        """
        chat.moved_to, chat.bot = number, "left"
        new = self.group(number)
        about = {"date": int(time.time()), "from": person(7)}
        old = {**about, "message_id": 1, "chat": chat.as_json(), "migrate_to_chat_id": number}
        if first:
            await self.joins(new)
            await self.until(lambda: bool(new.messages))
        await self.update(message=old)
        await self.update(message={**about, "message_id": 2, "chat": new.as_json(), "migrate_from_chat_id": chat.id})
        if not first:
            await self.joins(new)
        return new

    async def update(self, **what: object) -> None:
        """Put an update in line, if its kind was asked for."""
        self._number += 1
        if self._allowed is not None and not self._allowed & set(what):
            return
        async with self._bell:
            self._updates.append({"update_id": self._number, **what})
            self._bell.notify_all()

    async def until(self, done: Callable[[], bool], seconds: float = 60.0) -> None:
        """Wait until something holds; looked at whenever the bot has done something."""
        async with asyncio.timeout(seconds), self._news:
            await self._news.wait_for(done)

    async def until_polled(self) -> None:
        """Wait until somebody polls."""
        async with self._bell:
            await self._bell.wait_for(lambda: self._polls > 0)

    # --- what the bot asks ---

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"].lower()
        values = await values_of(request)
        chat = int(values["chat_id"]) if str(values.get("chat_id", "")).lstrip("-").isdecimal() else None
        fault = next((one for one in self.faults if one.meets(method, chat)), None)
        if fault is not None:
            fault.times -= 1
            await asyncio.sleep(fault.delay)
            if fault.cut == "before":
                return self._cut(request)
            if fault.body is not None and fault.status:
                async with self._news:
                    self._news.notify_all()
                return web.Response(text=fault.body, status=fault.status)
        try:
            self._admit(request.match_info["token"], method, fault, chat)
            result = await self._method(method)(values)
        except Refusal as refusal:
            self.refused += refusal.code == 429
            async with self._news:
                self._news.notify_all()
            answer = {"ok": False, "error_code": refusal.code, "description": refusal.description}
            if refusal.parameters:
                answer["parameters"] = refusal.parameters
            return web.json_response(answer, status=refusal.code)
        if method != "getupdates":
            self.requests.append((method, values))
            async with self._news:
                self._news.notify_all()
        if fault is not None and fault.cut == "after":
            return self._cut(request)
        if fault is not None and fault.body is not None:
            return web.Response(text=fault.body)
        return web.json_response({"ok": True, "result": result})

    def _cut(self, request: web.Request) -> web.StreamResponse:
        if request.transport is not None:
            request.transport.close()
        return web.Response()

    def _admit(self, token: str, method: str, fault: Fault | None, chat: int | None) -> None:
        if token != self.token:
            raise Refusal(401, "Unauthorized")
        if fault is not None and fault.status:
            after = {"retry_after": fault.retry_after} if fault.retry_after is not None else {}
            raise Refusal(fault.status, fault.description, **after)
        if self._windows is not None and method.startswith(("send", "edit", "delete")):
            self._windows.admit(chat, time.monotonic(), new=method.startswith("send"))

    def _method(self, name: str) -> Callable[[dict[str, Any]], Awaitable[Any]]:
        found: Callable[[dict[str, Any]], Awaitable[Any]] | None = getattr(self, f"_on_{name}", None)
        if found is None:
            raise Refusal(404, "Not Found")
        return found

    async def _on_getme(self, _: dict[str, Any]) -> object:
        may = {"can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": True}
        return {**self.bot, **may}

    async def _on_getupdates(self, values: dict[str, Any]) -> object:
        """Hold an empty answer.

        If two wait, the newer wins, as on the platform.
        """
        offset = int(values.get("offset") or 0)
        self._allow(values)
        async with self._bell:
            self._polls += 1
            mine = self._polls
            self._bell.notify_all()
            self._updates = [one for one in self._updates if one["update_id"] >= offset]
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(float(values.get("timeout") or 0)):
                    await self._bell.wait_for(lambda: self._updates or self._polls > mine or self._ended)
            if self._polls > mine:
                self.conflicts += 1
                raise Refusal(409, CONFLICT)
            return self._updates[:100]

    def _allow(self, values: dict[str, Any]) -> None:
        """Remember which kinds of updates are made from now on.

        None named: as before.
        """
        if values.get("allowed_updates"):
            self._allowed = set(values["allowed_updates"])

    async def _on_setwebhook(self, values: dict[str, Any]) -> object:
        self._allow(values)
        self.hooked = True
        return True

    async def _true(self, _: dict[str, Any]) -> object:
        return True

    _on_deletewebhook = _on_setmydescription = _on_setmyshortdescription = _on_sendchataction = _true

    async def _on_setmycommands(self, values: dict[str, Any]) -> object:
        scope = values.get("scope") or {"type": "default"}
        names = [one["command"] for one in values["commands"]]
        if not all(_COMMAND.fullmatch(name) for name in names) or len(names) > 100:
            raise Refusal(400, "Bad Request: BOT_COMMAND_INVALID")
        if not all(1 <= len(one["description"]) <= 256 for one in values["commands"]):
            raise Refusal(400, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")
        where = f"{scope['type']}{scope.get('chat_id', '')}"
        self.menus[where] = [one["description"] for one in values["commands"]]
        return True

    async def _on_getchatmember(self, values: dict[str, Any]) -> object:
        chat, user = self._chat(values), int(values["user_id"])
        status = chat.bot if user == self.bot["id"] else chat.members.get(user, "left")
        return {"user": person(user), "status": status, **rights(status)}

    async def _on_getchat(self, values: dict[str, Any]) -> object:
        name = str(values["chat_id"]).removeprefix("@")
        found = [chat for chat in self.chats.values() if name in (str(chat.id), chat.username)]
        if not found:
            raise Refusal(400, "Bad Request: chat not found")
        return found[0].as_json()

    async def _on_sendmessage(self, values: dict[str, Any]) -> object:
        return self._post(values, "text", TEXT, "message is too long")

    async def _on_sendphoto(self, values: dict[str, Any]) -> object:
        if not str(values.get("photo", "")).startswith("http"):
            raise Refusal(400, "Bad Request: wrong file identifier/HTTP URL specified")
        return self._post(values, "caption", CAPTION, "message caption is too long", photo=values["photo"])

    async def _on_getfile(self, values: dict[str, Any]) -> object:
        document = self.documents.get(str(values.get("file_id")))
        if document is None:
            raise Refusal(400, "Bad Request: invalid file_id")
        if len(document.content) > DOWNLOADED:
            raise Refusal(400, "Bad Request: file is too big")
        return {**document.as_json(), "file_path": f"documents/{values['file_id']}"}

    async def _file(self, request: web.Request) -> web.StreamResponse:
        found = self.documents.get(request.match_info["path"].removeprefix("documents/"))
        if request.match_info["token"] != self.token or found is None:
            raise web.HTTPNotFound
        self.fetched.append(found.name)
        return web.Response(body=found.content)

    async def _on_senddocument(self, values: dict[str, Any]) -> object:
        upload = values.get("document")
        if not isinstance(upload, web.FileField):
            raise Refusal(400, "Bad Request: there is no document in the request")
        content = upload.file.read()
        if not content:
            raise Refusal(400, "Bad Request: file must be non-empty")
        if len(content) > DOCUMENT:
            raise Refusal(413, "Request Entity Too Large")
        document = Document(upload.filename, content, upload.content_type)
        return self._post(values, "caption", CAPTION, "message caption is too long", document=document)

    def _post(
        self,
        values: dict[str, Any],
        field: str,
        most: int,
        long: str,
        *,
        photo: str | None = None,
        document: Document | None = None,
    ) -> object:
        chat = self._writable(values)
        raw = str(values.get(field) or "")
        text, entities = parse(raw) if values.get("parse_mode") == "HTML" else (raw, [])
        if not text.strip() and photo is None and document is None:
            raise Refusal(400, "Bad Request: message text is empty")
        if len(text) > most:
            raise Refusal(400, f"Bad Request: {long}")
        self._message += 1
        reply = values.get("reply_parameters") or {}
        answers = reply.get("message_id")
        if answers is not None and answers not in chat.messages:
            if not reply.get("allow_sending_without_reply"):
                raise Refusal(400, "Bad Request: message to be replied not found")
            answers = None
        markup = values.get("reply_markup") or {}
        shown = Shown(
            self._message,
            text,
            entities,
            rows_of(markup),
            keys=markup if "inline_keyboard" not in markup and markup else None,
            photo=photo,
            document=document,
            preview=values.get("link_preview_options"),
            silent=bool(values.get("disable_notification")),
            answers=answers,
            thread=values.get("message_thread_id"),
            raw=raw,
        )
        chat.messages[shown.id] = shown
        return {"date": int(time.time()), "chat": chat.as_json(), "from": self.bot, **shown.as_json()}

    async def _on_editmessagetext(self, values: dict[str, Any]) -> object:
        return self._edit(values, "text", TEXT)

    async def _on_editmessagecaption(self, values: dict[str, Any]) -> object:
        return self._edit(values, "caption", CAPTION)

    def _edit(self, values: dict[str, Any], field: str, most: int) -> object:
        inline = values.get("inline_message_id")
        chat = None if inline else self._writable(values)
        shown = self.shared.get(str(inline)) if chat is None else chat.messages.get(int(values["message_id"]))
        if shown is None:
            raise Refusal(400, "Bad Request: " + ("MESSAGE_ID_INVALID" if inline else "message to edit not found"))
        if (field == "text") is bool(shown.photo or shown.document):
            raise Refusal(400, f"Bad Request: there is no {field} in the message to edit")
        raw = str(values.get(field) or "")
        text, entities = parse(raw) if values.get("parse_mode") == "HTML" else (raw, [])
        if not text.strip() or len(text) > most:
            raise Refusal(
                400, "Bad Request: message text is empty" if not text.strip() else "Bad Request: MESSAGE_TOO_LONG"
            )
        rows = rows_of(values.get("reply_markup") or {})
        if (text, entities, rows) == (shown.text, shown.entities, shown.rows):
            raise Refusal(400, SAME)
        shown.text, shown.entities, shown.rows, shown.raw = text, entities, rows, raw
        shown.preview = values.get("link_preview_options")
        shown.edits += 1
        if chat is None:
            return True
        return {"date": int(time.time()), "chat": chat.as_json(), "from": self.bot, **shown.as_json()}

    async def _on_deletemessage(self, values: dict[str, Any]) -> object:
        if self._chat(values).messages.pop(int(values["message_id"]), None) is None:
            raise Refusal(400, "Bad Request: message to delete not found")
        return True

    async def _on_answercallbackquery(self, values: dict[str, Any]) -> object:
        if values["callback_query_id"] not in self._pressed:
            raise Refusal(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
        self._pressed.discard(values["callback_query_id"])
        text = values.get("text") or ""
        if len(text) > 200:
            raise Refusal(400, "Bad Request: MESSAGE_TOO_LONG")
        self.toasts.append((text, bool(values.get("show_alert"))))
        return True

    async def _on_answerinlinequery(self, values: dict[str, Any]) -> object:
        for result in values["results"]:
            content = result["input_message_content"]
            text, _ = parse(content["message_text"])
            if not result["title"] or not text or len(text) > TEXT:
                raise Refusal(400, "Bad Request: RESULT_TITLE_EMPTY")
        if len(values["results"]) > 50:
            raise Refusal(400, "Bad Request: RESULTS_TOO_MUCH")
        self.inline.append(values)
        return True

    def _chat(self, values: dict[str, Any]) -> Chat:
        chat = self.chats.get(int(values["chat_id"]))
        if chat is None:
            raise Refusal(400, "Bad Request: chat not found")
        return chat

    def _writable(self, values: dict[str, Any]) -> Chat:
        chat = self._chat(values)
        if chat.moved_to is not None:
            text = "Bad Request: group chat was upgraded to a supergroup chat"
            raise Refusal(400, text, migrate_to_chat_id=chat.moved_to)
        if chat.blocked:
            raise Refusal(403, "Forbidden: bot was blocked by the user")
        if chat.gone:
            raise Refusal(403, "Forbidden: user is deactivated")
        if chat.bot in ("left", "kicked"):
            raise Refusal(403, f"Forbidden: bot was kicked from the {chat.kind} chat")
        if not chat.writes:
            raise Refusal(400, "Bad Request: not enough rights to send text messages to the chat")
        thread = values.get("message_thread_id")
        if thread is not None and int(thread) not in chat.topics:
            raise Refusal(400, "Bad Request: message thread not found")
        if thread is not None and not chat.topics[int(thread)]:
            raise Refusal(400, "Bad Request: TOPIC_CLOSED")
        return chat
