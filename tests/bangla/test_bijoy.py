"""Text typed for SutonnyMJ is known and turned into Unicode.

Other writings with Latin letters are left alone.
"""

from __future__ import annotations

import json
import re
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bangla.bijoy import is_bijoy, to_unicode
from tests.bangla.bijoy_typing import conjuncts, typed
from tests.shared import shared_path

# Typed by hand for the font, and what it draws.
TYPED = [
    ("b`xi cvwb evo‡Q", "নদীর পানি বাড়ছে"),
    ("evsjv‡`k", "বাংলাদেশ"),
    ("Avgvi †mvbvi evsjv, Avwg †Zvgvq fv‡jvevwm|", "আমার সোনার বাংলা, আমি তোমায় ভালোবাসি।"),
    ("cÖavbgš¿x", "প্রধানমন্ত্রী"),
    ("K…wl I wkÿv", "কৃষি ও শিক্ষা"),
    ("Kg©KZ©v", "কর্মকর্তা"),
    ("we`¨vjq", "বিদ্যালয়"),
    ("XvKv wek¦we`¨vjq", "ঢাকা বিশ্ববিদ্যালয়"),
    ("gyw³hy×", "মুক্তিযুদ্ধ"),
    ("†KD wKQy e‡jwb", "কেউ কিছু বলেনি"),
    ("26 gvP© 2026", "২৬ মার্চ ২০২৬"),
    ("†gŠjfxevRvi", "মৌলভীবাজার"),
    ("wbe©vPb", "নির্বাচন"),
    ("ag©xq", "ধর্মীয়"),
]
# Latin writings with letters that the font uses too.
OTHERS = [
    "Vláda schválila na dnešním jednání svou demisi. Takto bude řídit zemi až do vzniku nového kabinetu.",
    "Šiandien vyriausybė priėmė sprendimą dėl švietimo įstaigų, pranešė žurnalistai iš Šiaulių.",
    "La 1ª edición de la revista «Río» costó 5º más; el señor Muñoz lo contó así: «¡qué año!»",
    "Größe und Maß: die Straße über den Fluss wird für 3 m³ Wasser und 20 m² Fläche geöffnet.",
    "The court said the ministry had 20 days to answer, a spokesman told reporters.",
    "© 2026 Reuters. All rights reserved. Prices from £5 to ¥900, section § 12 and ± 3 °C.",
    "Thủ tướng Chính phủ vừa ký quyết định về việc phân bổ ngân sách cho các địa phương.",
    "নদীর পানি বাড়ছে। মানুষ সরে যাচ্ছে। বোর্ড বলছে, আগামী দুই দিন পানি আরও বাড়বে।",
    "",
]


@pytest.mark.parametrize(("typed", "drawn"), TYPED)
def test_what_the_font_draws(typed: str, drawn: str) -> None:
    assert to_unicode(typed) == drawn


@pytest.mark.parametrize("text", OTHERS)
def test_other_writings_are_not_the_fonts(text: str) -> None:
    assert not is_bijoy(text)


def test_a_text_is_known_by_its_letters() -> None:
    assert is_bijoy(" ".join(typed for typed, _ in TYPED))
    assert is_bijoy("b`xi cvwb evo‡Q| gvbyl m‡i hv‡”Q| †evW© ej‡Q, AvMvgx `yB w`b cvwb AviI evo‡e|")


LETTERS = "কখগঘঙচছজঝঞটঠডঢণতথদধনপফবভমযরলশষসহড়ঢ়য়"
VOWELS = ["", *"ািীুূৃেৈ", "ো", "ৌ"]
SYLLABLES = st.tuples(
    st.sampled_from(["", "র্"]),
    st.sampled_from(re.findall(".\u09bc?", normalize("NFC", LETTERS))) | st.sampled_from(conjuncts()),
    st.sampled_from(VOWELS),
    st.sampled_from(["", "ঁ"]),
).map("".join)


@given(st.lists(SYLLABLES, min_size=1, max_size=6).map("".join))
def test_what_is_typed_comes_back(word: str) -> None:
    assert to_unicode(typed(word)) == normalize("NFC", word)


def test_real_articles_come_back_and_are_told_from_unicode() -> None:
    lines = shared_path("data", "articles", "articles.jsonl").read_text("utf-8").splitlines()[::50]
    for line in lines:
        text = re.sub("[\u200c\u200d|]", "", normalize("NFC", json.loads(line)["body"][:1500]))
        words = " ".join(word for word in text.split() if not re.search("[A-Za-z]", word))
        assert to_unicode(typed(words)) == words
        assert is_bijoy(typed(words))
        assert not is_bijoy(words)


@given(st.text(max_size=200))
def test_any_text_is_told_and_turned(text: str) -> None:
    assert is_bijoy(text) in (True, False)
    assert isinstance(to_unicode(text), str)
