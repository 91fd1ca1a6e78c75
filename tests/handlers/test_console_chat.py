from __future__ import annotations

import io
import os
from typing import TYPE_CHECKING

import anyio
import anyio.lowlevel
import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.document import Document
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from bot.intake import first_run
from bot.ports.platform import Unavailable
from bot.values.articles import Query
from bot.values.chats import Role, Target
from bot.values.errors import SettingsError
from bot.values.messages import plain
from handlers.context import Services
from handlers.platforms.console import chat as chat_module
from handlers.platforms.console.adapter import ConsolePlatform, role, target
from handlers.platforms.console.chat import Conversation
from handlers.platforms.console.terminal import Pipe, Prompt, WordCompleter
from tests.fakes.world import World, a_world, router

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from pathlib import Path

    from handlers.platforms.console.render import ConsoleLine

pytestmark = pytest.mark.anyio


class FakeTerminal:
    """A terminal somebody sits at.

    Typed lines come when the test sends them; shown ones are kept.
    """

    interactive = True
    columns = 80

    def __init__(self) -> None:
        self._send, self._receive = anyio.create_memory_object_stream[str](20)
        self.shown: list[str] = []
        self._seen = anyio.Event()

    async def texts(self) -> AsyncIterator[str]:
        async with self._receive:
            async for text in self._receive:
                yield text

    def show(self, lines: Sequence[ConsoleLine]) -> None:
        self.shown += [line.text for line in lines]
        self._seen.set()
        self._seen = anyio.Event()

    def type(self, text: str) -> None:
        self._send.send_nowait(text)

    def leave(self) -> None:
        self._send.close()

    async def until(self, text: str) -> None:
        with anyio.fail_after(10):
            while not any(text in line for line in self.shown):
                await self._seen.wait()


def _conversation(world: World, terminal: object, name: str = "local") -> Conversation:
    services = Services.of(world.core)
    return Conversation(world.core, terminal, name, router(), services)  # type: ignore[arg-type]


async def _idle() -> None:
    await anyio.sleep_forever()


def _piped(text: bytes) -> tuple[Pipe, io.StringIO]:
    reading, writing = os.pipe()
    os.write(writing, text)
    os.close(writing)
    output = io.StringIO()
    return Pipe(os.fdopen(reading, encoding="utf-8"), output), output


