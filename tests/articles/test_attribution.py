from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles.text.attribution import dateline_agencies, is_role, split_dateline, split_wire, wire_names
from bot.bangla.normalise import display


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("খবরঘর, নদীবার্তা।", ("খবরঘর", "নদীবার্তা")),
        ("খবরঘর ও নদীবার্তা", ("খবরঘর", "নদীবার্তা")),
        ("খবরঘর; নদীবার্তা | খবরঘর", ("খবরঘর", "নদীবার্তা")),
        ("বাসস", ("বাসস",)),
        ("", ()),
        ("নদীর বই, পৃ. ২৫", ()),
        ("এ কথা বলার পর সবাই অনেকক্ষণ চুপ করে বসে ছিলেন সেই ঘরে", ()),
    ],
)
def test_names_of_sources(value: str, names: tuple[str, ...]) -> None:
    assert wire_names(display(value)) == names


@pytest.mark.parametrize(
    ("paragraph", "names", "rest"),
    [
        ("কাজ শেষ হয়েছে। সূত্র: খবরঘর, নদীবার্তা।", ("খবরঘর", "নদীবার্তা"), "কাজ শেষ হয়েছে।"),
        ("কাজ শেষ হয়েছে।তথ্যসূত্র: খবরঘর", ("খবরঘর",), "কাজ শেষ হয়েছে।"),
        ("কাজ শেষ হয়েছে (সূত্র: বাসস)।", ("বাসস",), "কাজ শেষ হয়েছে।"),
        ("কাজ শেষ হয়েছে। — বাসস", ("বাসস",), "কাজ শেষ হয়েছে।"),
        ("কাজ শেষ হয়েছে। এএফপি", ("এএফপি",), "কাজ শেষ হয়েছে।"),
        ("কাজ শেষ হয়েছে। খবর রয়টার্সের।", ("রয়টার্স",), "কাজ শেষ হয়েছে।"),
        ("কাজ শেষ হয়েছে। খবর: বিবিসি", ("বিবিসি",), "কাজ শেষ হয়েছে।"),
        ("সূত্র/বাসস", ("বাসস",), ""),
        ("সূত্র জানায়, কাজ শেষ হয়েছে।", (), "সূত্র জানায়, কাজ শেষ হয়েছে।"),
        ("কাজ শেষ হয়েছে। সবাই খুশি", (), "কাজ শেষ হয়েছে। সবাই খুশি"),
        ("কাজ শেষ হয়েছে (আংশিক)।", (), "কাজ শেষ হয়েছে (আংশিক)।"),
    ],
)
def test_sources_at_the_end(paragraph: str, names: tuple[str, ...], rest: str) -> None:
    assert split_wire(display(paragraph)) == (tuple(map(display, names)), display(rest))


@pytest.mark.parametrize(
    ("paragraph", "place"),
    [
        ("মধুপুর, ৪ জুলাই ২০২৬: পাঠাগার খুলেছে।", "মধুপুর"),
        ("ঢাকা, ৪ জুলাই (বাসস) : পাঠাগার খুলেছে।", "ঢাকা"),
        ("ঢাকা, ৪ জুলাই, ২০২৬ (বাসস) – পাঠাগার খুলেছে।", "ঢাকা"),
        ("বাসস, ঢাকা: পাঠাগার খুলেছে।", "ঢাকা"),
        ("কিয়েভ, রয়টার্স: পাঠাগার খুলেছে।", "কিয়েভ"),
        ("চট্টগ্রাম: পাঠাগার খুলেছে।", "চট্টগ্রাম"),
        ("সিলেট প্রতিনিধি: পাঠাগার খুলেছে।", "সিলেট"),
        ("নিউ ইয়র্ক, জুলাই ৪: পাঠাগার খুলেছে।", "নিউ ইয়র্ক"),
        ("DHAKA, July 4, 2026 (BSS) - A library opened.", "DHAKA"),
        ("প্রশ্ন: পাঠাগার কোথায়?", None),
        ("সতর্কতা: নদীতে নামবেন না।", None),
        ("রহিম উদ্দিন: আমি বই পড়ি।", None),
        ("ঢাকা-সিলেট মহাসড়কে যানজট ছিল।", None),
        ("ঢাকা:", None),
    ],
)
def test_datelines(paragraph: str, place: str | None) -> None:
    found, rest = split_dateline(display(paragraph))
    assert found == (display(place) if place else None)
    assert (found is None) == (rest == display(paragraph))


def test_an_agency_in_a_dateline_is_a_source() -> None:
    assert dateline_agencies("ঢাকা, ৪ জুলাই (বাসস) : পাঠাগার খুলেছে।") == ("বাসস",)
    assert dateline_agencies("ঢাকা: পাঠাগার খুলেছে।") == ()


@pytest.mark.parametrize(
    "byline",
    [
        "নিজস্ব প্রতিবেদক", "নিজস্ব প্রতিবেদক, ঢাকা", "স্টাফ রিপোর্টার", "অনলাইন ডেস্ক", "খবরঘর ডেস্ক", "জেলা প্রতিনিধি",
        "সিলেট প্রতিনিধি", "ঢাকা, নিজস্ব প্রতিবেদক",
        "জ্যেষ্ঠ প্রতিবেদক", "admin", "Staff Correspondent", "News Desk",
    ],
)  # fmt: skip
def test_roles_are_no_persons(byline: str) -> None:
    assert is_role(byline)


@pytest.mark.parametrize("byline", ["ফারহানা হক", "ফারহানা হক, স্টাফ রিপোর্টার", "ফারহানা হক নিজস্ব প্রতিবেদক", "", "Farhana Haque"])
def test_persons_are_no_roles(byline: str) -> None:
    assert not is_role(byline)


@given(st.text(max_size=400))
def test_any_paragraph_is_read(text: str) -> None:
    split_wire(text)
    split_dateline(text)
    is_role(text)
