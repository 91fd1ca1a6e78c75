"""Lists words whose end only looks like an ending of a noun."""

from typing import Final
from unicodedata import normalize


def _words(text: str) -> frozenset[str]:
    return frozenset(normalize("NFC", text).split())


# Words of the grammar, which are no nouns and nobody's base.
GRAMMAR: Final = _words("""
    মধ্যে মাঝে আগে বটে মানে সামনে পিছনে পেছনে নীচে নিচে বাহিরে বাইরে আছে কবে তবে যবে হবে হতে হয়ে দিয়ে নিয়ে গিয়ে চেয়ে
    পেয়ে খেয়ে বলে করে ধরে চলে এসে গেলে হলে আসে যাবে পাবে থাকে থেকে রাখে দেবে নেবে কমে আটকে জেগে উঠে মিলে সেটা এটা ওটা
    যেটা সেগুলি এতটা অতটা যতটা কতটা নিজে সকলে কোনোমতে অন্যরা একে এতে এত সেই এই যেই ওই কেউ নেই আমার তোমার আমাকে তোমাকে
    তাকে যাকে ওকে তাতে যাতে কোনও কখনও প্রায় যায় পায় চায় খায় গায় হায় কোথায় তার যার কার আর আবার এবার সেবার সবাই তারা
    যারা কারা তাঁরা যাঁরা আসলে
""")
# Nouns, numerals and adjectives that only look as if they had an ending.
WHOLE: Final = _words("""
    ছেলে মেয়ে বিয়ে দুই কই বই হাই ভাই রেডিও সময় বিষয় উপায় রায় সহায় বিদায় ন্যায় আহার দ্বার অস্থির হাজির কিনারা বেচারা
    সেরা সারা মারা চারা ধারা শিরা চেহারা কোটি মাটি খাঁটি বাটি ঘাঁটি মোটা গোটা কাটা ভিটা পালটা ঝাঁটা বাটা আটা কারখানা মিঠাই
    বালাই লড়াই দ্বারা দায়রা কয়রা টেংরা ছাপরা অন্তরা নামকরা মাইনে সরকার দরকার বাজার হাজার অধিকার ব্যবহার স্বীকার প্রকার ব্যাপার
""")
# Forms that stand so often that they look like words of their own.
FROZEN: Final = {"সঙ্গে": "সঙ্গ", "কাছে": "কাছ", "বিরুদ্ধে": "বিরুদ্ধ", "একটি": "এক", "একটা": "এক"}
