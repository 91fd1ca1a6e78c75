"""Mends UTF-8 that was encoded once too often.

Somebody took it for a one-byte encoding: «à¦¨à¦¦à§€» was «নদী».
Only texts full of it are touched: Bengali's letters begin with the bytes E0 A6 and E0 A7, which are «à¦» and «à§» so.
"""

from __future__ import annotations

import re

_LEADS = re.compile("à[¦§]|Ã[\xa0 ]Â[¦§]")
_ENOUGH = 3
# What bytes from 80 on become in windows-1252; five of them it does not have, and they stay what they are in Latin-1.
_BYTES = {byte: bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0x100)}
_BYTE_OF = {sign: byte for byte, sign in _BYTES.items()} | {chr(byte): byte for byte in range(0x80, 0x100)}
_RUN = re.compile("[" + re.escape("".join(_BYTE_OF)) + "]{2,}")
# A non-breaking space, the third byte of ঠ, becomes a plain one wherever text is tidied.
_LOST_SPACE = re.compile("(à[¦§]|Ã(?= Â)) ")
_TURNS = 2


def mended(text: str) -> str:
    """Return a text with its mojibake turned back where that works."""
    for _ in range(_TURNS):
        if len(_LEADS.findall(text[:100_000])) < _ENOUGH:
            break
        turned = _RUN.sub(_turned, _LOST_SPACE.sub("\\1\xa0", text))
        if turned == text:
            break
        text = turned
    return text


def _turned(run: re.Match[str]) -> str:
    raw = bytes(_BYTE_OF[sign] for sign in run[0])
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        found = raw.decode("utf-8", "replace")
        # Mostly right, a sign at an end was something else: what was not understood stays as it stood.
        return run[0] if found.count("\ufffd") * 4 > len(found) else found.replace("\ufffd", "")
