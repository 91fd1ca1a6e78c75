from __future__ import annotations

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.articles.dependence import (
    ends_quoted,
    inside_quotation,
    is_open,
    is_speech,
    opens_speech,
    points_back,
    reports_speech,
)
from bot.articles.draft import make_draft
from bot.articles.fitness import closed, is_fit, says_again
from bot.articles.reference import Debts
from bot.articles.salience import bag, likeness, salience
from bot.articles.summary import CARD_CHARACTERS, CARD_SENTENCES, SentenceTable, extract, summarise
from bot.articles.worth import SentenceFeatures, worth
from bot.bangla import sentences, words
from bot.sources.kind import SourceContext
from bot.sources.worker import parse_here
from tests.articles.samples import FOURTH, LEAD, NOW, SECOND, THIRD, TITLE
from tests.bangla.strategies import texts
from tests.drawing import drawn
from tests.shared import shared_path

ASIDE = "মেলার মাঠে সেদিন অনেক রঙিন ঘুড়ি উড়েছিল।"
LEANING = "তিনি বলেন, নদীর পাড়ে পাঠাগার খোলার পর ৩০০ শিশু নতুন বই পড়তে এসেছে।"
COUNTED = "পাঠাগার খোলার প্রথম সপ্তাহে নদীর পাড়ে ৩০০ শিশু নতুন বই পড়েছে।"
ONLY_EARLY = SentenceFeatures(early=1, length=0, salience=0, number=0)
SAME = SentenceFeatures(early=1, length=1, salience=1, number=1)
ONLY_SALIENCE = SentenceFeatures(early=0, length=0, salience=1, number=0)


def test_what_the_headline_speaks_of_is_taken() -> None:
    assert summarise(TITLE, f"{LEAD} {ASIDE} {ASIDE} {COUNTED}", 2) == [LEAD, COUNTED]


def test_the_lead_is_the_whole_of_a_summary_of_one() -> None:
    assert summarise(TITLE, f"{LEAD} {COUNTED}", 1) == [LEAD]


def test_a_leaning_sentence_comes_only_with_what_it_points_to() -> None:
    text = f"{LEAD} {SECOND} {ASIDE} {LEANING}"
    assert LEANING not in summarise(TITLE, text, 2, 1000)
    assert summarise(TITLE, f"{LEAD} {LEANING} {ASIDE}", 2) == [LEAD, LEANING]
    with_both = summarise(TITLE, text, 3, 1000)
    assert LEANING not in with_both or ASIDE in with_both


def test_a_quotation_alone_is_no_sentence_of_a_summary() -> None:
    spoken = "“নদীর পাড়ে পাঠাগার খোলায় ৩০০ শিশু নতুন বই পড়ছে।”"
    assert summarise(TITLE, f"{LEAD} {spoken} {ASIDE}", 2) == [LEAD, ASIDE]
    assert summarise(TITLE, f"{spoken} {LEAD}", 1) == [LEAD]
    assert summarise(TITLE, spoken, 3) == [spoken]


def test_the_same_is_not_told_twice() -> None:
    again = "গ্রামের তরুণেরা নদীর পাড়ে একটি পাঠাগার খুলেছেন, যেখানে প্রতিদিন বিকেলে বই পড়া যায়।"
    assert again not in summarise(TITLE, f"{LEAD} {SECOND} {THIRD} {again} {FOURTH}", 3, CARD_CHARACTERS)


def test_the_headline_is_not_told_again() -> None:
    text = "\n".join((TITLE, f"{TITLE}।", "গ্রামের তরুণেরা নতুন পাঠাগার খুলল।", LEAD))
    assert summarise(TITLE, text) == [LEAD]


def test_glued_sentences_are_parted() -> None:
    assert summarise(TITLE, LEAD + SECOND, 1) == [LEAD]
    assert summarise(TITLE, "ঢাকা: " + LEAD + SECOND, 2) == [LEAD, SECOND]


def test_room_is_filled_by_what_fits() -> None:
    short = "পাঠাগারে ৩০০ শিশু এসেছে।"
    text = f"{LEAD} {COUNTED} {short}"
    room = len(LEAD) + 1 + len(short)
    assert summarise(TITLE, text, 3, room) == [LEAD, short]
    assert summarise(TITLE, text, 3, room - 1) == [LEAD]
    assert summarise(TITLE, text, 0) == []


def test_an_article_of_long_sentences_has_a_card_without_a_limit() -> None:
    ends = (
        "এবং সেখানে নতুন নতুন বই নিয়ে এসে তাকে তাকে সাজিয়ে রেখেছেন।",
        "যাতে বর্ষায় স্কুলে যেতে না পারা শিশুরাও পড়ালেখা চালিয়ে নিতে পারে।",
        "আর তার খরচ উঠেছে হাটে হাটে ঘুরে তোলা চাঁদা ও পুরোনো কাগজ বিক্রি থেকে।",
    )
    starts = (LEAD, "নদীভাঙনে ঘর হারানো মানুষের জন্য কয়েকজন শিক্ষক চরের মাঝখানে আলো জ্বেলেছেন।", COUNTED)
    long = [f"{start[:-1]} {end}" for start, end in zip(starts, ends, strict=True)]
    assert summarise(TITLE, " ".join(long), CARD_SENTENCES) == long


