"""Words after which a full stop ends no sentence."""

import re
from typing import Final

# Titles, units and institutions as newspapers shorten them.
_BENGALI = """
    মো মোঃ মোসা মোসাঃ মোছা মোছাঃ মোহা মোহাঃ মুহা মুহাঃ মু ড ডঃ ডা ডাঃ রা রাঃ সা সাঃ আ আঃ দ মি
    প্রফে প্রফেসর অধ্যা সহ ইঞ্জি প্রকৌ অ্যাড এড অ্যাডভো ব্যারি আলহাজ মাও শ্রী
    লে লেফ মে মেজ জে জেনা ব্রি ব্রিগে ক্যা ক্যাপ্ট সার্জে ইন্স কনস্ট রেভা ফা
    লি লিঃ লিমি প্রা প্রাঃ কো কোং পিএলসি কিমি সেমি মিমি মিলি কি সে সেকে কেজি গ্রা ঘ মিনি
    খ্রি খ্রিঃ খৃ খৃঃ হি ইং সং পৃ নং বি দ্র তা ভা অনু সম্পা উদা
    এক দুই তিন চার পাঁচ
"""
# The letters of the Latin alphabet as Bengali spells them: এ. কে. এম.
_INITIALS = """
    এ বি সি ডি ই এফ জি এইচ আই জে কে এল এম এন ও পি কিউ আর এস টি ইউ ভি ডব্লিউ ডব্লু এক্স ওয়াই জেড
"""
_LATIN = "mr mrs ms dr prof st no vs inc ltd co jr sr eg ie cf al gen col lt sgt capt rev hon gov sen rep fig vol pp"

_ABBREVIATIONS: Final = frozenset((_BENGALI + _INITIALS + _LATIN).split())
# A lone syllable before a stop is an initial or an option of a list (ক. খ.), but for these words.
_WHOLE_SYLLABLES = frozenset(("না", "নয়", "কী", "নি", "হয়", "যায়", "দেয়", "নেয়", "যে", "তো", "হা", "হো"))
_SYLLABLE = re.compile("[\u0985-\u09b9\u09ce](?:[\u09bc\u09be-\u09cc\u0981-\u0983]*)")
_ROMAN = re.compile("[ivx]+")


def is_abbreviation(word: str) -> bool:
    """Return whether a full stop after this word leaves the sentence open.

    `word` is given without the stop. It does after the listed titles and units, a word with a stop inside (এ.কে.এম),
    single letters and roman numerals.
    """
    word = word.casefold()
    return (
        word in _ABBREVIATIONS
        or "." in word
        or (len(word) == 1 and word.isascii())
        or _ROMAN.fullmatch(word) is not None
        or (_SYLLABLE.fullmatch(word) is not None and word not in _WHOLE_SYLLABLES)
    )
