"""Says in people's words how a source fares.

It also says why an address was not taken.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.sources.kind import kinds
from bot.values.articles import Source, SourceState
from bot.values.wording import Wording

RUNNING = Wording("চলছে", "running")
PAUSED = Wording("বন্ধ আছে", "paused")
HELD = Wording("অ্যাডমিনের অপেক্ষায় (পড়তে গিয়ে থেমে যায়)", "waits for an admin (reading it breaks off)")
ELSEWHERE = Wording("অ্যাডমিনের অপেক্ষায় (লিংক অন্য সাইটের)", "waits for an admin (its links lead elsewhere)")
QUIET = Wording("চুপ ({time} থেকে)", "silent since {time}")
UNREACHABLE = Wording("পৌঁছানো যাচ্ছে না", "unreachable")
BLOCKED = Wording("আটকে দিয়েছে (Cloudflare)", "blocked (Cloudflare)")
MOVED = Wording("ঠিকানা বদলেছে", "moved")
NEVER = Wording("এখনো দেখা হয়নি", "not looked at yet")
UNFINISHED = Wording("চলছে (সব পড়া হয়নি, বাকিটা পরের বার)", "running (not all read yet; the rest comes next time)")
UNREADABLE = Wording("পড়া যাচ্ছে না", "unreadable")
WHICH = Wording(
    "কোন ফিড? নম্বর, ঠিকানা বা নাম লিখুন; /sources দেখাবে কী কী আছে।",
    "Which feed? Send its number, address or name; /sources lists them.",
)
SILENCE = timedelta(days=3)
"""A source that brought nothing new for longer is called silent."""

REASONS = {
    "refused_address": Wording("ঠিকানাটি ইন্টারনেটের নয়, ভেতরের নেটওয়ার্কের", "the address is not a public one"),
    "bad_address": Wording("ঠিকানাটি ঠিকমতো লেখা হয়নি", "the address is not well formed"),
    "unreachable": Wording("সাইটটিতে পৌঁছানো যাচ্ছে না", "the site cannot be reached"),
    "timeout": Wording("সাইটটি সময়মতো সাড়া দেয়নি", "the site did not answer in time"),
    "too_large": Wording("পাতাটি অতিরিক্ত বড়", "the page is too large"),
    "too_many_redirects": Wording("ঠিকানাটি ঘুরেফিরে অন্য ঠিকানায় পাঠায়", "the address redirects in circles"),
    "blocked": Wording("সাইটটি বটকে আটকে দিয়েছে (Cloudflare)", "the site blocks robots (Cloudflare)"),
    "not_found": Wording("এই ঠিকানায় কিছু নেই", "nothing is at that address"),
    "gone": Wording("ঠিকানাটি তুলে দেওয়া হয়েছে", "the address was taken down"),
    "forbidden": Wording("সাইটটি অনুমতি দেয় না", "the site does not allow it"),
    "rate_limited": Wording("সাইটটি পরে আসতে বলেছে", "the site asks to come back later"),
    "server": Wording("সাইটটিতে সমস্যা চলছে", "the site has a problem of its own"),
    "unreadable": Wording("এখান থেকে খবর পড়া গেল না", "no news could be read from it"),
    "sitemap": Wording("এটি সাইটম্যাপ; সাইটের ফিডের ঠিকানা দিন", "it is a sitemap; give the address of the site's feed"),
    "wordpress": Wording(
        "এটি ওয়ার্ডপ্রেসের তালিকা; সাইটের ফিডের ঠিকানা দিন", "it is a list of WordPress; give the address of the site's feed"
    ),
    "opml": Wording(
        "এটি ফিডের তালিকা (OPML); একটি ফিডের ঠিকানা দিন", "it is a list of feeds (OPML); give one feed's address"
    ),
    "list": Wording("এটি শিরোনামের তালিকা, খবরের পাতা নয়", "it is a list of headlines, not a story"),
}
OTHERWISE = Wording("সাইটটির সাড়া বোঝা গেল না", "the site's answer was not understood")


def shown_kind(kind_name: str) -> Wording:
    """Name a kind of source for people."""
    found = kinds().get(kind_name)
    return found.shown if found is not None else Wording(kind_name, kind_name)


def title(source: Source) -> str:
    """Name a source: its outlet, else its address."""
    return source.outlet.name if source.outlet else source.address or ""


def why(reason: str) -> Wording:
    """Say why an address could not be used."""
    return REASONS.get(reason, OTHERWISE)


def health(source: Source, now: datetime) -> Wording:
    """Name how a source fares."""
    if source.state is SourceState.PAUSED:
        return PAUSED
    if source.state is SourceState.HELD:
        return ELSEWHERE if source.error == "elsewhere" else HELD
    if source.error is not None:
        return {"blocked": BLOCKED, "gone": MOVED, "unreadable": UNREADABLE}.get(source.error, UNREACHABLE)
    if source.unfinished or source.last_ok_at is None:
        return UNFINISHED if source.unfinished else NEVER
    if source.last_new_at is not None and now - source.last_new_at > SILENCE:
        return QUIET
    return RUNNING