def test_weights_decide() -> None:
    text = f"{LEAD} {ASIDE} {COUNTED}"
    assert extract(TITLE, text, 2, 400, ONLY_EARLY, alone=False) == [LEAD, ASIDE]
    assert extract(TITLE, text, 2, 400, ONLY_SALIENCE, alone=False) == [LEAD, COUNTED]


def test_the_first_three_sentences_of_the_seed() -> None:
    (entry,) = parse_here(shared_path("seed", "article.txt").read_bytes(), SourceContext(None, None, None, NOW))[
        1
    ].entries
    draft = make_draft(entry, "7", NOW)
    body = "\n".join(draft.body).removeprefix("মস্কো, ২৩ জুন ২০২৫: ")
    first = sentences.split(body)[:3]
    assert first[0].startswith("ইসরায়েল এবং")
    assert list(draft.summary) == first
    assert summarise(draft.headline, "\n".join(draft.body)) == first


KINDS = {
    "empty": "",
    "only spaces": " \n\t ",
    "one sentence": LEAD,
    "no danda": LEAD.strip("।"),
    "English": "The river rose by 3 metres. It fell again on Friday. The bridge was closed for 4 days.",
    "mixed": f"{LEAD} WHO says 3 of 4 read. {SECOND} OK!",
    "list-like": "\n".join(f"• {name} ৫ টাকা" for name in ("চাল", "ডাল", "নুন", "তেল")),
    "only marks": "। ? ! … “” ’",
    "only quotations": "“নদী।” “ঘাট।” ‘সেতু।’",
    "never closed": "“" + LEAD + SECOND + THIRD,
}


@pytest.mark.parametrize("text", KINDS.values(), ids=KINDS.keys())
@pytest.mark.parametrize("room", [None, 0, 1, 7, CARD_CHARACTERS])
def test_any_kind_of_text(text: str, room: int | None) -> None:
    summary = summarise(TITLE, text, 3, room)
    _holds(text, summary, 3, room)
    if SentenceTable(TITLE, text).sentences and room != 0:
        assert summary


LONG = {
    "news": f"{LEAD} {SECOND} ",
    "no danda": "নদীর ঘাটে নতুন সেতু ",
    "glued": "ক।",
    "lines": "ঘাট।\n",
    "labels": "আপডেট : ০৬:১২ অপরাহ্ন, সোমবার, ২৩ জুন ২০২৫ | প্রকাশ: ২৩ জুন ২০২৫\n",
    "quotations": "“ক খ।” ",
    "opened": "‘",
    "marks": "? ",
    "leaning": "তিনি সেখানে বলেন কিছু কথা। ",
}


@pytest.mark.parametrize("piece", LONG.values(), ids=LONG.keys())
def test_work_on_a_long_text_is_bounded(piece: str) -> None:
    text = (piece * 100_000)[:100_000]
    assert len(SentenceTable(TITLE, text).sentences) <= 60
    assert sum(map(len, SentenceTable(TITLE, text).sentences)) <= 20_000
    _holds(text, summarise(TITLE, text, 12, CARD_CHARACTERS), 12, CARD_CHARACTERS)


PARTS = st.one_of(
    st.sampled_from((LEAD, SECOND, THIRD, FOURTH, ASIDE, LEANING, COUNTED, TITLE, "“কথা।”", "ছবি: সংগৃহীত", "\n", " ")),
    texts,
)


@given(st.lists(PARTS, max_size=14).map("".join), texts, st.integers(0, 12), st.none() | st.integers(0, 600))
@example("'a।'b।' c", "", 3, None)
def test_a_summary_is_pieces_of_the_text_in_order(text: str, title: str, count: int, room: int | None) -> None:
    summary = summarise(title, text, count, room)
    _holds(text, summary, count, room)
    assert summarise(title, text, count, room) == summary


def _holds(text: str, summary: list[str], count: int, room: int | None) -> None:
    assert len(summary) <= count
    assert all(summary)
    if room is not None:
        assert len(" ".join(summary)) <= room
    place = 0
    for sentence in summary:
        # Closed by us: a text without an end, a quotation that its writer forgot to close.
        piece = sentence if sentence in text else sentence.rstrip("…”’")
        place = text.index(piece, place) + len(piece)


def test_real_summaries_stand_by_themselves() -> None:
    with shared_path("data", "articles", "articles.jsonl").open(encoding="utf-8") as lines:
        articles = [json.loads(line) for line in drawn(lines, 100)]
    for read in articles:
        told = SentenceTable(read["title"], read["body"]).sentences
        summary = summarise(read["title"], read["body"], CARD_SENTENCES, CARD_CHARACTERS)
        for sentence in summary[1:]:
            before = told[told.index(sentence) - 1]
            assert before in summary or not points_back(words.split(sentence), sentence)
            assert not is_speech(sentence)


