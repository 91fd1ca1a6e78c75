"""Holds words about following that several commands say.

The choices that go with them are here too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.bangla.normalise import key
from bot.values.calls import Call, OneOf, Text, call
from bot.values.chats import Language, Mode, Subscription, Term, TermKind
from bot.values.messages import Choice
from bot.values.wording import Wording, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.values.articles import Outlet, Tag

WHICH = Wording("কোন বিষয়? নামটি লিখে পাঠান, যেমন: ইরান।", "Which topic? Send its name, for example: Iran.")
BUSIEST = 6
"""How many busy topics stand beside a question for a name."""
UNFOLLOW_IT = Wording("ফলো বন্ধ", "unfollow")
FOLLOW_AGAIN = Wording("আবার ফলো করুন", "follow again")
FOLLOW_AS_BEFORE = Wording("আগের মতো", "as before")
UNMUTE_IT = Wording("বাদ তুলে নিন", "bring back")
MUTE_AGAIN = Wording("আবার বাদ দিন", "leave out again")
NOW = Wording("এলেই", "now")
TOGETHER = Wording("একসঙ্গে", "together")
ONLY_BREAKING = Wording("শুধু ব্রেকিং", "only breaking")
_ALL = Wording("সব খবর", "all news")
MAIN = Wording("প্রধান খবর", "Top stories")
"""Everything, kept together: a digest tells the main lines of it."""
_FOLLOW = Wording("ফলো {tag}", "follow {tag}")
_FOLLOW_IT = Wording("➕ ফলো করুন", "➕ Follow")
_FOLLOW_PRESSED = Wording("➕ {tag}", "➕ {tag}")
_UNFOLLOW = Wording("ফলো বন্ধ {tag}", "unfollow {tag}")
_FOLLOW_THIS = Wording("➕ {tag} ফলো করুন", "➕ Follow {tag}")
_INSIDE = Wording("খবরের ভেতরে আরও {n}টি", "{n:more story|more stories} in the text")
_INSIDE_AT_LEAST = Wording("খবরের ভেতরে আরও {n}+টি", "{n}+ more stories in the text")
_MUTE_THIS = Wording("🔕 {tag} বাদ দিন", "🔕 Leave out {tag}")
_MUTE = Wording("বাদ {tag}", "mute {tag}")
_UNMUTE = Wording("{tag} বাদ তুলে নিন", "bring {tag} back")
USUAL = Wording("যথারীতি", "usual")
_MODES = {Mode.NOW: NOW, Mode.DIGEST: TOGETHER, Mode.BREAKING: ONLY_BREAKING, Mode.INHERIT: USUAL}
MODE_KEYS = {Mode.NOW: "now", Mode.DIGEST: "together", Mode.BREAKING: "breaking", Mode.INHERIT: "usual"}
MODE_OF = {name: mode for mode, name in MODE_KEYS.items()}
MODES: Mapping[str, tuple[str, ...]] = {
    "now": (*NOW, "সঙ্গে সঙ্গে", "সাথে সাথে", "at once", "elei"),
    "together": (*TOGETHER, "একত্রে", "ডাইজেস্ট", "digest", "eksonge", "ekshathe"),
    "breaking": ONLY_BREAKING,
    "usual": USUAL,
}
"""Manners of coming by key, each with the words that say it."""
_MANNERS = frozenset(key(word) for words in MODES.values() for word in words)
_KINDS: Mapping[str, TermKind] = {
    **{kind.value: kind for kind in TermKind},
    "বিভাগ": TermKind.TOPIC,
    "বিষয়": TermKind.TAG,
    "সংবাদমাধ্যম": TermKind.OUTLET,
    "শব্দ": TermKind.KEYWORD,
}


def kind(text: str) -> tuple[TermKind | None, str]:
    """Part a kind that is named in front (tag:ইরান) from the name."""
    first, colon, rest = text.partition(":")
    found = {key(word): kind for word, kind in _KINDS.items()}.get(key(first)) if colon else None
    return (found, rest.strip()) if found is not None and rest.strip() else (None, text)


def name(term: Term, language: Language) -> str:
    """Name what is followed.

    The name, typed, means the same again.
    """
    return (term.english if language is Language.ENGLISH else "") or term.name or say(_ALL, language)


def tag(found: Tag) -> Term:
    """Return what is followed of a tag."""
    return Term(TermKind.TAG, found.key, found.name, found.id)


def outlet(found: Outlet) -> Term:
    """Return what is followed of an outlet."""
    return Term(TermKind.OUTLET, str(found.id), found.name, english=found.name_en)


def without_manner(text: str) -> str:
    """Return a name without words for when it comes.

    «ইরান এলেই» is ইরান; words that are a name of their own stay.
    """
    words = text.split()
    for size in (1, 2):
        if len(words) > size and key(" ".join(words[-size:])) in _MANNERS:
            return " ".join(words[:-size])
    return " ".join(words)


def exact(term: Term) -> str:
    """Write a term so that, typed, it means only this one."""
    return say(_ALL, Language.BANGLA) if term.kind is TermKind.ALL else f"{term.kind.value}:{term.name}"


def show(term: Term, shown: str) -> Choice:
    """Offer the news about something."""
    return Choice(shown, call("tag", topic=term))


def follow(term: Term, shown: str, language: Language, *, pressed: bool = False) -> Choice:
    """Offer to follow something.

    Where it is ``pressed`` a sign says what happens; where it is typed, words do.
    """
    return Choice(say(_FOLLOW_PRESSED if pressed else _FOLLOW, language, tag=shown), following(term))


def follow_it(term: Term, shown: str, language: Language, *, pressed: bool) -> Choice:
    """Offer to follow what the message above is about."""
    return Choice(say(_FOLLOW_IT if pressed else _FOLLOW, language, tag=shown), following(term))


def following(term: Term, mode: Mode | None = None, thread: str = "") -> Call:
    """Return the call that follows something.

    Without ``mode`` and ``thread`` it is followed as it was before.
    """
    when = OneOf(MODE_KEYS[mode]) if mode is not None else None
    return call("follow", topic=term, when=when, thread=Text(thread) if thread else None)


def unfollow(term: Term, shown: str, language: Language) -> Choice:
    """Offer to stop following something."""
    return Choice(say(_UNFOLLOW, language, tag=shown), call("unfollow", topic=term))


def mute(term: Term, shown: str, language: Language, *, pressed: bool = False) -> Choice:
    """Offer to leave something out."""
    return Choice(say(_MUTE_THIS if pressed else _MUTE, language, tag=shown), call("mute", topic=term))


def unmute(term: Term, shown: str, language: Language) -> Choice:
    """Offer to leave something out no longer."""
    return Choice(say(_UNMUTE, language, tag=shown), call("unmute", topic=term))


def about(term: Term, shown: str, language: Language) -> tuple[Choice, ...]:
    """Offer to follow something and to mute it, as lists do."""
    return (
        Choice(say(_FOLLOW_THIS, language, tag=shown), following(term)),
        Choice(say(_MUTE_THIS, language, tag=shown), call("mute", topic=term)),
    )


def inside(name: str, more: int, language: Language, *, is_all: bool = True) -> tuple[Choice, ...]:
    """Offer to search for a name inside texts.

    Only where more stories have it in their text alone; ``is_all`` says whether so many are all that do.
    """
    words = _INSIDE if is_all else _INSIDE_AT_LEAST
    return (Choice(say(words, language, n=more), call("search", words=Text(name))),) if more else ()


def in_manner(subscription: Subscription, mode: Mode, language: Language) -> Choice:
    """Offer another manner of coming for what is followed."""
    return Choice(say(_MODES[mode], language), following(subscription.term, mode, subscription.thread))


def undo(now: Subscription | None, before: Subscription | None, term: Term, language: Language) -> Choice:
    """Offer the way back to what was chosen before.

    It is the very same, when and where. The label names the result, for «ফিরিয়ে আনুন» under any undoing would mean two
    things.
    """
    if before is None:
        excluded = now is not None and now.exclude
        label, command = (UNMUTE_IT, "unmute") if excluded else (UNFOLLOW_IT, "unfollow")
        return Choice(say(label, language), call(command, topic=term))
    if before.exclude:
        return Choice(say(MUTE_AGAIN, language), call("mute", topic=term))
    said = before.mode is not Mode.INHERIT or (now is not None and not now.exclude)
    label = FOLLOW_AS_BEFORE if now is not None and not now.exclude else FOLLOW_AGAIN
    return Choice(say(label, language), following(term, before.mode if said else None, before.thread))


def when(mode: Mode, language: Language) -> str:
    """Say the words for a manner of coming: এলেই, একসঙ্গে."""
    return say(_MODES[mode], language)
