"""Text typed for the Bijoy font (SutonnyMJ), turned into Unicode.

Such text holds Latin letters and signs that only that font draws as Bengali.
The table is closed: the font has 256 places. It is the one that converters have in common. Vowel signs that stand
before a letter are typed before it, and a reph behind it; Unicode has both the other way.
"""

from __future__ import annotations

import re
from functools import cache
from unicodedata import normalize

_VOWELS = "A অ B ই C ঈ D উ E ঊ F ঋ G এ H ঐ I ও J ঔ"
_CONSONANTS = (
    "K ক L খ M গ N ঘ O ঙ P চ Q ছ R জ S ঝ T ঞ U ট V ঠ W ড X ঢ Y ণ Z ত _ থ ` দ a ধ b ন c প d ফ e ব f ভ g ম h য i র j ল "
    "k শ l ষ m স n হ o ড় p ঢ় q য় r ৎ s ং t ঃ u ঁ"
)
_SIGNS = "v া w ি x ী y ু z ু æ ু “ ু ~ ূ ƒ ূ ‚ ূ „ ৃ … ৃ † ে ‡ ে ˆ ৈ ‰ ৈ Š ৗ"
# What follows a letter, and half letters before one: their hasantas meet and become one.
_JOINED = (
    "ª ্র « ্র Ö ্র ¨ ্য & ্ ¡ ্ব ^ ্ব Ÿ ্ব ¦ ্ব ¥ ্ম § ্ম œ ্ন è ্ন ¬ ্ল ø ্ল \xad ্ল ú ্প ‹ ্ক Œ ্ক্র Í ্ত — ্ত ‘ ্তু ’ ্থ "
    "¢ ্ভ £ ্ভ্র ¿ ্ত্র ” চ্ ¤ ম্ š ন্ › ন্ ˜ দ্ ™ দ্ ® ষ্ ¯ স্ • ঙ্"
)
_CONJUNCTS = (
    "° ক্ক ± ক্ট ² ক্ষ্ম ³ ক্ত ´ ক্ম µ ক্র ¶ ক্ষ ÿ ক্ষ · ক্স ¸ গু º গ্দ » গ্ধ ¼ ঙ্ক ½ ঙ্গ ¾ জ্জ À জ্ঝ Á জ্ঞ Â ঞ্চ Ã ঞ্ছ "
    "Ä ঞ্জ Å ঞ্ঝ Æ ট্ট Ç ড্ড È ণ্ট É ণ্ঠ Ê ণ্ড Ë ত্ত Ì ত্থ Î ত্র Ï দ্দ × দ্ধ Ø দ্ব Ù দ্ম Ú ন্ঠ Û ন্ড Ü ন্ধ Ý ন্স Þ প্ট ß প্ত à প্প "
    "á প্স â ব্জ ã ব্দ ä ব্ধ å ভ্র ç ম্ফ "
    "é ল্ক ê ল্গ ë ল্ট ì ল্ড í ল্প î ল্ফ ï শু ð শ্চ ñ শ্ছ ò ষ্ণ ó ষ্ট ô ষ্ঠ õ ষ্ফ ö স্খ ÷ স্ট ù স্ফ û হু ü হৃ ý হ্ন þ হ্ম"
)
_MARKS = "| । Ô ‘ Õ ’ Ò “ Ó ” Ð – Ñ — 0 ০ 1 ১ 2 ২ 3 ৩ 4 ৪ 5 ৫ 6 ৬ 7 ৭ 8 ৮ 9 ৯"
_REPH = "\ue000"
_LETTER = "[\u0995-\u09b9\u09ce\u09dc-\u09df]\u09bc?"
_CLUSTER = f"{_LETTER}(?:্{_LETTER})*"
_BEFORE = re.compile(f"([িেৈ])({_CLUSTER})({_REPH}?)")
# Only where a cluster begins: tried at each of its letters, one of many thousand would be read as often.
_BEHIND = re.compile(f"(?<![\u0995-\u09df]্)({_CLUSTER})([\u09be-\u09cc\u09d7\u0981]*){_REPH}")
# What only this font has beside Latin letters; «…», «©» and quotation marks alone stand in any text.
_TELLING = re.compile(
    r"[A-Za-z_`~][†‡¨©ª«¯¤š›œ‰ˆ„ƒ‚Šœ¡¥§¢¬®°-ÿ]|[†‡ˆ‰][A-Za-z_`]|[A-Za-z]`|`[A-Za-z]|"
    r"\b[w][A-Za-z](?:v|x|y)\b|[b-df-hj-np-tv-z]v[A-Z]"
)
# The vowel sign ে, a reph, a য-ফলা: in no other writing do these stand beside a letter. Czech has «š», Spanish «ª».
_SURELY = re.compile(r"[†‡][A-Za-z_`]|[A-Za-z_`][†‡¨©¯¤]")
_ENGLISH = re.compile(r"\b(?:the|of|and|is|was|to|in|for|that|with|on|said|by|from|at|are|has|have)\b", re.IGNORECASE)
_BENGALI = re.compile("[\u0985-\u09b9]")
_WORD = re.compile(r"\S+")
_SHARE, _SURE, _SURE_SHARE = 0.2, 2, 0.05
_LOOKED_AT = 20_000


def is_bijoy(text: str) -> bool:
    """Return whether a text was typed for the Bijoy font.

    The witness: many words have letters that only that font makes Bengali of.
    """
    opening = text[:_LOOKED_AT]
    words = _WORD.findall(opening)
    if len(words) < _SURE or len(_BENGALI.findall(opening)) > len(opening) / 10:
        return False
    sure = sum(1 for word in words if _SURELY.search(word))
    telling = sum(1 for word in words if _TELLING.search(word))
    return sure >= max(_SURE, _SURE_SHARE * len(words)) and telling >= _SHARE * len(words)


def is_english(text: str) -> bool:
    """Return whether a piece of Bijoy text is English all the same."""
    return len(_ENGLISH.findall(text)) >= max(2, len(text.split()) / 6)


def to_unicode(text: str) -> str:
    """Return the text in Unicode.

    Signs that the font does not redraw stay as they are.
    """
    drawn = text.replace("Av", "আ").translate(_table())
    drawn = re.sub("্{2,}", "্", drawn)
    drawn = _BEFORE.sub(lambda match: ("র্" if match[3] else "") + match[2] + match[1], drawn)
    drawn = _BEHIND.sub(r"র্\1\2", drawn).replace(_REPH, "")
    return normalize("NFC", drawn.replace("\u0985\u09be", "আ"))


@cache
def _table() -> dict[int, str]:
    pairs: dict[str, str] = {"©": _REPH}
    for row in (_VOWELS, _CONSONANTS, _SIGNS, _JOINED, _CONJUNCTS, _MARKS):
        parts = row.split(" ")
        pairs.update(zip(parts[::2], parts[1::2], strict=True))
    return str.maketrans(pairs)