@pytest.mark.parametrize(
    ("sentence", "leans"),
    [
        ("তবে কাজ থামেনি।", True),
        ("তিনিও সেখানে ছিলেন।", True),
        ("এ ঘটনায় মামলা হয়েছে।", True),
        ("কাজ শেষ হবে বলে জানান তিনি।", True),
        ("আমরা কাজ করছি।", True),
        ("আমরা কাজ করছি, বলেছেন চেয়ারম্যান।", True),
        ("চেয়ারম্যান বলেছেন, আমরা কাজ করছি।", False),
        ("কাজ শেষ না হলে আবার আন্দোলনে যাব।", True),
        ("সব দাবি মেনে নিতে বলেছি।", True),
        ("বিকেলে বসেছে খেলোয়াড়দের নিলাম।", False),
        ("কাজ শেষ করা এখনো সম্ভব।", False),
        ("শুধু ওই গ্রামেই নয়, আলো জ্বলছে পুরো জেলায়।", True),
        ("পাশাপাশি সরকারের খরচও কমবে।", True),
        ("রয়েছে নদী রক্ষার প্রশ্নও।", True),
        ("যার মধ্যে আছে দুটি সেতু।", True),
        ("যারা কাজ করেছেন, তারা টাকা পাননি।", False),
        ("মি. রহমান দলে যোগ দেননি।", True),
        ("বিষয়টি নিয়ে কাজ চলছে।", True),
        ("সব বিতর্কের পরও শীর্ষ ধনীর জায়গাটি তিনি ধরে রেখেছেন।", True),
        ("সেতুর কাজ শেষ হলে চেয়ারম্যান বলেছেন, তিনি খুশি।", False),
        ("এখনো আমরা বলছি নতুন দেশ, যোদ্ধারাও বলেছিলেন, নতুন দেশ।", True),
        ("ঢাকার দলটি তাকে নিয়েছে দুই কোটিতে।", True),
        ("শহীদ শিক্ষক রহিমা খাতুন তাদেরই একজন।", True),
        ("নদীর ধারে তাঁরাও ছিলেন।", False),
        ("উত্তরে মন্ত্রী বলেন, সেতু হবে।", True),
        ("উত্তরে হিমেল বাতাস বইছে।", False),
        ("জবাবে মেয়র জানান, টাকা আছে।", True),
        ("However, it rained.", True),
        ("কেমন লাগছে জানতে চাইলে হেসে সে বলল, খুব ভালো।", True),
        ("পরবর্তীতে সেতুটি খুলে দেওয়া হয়।", True),
        ("পরবর্তী সময়ে সেতুটি খুলে দেওয়া হয়।", True),
        ("পরবর্তী সেতুটি হবে উত্তরে।", False),
        ("বিশেষ করে বর্ষায় সেতু পার হওয়া কঠিন।", True),
        ("বিশেষ অতিথি ছিলেন জেলার শিক্ষা কর্মকর্তা।", False),
        ("যারা সেতু ভেঙেছে তাদেরও বিচার হবে বলে জানিয়েছেন মেয়র।", False),
        ("নৌকায় উঠে দেখি, তীরে দাঁড়ানো মানুষের হাতে ‘সেতু চাই’ লেখা কাগজ দেখেছি।", True),
        ("শৈশবে ‘নদীর গান’ নাটকটি দেখেছিলাম গ্রামের মাঠে।", True),
        ("কাজ শেষ করে ফিরে আসি, কাউকে কিছু বলিনি।", True),
        ("সপ্তাহে একবার নদীতে জাল ফেলি, মাছ নিই।", True),
        ("মেলায় পাওয়া যায় তাজা মাছ, ঘি আর মৌমাছি পালনের বাক্স।", False),
        ("‘আমরা সেতু চাই’ লেখা কাগজ হাতে দাঁড়িয়ে ছিল শিশুরা।", False),
        ("আরও দুটি সেতু হবে।", False),
        ("এবার ধান ভালো হয়েছে।", False),
        ("চেয়ারম্যান বলেন, ‘আমরা কাজ করছি’।", False),
        ("", False),
    ],
)
def test_what_leans_on_the_sentence_before(sentence: str, leans: bool) -> None:
    assert points_back(words.split(sentence), sentence) is leans


def test_why_and_of_what_another_sentence_says() -> None:
    leaning = (
        "সময় বুঝে তাই বাড়তি জিনিস সরিয়ে ফেলুন।",
        "বিশেষজ্ঞরাও মনে করেন, এর তদন্ত দরকার।",
        "তিনজন কৃষক জানান, এতে ক্ষতি হয়েছে।",
    )
    standing = (
        "বৃষ্টি যেহেতু কমেছে, তাই ধান কাটা শুরু হয়েছে।",
        "সেতুর কাজ থেমে আছে কি না জানতে চাইলে প্রকৌশলী কামাল হোসেন বলেন, এটি শেষ হবে।",
        "কৃষক বলেন, এবার ধান ভালো হয়েছে।",
    )
    assert [points_back(words.split(one), one) for one in (*leaning, *standing)] == [True] * 3 + [False] * 3


