"""Recognises the words that lead from a teaser on.

They are «… বিস্তারিত», «Read more →», «পুরো খবর». They are words of a button only at the very end, and there behind an
ellipsis, before an arrow, or behind a finished sentence; «ঘটনার বিস্তারিত জানা যায়নি» is a sentence.
"""

from __future__ import annotations

import re

from bot.articles.text.patterns import nfc

_WHOLE = "পুরো|পুরোটা|সম্পূর্ণ|সম্পূর্ণটা|সম্পূর্ণটি|বাকি|বাকিটা|বাকিটুকু|বাকি অংশ|পুরোটাই|মূল"
_TEXT = "খবর|খবরটি|সংবাদ|সংবাদটি|লেখা|লেখাটি|প্রতিবেদন|প্রতিবেদনটি|নিউজ|নিউজটি|অংশ|গল্প|ভিডিও|আর্টিকেল"
_VERB = (
    "পড়ুন|পড়ুন এখানে|পড়তে ক্লিক করুন|পড়তে এখানে ক্লিক করুন|পড়তে|দেখুন|দেখতে ক্লিক করুন|দেখতে এখানে ক্লিক করুন|জানুন|"
    "জানতে ক্লিক করুন|জানতে এখানে ক্লিক করুন|জানতে|শুনুন|দেখে নিন|পড়ে নিন|জেনে নিন|"
    "পড়তে থাকুন|পড়া চালিয়ে যান|এখানে পড়ুন|এখানে দেখুন|এখানে ক্লিক করুন|ক্লিক করুন এখানে|ক্লিক করুন"
)
_FURTHER = (
    "বিস্তারিত|বিস্তারিতভাবে|বিস্তারিত খবর|বিস্তারিত সংবাদ|বিশদ|বিশদে|বিশদভাবে|সবিস্তার|সবিস্তারে|আরও|আরো|আরও বিস্তারিত|আরো বিস্তারিত"
)
_WHERE = "(?:প্রথম )?(?:কমেন্টে|কমেন্টের লিংকে|কমেন্ট বক্সে|লিংকে|লিঙ্কে|ভিডিওতে|ভিতরে|ভেতরে)"
# Surely a button's at a teaser's end, whatever stands before.
_PHRASES = (
    rf"(?:{_FURTHER})\s+(?:{_VERB})",
    rf"(?:{_VERB})\s+(?:{_FURTHER})",
    rf"(?:{_WHOLE})\s+(?:(?:{_TEXT})\s+)?(?:{_VERB})",
    r"বিস্তারিত আসছে|বিস্তারিত আসছে শিগগির|আরও পড়তে এখানে ক্লিক করুন",
    (
        r"(?:read|see|view|show|learn|find out|discover)\s+(?:more|full (?:story|article|news|text|report)|article|"
        r"the (?:full|rest|whole)(?: of (?:this|the))?(?: (?:story|article|entry|post|text))?)"
    ),
    r"(?:continue|keep|go on) reading|read the rest(?: of (?:this|the) \w+)?",
    r"click here (?:to|for) (?:read )?(?:more|the full \w+)|(?:click|tap) (?:here )?to read(?: more)?",
)
# A button's only with an arrow or an ellipsis beside it, or alone behind a finished sentence.
_WORDS = (
    rf"{_FURTHER}|(?:{_WHOLE})\s+(?:{_TEXT})|(?:(?:{_TEXT})\s+)?(?:{_VERB})|(?:{_FURTHER})\s+{_WHERE}|"
    r"(?:click|tap) here|more|details|continue|read|full (?:story|article|report|news)|"
    r"more (?:details|info(?:rmation)?|here)"
)
_ARROW = r"(?:\s*(?:→|»|›|>{1,3}|&gt;|&raquo;|▶|►|⟶|➔|➜|⇒|…|\.{2,}|\|)+)"
_CUT = r"(?:\s*(?:…|\.{2,}|\[\s*(?:…|\.{3})\s*\]|\(\s*(?:…|\.{3})\s*\)))"
_DONE = r"(?<=[।.!?’”\"')])"


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(nfc(pattern), re.IGNORECASE)


_P = "|".join(_PHRASES)
_OPEN = r"(?:[<«‹|]{1,3}\s*)?"
_TAILS = (
    _compiled(rf"{_CUT}\s*{_OPEN}[\[(]?\s*(?:{_P}|{_WORDS})(?:\s*[:।.])?{_ARROW}?\s*[\])]?\s*$"),
    _compiled(rf"(?:^|\s|{_DONE}){_OPEN}(?:{_P})\s*:?{_ARROW}?\s*$"),
    _compiled(rf"(?:^|{_DONE}\s*){_OPEN}(?:{_P})\s*[।.]{_ARROW}?\s*$"),
    _compiled(rf"(?:^|{_CUT}){_ARROW}\s*$"),
    _compiled(rf"(?:^|{_DONE}\s*){_OPEN}(?:{_WORDS})(?:\s*[:।.])?{_ARROW}?\s*$"),
    _compiled(rf"\s{_OPEN}(?:{_WORDS}){_ARROW}\s*$"),
    _compiled(rf"\s*[\[(]\s*(?:{_P}|{_WORDS}){_ARROW}?\s*[\])]\s*$"),
    _compiled(rf"(?:^|\s|{_DONE})continue reading\s.{{1,200}}$"),
)
_ENDS = re.compile(r"\s*[\[(]\s*(?:…|\.{3}|&hellip;)\s*[\])]\s*$|\s*(?:\.{3,}|…)[\s.…]*$|(?<=[^\s.])\.\.\s*$")
_WINDOW = 260  # characters at a text's end


def cut_teaser(paragraphs: list[str]) -> list[str]:
    """Return a teaser's paragraphs with «…», without the button.

    «…» stands where the text was cut; other paragraphs stay as they are.
    """
    if not paragraphs:
        return paragraphs
    *before, last = paragraphs
    text, button = without_button(last)
    if not button and not _ENDS.search(last[-_WINDOW:]):
        return paragraphs
    if not _ENDS.sub("", text).strip():
        return [*before[:-1], mark_cut(before[-1])] if before else []
    return [*before, mark_cut(text)]


def without_button(text: str) -> tuple[str, bool]:
    """Return a text without a final button's words.

    The flag tells whether there were any.
    """
    head, tail = text[:-_WINDOW], text[-_WINDOW:]
    for pattern in _TAILS:
        if (match := pattern.search(tail)) and not (head and match.start() == 0):
            return (head + tail[: match.start()]).rstrip(" \t-–—|:"), True
    return text, False


def mark_cut(text: str) -> str:
    """Return a text that its source cut short, with one ellipsis."""
    return _ENDS.sub("", text.rstrip()).rstrip() + "…"
