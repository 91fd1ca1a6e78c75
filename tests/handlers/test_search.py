"""Search as a reader meets it.

It asks for a section, a topic, an outlet, words in this order; in any alphabet.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from bot.bangla.endings import forms
from bot.bangla.normalise import key
from bot.bangla.words import split
from bot.intake.first_run import samples
from bot.values.messages import Items, Style
from tests.fakes.world import World, a_world
from tests.handlers.saying import choices, press, text

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.values.messages import Reply

pytestmark = pytest.mark.anyio


@asynccontextmanager
async def _archive(folder: Path) -> AsyncIterator[World]:
    async with a_world(folder) as world:
        stories = (
            ("মস্কোয় খামেনির চিঠি", "খামেনি রাশিয়ার সহযোগিতা চান। চিঠি পৌঁছেছে।", ("ইরান",), "আন্তর্জাতিক"),
            ("তেহরানে ভূমিকম্প", "খামেনি শোক জানান। ইরানের উত্তরে কম্পন হয়।", ("ইরান", "ভূমিকম্প"), "আন্তর্জাতিক"),
            ("রাশিয়ায় তুষারপাত", "মস্কো বরফে ঢাকা। রাশিয়া জুড়ে ঠান্ডা।", (), "আন্তর্জাতিক"),
            ("শেষ ওভারে জয়", "বাংলাদেশ সিরিজে সমতা ফেরাল। ক্রিকেট দল খুশি।", ("ক্রিকেট",), "খেলা"),
            ("প্রধানমন্ত্রীর সফর", "প্রধানমন্ত্রী আজ ঢাকা ছাড়েন। সঙ্গে মন্ত্রীরা আছেন।", (), "বাংলাদেশ"),
        )
        for headline, body, tags, section in stories:
            await world.add(headline, body, tags=tags, categories=(section,))
        yield world


def _headlines(reply: Reply) -> list[str]:
    return [item.text for part in reply.message.parts if isinstance(part, Items) for item in part.items]


@pytest.mark.parametrize(
    "asked", ["ইরান", "ইরানে", "ইরানের খবর", "ইরান নিয়ে খবর দাও", "iran", "iran er khobor", "/tag iran", "/tag ইরানে"]
)
async def test_a_topic_is_meant_however_it_is_written(tmp_path: Path, asked: str) -> None:
    async with _archive(tmp_path) as world:
        assert _headlines(await world.say(asked)) == ["তেহরানে ভূমিকম্প", "মস্কোয় খামেনির চিঠি"]


async def test_a_section_comes_before_a_topic_and_that_before_words(tmp_path: Path) -> None:
    async with _archive(tmp_path) as world:
        assert "শেষ ওভারে জয়" in text(await world.say("খেলা"))
        assert len(_headlines(await world.say("বিশ্ব"))) == 3
        assert len(_headlines(await world.say("নদী পত্রিকা"))) == 5
        assert "‘মস্কো’ খুঁজে ২টি খবর পাওয়া গেছে" in text(await world.say("মস্কো"))


async def test_several_names_find_stories_on_any_of_them(tmp_path: Path) -> None:
    async with _archive(tmp_path) as world:
        reply = await world.say("ভূমিকম্প আর ক্রিকেটের খবর দাও")
        assert "‘ভূমিকম্প, ক্রিকেট’ খুঁজে ২টি খবর পাওয়া গেছে" in text(reply)
        assert sorted(_headlines(reply)) == ["তেহরানে ভূমিকম্প", "শেষ ওভারে জয়"]
        # A list of its own is shown, and the next offered.
        reply = await world.say("আন্তর্জাতিক আর খেলার খবর দাও")
        assert len(_headlines(reply)) == 3
        assert "খেলা" in [one.label for one in choices(reply)]


async def test_what_joins_names_is_not_sought(tmp_path: Path) -> None:
    async with _archive(tmp_path) as world:
        await world.add("আর নয় যুদ্ধ", "আর যুদ্ধ নয়, বলল ইরান আর রাশিয়া।", tags=(), categories=("আন্তর্জাতিক",))
        found = text(await world.say("খামেনি আর রাশিয়া"))
        assert "মস্কোয় খামেনির চিঠি" in found
        assert "আর নয় যুদ্ধ" not in found


async def test_a_name_that_is_kept_is_said_without_its_ending(tmp_path: Path) -> None:
    async with _archive(tmp_path) as world:
        assert "‘ক্রিকেট’ নিয়ে খবর:" in text(await world.say("ক্রিকেটের রাশিয়া"))


async def test_roman_letters_are_read_by_sound_and_what_was_understood_is_said(tmp_path: Path) -> None:
    async with _archive(tmp_path) as world:
        reply = await world.say("mosko russia")
        assert "‘mosko russia’ লিখেছেন, খোঁজা হয়েছে ‘মস্কো রাশিয়া’।" in text(reply)
        assert _headlines(reply) == ["রাশিয়ায় তুষারপাত", "মস্কোয় খামেনির চিঠি"]


async def test_misspelt_bengali_is_helped_the_same_way(tmp_path: Path) -> None:
    async with _archive(tmp_path) as world:
        reply = await world.say("/search প্রধানমন্ত্রি")
        assert "খোঁজা হয়েছে ‘প্রধানমন্ত্রী’।" in text(reply)
        assert "প্রধানমন্ত্রীর সফর" in text(reply)


async def test_what_was_found_is_set_off_in_its_sentence(tmp_path: Path) -> None:
    async with _archive(tmp_path) as world:
        reply = await world.say("খুঁজুন মস্কো")
        (items,) = (part for part in reply.message.parts if isinstance(part, Items))
        strong = [[span.text for span in item.snippet if span.style is Style.STRONG] for item in items.items]
        assert strong == [[], ["মস্কো"]], "the first has it in its headline alone"


async def test_words_left_out_phrases_and_days(tmp_path: Path) -> None:
    async with _archive(tmp_path) as world:
        assert _headlines(await world.say("খামেনি মস্কো")) == []
        assert "মস্কোয় খামেনির চিঠি" in text(await world.say("খামেনি -ভূমিকম্প"))
        assert "তেহরানে ভূমিকম্প" in text(await world.say("খুঁজুন “খামেনি শোক”"))
        assert "‘“শোক খামেনি”’ নিয়ে কিছু পেলাম না" in text(await world.say("খুঁজুন “শোক খামেনি”"))
        world.clock.go(days=1)
        assert len(_headlines(await world.say("ইরান গতকাল"))) == 2
        assert "আজ, ১৫ এপ্রিল, ‘ইরান’ নিয়ে কিছু আসেনি" in text(await world.say("ইরান আজ"))
        assert len(_headlines(await world.say("গতকাল"))) == 5


async def test_nothing_found_offers_the_busiest_topics_and_the_newest(tmp_path: Path) -> None:
    async with _archive(tmp_path) as world:
        said = text(await world.say("ক্রিকট বেতন"))
        assert "‘ক্রিকট বেতন’ নিয়ে কিছু পেলাম না। আলোচিত বিষয় আর সর্বশেষ খবর নিচে।" in said
        assert "ইরান" in said
        assert "প্রধানমন্ত্রীর সফর" in said


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("ক্রিকেত", "‘ক্রিকেত’ নিয়ে কিছু পেলাম না। ‘ক্রিকেট’ বোঝাতে চেয়েছেন?"),
        ("mosku", "‘mosku’ বলতে কোনটি?"),
    ],
)
async def test_what_is_not_sure_is_asked_and_nothing_is_shown(tmp_path: Path, asked: str, said: str) -> None:
    async with _archive(tmp_path) as world:
        reply = await world.say(asked)
        assert said in text(reply)
        assert _headlines(reply) == []


@pytest.mark.parametrize("asked", ["কলেরা", "আমড়া", "পাটকল", "তেহারি", "কাবাডি", "ব্যোমকেশ", "খামি", "শিয়ালদহে"])
async def test_a_known_word_that_is_not_here_is_never_taken_for_another(tmp_path: Path, asked: str) -> None:
    async with _archive(tmp_path) as world:
        await world.add("আমরা কল করি আবাদি জমিতে", "খাই তেহরিক, পাটকেল, কল আসে। ইরানের রানওয়ে।")
        said = text(await world.say(asked))
        assert "নিয়ে কিছু পেলাম না" in said
        assert "বোঝাতে চেয়েছেন" not in said


async def test_another_usual_spelling_is_sought_too_and_that_is_said(tmp_path: Path) -> None:
    async with _archive(tmp_path) as world:
        await world.add("ওসমান হাদী বললেন", "হাদী এলেন।")
        for number in range(9):
            await world.add(f"ওসমান হাদির কথা {number}", "হাদি হাদি হাদি।")
        both = await world.say("হাদী")
        assert "দুই বানানেই খোঁজা হয়েছে: ‘হাদী’, ‘হাদি’।" in text(both)
        assert "শুধু ‘হাদী’" in text(both)
        assert len(_headlines(both)) == 5
        assert _headlines(await world.say("“হাদী”")) == [] or "ওসমান হাদী বললেন" in text(await world.say("“হাদী”"))
        other = text(await world.say("ইজরায়েল মস্ক"))
        assert "কিছু পেলাম না" in other


async def test_one_spelling_alone_is_said_too(tmp_path: Path) -> None:
    async with _archive(tmp_path) as world:
        await world.add("মোস্তাফিজের পাঁচ উইকেট", "মোস্তাফিজ বল করেন।")
        said = text(await world.say("মুস্তাফিজ"))
        assert "‘মুস্তাফিজ’ লিখেছেন, খোঁজা হয়েছে ‘মোস্তাফিজ’।" in said
        assert "পাঁচ উইকেট" in said


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("ড. ইউনূস", "ইউনূসের সফর"),
        ("dr yunus", "ইউনূসের সফর"),
        ("আ.লীগ", "আ.লীগের মিছিল"),
        ("আওয়ামী লিগ", "আ.লীগের মিছিল"),
        ("জি এম কাদের", "জি এম কাদেরের চিঠি"),
        ("জিএম কাদের", "জি এম কাদেরের চিঠি"),
        ("টি২০", "টি-টোয়েন্টি সিরিজ"),
        ("u19", "অনূর্ধ্ব-১৯ দলের জয়"),
        ("দলের", "অনূর্ধ্ব-১৯ দলের জয়"),
        ("বি এন পি", "বিএনপির সভা"),
        ("পি এস জি", "পিএসজির জয়"),
        ("বই মেলা", "বইমেলায় ভিড়"),
        ("plane crash", "বিমান দুর্ঘটনায় তদন্ত"),
        ("st martin", "সেন্ট মার্টিনে পর্যটক"),
    ],
)
async def test_names_with_signs_titles_and_digits_find_what_is_there(tmp_path: Path, asked: str, found: str) -> None:
    async with _archive(tmp_path) as world:
        for headline in (
            *("ইউনূসের সফর", "আ.লীগের মিছিল", "জি এম কাদেরের চিঠি", "টি-টোয়েন্টি সিরিজ", "অনূর্ধ্ব-১৯ দলের জয়"),
            *("বিএনপির সভা", "পিএসজির জয়", "বইমেলায় ভিড়", "বিমান দুর্ঘটনায় তদন্ত", "সেন্ট মার্টিনে পর্যটক"),
        ):
            await world.add(headline, "কথা।")
        assert found in text(await world.say(asked))


@pytest.mark.parametrize(
    "pasted",
    [
        "জনের মৃত্যুর পর দলের পদে রদবদল, ঈদে কর্মসূচি",
        "জনের মৃত্যুর পর দলের পদে রদবদল ঈদে কর্মসূচি",
        "জনের মৃত্যুর পর দলের পদে রদবদল, ঈদে কর্মসূচি | নদী পত্রিকা",
        "দেখেন তো জনের মৃত্যুর পর দলের পদে রদবদল, ঈদে কর্মসূচি\nবিস্তারিত কমেন্টে",
    ],
)
async def test_a_pasted_headline_opens_its_story(tmp_path: Path, pasted: str) -> None:
    async with _archive(tmp_path) as world:
        await world.add("জনের মৃত্যুর পর দলের পদে রদবদল, ঈদে কর্মসূচি", "দলের কথা। আরও কথা।")
        said = text(await world.say(pasted))
        assert "জনের মৃত্যুর পর দলের পদে রদবদল, ঈদে কর্মসূচি" in said
        assert "রাশিয়ায় তুষারপাত" not in said


async def test_a_question_whose_words_never_meet_keeps_the_names_and_says_so(tmp_path: Path) -> None:
    async with _archive(tmp_path) as world:
        await world.add("খালেদা জিয়ার সভা", "খালেদা জিয়া এলেন।")
        reply = text(await world.say("খালেদা জিয়া তুষারপাত"))
        assert "সব শব্দ একসঙ্গে পাওয়া যায়নি; ‘খালেদা জিয়া’ নিয়ে খবর:" in reply
        assert "খালেদা জিয়ার সভা" in reply


async def test_pages_of_what_was_found_go_on(tmp_path: Path) -> None:
    async with _archive(tmp_path) as world:
        for number in range(8):
            await world.add(f"সেতু নির্মাণ {number}", "সেতু এলাকার খবর।")
        first, second = await world.say("সেতু"), await world.say("আরও")
        assert len(_headlines(first)) == 5
        assert len(_headlines(second)) == 3
        assert not set(_headlines(first)) & set(_headlines(second))


async def test_a_tap_without_words_asks_for_them(tmp_path: Path) -> None:
    async with _archive(tmp_path) as world:
        assert "ইরান" in text(await world.say("/search"))
        assert "খুঁজে" in text(await world.say("মস্কো"))


@pytest.mark.parametrize(
    "asked",
    [
        '"',
        "''; DROP TABLE articles",
        "NEAR(ক খ)",
        "headline:ইরান",
        "*",
        "\u200d",
        "🙂",
        "- - -",
        "“”",
        "সকাল ১১টা ৪৫",
        "৫ জন ৬",
    ],
)
async def test_odd_questions_are_answered_in_plain_words(tmp_path: Path, asked: str) -> None:
    async with _archive(tmp_path) as world:
        for command in ("", "/search ", "/tag "):
            assert "সমস্যা" not in text(await world.say(f"{command}{asked}"))


async def test_an_endless_question_is_cut_short(tmp_path: Path) -> None:
    async with _archive(tmp_path) as world:
        assert "দু-তিনটি শব্দ লিখুন" in text(await world.say("শব্দ " * 500))


@pytest.mark.parametrize("asked", ["বাংলাদেশ", "bangladesh"])
async def test_a_section_without_news_is_looked_for_as_words(tmp_path: Path, asked: str) -> None:
    async with a_world(tmp_path) as world:
        await world.add("সিরিজে সমতা ফেরাল বাংলাদেশ", "শেষ ওভারে জয় এল।", categories=("খেলা",))
        said = text(await world.say(asked))
        assert "সিরিজে সমতা ফেরাল" in said
        assert "কিছু পেলাম না" not in said


async def test_a_whole_story_leads_on_to_those_near_it(tmp_path: Path) -> None:
    async with _archive(tmp_path) as world:
        fire = "লালবাগে প্লাস্টিক কারখানায় আগুন"
        await world.add(fire, "লালবাগের কারখানায় আগুন লেগেছে। ফায়ার সার্ভিস কাজ করছে।", tags=("আগুন",))
        await world.add("লালবাগের কারখানার আগুন নিয়ন্ত্রণে", "দুই ঘণ্টা পর প্লাস্টিকের আগুন থামে।", tags=("আগুন",))
        await world.say("লালবাগ")
        reply = await world.say("১")
        near = [one for one in choices(reply) if one.label.startswith("↪")]
        assert [one.label for one in near] == [f"↪ {fire}"]
        assert "ফায়ার সার্ভিস কাজ করছে" in text(await press(world, reply, near[0].label))
        assert not [one for one in choices(await world.say("/read #4")) if one.label.startswith("↪")]


@pytest.mark.parametrize("asked", ["ইরান", "ট্রাম্প", "কাতার", "ঈদ", "তেল", "গান", "রান", "দল", "iran", "qatar"])
async def test_a_fresh_archive_is_honest_about_what_it_lacks(tmp_path: Path, asked: str) -> None:
    async with a_world(tmp_path) as world:
        for entry in samples(world.clock()):
            await world.add(entry.title or "", "\n".join(entry.body))
        held = [entry for entry in samples(world.clock()) if _stands(asked, f"{entry.title} {' '.join(entry.body)}")]
        reply = await world.say(asked)
        if held:
            assert set(_headlines(reply)) <= {entry.title for entry in held} or len(held) == 1
        else:
            assert "নিয়ে কিছু পেলাম না" in text(reply)


def _stands(word: str, text: str) -> bool:
    return bool(set(split(text)) & set(forms(key(word))))


async def test_small_english_words_and_titles_say_nothing(tmp_path: Path) -> None:
    async with _archive(tmp_path) as world:
        assert "তেহরানে ভূমিকম্প" in text(await world.say("the earthquake in iran"))


async def test_a_known_name_is_sought_side_by_side_or_at_least_near(tmp_path: Path) -> None:
    async with _archive(tmp_path) as world:
        far = "মাইকেল এলেন। " + "অনেক কথা হলো সেদিন সভায়। " * 9 + "জ্যাকসন চলে গেলেন।"
        await world.add("বহু মানুষের মেলা", far)
        assert "কিছু পেলাম না" in text(await world.say("মাইকেল জ্যাকসন"))
        await world.add("গানের রাজা", "মাইকেল জোসেফ জ্যাকসন গান করেন।")
        assert "গানের রাজা" in text(await world.say("মাইকেল জ্যাকসন"))
        await world.add("স্মরণে মাইকেল জ্যাকসন", "গান।")
        assert _headlines(await world.say("মাইকেল জ্যাকসনের খবর")) == []
        assert "স্মরণে মাইকেল জ্যাকসন" in text(await world.say("মাইকেল জ্যাকসনের খবর"))


async def test_a_name_in_two_words_is_found_as_one_and_small_words_do_not_part_it(tmp_path: Path) -> None:
    async with _archive(tmp_path) as world:
        await world.add("বইমেলায় ভিড়", "বই পড়ার মেলা নয়, বইমেলা।")
        await world.add("ব্যারিস্টার সুমনের মুক্তি", "কারাগার থেকে বের হলেন।")
        assert "বইমেলায় ভিড়" in text(await world.say("বই মেলা"))
        assert "ব্যারিস্টার সুমনের মুক্তি" in text(await world.say("ব্যারিস্টার সুমন কি ছাড়া পাইছে"))