@pytest.mark.parametrize(
    ("sentence", "speech"),
    [
        ("“নদীতে জল নেই।”", True),
        ('"নদীতে জল নেই।"', True),
        ("“নদীতে জল নেই।", False),
        ("কৃষক বলেন, “নদীতে জল নেই।”", False),
        ("কৃষক বলেন, “নদীতে জল নেই।", False),
        ("‘নদী’ নামের নাটকে অভিনয় করেন ‘সেতু’", False),
        ("(নদীতে জল নেই)", False),
        ("…", False),
    ],
)
def test_what_is_only_speech(sentence: str, speech: bool) -> None:
    assert is_speech(sentence) is speech


@pytest.mark.parametrize(
    ("sentence", "fit"),
    [
        ("সেতুর কাজ শেষ হয়েছে।", True),
        ("সেতু কবে হবে?", False),
        ("কৃষক জানতে চান, ‘সেতু কবে হবে?’", True),
        ("৩. সেতুর কাজ শেষ হয়েছে।", False),
        ("• সেতুর কাজ শেষ হয়েছে।", False),
        ("কাজের মেয়াদ: সেতুর কাজ শেষ হতে দুই বছর লাগবে।", False),
        ("২০২৫ সালে সেতুর কাজ শেষ হয়েছে।", True),
        ("কোন সেতুর কত খরচ, সেই তালিকা দেওয়া হলো নিচে।", False),
        ("চলুন জেনে নেওয়া যাক সেতুর ইতিহাস।", False),
        ("সেতুর নিচে একটি লাশ পাওয়া গেছে।", True),
        ("সাংবাদিকেরা তাঁর কাছে জানতে চান, সেতু হবে কি না।", False),
        ("সেতুর উদ্বোধনী সভায় কারা কী বলেছেন জেনে নিই।", False),
        ("সেতুর ছবি-সংগৃহীত সেতুর কাজ শেষ হয়েছে।", False),
        ("সভায় ছিলেন রহিম, করিম, যদু, মধু, শ্যাম, রাম, হরি, কালু, ভুলু ও লালু।", False),
        ("বাদী ও তদন্ত কর্মকর্তা যা বলেন : বাদী রহিম শেখ বলেছেন সেতু হবে।", False),
        ("The bridge is finished.", False),
        ("মেয়র বলেছেন, সেতু যদি না হয়, তাহলে মানুষ যাবে কোথায়?", False),
        ("কৃষক বলেন, “নদীতে জল নেই।”", True),
        ("কৃষক বলেন, “নদীতে জল নেই।", False),
        ("কৃষক বলেন, ‘নদীতে জল নেই।", False),
        ('কৃষক বলেন, "নদীতে জল নেই।', False),
        ("“নদীতে জল নেই।”", False),
        ("সেতুর কাজ শেষ", False),
        ("সেতুর কাজ শেষ...", False),
        ("আরও পড়ুন সেতুর কাজ শেষ হয়েছে।", False),
        ("সেতুর উদ্বোধন ১৫ ডিসেম্বরছবি: সংগৃহীত সেতুর কাজ শেষ হয়েছে।", False),
        ("সর্বশেষ খবর পেতে ফেসবুক পেজ অনুসরণ করুন।", False),
        ("নিজস্ব প্রতিবেদক সেতুর কাজ শেষ হয়েছে।", False),
        ("সতর্কতা: এই খবরের ছবি অস্বস্তির কারণ হতে পারে।", False),
        ("বিজ্ঞাপন সেতুর কাজ শেষ হয়েছে।", False),
        ("সতর্কতার সঙ্গে সেতুর কাজ শেষ হয়েছে।", True),
        ("নাটোর প্রতিনিধি: সেতুর কাজ শেষ হয়েছে।", False),
    ],
)
def test_what_may_stand_on_a_card(sentence: str, fit: bool) -> None:
    assert is_fit(sentence) is fit


def test_a_question_that_somebody_asks_may_open_a_card() -> None:
    asked = "জেলা কৃষক সমিতির সভাপতি করিম শেখ বলেছেন, পাঠাগার না থাকলে শিশুরা যাবে কোথায়?"
    assert is_fit(asked, opening=True)
    assert summarise(TITLE, f"{asked} তিনি বলেন, নদীর পাড়ে আরও একটি পাঠাগার চাই।", 1, 2000) == [asked]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("গ্রামে শুরু হচ্ছে ‘বইমেলা ২০২৬।", "গ্রামে শুরু হচ্ছে ‘বইমেলা ২০২৬।’"),
        ("গ্রামে শুরু হচ্ছে “বইমেলা” ও “পিঠা উৎসব", "গ্রামে শুরু হচ্ছে “বইমেলা” ও “পিঠা উৎসব…”"),
        ("‘বইমেলা’র ‘শুরু’ আজ।", "‘বইমেলা’র ‘শুরু’ আজ।"),
        ("গ্রামে শুরু হচ্ছে বইমেলা’ আজ।", "গ্রামে শুরু হচ্ছে বইমেলা’ আজ।"),
    ],
)
def test_a_quotation_that_nobody_closed_ends_with_its_sentence(text: str, shown: str) -> None:
    assert summarise("", text, 1) == [shown]
    assert summarise("", text, 1, len(shown)) == [shown]
    assert len(summarise("", text, 1, len(shown) - 1)[0]) < len(shown)


