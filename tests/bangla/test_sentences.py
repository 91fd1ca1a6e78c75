"""Where sentences end, and where they do not."""

import pytest
from hypothesis import given

from bot.bangla.sentences import split
from tests.bangla.strategies import texts


@pytest.mark.parametrize(
    "sentences",
    [
        ["বৃষ্টি থেমেছে।", "রোদ উঠেছে!", "মাঠে যাবে?", "হয়তো…", "চলো।"],
        ["মো. করিম ও ডা. রহিমা এসেছেন।", "ড. হাসান আসেননি।"],
        ["এ.কে.এম. ফজলু ও এ. বি. সিদ্দিক বিএনপির নেতা।", "তাঁরা বি.এন.পি. কার্যালয়ে যান।"],
        ["তাপমাত্রা ৪.৫ ডিগ্রি কমেছে।", "বাতাসের গতি ১২ কি.মি. ছিল।"],
        ["নদীটি ৫ কি. মি. দূরে।", "পথ ভালো।"],
        ["“আমরা যাব।” বলেন তিনি।", "সবাই রাজি হন।"],
        ["‘কে এসেছে?’ প্রশ্ন করেন তিনি।", "কেউ উত্তর দেয়নি।"],
        ["‘ফসল ভালো হয়েছে।’—এভাবেই বলছিলেন কৃষক।", "তিনি খুশি।"],
        ["মেয়র বলেন, ‘কাজ শেষ। রাস্তা খুলে দেওয়া হবে।’", "তিনি আরও বলেন, সময় লাগবে।"],
        ['মেয়র বলেন, "কাজ শেষ। রাস্তা খোলা।"', "পরে তিনি চলে যান।"],
        ["কাজ শুরু হয়েছিল।", "এক বছর পর শেষ হয়।"],
        ["সেতু হয়েছে (দৈর্ঘ্য ৫ কিমি।)", "উদ্বোধন কাল।"],
        ["তিনি এসেছিলেন (কেন?) কেউ জানে না।", "সবাই চুপ।"],
        ["The match is over.", "খেলা শেষ।"],
        ["Mr. Khan met Dr. Roy at 4.30 p.m. today.", "They talked."],
        ["লিংক: https://example.org/a?q=1 দেখুন।", "ধন্যবাদ।"],
        ["১. প্রথম কাজটি সহজ।", "২. দ্বিতীয়টি কঠিন।"],
        ["১। প্রথম কাজটি সহজ।", "২। দ্বিতীয়টি কঠিন।"],
        ["কাজ শেষ হলো ।", "সবাই ফিরল ।"],
        ["ঘটনা ঘটেছে ২০২৫ সালে.", "তদন্ত চলছে."],
        ["কী আশ্চর্য!!", "সত্যি?!", "হ্যাঁ।"],
        ["‘গানটা এমন...।’", "শ্রোতারা মুগ্ধ।"],
    ],
)
def test_sentences_are_parted_where_they_end(sentences: list[str]) -> None:
    assert split(" ".join(sentences)) == sentences


def test_the_space_that_scraped_text_has_lost_is_not_needed() -> None:
    assert split("কাজ শেষ হয়েছিল।এক বছর পর ভাঙে।") == ["কাজ শেষ হয়েছিল।", "এক বছর পর ভাঙে।"]
    assert split("‘আমরা যাব।’তিনি গেলেন।") == ["‘আমরা যাব।’", "তিনি গেলেন।"]
    assert split("সে কি আসবে?কেউ জানে না।") == ["সে কি আসবে?", "কেউ জানে না।"]


def test_a_line_ends_a_sentence() -> None:
    assert split("শিরোনাম\n\nখবর শুরু\nখবর শেষ।\n") == ["শিরোনাম", "খবর শুরু", "খবর শেষ।"]


def test_a_speech_longer_than_a_quotation_is_parted() -> None:
    speech = "নেতা বলেন, ‘" + " ".join(["আমরা মাঠে আছি ও থাকব।"] * 20) + "’"
    assert len(split(speech)) == 20


def test_nothing_makes_no_sentence() -> None:
    assert split("") == split(" \n ") == []


def test_marks_without_a_letter_are_one_sentence_however_many() -> None:
    marks = "? " * 50_000  # half a minute, when every mark looked for its letter from the beginning
    assert split(marks) == [marks.strip()]


@given(texts)
def test_nothing_but_white_space_is_lost(text: str) -> None:
    sentences = split(text)
    assert "".join(" ".join(sentences).split()) == "".join(text.split())
    assert all(sentence and sentence == sentence.strip() for sentence in sentences)


@given(texts)
def test_a_sentence_never_spans_lines(text: str) -> None:
    assert not any("\n" in sentence for sentence in split(text))