async def test_a_pipe_is_answered_line_by_line_and_ends(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await world.add("নদীর ঘাটে নতুন সেতু", "সেতু খুলল।")
        pipe, output = _piped("/latest 1\n\n১\nসাহায্য".encode())
        await _conversation(world, pipe).run(_idle)
        assert output.getvalue().count("১  নদীর ঘাটে নতুন সেতু") == 2, "its card, then the whole of it"
        assert "‘খবর’ কীভাবে ব্যবহার করবেন" in output.getvalue()


async def test_a_pipe_that_sends_nothing_is_shown_the_newest(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await world.add("নদীর ঘাটে নতুন সেতু")
        pipe, output = _piped(b"")
        await _conversation(world, pipe).run(_idle)
        assert "নদীর ঘাটে নতুন সেতু" in output.getvalue()


async def test_a_file_and_broken_bytes_are_read_too(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        (tmp_path / "questions").write_bytes("অবস্থা\n".encode() + b"\xff\xfe\xe0\xa6\n" + b"x" * 3_000_000)
        with (tmp_path / "questions").open(encoding="utf-8") as source:
            output = io.StringIO()
            await _conversation(world, Pipe(source, output)).run(_idle)
        assert "এখনো কোনো খবর আসেনি" in output.getvalue()
        assert "এত লম্বা লেখা" in output.getvalue()


async def test_what_waited_for_a_piped_reader_is_shown_once(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await world.at_once("reader")
        await world.follow("reader")
        await world.add("নদীর ঘাটে নতুন সেতু")
        pipe, output = _piped("অবস্থা\n".encode())
        await _conversation(world, pipe, "reader").run(_idle)
        assert output.getvalue().startswith("🔔 নদীর ঘাটে নতুন সেতু (নদী পত্রিকা)\n")
        pipe, output = _piped("অবস্থা\n".encode())
        await _conversation(world, pipe, "reader").run(_idle)
        assert "🔔" not in output.getvalue()


async def test_a_headline_arrives_while_somebody_sits_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chat_module, "LOOK", 0.005)
    async with a_world(tmp_path) as world, anyio.create_task_group() as group:
        await world.at_once("reader")
        terminal = FakeTerminal()
        group.start_soon(_conversation(world, terminal, "reader").run, world.core.engine.run)
        await terminal.until("কী জানতে চান, লিখুন।")
        terminal.type("ফলো সেতু")
        await terminal.until("‘সেতু’ ফলো করছেন।")
        await world.add("নদীর ঘাটে নতুন সেতু")
        await world.add("পাহাড়ে মেলা")
        await terminal.until("🔔 নদীর ঘাটে নতুন সেতু (নদী পত্রিকা)")
        chat = await world.core.store.chats.ensure(target("reader"), world.clock())
        with anyio.fail_after(10):
            while await world.core.store.deliveries.counts(chat.id, world.clock()) != (1, 0):
                await anyio.lowlevel.checkpoint()
        assert sum("🔔" in line for line in terminal.shown) == 1
        terminal.leave()


async def test_a_second_terminal_of_a_name_waits_and_takes_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chat_module, "LOOK", 0.005)
    async with a_world(tmp_path) as world, anyio.create_task_group() as group:
        await world.at_once("reader")
        await world.follow("reader")
        first, second = FakeTerminal(), FakeTerminal()
        group.start_soon(_conversation(world, first, "reader").run, _idle)
        await first.until("কী জানতে চান")
        await world.add("এক")
        await world.spread()
        await first.until("🔔 এক")
        group.start_soon(_conversation(world, second, "reader").run, _idle)
        await second.until("এই নামে আরেকটি টার্মিনাল খোলা আছে")
        await world.add("দুই")
        await world.spread()
        await first.until("🔔 দুই")
        first.leave()
        await world.add("তিন")
        await world.spread()
        await second.until("🔔 তিন")
        assert not any("🔔 এক" in line or "🔔 দুই" in line for line in second.shown)
        second.leave()


async def test_an_empty_archive_has_samples_and_one_arrives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chat_module, "SAMPLE_AFTER", 0.005)
    async with a_world(tmp_path) as world, anyio.create_task_group() as group:
        await first_run.fill(world.core.store, world.core.clock())
        sample = (await world.core.store.articles.page(Query(), 1))[0]
        assert sample.sample
        assert len(await world.core.store.articles.page(Query(), 50)) == 12
        assert len(await world.core.store.sources.all()) > 40
        terminal = FakeTerminal()

        async def converse() -> None:
            await _conversation(world, terminal).run(_idle, sample)

        group.start_soon(converse)
        await terminal.until(f"🔔 {sample.headline} (নমুনা পোর্টাল)")
        terminal.type("/latest 1")
        await terminal.until("এটি নমুনা; আসল খবর এলেই সরে যাবে।")
        terminal.leave()


async def test_an_archive_that_holds_something_is_left_as_it_is(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await world.add("আসল খবর")
        await first_run.fill(world.core.store, world.core.clock())
        assert await world.core.store.sources.all() == []
        assert len(await world.core.store.articles.page(Query(), 50)) == 1


async def test_the_prompt_keeps_history_and_ends_on_ctrl_d(tmp_path: Path) -> None:
    with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
        keys.send_text("অর্ধেক\x03পুরো লেখা\r\x04")
        prompt = Prompt(tmp_path / "history", ["সর্বশেষ"], source=keys, output=DummyOutput())
        assert [text async for text in prompt.texts()] == ["পুরো লেখা"]
        assert prompt.columns > 0
    assert "পুরো লেখা" in (tmp_path / "history").read_text(encoding="utf-8")


def test_completion_offers_what_begins_alike() -> None:
    words = WordCompleter(["সর্বশেষ", "সংবাদ", "latest", "language"])

    def offered(text: str) -> list[str]:
        return [completion.text for completion in words.get_completions(Document(text), None)]  # type: ignore[arg-type]

    assert offered("স") == ["সর্বশেষ", "সংবাদ"]
    assert offered("/la") == ["/latest", "/language"]
    assert offered("") == []


async def test_a_chat_at_another_terminal_is_not_ours_to_show() -> None:
    platform = ConsolePlatform(target("me"), lambda _: None)
    assert isinstance(await platform.send(Target("console", "you"), plain("ক"), "k"), Unavailable)


def test_local_owns_the_machine_and_names_are_checked() -> None:
    assert role("local", ()) is Role.OWNER
    assert role("rima", ("console:rima",)) is Role.ADMIN
    assert role("rima", ()) is Role.READER
    for name in ("", "../x", "a b", "x" * 40):
        with pytest.raises(SettingsError):
            target(name)
