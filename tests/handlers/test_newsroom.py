"""What editors do to a story that is out.

It begins with what they type and ends with what readers see.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import time
from typing import TYPE_CHECKING

import pytest

from bot.delivery.sender import Sender
from bot.ports.platform import Gone, Lost
from bot.values.calls import Call, Numbered, OneOf, call
from bot.values.chats import Language, Role
from bot.values.messages import Choices, Heading, Message, Notice, Paragraph, Span, Style
from handlers.platforms.console.render import render
from tests.fakes.world import TRAITS, RecordingPlatform, World, a_world

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.values.messages import Reply

pytestmark = pytest.mark.anyio
STORY = "ইরান-ইসরায়েল সংঘাতে রাশিয়ার সহযোগিতা চাইলেন খামেনি"


@dataclass
class Desk:
    """A newsroom with one reader who has the story.

    Another reader's digest has it.
    """

    world: World
    reader: RecordingPlatform
    digest: RecordingPlatform
    number: int

    async def pass_on(self) -> None:
        await self.world.spread()
        for platform in (self.reader, self.digest):
            await Sender(self.world.core.store, platform, platform.account, self.world.clock).step()

    async def say(self, text: str) -> str:
        return _text(await self.world.say(text))


def _text(reply: Reply) -> str:
    return " ".join(" ".join(line.text for line in render(reply.message, Language.BANGLA, 200)).split())


@asynccontextmanager
async def a_desk(folder: Path) -> AsyncIterator[Desk]:
    async with a_world(folder) as world:
        await world.at_once("reader")
        await world.follow("reader")
        await world.follow("digest")
        saved = await world.add(STORY, "একটি বাক্য আছে এখানে।")
        readers = RecordingPlatform(person="reader"), RecordingPlatform(person="digest")
        desk = Desk(world, *readers, saved.article_id)
        await desk.pass_on()
        world.clock.go(hours=10)
        await world.follow("reader")
        await desk.pass_on()
        assert [len(platform.sent) for platform in readers] == [1, 1]
        yield desk


def _parts(message: Message, kind: type) -> list[object]:
    return [part for part in message.parts if isinstance(part, kind)]


async def test_a_correction_is_asked_for_step_by_step_and_reaches_cards_and_digests(tmp_path: Path) -> None:
    async with a_desk(tmp_path) as desk:
        assert "কী বদলাবেন?" in await desk.say(f"/correct #{desk.number}")
        assert "নতুন শিরোনাম লিখুন।" in await desk.say("শিরোনাম")
        assert "কারণটি এক বাক্যে লিখুন" in await desk.say("পুতিনকে খামেনির চিঠি")
        confirm = await desk.say("শিরোনাম ভুল ছিল")
        assert "২টি চ্যাটে পাঠানো হয়েছিল।" in confirm
        assert "পুতিনকে খামেনির চিঠি" in confirm
        assert "বাকি" in await desk.say("note")
        await desk.pass_on()
        (_, card), (_, digest) = desk.reader.edited[0], desk.digest.edited[0]
        (heading,) = _parts(card, Heading)
        assert heading == Heading("পুতিনকে খামেনির চিঠি", link=heading.link)  # type: ignore[attr-defined]
        (notice,) = _parts(card, Notice)
        assert isinstance(notice, Notice)
        assert notice.title.startswith("সংশোধনী, ")
        assert [span.text for spans in notice.lines for span in spans] == [
            f"আগে শিরোনামে ছিল: ‘{STORY}’",
            "কারণ: শিরোনাম ভুল ছিল",
        ]
        assert "পুতিনকে খামেনির চিঠি" in str(digest)
        assert desk.reader.sent[-1][1].brief == "ওপরের খবরে একটি সংশোধনী আছে: শিরোনাম ভুল ছিল"
        assert desk.reader.silent[-1]
        assert "শেষ: ২টির মধ্যে ২টি বদলেছে, ০টি হয়নি।" in await desk.say(f"/reach #{desk.number}")
        audit = await desk.world.core.store.audit.recent(1)
        assert (audit[0].what, audit[0].before) == ("correct", f"headline: {STORY}")
        assert "পুতিনকে খামেনির চিঠি" in audit[0].after
        assert "শিরোনাম ভুল ছিল" in audit[0].after


async def test_a_later_fetch_does_not_undo_a_correction(tmp_path: Path) -> None:
    async with a_desk(tmp_path) as desk:
        for step in (f"/correct #{desk.number} headline: ঠিক শিরোনাম", "ভুল ছিল", "শুধু কার্ড"):
            await desk.say(step)
        await desk.world.add(STORY, "বদলানো একটি বাক্য আছে এখানে।")
        article = await desk.world.core.store.articles.get(desk.number)
        assert article is not None
        assert (article.headline, article.summary) == ("ঠিক শিরোনাম", ("বদলানো একটি বাক্য আছে এখানে।",))
        assert "ঠিক শিরোনাম" in await desk.say("ঠিক শিরোনাম")


async def test_a_withdrawal_strikes_everywhere_and_says_why(tmp_path: Path) -> None:
    async with a_desk(tmp_path) as desk:
        assert "কারণটি এক বাক্যে লিখুন" in await desk.say(f"/withdraw #{desk.number}")
        confirm = await desk.say("যাচাই করা যায়নি")
        assert "খবরটি ২টি চ্যাট থেকে প্রত্যাহার হবে। কারণ: ‘যাচাই করা যায়নি’। ফেরানো যাবে না।" in confirm
        assert "বাকি" in await desk.say("প্রত্যাহার করুন")
        await desk.pass_on()
        (_, card), (_, digest) = desk.reader.edited[0], desk.digest.edited[0]
        assert _parts(card, Heading) == [Heading("খবরটি প্রত্যাহার করা হয়েছে")]
        assert Paragraph(((Span(STORY, Style.STRUCK),),)) in card.parts
        assert "(প্রত্যাহার)" in str(digest)
        assert STORY not in await desk.say("/latest")
        assert "প্রত্যাহার করেছে: খবর ডেস্ক" in await desk.say(f"/read #{desk.number}")
        assert "আগেই প্রত্যাহার করা হয়েছে" in await desk.say(f"/withdraw #{desk.number} আবার")
        assert "প্রত্যাহার করা হয়েছে" in await desk.say(f"/breaking #{desk.number}")


async def test_those_not_reached_are_counted_and_listed(tmp_path: Path) -> None:
    async with a_desk(tmp_path) as desk:
        desk.reader.answers, desk.digest.answers = [Lost("deleted")], [Gone("blocked")]
        await desk.say(f"/withdraw #{desk.number} ভুল ছিল")
        await desk.say("প্রত্যাহার করুন")
        await desk.pass_on()
        counted = await desk.say(f"/reach #{desk.number}")
        assert "হয়নি ২ (ব্লক ১, মুছে ফেলা ১, অনুমতি নেই ০)" in counted
        listed = await desk.say(f"/reach #{desk.number} missed")
        assert "console:reader · মুছে ফেলা" in listed
        assert "console:digest · ব্লক" in listed


async def test_breaking_news_asks_first_and_goes_to_who_has_it_not_yet(tmp_path: Path) -> None:
    async with a_desk(tmp_path) as desk:
        desk.world.clock.go(hours=-3)
        await desk.world.follow("sleeper")
        fresh = (await desk.world.add("ভূমিকম্পে কাঁপল ঢাকা", "মাত্রা ছিল ৫।")).article_id
        confirm = await desk.world.say(f"/breaking #{fresh}")
        assert "৩টি চ্যাটে যাবে।" in _text(confirm)
        assert "ব্রেকিং: ভূমিকম্পে কাঁপল ঢাকা" in _text(confirm)
        (choices,) = _parts(confirm.message, Choices)
        assert isinstance(choices, Choices)
        does = [choice.does for choice in choices.rows[0]]
        assert [one.without("once") for one in does if isinstance(one, Call)] == [
            call("breaking", story=Numbered(fresh), how=OneOf(how)) for how in ("go", "silent", "no")
        ]
        assert len({one.get("once") for one in does if isinstance(one, Call)} - {None}) == 1, "one token for them all"
        assert "কিছু পাঠানো হয়নি।" in await desk.say(f"breaking #{fresh} no")
        assert "পাঠানো শুরু হলো: ৩টি চ্যাটে।" in await desk.say(f"breaking #{fresh} go")
        await desk.pass_on()
        assert [platform.sent[-1][1].brief for platform in (desk.reader, desk.digest)] == [
            "ব্রেকিং: ভূমিকম্পে কাঁপল ঢাকা (নদী পত্রিকা)"
        ] * 2
        assert not desk.digest.silent[-1]
        before = len(desk.digest.sent)
        await desk.say(f"breaking #{fresh} go")
        await desk.pass_on()
        assert len(desk.digest.sent) == before, "nobody is told again"


async def test_chats_that_sleep_are_told_of_before_breaking_news_goes_out(tmp_path: Path) -> None:
    async with a_desk(tmp_path) as desk:
        await desk.world.at_once("sleeper", quiet_from=time(0), quiet_to=time(23, 59))
        await desk.world.follow("sleeper")
        saved = await desk.world.add("ভূমিকম্প", "একটি বাক্য।", push=False)
        said = await desk.say(f"/breaking #{saved.article_id}")
        assert "৩টি চ্যাটে যাবে; এর ১টিতে এখন নীরব সময়, সেখানে শব্দ হবে না।" in said


async def test_what_nobody_got_is_withdrawn_from_no_chat(tmp_path: Path) -> None:
    async with a_desk(tmp_path) as desk:
        saved = await desk.world.add("কেউ পায়নি এমন খবর", "একটি বাক্য।", push=False)
        confirm = await desk.say(f"/withdraw #{saved.article_id} ভুল ছিল")
        assert "খবরটি কোনো চ্যাটে পাঠানো হয়নি; তালিকায় কাটা দেখাবে। কারণ: ‘ভুল ছিল’। ফেরানো যাবে না।" in confirm
        done = await desk.say("প্রত্যাহার করুন")
        assert "খবরটি প্রত্যাহার করা হলো। খবরটি কোনো চ্যাটে পাঠানো হয়নি।" in done
        assert "০টি" not in confirm + done


async def test_what_nobody_got_is_corrected_without_a_note(tmp_path: Path) -> None:
    async with a_desk(tmp_path) as desk:
        saved = await desk.world.add("কেউ পায়নি এমন খবর", "একটি বাক্য।", push=False)
        await desk.say(f"/correct #{saved.article_id} headline অন্য শিরোনাম")
        confirm = await desk.say("কারণ আছে")
        assert "কোনো চ্যাটে পাঠানো হয়নি। কার্ড বদলাবে।" in confirm
        assert "নীরব বার্তা" not in confirm


@pytest.mark.parametrize("command", ["breaking", "correct", "withdraw", "reach"])
async def test_only_editors_may_and_a_story_must_be_named(tmp_path: Path, command: str) -> None:
    async with a_world(tmp_path) as world:
        refused = await world.say(f"/{command} #1", role=Role.READER, traits=TRAITS)
        assert refused.message.brief == "এটি শুধু অ্যাডমিনরা করতে পারেন।"
        for text in (f"/{command}", f"/{command} #99", f"/{command} ইরান"):
            assert "কোন খবর?" in _text(await world.say(text))
