"""Gives each Bengali word one spelling: `display` shows, `key` compares.

4,548 of 4,616 real articles were not NFC, and one newspaper writes য় in both ways. The repairs are those that real
pages were seen to need; joiners and quotation marks are kept, for র‍্যাব is not spelt without its joiner.
"""

import re
from unicodedata import combining, normalize

_JOINERS = "\u200c\u200d"  # ZWNJ, ZWJ
_CONSONANT = "\u0995-\u09b9\u09f0\u09f1"
_VOWEL_SIGN = "\u09be-\u09c4\u09c7-\u09cc\u09d7"
_SIGN = f"\u0981-\u0983\u09bc\u09cd{_VOWEL_SIGN}"
_LETTER = f"\u0980-\u09e3{_JOINERS}"

# Words after which a visarga at the word's end is a colon («আপডেটঃ»). All other visargas are spelling: দুঃখ, মূলতঃ, মোঃ.
_LABELS = """
    আপডেট হালনাগাদ প্রকাশ প্রকাশিত প্রকাশকাল প্রকাশনা সময় তারিখ সর্বশেষ সূত্র তথ্যসূত্র উৎস ট্যাগ ট্যাগস বিষয় বিভাগ
    শিরোনাম ছবি ভিডিও লেখক লেখা অনুবাদ প্রতিবেদক প্রতিনিধি রিপোর্টার সংবাদদাতা ডেস্ক সম্পাদক প্রকাশক নাম পদ পদবি ঠিকানা
    ফোন মোবাইল ইমেইল মেইল ওয়েবসাইট যোগাযোগ স্থান প্রশ্ন উত্তর বয়স পিতা মাতা গ্রাম থানা উপজেলা জেলা মূল্য যেমন যথা
    উদাহরণ নোট দ্রষ্টব্য বি.দ্র
"""

_SPACES = "\t\v\f\x1c\x1d\x1e\x1f\xa0\u1680\u202f\u205f\u3000"
_LINE_ENDS = "\r\x85\u2028\u2029"


def _characters() -> dict[int, str | None]:
    table: dict[int, str | None] = {}
    # What nobody sees: controls, soft hyphen, bidi marks, BOM; halves of surrogate pairs, which cannot be encoded.
    for first, last in (
        (0x00, 0x08),
        (0x0E, 0x1B),
        (0x7F, 0x9F),
        (0xAD, 0xAD),
        (0x061C, 0x061C),
        (0x180E, 0x180E),
        (0x200B, 0x200B),
        (0x200E, 0x200F),
        (0x202A, 0x202E),
        (0x2060, 0x206F),
        (0xD800, 0xDFFF),
        (0xFEFF, 0xFEFF),
        (0xFFF9, 0xFFFB),
        (0xFFFE, 0xFFFF),
    ):
        table.update(dict.fromkeys(range(first, last + 1)))
    table.update(dict.fromkeys(map(ord, _SPACES), " "))
    table.update(dict.fromkeys(range(0x2000, 0x200B), " "))
    table.update(dict.fromkeys(map(ord, _LINE_ENDS), "\n"))
    return table


_CHARACTERS = _characters()
_ODD_CHARACTER = re.compile("[" + re.escape("".join(map(chr, _CHARACTERS))) + "]")
# A space of no width after a hasanta does the work of a ZWNJ (উইল্ + স): removed, it would join the two letters.
_WIDTHLESS_JOINER = re.compile("(?<=\u09cd)\u200b")

_COLON = re.compile(
    rf"(?<![{_SIGN}{_LETTER}])ঃ"
    rf"|(?<![{_LETTER}])((?:{'|'.join(re.escape(normalize('NFC', word)) for word in _LABELS.split())}))ঃ(?![{_LETTER}])"
)
_OLD_DANDA = re.compile("(?<!৷)৷++(?![\u09f2-\u09fb])")  # U+09F7 is a coin; beside another such sign it is money
_BAR = re.compile(rf"(?<=[{_LETTER}])\|(?=[\s\"'’”)\]]|\Z)")
_TA = re.compile(rf"ত\u09cd(?:\u200d|(?<!\u09cdত\u09cd)(?![{_LETTER}]))")  # জগত্‍, and জগত্ at a word's end
_LONG_A = re.compile("অ\u09be")
# Signs in disorder: one doubled, nukta after a vowel sign, া before ে, chandrabindu before a vowel sign.
_DISORDER = re.compile(
    rf"([{_SIGN}])\1|[{_CONSONANT}][{_VOWEL_SIGN}\u0981-\u0983]+\u09bc|\u09be\u09c7|\u0981[{_VOWEL_SIGN}]"
)
# Holds wherever that does, and seldom elsewhere; to look takes a fifth, for it begins with a set of characters.
_SUSPECT = re.compile(
    rf"[{_SIGN}](?=[{_SIGN}])"
    rf"(?:(?<=([{_SIGN}]))\1|(?<=[{_VOWEL_SIGN}\u0981-\u0983])\u09bc|(?<=\u09be)\u09c7|(?<=\u0981)[{_VOWEL_SIGN}])"
)
_SIGN_RUN = re.compile(rf"([{_CONSONANT}]?)([{_SIGN}]{{2,}})")
_BLANKS = re.compile("  +")
# What NFC leaves alone, whatever stands beside it, but for the pairs below. To look takes a tenth of normalising.
_UNCOMPOSED = re.compile("[^\t\n -~\u0964\u0965\u0980-\u09db\u09de\u09e0-\u09fd\u200c\u200d–—‘’“”•…]")
_COMPOSED_PAIRS = ("\u09c7\u09be", "\u09c7\u09d7", "\u09cd\u09bc")
MARKS = 30
"""Marks on one letter that are kept; no writing needs as many (UAX #15, stream-safe text)."""
_MANY_SIGNS = re.compile(rf"[^\w\s!-~।…‘’“”–—•]{{{MARKS + 1},}}")
# The length of text in which a bar must have ended a sentence, and the words such a sentence has at the least.
_SENTENCE_WINDOW, _SENTENCE_SPACES = 200, 3
_SENTENCE_START = re.compile(r"[।?!|\n]")

