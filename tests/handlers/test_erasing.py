"""After "all your data is gone" nothing that was typed stands anywhere.

The things that the screen names stay.
"""

from __future__ import annotations

import dataclasses
import json
import sqlite3
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest

from bot.editing import stories
from bot.running.cli import copies
from bot.values.calls import Call
from bot.values.chats import ChatKind, Role, Target, Term, TermKind
from handlers.buttons import Buttons
from storage.chats.erasing import erase_again
from storage.driver import backup
from storage.driver.restore import restore
from tests.fakes.world import PRESSED, START, World, a_world, chat_of
from tests.handlers.saying import choice, choices, text

if TYPE_CHECKING:
    from pathlib import Path

    from bot.values.messages import Reply

pytestmark = pytest.mark.anyio
CANARY = "ঘুঘুডাঙা"
"""A word that no article has and no list knows."""
TYPED = (
    "{}",
    "/search {}",
    "/search “{}”",
    "{} নিয়ে খবর দিন",
    "নৌকাডুবি -{}",
    "/follow {}",
    "/follow “{} সেতু”",
    "ফলো {} চাই",
    "/mute {}",
    "৭ দিন {} বাদ",
    "/unfollow {}",
    "/unmute {}",
    "/tag {}",
    "/latest {}",
    "/district {}",
    "/settings time {}",
    "/settings quiet {}",
    "/settings zone {}",
    "/pause {}",
    "/verify {}",
    "/report #1 {}",
    "ভুল আছে ১ {}",
    "/read {}",
    "/why {}",
    "/{}",
    "{} " * 40,
    "/language {}",
    "/keyboard {}",
    "/start {}",
    "/withdraw #1 {}",
    "/addsource {}",
)


def _standing(folder: Path, *words: str) -> list[str]:
    """Return the files in which a word stands."""
    sought = [form.encode() for word in words for form in (word, json.dumps(word).strip('"'))]
    files = [file for file in sorted(folder.iterdir()) if file.is_file()]
    return [file.name for file in files if any(one in file.read_bytes() for one in sought)]


async def _draw(world: World, reply: Reply) -> None:
    """Keep what an answer's buttons stand for, as drawing does."""
    buttons = Buttons(world.core.store, 64)
    for one in choices(reply):
        if isinstance(one.does, Call):
            buttons.data(one)
    await buttons.keep(world.clock())


def _rows_with(folder: Path, table: str, column: str, word: str) -> int:
    with sqlite3.connect(folder / "khobor.db") as raw:
        found = raw.execute(f"SELECT count(*) FROM {table} WHERE instr({column}, ?)", (word,)).fetchone()
    return int(found[0])


async def _type_everything(world: World, person: str, canary: str = CANARY) -> None:
    """Type a word on every path there is.

    They are private, in a group, and into every question.
    """
    for typed in TYPED:
        for traits in (PRESSED, dataclasses.replace(PRESSED, answers_alone=True)):
            words = typed.format(*[canary] * typed.count("{}"))
            reply = await world.say(words, person=person, role=Role.READER, traits=traits)
            await _draw(world, reply)
    for asks in ("/report #1", "/district", "/settings time own", "/settings quiet own", "/follow", "/mute", "/search"):
        await world.say(asks, person=person, role=Role.READER, traits=PRESSED)
        await world.say(canary, person=person, role=Role.READER, traits=PRESSED)
    group = Target("console", "group", account="console:group")
    dialogue = world.dialogue(PRESSED)
    for typed in ("{}", "/search {}", "/report #1", "{}"):
        await dialogue.reply(group, f"console:{person}", Role.READER, typed.format(canary), kind=ChatKind.GROUP)


async def _erase(world: World, person: str) -> str:
    asked = await world.say("আমার সব তথ্য মুছুন", person=person, role=Role.READER, traits=PRESSED)
    return text(await world.press(choice(asked, "🧹 হ্যাঁ, মুছুন"), person=person))