@pytest.mark.parametrize("text", ["সেতুর কাজ শেষ করে ফেলা হয়েছে এক বছর আগে", "আরও পড়ুন সেতুর কাজ শেষ হয়েছে।"])
def test_what_is_unfit_is_better_than_nothing(text: str) -> None:
    assert summarise("", text, 3) == [closed(text)]


def test_unfit_sentences_are_passed_over() -> None:
    unfit = ["আরও পড়ুন নতুন পাঠাগারের খবর।", "কৃষক বলেন, ‘পাঠাগারে বই নেই।", "পাঠাগার খোলার ছবি: সংগৃহীত পাঠাগার।"]
    text = "\n".join([unfit[0], LEAD, unfit[1], COUNTED, unfit[2]])
    assert summarise(TITLE, text, 5, 2000) == [LEAD, COUNTED]


def test_nothing_is_said_twice() -> None:
    again = COUNTED.replace("প্রথম সপ্তাহে", "প্রথম সপ্তাহেই")
    assert summarise(TITLE, f"{LEAD} {SECOND} {COUNTED} {again}", 5, 2000) == [LEAD, SECOND, COUNTED]
    assert says_again(frozenset(["ক", "খ", "গ", "ঘ", "ঙ"]), [frozenset(["ক", "খ", "গ", "ঘ", "ঙ", "চ"])])
    assert not says_again(frozenset(["ক", "খ", "গ", "ঘ"]), [frozenset(["ক", "খ", "গ", "ঘ"])])
    assert not says_again(frozenset(["ক", "খ", "গ", "ঘ", "ঙ"]), [frozenset(["ক", "খ", "গ", "চ", "ছ", "জ"])])


def test_what_the_headline_promises_is_told_where_the_lead_does_not() -> None:
    background = "গত বছরের বন্যায় চরের মানুষ অনেক কষ্ট করে দিন কাটিয়েছেন, ভেসে গেছে ২০০টি ঘর।"
    places = ("পুব গাঁয়ের ৩০টি", "উত্তর গাঁয়ের ৪০টি")
    fillers = [f"{place} পরিবার তখন বাঁধের ওপর আশ্রয় নিয়েছিল অনেক দিন।" for place in places]
    news = "এবার তরুণেরা চাঁদা তুলে নদীর পাড়ে পাঠাগার গড়েছেন।"
    assert news in summarise("নদীর পাড়ে পাঠাগার গড়লেন তরুণেরা", " ".join([background, *fillers, news]), 3, 300)
    assert news not in summarise("বন্যায় চরের মানুষের কষ্ট", " ".join([background, *fillers, news]), 3, 250)


def test_a_few_words_are_no_lead() -> None:
    assert summarise(TITLE, f"শুরু হলো নতুন দিন। {LEAD} {COUNTED}", 1) == [LEAD]
    told = "নতুন পাঠাগারে আগুন, পুড়েছে সব বই।"
    assert summarise(TITLE, f"{told} {LEAD}", 1) == [told]


def test_what_stands_before_the_lead_is_not_told() -> None:
    confirmed = "গতকাল সকালে নদীর পাড়ে দাঁড়িয়ে গ্রামের প্রধান সবাইকে এ কথা জানান।"
    text = f"‘নদীর পাড়ে পাঠাগার হবে বলে জানিয়েছেন প্রধান।\n{confirmed}\n{LEAD} {COUNTED}"
    assert summarise(TITLE, text, 3, 1000) == [LEAD, COUNTED]


def test_the_captions_of_a_gallery_are_sentences() -> None:
    gallery = "১ / ৩নৌকায় ধান তুলছেন কৃষকেরা২ / ৩ঘাটে ভিড়েছে ধানের নৌকা৩ / ৩হাটে চলছে ধান বেচাকেনাছবি: কেউ একজন"
    assert SentenceTable(TITLE, gallery).sentences == [
        "নৌকায় ধান তুলছেন কৃষকেরা",
        "ঘাটে ভিড়েছে ধানের নৌকা",
        "হাটে চলছে ধান বেচাকেনা",
    ]


def test_a_speech_of_several_sentences_is_worth_less() -> None:
    speech = "কৃষক রহিম বলেন, ‘নদীতে এখন জল নেই। ৩০০ নৌকা ঘাটে বসে আছে।’"
    report = "নদীতে জল না থাকায় ঘাটে বসে আছে ৩০০ নৌকা, বলেন কৃষক রহিম শেখ।"
    assert worth(speech, SAME, SAME) < worth(report, SAME, SAME)


SPEAKER = "দলের নেতা বলেন, সরকার নদীর পাড়ে পাঠাগার খুলতে ব্যর্থ হয়েছে।"
CLAIM = "পাঠাগার খোলার টাকা নদীর পাড়ে ৩০০ শিশুর নামে চুরি করা হয়েছে।"


