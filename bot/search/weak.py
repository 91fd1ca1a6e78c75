"""Knows words that say little by themselves.

They are forms of common verbs, pronouns and small words. A guess is never one of them, and those that the archive lacks
are left out of a question. It works on ``key()`` text.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final
from unicodedata import normalize

# Stems before a consonant, and before a vowel, as they stand in writing.
_STEMS: Final = """
    কর বল চল পড় ধর মার মর ছাড় কাট লাগ লিখ লেখ দেখ শুন শোন বুঝ বোঝ জান জিত জেত হার খেল মিল মেল ঘট ফির ফের শিখ কিন কেন বেচ
    ভাঙ গড় জ্বল পুড় পোড় ডুব ডোব বাঁচ থাম ঢুক ঢোক পার ডাক তুল তোল খুল খোল বাড় কম উঠ ওঠ নাম বস আস এস থাক রাখ নাচ গাই হাস কাঁদ
    ভাস ভাব চাপ ছুট ছাপ ঝর টান ঠেক দাঁড়া নড় পাল ফাট ফোট বাধ মাপ রট লড় সর হট আন বদল চড় ছিল আছ যায় পায় খায় চায় দেয় নেয় হয়
    যা পা খা চা দি দে নি নে হ হই পাই খাই চাই যাই গি গে পে খে চে গিয় পেয় খেয় চেয় দিয় নিয় হয় গেল জানা দেখা বাড়া কমা পাঠা বানা
    চালা দৌড়া ঘুমা দাঁড় এগো বেরো পৌঁছ পৌঁছা ঘোষ জন্মা হারা লাগা বাঁচা
"""
_ENDINGS: Final = """
    ছে ছেন ছি ছিল ছিলো ছিলেন ছিলাম চ্ছে চ্ছেন চ্ছি চ্ছিল চ্ছিলেন েছে েছেন েছি েছিল েছিলেন য়েছে য়েছেন য়েছিল য়েছিলেন ইছে ইছেন
    ইছিল ইতেছে ইতেছেন তেছে তেছেন তেছি ল লো লেন লাম ইল ইলো ইলেন বে বেন ব বো ইবে ইবেন ত তো তেন ইত নি েনি েননি য়নি য়নি লে
    ইলে েন ুন য়েনি তে ইতে িয়েছে িয়েছেন িয়েছিল ানো েছো
"""
_SMALL: Final = """
    আমি আমরা তুমি তোমরা আপনি আপনারা সে তারা তিনি তাঁরা এরা ওরা আমার আমাদের তোমার আপনার তার তাদের তাঁর তাঁদের এর ওর আমাকে
    তোমাকে আপনাকে তাকে তাদেরকে নিজে নিজের নিজেদের যে যা যার যাদের যিনি যারা কে কী কি কার কাকে কাদের কারা কোন কোনো কোনটা কেন কেনো
    কবে কখন কোথায় কোথা কই কত কতটা কতজন কয়টা কয় কেমন কীভাবে কিভাবে কীসের কিসের এই ওই সেই এ ও এবং আর অথবা বা কিন্তু তবে তাই যদি
    যদিও তাহলে না নয় নেই নাই নি হ্যাঁ জি তো ই এখন এখনো এখনও তখন আজ কাল আবার আরও আরো আগে পরে থেকে হতে চেয়ে দিয়ে নিয়ে জন্য জন্যে
    সঙ্গে সাথে মধ্যে ভেতর ভিতরে মাঝে উপর ওপর ওপরে উপরে নিচে কাছে দিকে পর্যন্ত ছাড়া বিনা মতো মত মতোই এমন যেমন তেমন যেন সব সবাই সকল
    সকলে কেউ কিছু অনেক খুব বেশ বেশি কম একটু একটি একটা এক দুই এসব সেসব যেসব হঠাৎ শুধু কেবল প্রায় যখন যেখানে সেখানে এখানে ওখানে
    এদিকে কদ্দূর কতদূর নাকি বুঝি আচ্ছা ভাই দাদা আপা বটে হাঁ আছে আছেন ছিল ছিলেন হলো হল হয় হবে হয়েছে গেল গেছে গেছেন করে বলে
    হচ্ছে যাচ্ছে চলছে পাইছে হইছে হইছিল পাইল হইলেন করছে বলছে বলছেন
"""


def _words(text: str) -> list[str]:
    return normalize("NFC", text).split()


_ALTERNATIVES: Final = "|".join(sorted(map(re.escape, _words(_ENDINGS)), key=len, reverse=True))
_VERB: Final = re.compile(
    f"(?:{'|'.join(sorted(map(re.escape, _words(_STEMS)), key=len, reverse=True))})(?:{_ALTERNATIVES})[ইও]?"
)
_LITTLE: Final = frozenset(_words(_SMALL))


@lru_cache(maxsize=1 << 14)
def is_weak(word: str) -> bool:
    """Return whether a word says little by itself.

    It is a form of a common verb, a pronoun or another small word.
    """
    return word in _LITTLE or _VERB.fullmatch(word) is not None
