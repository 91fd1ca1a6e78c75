"""What is repaired, what is left alone.

Repairing twice changes nothing.
"""

from unicodedata import normalize

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.bangla.normalise import MARKS, _composed, display, key
from tests.bangla.strategies import texts


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("\u09af\u09bc", "\u09df"),
        ("মেলা শুরু হয়েছে৷ সবাই খুশি৷", "মেলা শুরু হয়েছে। সবাই খুশি।"),
        ("নদীর পানি বেড়ে গেছে| মানুষ ঘর ছাড়ছেন|", "নদীর পানি বেড়ে গেছে। মানুষ ঘর ছাড়ছেন।"),
        ("ক\u09c7\u09be", "কো"),
        ("ক\u09be\u09c7", "কো"),
        ("ম\u09c7\u09d7", "মৌ"),
        ("হঠাত্\u200d বৃষ্টি", "হঠাৎ বৃষ্টি"),
        ("ভর্ত্\u200dসনা", "ভর্ৎসনা"),
        ("জগত্ জুড়ে", "জগৎ জুড়ে"),
        ("র\u09af\u09c7\u09bcছ\u09c7", "রয়েছে"),
        ("দুুপুরে", "দুপুরে"),
        ("রাান", "রান"),
        ("চ\u0981\u09beদ", "চাঁদ"),
        ("অ\u09beম", "আম"),
        ("ক\u00a0খ\u200bগ\ufeffঘ\u00adঙ", "ক খগঘঙ"),
        ("উইল্\u200bস", "উইল্\u200cস"),
        ("\u202eক\u200e\u0000খ\u0007", "কখ"),
        ("আপডেটঃ ০৬ জুন", "আপডেট: ০৬ জুন"),
        ("সূত্রঃবাসস", "সূত্রঃবাসস"),
        ("সময়ঃ০৬টা", "সময়: ০৬টা".replace(" ", "")),
        ("৬ঃ১২", "৬:১২"),
        ("নাম ঃ রহিম", "নাম : রহিম"),
        ("ক  \t খ \n\n  গ ", "ক খ\n\nগ"),
        ("ক\r\nখ\rগ\u2028ঘ", "ক\nখ\nগ\nঘ"),
    ],
)
def test_repairs(typed: str, shown: str) -> None:
    assert display(typed) == normalize("NFC", shown)


@pytest.mark.parametrize(
    "text",
    [
        "২৩ জুন ২০২৫ | ৬:১২",
        "নাম | বয়স | ঠিকানা",
        "নাম| বয়স| ঠিকানা|",
        "|| খেলা",
        "দুঃখ অতঃপর মূলতঃ মোঃ পুনঃ স্বতঃস্ফূর্ত ডঃ লিঃ",
        "র\u200d্যাব ও উদ্\u200cযাপন",
        "‘কথা’ “কথা” 'কথা' \"কথা\"",
        "ফ্রিজ়ার",
        "১৬৲ ৷৹",
        "চাঁদ ও বাংলা",
        "👩\u200d👩\u200d👧 ❤\ufe0f",
        "ক\n\n\nখ",
    ],
)
def test_what_is_right_stays(text: str) -> None:
    assert display(text) == normalize("NFC", text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("র\u200d্যাব", "র্যাব"),
        ("উদ্\u200cযাপন", "উদ্যাপন"),
        ("২০২৫ সাল", "2025\nসাল"),
        ("BNP", "bnp"),
        ("‘কথা’", "'কথা'"),
        ("ইরান–ইসরায়েল", "ইরান-ইসরায়েল"),
        ("\u09dc", "\u09a1\u09bc"),
    ],
)
def test_what_reads_alike_has_one_key(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(("one", "other"), [("খাত", "খাতা"), ("দুঃখ", "দুখ"), ("কি", "কী"), ("ইরান", "ইরানের")])
def test_what_differs_keeps_its_own_key(one: str, other: str) -> None:
    assert key(one) != key(other)


@given(texts)
@example("ত\u200d্\u200d")
@example("৷৷৷৷৷")
@example("ক খ\nগ ঘ ঙ|")
def test_display_is_idempotent(text: str) -> None:
    assert display(display(text)) == display(text)


@given(texts)
@example("ক খ\nগ ঘ ঙ|")
@example("\u0345\u0301Α")
def test_key_is_idempotent_and_looks_through_display(text: str) -> None:
    assert key(key(text)) == key(text)
    assert key(display(text)) == key(text)


@given(texts)
def test_both_say_the_same_of_composed_and_decomposed_text(text: str) -> None:
    for form in ("NFC", "NFD"):
        assert display(normalize(form, text)) == display(text)
        assert key(normalize(form, text)) == key(text)


@given(st.text("কতরনাি্ য", max_size=12).filter(lambda text: "ত্" not in text), st.data())
def test_key_does_not_see_joiners(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text)))
    joined = text[:at] + data.draw(st.sampled_from("\u200c\u200d")) + text[at:]
    assert key(joined) == key(text)


@given(texts)
def test_what_is_shown_can_be_sent(text: str) -> None:
    assert display(text + "\ud800").encode() == display(text).encode()


@pytest.mark.parametrize("marks", ["\u0301\u0323", "\u09cd\u09bc", "\u0345", "\u0e4b\u0e38"])
def test_a_letter_keeps_no_more_marks_than_can_be_brought_in_order(marks: str) -> None:
    shown = display("ক" + marks * 50_000 + "খ")
    assert shown[0] == "ক"
    assert shown[-1] == "খ"
    assert len(shown) <= 2 + MARKS
    assert display(shown) == shown


@given(st.text(alphabet="কডঢয\u09bc\u09be\u09c7\u09cb\u09cd\u09d7\u09dc\u09dd\u09df\u09fe\u0301e…” ", max_size=12))
def test_what_is_found_to_be_composed_is(text: str) -> None:
    assert _composed(text) == normalize("NFC", text)