def test_a_claim_comes_only_with_who_makes_it() -> None:
    for room in (2, 3, 4):
        summary = summarise(TITLE, f"{LEAD}\n{SPEAKER} {ASIDE} {CLAIM}", room, 2000)
        assert CLAIM not in summary or SPEAKER in summary
    # A paragraph of its own, or a verb of saying of its own, speaks for itself.
    assert CLAIM in summarise(TITLE, f"{LEAD}\n{SPEAKER}\n{CLAIM}", 3, 2000)


def test_what_stands_inside_a_long_quotation_is_not_taken() -> None:
    text = f"{LEAD}\nনেতা বলেন, “{ASIDE} {CLAIM} " + "নদী বয়ে চলে। " * 30 + f"{COUNTED}”\n{SECOND}"
    summary = summarise(TITLE, text, 5, 2000)
    assert CLAIM not in summary
    assert "নদী বয়ে চলে।" not in summary


@pytest.mark.parametrize(
    ("sentence", "reports", "opens"),
    [
        ("মন্ত্রী বলেন, সেতু হবে।", True, True),
        ("মন্ত্রী জানিয়েছেন, সেতু হবে।", True, True),
        ("সেতু হবে বলে জানিয়েছেন মন্ত্রী।", True, False),
        ("তিনি দাবি করেন, সেতু হবে।", True, True),
        ("সেতু হবে।", False, False),
        ("বলেনি কেউ, সেতু হবে।", False, False),
    ],
)
def test_who_says_something(sentence: str, reports: bool, opens: bool) -> None:
    assert reports_speech(sentence) is reports
    assert opens_speech(sentence) is opens


def test_a_thing_pointed_at_is_told_before_it_not_behind() -> None:
    lead = "মধুপুর গ্রামে ভোট দিতে গিয়ে ফিরে এসেছেন অনেকে।"
    told = "কেউ ভোট দিয়ে গেলে ভোটার যে ব্যালট পান, আইনে তার নাম জোড়াভোট।"
    points = "নির্বাচনী আইনে এই জোড়াভোটের বিধান থাকলেও মধুপুর গ্রামে ভোটারদের ধারণা নেই।"
    later = "জোড়াভোটের বিধান আছে অন্য দেশেও, বলেছেন মধুপুর গ্রামের শিক্ষক রহিম উদ্দিন।"
    filler = "গ্রামের স্কুলে ছিল তিনটি কেন্দ্র, দুটিতে ভিড় ছিল সকাল থেকেই।"
    table = SentenceTable("মধুপুর গ্রামে ভোট", f"{lead} {told} {filler} {points} {later}", alone=True)
    assert table.together(3, (0, 1)) == [3]
    assert table.together(3, (0, 4)) != [3]


def test_an_accident_or_a_verdict_is_what_the_whole_story_is() -> None:
    debts = Debts([["ট্রাক"], ["চালক"], ["আজ", "এ", "দুর্ঘটনা", "ঘটে"], ["তবে", "এই", "গর্তের", "পাশে"]])
    assert debts.of(2) == []
    assert [one.beginning for one in debts.of(3)] == ["গর্ত"]


def test_quotations_go_on_until_they_are_closed() -> None:
    assert inside_quotation("কৃষক বলেন, “নদীতে জল নেই।", inside=False)
    assert inside_quotation("জল আসেনি।", inside=True)
    assert not inside_quotation("জল আসেনি।”", inside=True)
    assert not inside_quotation("“নদী” শুকিয়ে গেছে।", inside=False)
    assert is_open("জল আসেনি।”")
    assert not is_open("“নদী” শুকিয়ে গেছে।")


def test_an_apostrophe_opens_and_closes_nothing() -> None:
    whole = ("মেলায় দু’জন আহত হয়েছেন।", "নটরডেমিয়ান ’৯৯-এর মেলা বসেছে।", "‘কৃষকের হাট’ বসে দু’দিন।", "বিবিসি’র খবর।")
    assert not any(map(is_open, whole))
    assert all(
        map(is_open, ("কৃষক বলেন, ‘নদীতে জল নেই।", "জল আসেনি’।", "জল নেই এখন’বলেন তিনি।", "‘কৃষকের হাট’ বসে দুই দিন’।"))
    )
    lead = "মধুপুর গ্রামে মেলায় আগুন লেগে দু’জন আহত হয়েছেন।"
    assert summarise("মেলায় আগুন", f"{lead} বুধবার রাতে মেলার একটি দোকানে আগুন লাগে।", 1, 480) == [lead]


def test_what_ends_quoted() -> None:
    assert ends_quoted("কৃষক বলেন, “নদীতে জল নেই।”")
    assert not ends_quoted("“নদী” শুকিয়ে গেছে।")
    assert not ends_quoted("")


def test_likeness_is_of_the_beginnings_of_words() -> None:
    here, there = bag(["পাঠাগার", "নদী", "শিশুদের"]), bag(["পাঠাগারের", "নতুন", "শিশুদেরকে"])
    assert 0 < likeness(here, there) < likeness(here, here) == 1
    assert likeness(here, bag(["ধান"])) == likeness(bag([]), bag([])) == 0


