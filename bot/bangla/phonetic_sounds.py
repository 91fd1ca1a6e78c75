"""Turns words into sounds, so that Bengali and Roman spellings meet.

`sounds` writes a Bengali word with one sign for each sound, so that `phonetic_spellings` can say how people type it. A
skeleton is coarser: consonants in twelve classes, no vowels. 95 of a hundred Roman spellings have the skeleton of their
word, three more are one letter away from it.
"""

from __future__ import annotations

import re
from itertools import islice, product
from unicodedata import normalize

_HASANTA = "\u09cd"
_CONSONANTS = "কখগঘঙচছজঝঞটঠডঢণতথদধনপফবভমযরলশষসহRyৰৱ"
_VOWEL_SIGNS = "ািীুূৃেৈোৌৗ"
# key() text is NFC, where ড় ঢ় য় are two code points: R is ড় and ঢ়, y is য়. Further signs of our own: A is অ, o the
# vowel that is not written, Y and W are the second halves of ত্য and স্ব, J is the য that is heard in কার্য.
_NUKTAS = (("ড\u09bc", "R"), ("ঢ\u09bc", "R"), ("য\u09bc", "y"), ("\u09bc", ""))
_ALIKE = str.maketrans("ণীূঈঊৗঙৎঋঐঔঅৰৱআ", "নিুইউৌংতৃৈৌAরবা", _HASANTA)
_JOINED_B = re.compile(f"(?<![মরলব]){_HASANTA}ব")  # সম্বল, not সম্‌অল: after these it is heard
_HEARD_YA = re.compile(f"(?<=.র){_HASANTA}য")  # not in র‍্যাব, which key() writes র্যাব
_BARE = re.compile(rf"([{_CONSONANTS}YWJ])(?![{_VOWEL_SIGNS}{_HASANTA}YWJ]|\Z)")
_WORD = re.compile("[\u0981-\u09e3\u09f0\u09f1]+")
CLOSED, OPEN = "$", "#"
"""How a word ends: in a consonant, or in a vowel."""

_CLASSES = (
    ("k", "কখ"),
    ("g", "গঘ"),
    ("s", "চছশষস"),
    ("j", "জঝয"),
    ("t", "টঠতথ"),
    ("d", "ডঢদধ"),
    ("n", "নঞং"),
    ("p", "পফ"),
    ("b", "বভ"),
    ("m", "ম"),
    ("r", "রRৃ"),
    ("l", "ল"),
)
_CLASS = {sound: (name,) for name, members in _CLASSES for sound in members}
# Sounds that are typed in two ways that skeletons tell apart: panja for পাঁজা, togadia for তোগাড়িয়া, lokkho and laksha
# for লক্ষ্য, biggan and bignan for বিজ্ঞান.
_TWOFOLD = {"ঁ": ("", "n"), "R": ("r", "d"), "J": ("j", ""), "কষ": ("ks", "k"), "জঞ": ("jn", "g", "gn")}
_HEARD = _CLASS | _TWOFOLD
_UNITS = re.compile("কষ|জঞ|.")
_NAMES = "".join(name for name, _ in _CLASSES)
# What a Roman letter may stand for in a skeleton; letters that are not here are vowels, or too weak.
_READ_AS = {letter: (letter,) for letter in _NAMES} | {
    "q": ("k",),
    "v": ("b",),
    "f": ("p",),
    "z": ("j",),
    "x": ("ks", "s"),
    "s": ("s", "j"),
    "w": ("", "b"),
    "c": ("k", "s"),
}
# And before another letter.
_READ_BEFORE = {"ch": ("s", "k"), "ce": ("s",), "ci": ("s",), "cy": ("s",), "ti": ("t", "s"), "sh": ("s",)} | {
    f"g{soft}": ("g", "j") for soft in "eiy"
}
# Consonants that take each other's place; others cost more than any guess is worth.
_SWAPPED = {"t": "sd", "g": "jk", "j": "sg", "d": "rt", "s": "jt", "b": "p", "n": "m"}
# One in six thousand spellings has more readings.
_MOST_READINGS = 16
_LONGEST_BONES = 32  # no word has as many consonants


def is_word(text: str) -> bool:
    """Tell whether a text is one Bengali word and nothing else."""
    return _WORD.fullmatch(text) is not None


def sounds(word: str) -> str:
    """Return the sounds of a key() word, one sign each.

    The last sign marks the end; "" for what is no word.
    """
    if not word:
        return ""
    for written, one in _NUKTAS:
        word = word.replace(written, one)
    end = CLOSED if word[-1:] in _CONSONANTS else OPEN
    word = _JOINED_B.sub("W", _HEARD_YA.sub("J", word).replace(f"{_HASANTA}য", "Y"))
    return _BARE.sub(r"\1o", word).translate(_ALIKE) + end


def skeletons(heard: str) -> set[str]:
    """Return the consonant classes of sounds: kmn for খামেনি.

    Some sounds leave a choice, hence several.
    """
    return _joined([_HEARD.get(unit, ("",)) for unit in _UNITS.findall(heard)])


def readings(roman: str) -> set[str]:
    """Return the skeletons that a Roman spelling may stand for.

    The letters c and g leave a choice.
    """
    return _joined([_choice(roman, position) for position in range(len(roman))])


def neighbours(bones: str) -> set[str]:
    """Return the skeletons that differ by one letter.

    They have one more, one less, or one that is close; a long word has none.
    """
    if len(bones) > _LONGEST_BONES:
        return set()
    parts = [(bones[:position], bones[position:]) for position in range(len(bones) + 1)]
    less = {head + tail[1:] for head, tail in parts if tail}
    more = {head + name + tail for head, tail in parts for name in _NAMES}
    other = {head + name + tail[1:] for head, tail in parts if tail for name in _SWAPPED.get(tail[0], "")}
    return less | more | other


def _joined(choices: list[tuple[str, ...]]) -> set[str]:
    return {_settled("".join(picked)) for picked in islice(product(*filter(None, choices)), _MOST_READINGS)}


def _settled(bones: str) -> str:
    # ঙ is spelt ng: the g says nothing. Doubled letters are one.
    return re.sub(r"(.)\1+", r"\1", bones.replace("ng", "n"))


def _choice(roman: str, position: int) -> tuple[str, ...]:
    return _READ_BEFORE.get(roman[position : position + 2]) or _READ_AS.get(roman[position], ())


def plain_roman(text: str) -> str:
    """Return the letters a-z of a text.

    Letters with marks lose the marks; all else is left out.
    """
    return re.sub("[^a-z]", "", normalize("NFKD", text).casefold())