async def test_a_word_that_was_typed_everywhere_stands_nowhere(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        world.core = dataclasses.replace(
            world.core, settings=world.core.settings.model_copy(update={"admins": ("console:editor",)})
        )
        await world.chat("editor")
        await world.add("পদ্মায় নৌকাডুবি", "নৌকাটি ডুবেছে।", tags=("পদ্মা",))
        await _type_everything(world, "reader")
        for table, column in (("lists", "state"), ("calls", "given"), ("reports", "text"), ("terms", "name")):
            assert _rows_with(tmp_path, table, column, CANARY), table
        assert "আপনার সব তথ্য মুছে গেছে।" in await _erase(world, "reader")
        assert _standing(tmp_path, CANARY) == []
        assert _standing(tmp_path, "console:reader") == []


async def test_others_keep_the_same_words(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await world.add("পদ্মায় নৌকাডুবি", "নৌকাটি ডুবেছে।")
        for person in ("reader", "other"):
            await world.say(f"/follow {CANARY}", person=person, role=Role.READER)
        shown = await world.say("/search নৌকাটি", person="other", role=Role.READER, traits=PRESSED)
        await world.say("/search নৌকাটি", person="reader", role=Role.READER, traits=PRESSED)
        await _erase(world, "reader")
        other = await world.core.store.chats.find(chat_of("other"))
        assert other is not None
        assert [one.term.name for one in await world.core.store.subscriptions.of_chat(other.id)] == [CANARY]
        assert shown.message.listed is not None
        assert await world.core.store.shown.listed(shown.message.listed.id) == shown.message.listed


async def test_of_reports_only_the_text_of_what_led_to_a_change_stays_without_a_name(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        for headline in ("এক", "দুই"):
            await world.add(headline, "ক।")
        await world.say("/report #1 নামটি ভুল", person="reader", role=Role.READER)
        await world.say("/report #2 অন্য কথা", person="reader", role=Role.READER)
        story = await stories.find(world.core.store, 1)
        assert story is not None
        await stories.withdraw(world.core.store, story, "ভুল ছিল", "console:editor", world.clock())
        await _erase(world, "reader")
        store = world.core.store.reader_reports
        assert [(one.actor, one.text) for one in await store.of_article(1)] == [("", "নামটি ভুল")]
        assert await store.of_article(2) == []


async def test_what_an_editor_did_stays_as_a_readers(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await world.add("এক", "ক।")
        story = await stories.find(world.core.store, 1)
        assert story is not None
        await stories.withdraw(world.core.store, story, "ভুল ছিল", "console:reader", world.clock())
        await _erase(world, "reader")
        (line,) = await world.core.store.audit.recent(9)
        assert (line.who, line.what) == ("একজন পাঠক", "withdraw")


async def test_how_many_got_what_stays_as_numbers(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await world.at_once("reader")
        await world.follow("reader")
        await world.add("এক", "ক।")
        assert await world.owed("reader") == [1]
        await _erase(world, "reader")
        await world.core.engine.tidy()
        assert await world.core.store.chats.find(chat_of("reader")) is None


async def test_a_group_is_erased_by_its_admin_and_its_members_keep_their_own(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        store = world.core.store
        await world.say("/follow ইরান", person="member", role=Role.READER)
        group = Target("console", "group", account="console:group")
        dialogue = world.dialogue(PRESSED)
        kind = ChatKind.GROUP
        await dialogue.reply(group, "console:member", Role.CHAT_ADMIN, "/follow পদ্মা", kind=kind)
        asked = await dialogue.reply(group, "console:member", Role.CHAT_ADMIN, "আমার সব তথ্য মুছুন", kind=kind)
        assert "এই গ্রুপের তালিকা, সময় ও সেটিংস মুছে যাবে" in text(asked)
        await dialogue.reply(group, "console:member", Role.CHAT_ADMIN, "হ্যাঁ, মুছুন", kind=kind)
        assert await store.chats.find(group) is None
        member = await store.chats.find(chat_of("member"))
        assert member is not None
        assert [one.term.name for one in await store.subscriptions.of_chat(member.id)] == ["ইরান"]


async def test_a_backup_brings_nobody_back(tmp_path: Path) -> None:
    archive, copy = tmp_path / "khobor.db", tmp_path / "kept" / "khobor.backup"
    copy.parent.mkdir()
    async with a_world(tmp_path) as world:
        for person in ("reader", "other"):
            await world.say(f"/follow {CANARY if person == 'reader' else 'ইরান'}", person=person, role=Role.READER)
        group = Target("console", "group", account="console:group")
        await world.dialogue().reply(group, "console:x", Role.CHAT_ADMIN, "/follow পদ্মা", kind=ChatKind.GROUP)
        backup.write(archive, copy, START)
        await _erase(world, "reader")
        chat = await world.core.store.chats.find(group)
        assert chat is not None
        await world.core.store.erasing.chat(chat.id, START)
    erase = partial(erase_again, archive=archive, now=START)
    put = await restore(copy, archive, START, over=True, step=lambda _done, _of: None, erase=erase)
    assert (put.erased, copies.restored(put).splitlines()[-1].split(": ")[1]) == (
        2,
        "2 found in the list kept beside it and deleted again.",
    )
    assert _standing(tmp_path, CANARY) == []
    async with a_world(tmp_path) as world:
        find = world.core.store.chats.find
        assert [await find(one) is None for one in (chat_of("reader"), group, chat_of("other"))] == [True, True, False]
        # A newer backup remembers it too, where the side file is lost.
        await world.core.store.erasing.purge(START - timedelta(days=30))
        newer = tmp_path / "kept" / "newer.backup"
        backup.write(archive, newer, START)
        with sqlite3.connect(newer) as raw:
            assert raw.execute("SELECT count(*) FROM erasures").fetchone()[0] >= 2
        await world.core.store.erasing.purge(START + timedelta(days=1))
    assert (tmp_path / "khobor.db.erased").read_text() == ""


async def test_words_that_nobody_follows_any_more_are_forgotten_at_once(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await world.follow("reader", Term(TermKind.KEYWORD, "ঘুঘুডাঙা", "ঘুঘুডাঙা"))
        chat = await world.chat("reader")
        await world.core.store.subscriptions.unfollow(chat.id, Term(TermKind.KEYWORD, "ঘুঘুডাঙা", "ঘুঘুডাঙা"))
        await world.core.store.erasing.person("console:somebody", 0, START)
        assert _standing(tmp_path, CANARY) == []
