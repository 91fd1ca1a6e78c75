"""Describes each setting: names, values, how it is read and said.

This room is pure; /settings draws it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import time
from functools import partial
from typing import NamedTuple

from bot.bangla.normalise import key
from bot.subscriptions import naming, weekdays, zone_names, zones
from bot.subscriptions.saytimes import read_quiet, read_times, say_both, say_quiet, say_times
from bot.subscriptions.times import Quiet
from bot.subscriptions.weekdays import say_days
from bot.values.chats import Breaking, CardStyle, Language, Mode, Picture, Preferences
from bot.values.wording import Wording, say

Change = Callable[[Preferences], Preferences]
MOST_CAP = 500
BAD_TIMES = Wording(
    "সময়টি বুঝতে পারলাম না। এভাবে লিখুন: সকাল ৮টা, দুপুর ১টা, রাত ৯টা। ছয়টি পর্যন্ত লেখা যায়।",
    "That time was not clear. Write: 8 am, 1 pm, 9 pm. Up to six.",
)
BAD_QUIET = Wording(
    "সময়টি বুঝতে পারলাম না। এভাবে লিখুন: রাত ১১টা–সকাল ৭টা, অথবা ২৩:০০-০৭:০০।",
    "That time was not clear. Write: 11 pm–7 am, or 23:00-07:00.",
)
BAD_ZONE = Wording(
    "এই নামে কোনো এলাকার সময় পেলাম না। এভাবে লিখুন: ঢাকা, কলকাতা, রিয়াদ, অথবা Asia/Riyadh।",
    "No time zone goes by that name. Write: Dhaka, Kolkata, Riyadh, or Asia/Riyadh.",
)
BAD_CAP = Wording("একটি সংখ্যা লিখুন, ০ থেকে ৫০০ পর্যন্ত।", "Send a number from 0 to 500.")
BAD_CHOICE = Wording(
    "এটি বেছে নেওয়া যায় না। নিচেরগুলো থেকে একটি নিন।", "That is not one of the choices. Take one of these."
)
OWN = Wording("নিজে লিখব", "my own")
_NUMBER = re.compile(r"(\d{1,3})(?:টি|টা)?", re.ASCII)
OWN_OPTION = "own"
_OWN = frozenset(map(key, (*OWN, "নিজে", OWN_OPTION)))
ON_DAYS = Wording("{days} {times}", "{days}, {times}")
WHEN = Wording("পাঠাব: {times}।", "When: {times}.")
WEEKLY_AT = 8
"""The hour of digests for which a weekday was named alone."""
FRIDAY = 4
NO_QUIET = Wording("নেই", "none")
SO_MANY = Wording("{n}টি", "{n}")
SOUND = Wording("আছে", "on")
NO_SOUND = Wording("নেই", "off")
SHOWN = Wording("দেখানো হবে", "shown")
NOT_SHOWN = Wording("দেখানো হবে না", "not shown")
_PICTURES = {
    Picture.NONE: Wording("নেই", "none"),
    Picture.SMALL: Wording("ছোট", "small"),
    Picture.LARGE: Wording("বড়", "large"),
}
"""States, as a panel says them; what sets them is a wish (the voice's rule 18)."""
QUIET = Wording("{value} নীরব সময়।", "{value} is quiet.")
QUIET_NEVER = Wording("নীরব সময় নেই; খবর যেকোনো সময় আসতে পারে।", "No quiet hours; news may come at any time.")


class SettingOption(NamedTuple):
    """One value that can be chosen.

    It has the word that is typed, the label of its button, and what it changes.
    """

    name: str
    label: Wording
    change: Change
    also: tuple[str, ...] = ()


class Setting(NamedTuple):
    """One thing that can be set.

    ``read`` takes text that is none of the options, if anything may be written.
    """

    name: str
    typed: Wording
    line: Wording
    question: Wording
    options: tuple[SettingOption, ...]
    wrong: Wording = BAD_CHOICE
    also: tuple[str, ...] = ()
    own: Wording | None = None
    read: Callable[[str], Change | None] | None = None
    value: Callable[[Preferences, Language], str] | None = None
    rows: tuple[int, ...] = ()
    """How many choices stand in each row; () leaves that to the width of their labels."""

    def shown(self, preferences: Preferences, language: Language) -> str:
        """Say what is chosen now."""
        if self.value is not None:
            return self.value(preferences, language)
        return next((say(one.label, language) for one in self.options if holds(one, preferences)), "")

    def change(self, text: str) -> Change | None:
        """Read what somebody wrote for it."""
        option = self.option(text)
        if option is not None:
            return option.change
        return self.read(text) if self.read is not None else None

    def option(self, text: str) -> SettingOption | None:
        """Return the option that a text names."""
        wanted = key(text)
        for option in self.options:
            if wanted in {option.name, *map(key, option.label), *map(key, option.also)}:
                return option
        return None

    def asks_for_own(self, text: str) -> bool:
        """Tell whether somebody wants to write something of their own for it."""
        return self.own is not None and key(text) in _OWN


def holds(option: SettingOption, preferences: Preferences) -> bool:
    """Tell whether it is what is chosen already."""
    return option.change(preferences) == preferences


def find(text: str) -> tuple[Setting, str] | None:
    """Part a setting's name from the value behind it."""
    words = text.split()
    for size in range(min(len(words), 4), 0, -1):
        if (field := _BY_NAME.get(key(" ".join(words[:size])))) is not None:
            return field, " ".join(words[size:])
    return None


def when(preferences: Preferences, mode: Mode, language: Language) -> str:
    """Say when something followed in that manner comes.

    It says its digests' times, or how else it comes.
    """
    if mode is Mode.DIGEST and preferences.digest_times:
        return _on_days(preferences, say_both(preferences.digest_times, language), language)
    return naming.when(mode, language)


def _on_days(preferences: Preferences, times: str, language: Language) -> str:
    if not preferences.digest_days:
        return times
    return say(ON_DAYS, language, days=say_days(preferences.digest_days, language), times=times)


def state(field: Setting, preferences: Preferences, language: Language) -> str:
    """Say how something is set, as a sentence."""
    value = field.shown(preferences, language)
    if field.name == "quiet":
        none = preferences.quiet_from == preferences.quiet_to
        return say(QUIET_NEVER, language) if none else say(QUIET, language, value=value)
    end = "." if language is Language.ENGLISH else "।"
    return say(field.line, language, value=value).partition(" ")[2] + end


def quiet_change(start: time, end: time) -> Change:
    """Return the change to these quiet hours; equal ends are none."""
    return partial(replace, quiet_from=start, quiet_to=end)


def _at(*hours: int) -> Change:
    return partial(replace, mode=Mode.DIGEST, digest_times=tuple(map(time, hours)), digest_days=())


def _read_times(text: str) -> Change | None:
    days, rest = weekdays.read(text)
    times = read_times(rest) if rest else (time(WEEKLY_AT),) if days else None
    return partial(replace, mode=Mode.DIGEST, digest_times=times, digest_days=days) if times else None


def _read_quiet(text: str) -> Change | None:
    quiet = read_quiet(text)
    return quiet_change(quiet.start, quiet.end) if quiet is not None else None


def _read_zone(text: str) -> Change | None:
    zone = zones.find(text)
    return partial(replace, zone=zone) if zone is not None else None


def _read_cap(text: str) -> Change | None:
    digits = _NUMBER.fullmatch(key(text))
    return partial(replace, cap=int(digits[1])) if digits and int(digits[1]) <= MOST_CAP else None


def _say_times(preferences: Preferences, language: Language) -> str:
    if preferences.mode is Mode.DIGEST and preferences.digest_times:
        return _on_days(preferences, say_times(preferences.digest_times, language), language)
    return naming.when(preferences.mode, language)


def _say_quiet(preferences: Preferences, language: Language) -> str:
    if preferences.quiet_from == preferences.quiet_to:
        return say(NO_QUIET, language)
    return say_quiet(Quiet(preferences.quiet_from, preferences.quiet_to), language)


def _say_cap(preferences: Preferences, language: Language) -> str:
    return say(SO_MANY, language, n=preferences.cap)


def _say_picture(preferences: Preferences, language: Language) -> str:
    return say(_PICTURES[preferences.picture], language)


def _say_sound(preferences: Preferences, language: Language) -> str:
    return say(NO_SOUND if preferences.silent else SOUND, language)


def _say_updates(preferences: Preferences, language: Language) -> str:
    return say(SHOWN if preferences.updates else NOT_SHOWN, language)


FIELDS: tuple[Setting, ...] = (
    Setting(
        "time",
        Wording("সময়", "time"),
        Wording("⏰ কখন পাঠাব: {value}", "⏰ Times: {value}"),
        Wording("কখন পাঠাব?", "When should it come?"),
        (
            SettingOption("twice", Wording("দিনে দুবার", "twice a day"), _at(8, 21), ("সকালে ও রাতে",)),
            SettingOption("morning", Wording("শুধু সকালে", "mornings only"), _at(8), ("সকালে", "mornings")),
            SettingOption("night", Wording("শুধু রাতে", "nights only"), _at(21), ("রাতে", "nights", "evening")),
            SettingOption("now", naming.NOW, partial(replace, mode=Mode.NOW), ("সঙ্গে সঙ্গে", "at once")),
            SettingOption(
                "breaking", naming.ONLY_BREAKING, partial(replace, mode=Mode.BREAKING), ("ব্রেকিং", "breaking only")
            ),
            SettingOption(
                "weekly",
                Wording("সপ্তাহে এক দিন", "once a week"),
                partial(replace, mode=Mode.DIGEST, digest_times=(time(WEEKLY_AT),), digest_days=(FRIDAY,)),
            ),
        ),
        wrong=BAD_TIMES,
        also=("কখন পাঠাব", "সময়সূচি", "times", "digest", "একনজরে", "shomoy", "somoy"),
        own=Wording("সময়গুলো লিখে পাঠান। যেমন: সকাল ৮টা, দুপুর ১টা, রাত ৯টা", "Send the times. For example: 8 am, 1 pm, 9 pm"),
        read=_read_times,
        value=_say_times,
        rows=(2, 2, 2, 1),
    ),
    Setting(
        "quiet",
        Wording("নীরব সময়", "quiet"),
        Wording("🌙 নীরব সময়: {value}", "🌙 Quiet hours: {value}"),
        Wording("এই সময়ে কিছু পাঠাব না; পরে একসঙ্গে পাবেন।", "Nothing is sent in these hours; it comes together later."),
        (
            SettingOption("23-7", Wording("রাত ১১টা–সকাল ৭টা", "11 pm–7 am"), quiet_change(time(23), time(7))),
            SettingOption("22-6", Wording("রাত ১০টা–সকাল ৬টা", "10 pm–6 am"), quiet_change(time(22), time(6))),
            SettingOption(
                "none",
                Wording("নীরব সময় লাগবে না", "no quiet hours"),
                quiet_change(time(0), time(0)),
                ("না", "নয়", "নেই", "no", "off", "বন্ধ"),
            ),
        ),
        wrong=BAD_QUIET,
        also=("নীরব", "চুপ", "রাতে না", "quiet hours", "nirob", "dnd"),
        own=Wording("কখন থেকে কখন পর্যন্ত? যেমন: রাত ১১টা–সকাল ৭টা", "From when to when? For example: 11 pm–7 am"),
        read=_read_quiet,
        value=_say_quiet,
        rows=(1, 1, 2),
    ),
    Setting(
        "breaking",
        Wording("ব্রেকিং", "breaking"),
        Wording("🔴 ব্রেকিং: {value}", "🔴 Breaking: {value}"),
        Wording("ব্রেকিং খবর কখন পাবেন?", "When should breaking news come?"),
        (
            SettingOption("always", Wording("সব সময়", "always"), partial(replace, breaking=Breaking.ALWAYS)),
            SettingOption("day", Wording("শুধু দিনে", "by day only"), partial(replace, breaking=Breaking.DAY), ("দিনে",)),
            SettingOption("mine", Wording("শুধু আমার বিষয়ে", "only my topics"), partial(replace, breaking=Breaking.MINE)),
            SettingOption("never", Wording("একদম না", "never"), partial(replace, breaking=Breaking.NEVER), ("না", "no")),
        ),
    ),
    Setting(
        "card",
        Wording("কার্ড", "card"),
        Wording("🗞 কার্ড: {value}", "🗞 Card: {value}"),
        Wording("কার্ড কেমন হবে?", "How should a card look?"),
        (
            SettingOption("headline", Wording("শিরোনাম", "headline"), partial(replace, style=CardStyle.HEADLINE)),
            SettingOption("summary", Wording("সংক্ষেপে", "summary"), partial(replace, style=CardStyle.SUMMARY)),
            SettingOption("full", Wording("পুরো", "full"), partial(replace, style=CardStyle.FULL), ("পুরো খবর",)),
        ),
        also=("ধরন", "style"),
    ),
    Setting(
        "picture",
        Wording("ছবি", "picture"),
        Wording("🖼 ছবি: {value}", "🖼 Picture: {value}"),
        Wording("ছবি বন্ধ থাকলে ডেটা কম খরচ হয়।", "Without pictures less data is used."),
        (
            SettingOption(
                "none",
                Wording("ছবি ছাড়া", "no picture"),
                partial(replace, picture=Picture.NONE),
                ("না", "নেই", "no", "none", "off"),
            ),
            SettingOption("small", Wording("ছোট", "small"), partial(replace, picture=Picture.SMALL)),
            SettingOption("large", Wording("বড়", "large"), partial(replace, picture=Picture.LARGE)),
        ),
        also=("pictures",),
        value=_say_picture,
    ),
    Setting(
        "sound",
        Wording("শব্দ", "sound"),
        Wording("🔈 শব্দ: {value}", "🔈 Sound: {value}"),
        Wording("খবর এলে শব্দ হবে?", "Should news make a sound?"),
        (
            SettingOption("on", Wording("শব্দ হবে", "with sound"), partial(replace, silent=False), ("আছে", "হ্যাঁ", "yes")),
            SettingOption(
                "off", Wording("শব্দ ছাড়া", "without sound"), partial(replace, silent=True), ("নেই", "না", "no", "silent")
            ),
        ),
        value=_say_sound,
    ),
    Setting(
        "updates",
        Wording("আপডেট", "updates"),
        Wording("🔄 আপডেট: {value}", "🔄 Updates: {value}"),
        Wording(
            "পাঠানো খবর পরে বদলালে কার্ডে দেখাব? সংশোধনী ও প্রত্যাহার সব সময় দেখানো হয়।",
            "Show it on the card when a story changes later? Corrections and withdrawals always show.",
        ),
        (
            SettingOption("show", Wording("দেখান", "show"), partial(replace, updates=True), ("হ্যাঁ", "yes", "on")),
            SettingOption("hide", Wording("দেখাবেন না", "hide"), partial(replace, updates=False), ("না", "no", "off")),
        ),
        also=("update",),
        value=_say_updates,
    ),
    Setting(
        "cap",
        Wording("সর্বোচ্চ", "cap"),
        Wording("⚡ এলেই পাঠাব: দিনে সর্বোচ্চ {value}", "⚡ At once: up to {value} a day"),
        Wording(
            "এলেই পাঠালে দিনে সর্বোচ্চ কয়টি? বাকিগুলো একসঙ্গে যাবে।",
            "At once, how many a day at most? The rest comes together.",
        ),
        tuple(
            SettingOption(str(n), Wording(f"{bn}টি", str(n)), partial(replace, cap=n), (str(n),))
            for n, bn in ((10, "১০"), (20, "২০"), (40, "৪০"))
        ),
        wrong=BAD_CAP,
        also=("এলেই পাঠাব", "at once", "সীমা", "এলেই সর্বোচ্চ", "দিনে এলেই সর্বোচ্চ", "limit"),
        own=Wording(
            "দিনে কয়টি? একটি সংখ্যা লিখুন, ০ থেকে ৫০০ পর্যন্ত। ০ মানে একটিও এলেই নয়।",
            "How many a day? Send a number from 0 to 500. 0 means none at once.",
        ),
        read=_read_cap,
        value=_say_cap,
        rows=(3, 1),
    ),
    Setting(
        "zone",
        Wording("এলাকা", "zone"),
        Wording("🌍 এলাকা: {value}", "🌍 Time zone: {value}"),
        Wording("কোন এলাকার সময় ধরব?", "Which place's time should be used?"),
        tuple(
            SettingOption(name.en.casefold(), name, partial(replace, zone=zone))
            for zone, name in zone_names.NAMES.items()
        ),
        wrong=BAD_ZONE,
        also=("জোন", "টাইমজোন", "টাইম জোন", "শহর", "দেশ", "timezone", "time zone", "city"),
        own=Wording(
            "শহরের নাম লিখে পাঠান। যেমন: রিয়াদ, অথবা Asia/Riyadh", "Send a city. For example: Riyadh, or Asia/Riyadh"
        ),
        read=_read_zone,
        value=lambda preferences, language: zones.name(preferences.zone, language),
    ),
    Setting(
        "language",
        Wording("ভাষা", "language"),
        Wording("🌐 ভাষা: {value}", "🌐 Language: {value}"),
        Wording("কোন ভাষায়?", "Which language?"),
        (
            SettingOption(
                "bn", Wording("বাংলা", "বাংলা"), partial(replace, language=Language.BANGLA), ("বাংলায়", "bangla", "bengali")
            ),
            SettingOption(
                "en",
                Wording("English", "English"),
                partial(replace, language=Language.ENGLISH),
                ("ইংরেজি", "ইংরেজিতে", "ইংলিশ"),
            ),
        ),
        also=("lang", "vasha", "bhasha"),
    ),
)
_BY_NAME = {key(name): field for field in FIELDS for name in (field.name, *field.typed, *field.also)}
SETTINGS_BY_NAME = {field.name: field for field in FIELDS}
