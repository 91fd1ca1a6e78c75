"""Words about following that several commands say, and how a choice about it is written, to be read again."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bot.bangla.normalise import key
from bot.values.chats import Language, Mode, Subscription, Term, TermKind
from bot.values.messages import Choice
from bot.values.wording import Wording, say

if TYPE_CHECKING:
    from collections.abc import Mapping

WHICH = Wording("কোন বিষয়? নামটি লিখে পাঠান, যেমন: ইরান।", "Which topic? Send its name, for example: Iran.")
BUSIEST = 6
"""How many busy topics stand beside a question for a name."""
UNDO = Wording("ফিরিয়ে আনুন", "undo")
NOW = Wording("এলেই", "now")
TOGETHER = Wording("একসঙ্গে", "together")
ONLY_BREAKING = Wording("শুধু ব্রেকিং", "only breaking")
_ALL = Wording("সব খবর", "all news")
_FOLLOW = Wording("ফলো {tag}", "follow {tag}")
_UNFOLLOW = Wording("ফলো বন্ধ {tag}", "unfollow {tag}")
_FOLLOW_THIS = Wording("➕ {tag} ফলো করুন", "➕ Follow {tag}")
_NOT_THIS = Wording("🔕 বাদ", "🔕 Leave out")
_MUTE = Wording("বাদ {tag}", "mute {tag}")
_UNMUTE = Wording("ফিরিয়ে আনুন {tag}", "unmute {tag}")
USUAL = Wording("যথারীতি", "usual")
_MODES = {Mode.NOW: NOW, Mode.DIGEST: TOGETHER, Mode.BREAKING: ONLY_BREAKING, Mode.INHERIT: USUAL}
_ALSO: Mapping[str, Mode] = {
    **{key(word): mode for mode, wording in _MODES.items() for word in wording},
    **dict.fromkeys(map(key, ("সঙ্গে সঙ্গে", "সাথে সাথে", "at once", "elei")), Mode.NOW),
    **dict.fromkeys(map(key, ("একত্রে", "ডাইজেস্ট", "digest", "eksonge", "ekshathe")), Mode.DIGEST),
}
_THREAD = ">"
_KINDS: Mapping[str, TermKind] = {
    **{kind.value: kind for kind in TermKind},
    "বিভাগ": TermKind.TOPIC,
    "বিষয়": TermKind.TAG,
    "সংবাদমাধ্যম": TermKind.OUTLET,
    "শব্দ": TermKind.KEYWORD,
}


class FollowWish(NamedTuple):
    """What somebody wrote behind «ফলো»: a name, perhaps when it should come, and into which thread."""

    name: str
    mode: Mode | None = None
    """None if nothing was said of it."""
    thread: str = ""


def wish(text: str) -> FollowWish:
    """Part the words that say when («ফলো ইরান এলেই») and where (>12) from the name; a name of its own they are not."""
    words, thread = text.split(), ""
    if len(words) > 1 and words[-1].startswith(_THREAD):
        thread = words.pop().removeprefix(_THREAD)
    for size in (1, 2):
        mode = _ALSO.get(key(" ".join(words[-size:])))
        if mode is not None and len(words) > size:
            return FollowWish(" ".join(words[:-size]), mode, thread)
    return FollowWish(" ".join(words), None, thread)


def kind(text: str) -> tuple[TermKind | None, str]:
    """Part a kind that is named in front (tag:ইরান) from the name."""
    first, colon, rest = text.partition(":")
    found = {key(word): kind for word, kind in _KINDS.items()}.get(key(first)) if colon else None
    return (found, rest.strip()) if found is not None and rest.strip() else (None, text)


def name(term: Term, language: Language) -> str:
    """Name what is followed, so that the name, typed, means the same again."""
    return term.name or say(_ALL, language)


def exact(term: Term, mode: Mode | None = None, thread: str = "") -> str:
    """Write a term for a choice: with its kind, so that it cannot come to mean another."""
    named = say(_ALL, Language.BANGLA) if term.kind is TermKind.ALL else f"{term.kind.value}:{term.name}"
    when = say(_MODES[mode], Language.ENGLISH) if mode is not None else ""
    return " ".join(filter(None, (named, when, thread and _THREAD + thread)))


def follow(name: str, language: Language) -> Choice:
    """Offer to follow something."""
    typed = say(_FOLLOW, language, tag=name)
    return Choice(typed, "follow", name, typed)


def unfollow(name: str, language: Language) -> Choice:
    """Offer to stop following something."""
    typed = say(_UNFOLLOW, language, tag=name)
    return Choice(typed, "unfollow", name, typed)


def mute(name: str, language: Language) -> Choice:
    """Offer to leave something out."""
    typed = say(_MUTE, language, tag=name)
    return Choice(typed, "mute", name, typed)


def about_tag(key: str, name: str, language: Language) -> tuple[Choice, ...]:
    """Offer to follow a tag, and to leave it out, as a list of it does."""
    term = exact(Term(TermKind.TAG, key, name))
    return (
        Choice(say(_FOLLOW_THIS, language, tag=name), "follow", term, say(_FOLLOW, language, tag=name)),
        Choice(say(_NOT_THIS, language), "mute", term, say(_MUTE, language, tag=name)),
    )


def unmute(name: str, language: Language) -> Choice:
    """Offer to leave something out no longer."""
    typed = say(_UNMUTE, language, tag=name)
    return Choice(typed, "unmute", name, typed)


def in_manner(subscription: Subscription, mode: Mode, shown: str, language: Language) -> Choice:
    """Offer another manner of coming for what is followed."""
    label = say(_MODES[mode], language)
    typed = f"{say(_FOLLOW, language, tag=shown)} {label}"
    return Choice(label, "follow", exact(subscription.term, mode, subscription.thread), typed)


def undo(now: Subscription | None, before: Subscription | None, term: Term, shown: str, language: Language) -> Choice:
    """Offer the way back from what is chosen for a term now to what was before: the very same, when and where."""
    label = say(UNDO, language)
    if before is None:
        command, typed = ("unmute", _UNMUTE) if now is not None and now.exclude else ("unfollow", _UNFOLLOW)
        return Choice(label, command, exact(term), say(typed, language, tag=shown))
    if before.exclude:
        return Choice(label, "mute", exact(term), say(_MUTE, language, tag=shown))
    said = before.mode is not Mode.INHERIT or (now is not None and not now.exclude)
    typed_mode = f" {say(_MODES[before.mode], language)}" if said else ""
    argument = exact(term, before.mode if said else None, before.thread)
    return Choice(label, "follow", argument, say(_FOLLOW, language, tag=shown) + typed_mode)


def when(mode: Mode, language: Language) -> str:
    """Say the words for a manner of coming: এলেই, একসঙ্গে."""
    return say(_MODES[mode], language)