_PASSES = 4  # a repair may uncover another one; nothing seen or invented needed a third pass


def display(text: str) -> str:
    """Return the text fit to show: NFC, typing faults repaired.

    Repaired: ৷ and | for the danda, ে + া, া + ে, ত্‍ for ৎ, a nukta typed late, a sign typed twice, অ + া, ঃ for a colon,
    spaces of every kind, and characters that cannot be seen. Runs of spaces become one, lines lose the space at their
    ends, line ends become newlines and are all kept; ZWJ, ZWNJ and quotation marks are kept. Idempotent.
    """
    if _ODD_CHARACTER.search(text):
        text = _WIDTHLESS_JOINER.sub("\u200c", text.replace("\r\n", "\n")).translate(_CHARACTERS)
    text = _composed(text)
    for _ in range(_PASSES):
        repaired = _repaired(text)
        if repaired == text:
            break
        text = repaired
    return text


def key(text: str) -> str:
    """Return the text in the form that is compared.

    Tags, hashes, search and tables of words use it.
    `display` with ASCII digits, casefolded, without joiners, curly quotes and long dashes made plain, white space
    (lines too) single and stripped. Other punctuation stays, and no word is stemmed. Idempotent.
    """
    text = display(text)
    folded = _folded(text)
    if _UNSETTLED.search(text):
        for _ in range(_PASSES):
            before, folded = folded, _folded(display(folded))
            if folded == before:
                break
    return folded


def _composed(text: str) -> str:
    """Return the text in NFC.

    A letter with more than `MARKS` marks keeps so many.
    """
    if _UNCOMPOSED.search(text) or any(pair in text for pair in _COMPOSED_PAIRS):
        return normalize("NFC", _MANY_SIGNS.sub(_few_marks, text))
    return text


def _few_marks(run: re.Match[str]) -> str:
    """Return signs with at most `MARKS` marks in a row.

    To bring more of them in order takes the square of their number.
    """
    kept: list[str] = []
    marks = 0
    for sign in run[0]:
        marks = marks + 1 if combining(sign) else 0
        if marks <= MARKS:
            kept.append(sign)
    return "".join(kept)


def _repaired(text: str) -> str:
    if "৷" in text:
        text = _OLD_DANDA.sub(lambda run: "।" * len(run[0]), text)
    if "|" in text:
        text = _BAR.sub(_danda_for_bar, text)
    if "ঃ" in text:
        text = _COLON.sub(r"\1:", text)
    if "ত\u09cd" in text:
        text = _TA.sub("ৎ", text)
    if "অ\u09be" in text:
        text = _LONG_A.sub("আ", text)
    if _SUSPECT.search(text):
        text = _composed(_SIGN_RUN.sub(_signs_in_order, text))
    if "  " in text:
        text = _BLANKS.sub(" ", text)
    return text.replace(" \n", "\n").replace("\n ", "\n").strip(" ")


def _danda_for_bar(bar: re.Match[str]) -> str:
    """Return a danda for a bar that ends a sentence.

    Text before a bar in a table is shorter than a sentence.
    """
    before = bar.string[max(0, bar.start() - _SENTENCE_WINDOW) : bar.start()]
    *others, sentence = _SENTENCE_START.split(before)
    # After another sentence three words are one too; alone they may be the cell of a table.
    least = _SENTENCE_SPACES - 1 if any(other.strip() for other in others) else _SENTENCE_SPACES
    return "।" if sentence.strip().count(" ") >= least else "|"


def _signs_in_order(run: re.Match[str]) -> str:
    consonant, signs = run.groups()
    if not _DISORDER.search(run[0]):
        return run[0]
    nukta = "\u09bc" if consonant and "\u09bc" in signs else ""
    rest = signs.replace("\u09bc", "") if nukta else signs
    rest = re.sub("(.)\\1+", r"\1", rest).replace("\u09be\u09c7", "\u09cb")
    return consonant + nukta + re.sub(f"\u0981([{_VOWEL_SIGN}]+)", "\\1\u0981", rest)


_FOLDS = dict.fromkeys(_JOINERS, "") | dict(
    zip("‘’‚‛“”„‟«»‐‑‒–—―−০১২৩৪৫৬৭৮৯", "''''" + '"' * 6 + "-" * 7 + "0123456789", strict=True)
)
_FOLDABLE = re.compile(f"[{''.join(_FOLDS)}]")
_CASED = re.compile(r"[^\n -@\[-~\u0964\u0965\u0980-\u09ff]")
# What folding may leave in need of another fold: a joiner gone from between two signs, a bar, letters of other scripts.
_UNSETTLED = re.compile("[^\n -{}~\u0964\u0965\u0980-\u09ff‘’“”–—…]")


def _folded(text: str) -> str:
    text = _FOLDABLE.sub(lambda character: _FOLDS[character[0]], text)
    if _CASED.search(text):  # casefolding Bengali changes nothing and costs as much as all the rest
        text = normalize("NFC", text.casefold())
    return " ".join(text.split())