@given(
    st.lists(st.frozensets(st.sampled_from("abcdef")), min_size=1, max_size=9), st.frozensets(st.sampled_from("abc"))
)
def test_salience_shares_out_the_walk(bags: list[frozenset[str]], headline: frozenset[str]) -> None:
    passed = salience(bags, headline)
    assert all(share > 0 for share in passed)
    assert sum(passed) <= len(bags) + 1e-9


def test_what_many_share_is_salient() -> None:
    alone, *others = salience([frozenset("x"), frozenset("ab"), frozenset("abc"), frozenset("az")], frozenset("a"))
    assert max(others) > alone


@pytest.mark.parametrize(
    "owing",
    [
        "পাঠাগারের পাশে এই মেলার আয়োজন করে উপজেলা প্রশাসন।",  # which fair
        "পাঠাগারের সামনে মিছিলটি পৌঁছায় বিকেলে।",  # which procession
        "আজ তাঁরা পাঠাগারে ফুল দেন।",  # who
        "পুলিশ পরে সেগুলো পাঠাগার থেকে জব্দ করে।",  # what
    ],
)
def test_what_is_taken_for_known_comes_only_with_what_tells_it(owing: str) -> None:
    before = "বিকেলে মাঠে বইয়ের মেলা ও মিছিল করেন শিক্ষকেরা।"
    text = f"{LEAD} {COUNTED} {before} {owing}"
    for most in (2, 3, 4):
        summary = summarise(TITLE, text, most, 2000)
        assert owing not in summary or before in summary


def test_what_points_at_the_news_stands_by_itself() -> None:
    when = "গত সোমবার বিকেলে এ পাঠাগার খোলার ঘোষণা আসে।"
    assert when in summarise(TITLE, f"{LEAD} {ASIDE} {when}", 3, 2000)


def test_a_short_name_comes_only_behind_the_full_one() -> None:
    full = "পাঠাগার নিয়ে বক্তব্য দেন অধ্যাপক শামসুল কবীর।"
    short = "পাঠাগার খোলায় কবীরের আনন্দের শেষ ছিল না সারা দিন।"
    for most in (2, 3):
        summary = summarise(TITLE, f"{LEAD} {full} {COUNTED} {short}", most, 2000)
        assert short not in summary or full in summary


def test_a_post_without_a_name_comes_only_behind_the_name() -> None:
    full = "পাঠাগার ঘুরে দেখেন শিক্ষামন্ত্রী শামসুল কবীর।"
    bare = "শিক্ষামন্ত্রী বলেন, পাঠাগার খোলায় ৩০০ শিশু বই পড়তে পারছে।"
    for most in (2, 3, 4):
        summary = summarise(TITLE, f"{LEAD} {full} {COUNTED} {bare}", most, 2000)
        assert bare not in summary or full in summary
    assert bare in summarise(f"{TITLE}, খুশি শিক্ষামন্ত্রী", f"{LEAD} {full} {COUNTED} {bare}", 4, 2000)


def test_who_owns_the_opening_words_comes_with_them() -> None:
    claimed = "নদীর পাড়ে পাঠাগার খোলার টাকা সরকার দুই বছর ধরে আটকে রেখেছে।"
    owner = "গতকাল বিকেলে গ্রামের মাঠে এক সভায় এসব কথা বলেন উদ্যোক্তা সেলিম হোসেন।"
    assert summarise(TITLE, f"{claimed} {SECOND} {owner} {COUNTED}", 2, 2000) == [claimed, owner]
    assert owner not in summarise(TITLE, f"{claimed} {owner}", 1, 2000)
    assert summarise(TITLE, f"{claimed} {owner}", 2, len(claimed) + 10) == [claimed]
    # Another speaks between: the words are not the opening's.
    assert owner not in summarise(TITLE, f"{LEAD} {THIRD} {COUNTED} {owner}", 2, 2000)


def test_who_says_it_is_no_news() -> None:
    again = "উদ্যোক্তা সেলিম হোসেন মুঠোফোনে বলেন, মধুপুর গ্রামের তরুণেরা নদীর পাড়ে পাঠাগার খুলেছেন।"
    assert again not in summarise(TITLE, f"{LEAD}\n{again}\n{COUNTED}", 3, 2000)
    news = "উদ্যোক্তা সেলিম হোসেন মুঠোফোনে বলেন, শহর থেকে আনা বইগুলো রাখতে নদীর ঘাটের পুরোনো দোকানটি ভাড়া নেওয়া হয়েছে।"
    assert news in summarise(TITLE, f"{LEAD}\n{news}\n{COUNTED}", 3, 2000)


def test_what_was_told_does_not_come_again_in_more_words() -> None:
    again = (
        "মধুপুর গ্রামের তরুণেরা নদীর পাড়ে একটি পাঠাগার খুলেছেন, যেখানে সপ্তাহের সাত দিন প্রতিদিন বিকেলে তিন ঘণ্টা ধরে শিশু, "
        "কিশোর আর প্রবীণেরা একসঙ্গে বসে দেশি ও বিদেশি বই পড়তে পারবেন, পড়া যাবে পত্রিকাও।"
    )
    assert again not in summarise(TITLE, f"{LEAD}\n{again}\n{COUNTED}", 3, 2000)


def test_a_caption_that_is_a_sentence_of_the_text_is_left_off() -> None:
    caption = "প্রথম দিনেই শতাধিক শিশু সেখানে এসে বই হাতে নেয় এবং সন্ধ্যা পর্যন্ত বসে পড়ে"
    assert summarise(TITLE, f"{caption} {LEAD} {COUNTED} {caption}।", 1, 2000) == [LEAD]
    said = f"{caption} বলে জানান উদ্যোক্তারা।"
    assert summarise(TITLE, f"{said} তাঁরা বলেন, {caption}।", 1, 2000) == [said]


def test_who_acts_is_not_named_at_both_ends() -> None:
    who = "মধুপুর গ্রামের তরুণদের সংগঠন আলোর পথ পাঠচক্রের সভাপতি সেলিম হোসেন"
    told = f"নদীর পাড়ে নতুন পাঠাগার খোলার খবর জানিয়েছেন {who}।"
    assert summarise(TITLE, f"{who} {told} {COUNTED}", 1, 2000) == [told]


def test_what_says_nothing_of_the_news_is_not_told() -> None:
    assert ASIDE not in summarise(TITLE, f"{LEAD} {COUNTED} {SECOND} {ASIDE}", 4, 2000)
    assert ASIDE in summarise(TITLE, f"{LEAD} {ASIDE}", 3, 2000)  # it goes on from the lead


def test_the_lead_is_to_the_point() -> None:
    scene = "হঠাৎ করেই সেদিন আকাশ কালো করে মেঘ জমেছিল।"
    assert summarise(TITLE, f"{scene} {COUNTED} {LEAD}", 1, 2000) == [COUNTED]
    assert summarise("হঠাৎ মেঘ জমল আকাশে", f"{scene} {COUNTED}", 1, 2000) == [scene]


def test_the_headline_said_again_holds_up_what_points_to_it() -> None:
    again = "নদীর পাড়ে নতুন পাঠাগার খুলেছে গ্রামের তরুণেরা।"
    when = "এ পাঠাগার গত সোমবার বিকেলে খোলা হয় জেলা প্রশাসকের হাতে।"
    assert summarise(TITLE, f"{again} {when} {ASIDE}", 1, 2000) == [when]
    assert summarise(TITLE, again, 1, 2000) == [again]  # better than nothing


def test_what_points_to_the_headline_said_again_may_lead() -> None:
    again = "মধুপুরে নদীর পাড়ে গ্রামের তরুণেরা মিলে খুলল নতুন পাঠাগার।"
    when = "গত সোমবার বিকেলে উদ্যোক্তা সেলিম হোসেন পাঠাগার খোলার এ তথ্য নিশ্চিত করেন।"
    later = "মধুপুর গ্রামের নদীর পাড়ে সেদিন মেলাও বসেছিল।"
    assert summarise(TITLE, f"{again} {when} {later}", 1, 2000) == [when]


def test_headlines_before_the_text_are_left_off() -> None:
    glued = f"মেলায় ভিড় বেড়েছে শেষ দিনে: মেয়র {TITLE} {LEAD} {COUNTED}"
    assert summarise(TITLE, glued, 2, 2000) == [LEAD, COUNTED]
    assert summarise(TITLE, f"খেলা ডেস্ক {LEAD}", 1, 2000) == [LEAD]


def test_a_headline_that_the_first_sentence_goes_on_from_is_part_of_it() -> None:
    title = "নদীর পাড়ে নতুন পাঠাগারের দাবিতে জেলা প্রশাসকের কাছে স্মারকলিপি"
    whole = f"{title} দিয়েছে মধুপুর গ্রামের তরুণদের সংগঠন আলোর পথ পাঠচক্রের সদস্যদের একটি দল।"
    assert summarise(title, f"{whole} {COUNTED}", 1, 2000) == [whole]


@pytest.mark.parametrize(
    "sentence",
    [
        "এটি শুধু একটি দলের হার ছিল না।",
        "পাঠাগারের তালিকা: উত্তর পাড়া, দক্ষিণ পাড়া।",
        "শান্তির প্রস্তাব নিয়ে অনড় ট্রাম্প ট্রাম্পের সঙ্গে আজ বৈঠক।",
        "(সহিহ, ২৮১৯) এছাড়াও তিনি পড়তেন।",
    ],
)
def test_half_a_thought_and_glued_headlines_are_unfit(sentence: str) -> None:
    assert not is_fit(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "মেয়র নিজের ফেসবুক পেজে লিখেছেন, মেলা চলবে।",
        "দোকানের স্বত্বাধিকারী ফারহানা মামলা করেছেন।",
        "জেলা সদরের অনুষ্ঠানে নতুন সেতু নিয়ে আজ দুপুরে মন্ত্রী বলেন: সেতু হবে।",
    ],
)
def test_what_only_looks_like_furniture_is_fit(sentence: str) -> None:
    assert is_fit(sentence)
