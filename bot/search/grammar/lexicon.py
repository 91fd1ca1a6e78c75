"""Lists words that are no verbs, with what each does.

The lists are closed, with one sense for each word.
Nouns take the article and the plural by themselves (খবরটা, খবরগুলো). Roman ones are known by their sound (`roman.fold`).
"""

from __future__ import annotations

from enum import Enum, auto
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from bot.bangla.normalise import key
from bot.search.grammar import verbs
from bot.search.grammar.roman import fold, is_roman
from bot.search.grammar.wordlist import keys

if TYPE_CHECKING:
    from bot.search.grammar.verbs import VerbSense


class Kind(Enum):
    """What a word does in a request."""

    __hash__ = object.__hash__  # Enum's own is Python code: a fifth of the time that reading takes

    POLITE = auto()
    """Says nothing: whom it is said to, please, from now on."""
    NEWS = auto()
    UPDATE = auto()
    FRESH = auto()
    """Newest, latest: says of news what all news is."""
    ABOUT = auto()
    OF = auto()
    """A case ending that stands alone: er, ke."""
    FOLLOW = auto()
    UNFOLLOW = auto()
    MUTE = auto()
    UNMUTE = auto()
    OFF = auto()
    ON = auto()
    INTO_LIST = auto()
    FROM_LIST = auto()
    REGULAR = auto()
    AT_ONCE = auto()
    TOGETHER = auto()
    AGAIN = auto()
    ANY_MORE = auto()
    """আর: before a verb it means from now on, between names it joins them."""
    AND = auto()
    NOT = auto()
    MUST = auto()
    """হবে behind পাঠাতে."""
    ALL = auto()
    ANY = auto()
    BOTH = auto()
    ONLY = auto()
    WITHOUT = auto()
    BACK = auto()
    BREAK = auto()
    STILL = auto()
    """Silent: চুপ, নীরব."""
    TROUBLE = auto()
    AWHILE = auto()
    NEEDED = auto()
    """A noun that with নেই says that something is not wanted: দরকার, আগ্রহ."""
    GOOD = auto()
    MESSAGE = auto()
    ALERT = auto()
    TAIL = auto()
    """A particle behind a request: তো, দেখি."""
    OVER = auto()
    """শেষ behind বিরতি."""
    CHANGE = auto()
    """A noun that with করা changes something: চেঞ্জ, ঠিক, সেট."""
    ASKS = auto()
    """A question word or a pronoun that a question is freed of."""


_WORDS: Final[dict[Kind, str]] = {
    Kind.POLITE: (
        "প্লিজ প্লীজ দয়া_করে অনুগ্রহ_করে একটু ভাই ভাইয়া ভাইজান আপু আপা দাদা দিদি মামা ভাইরে ওস্তাদ বস আচ্ছা শোনো "
        "শুনুন শোনেন শুনেন "
        "এই_যে ওহে আমি আমাকে আমায় আমারে মোরে আমাদের আমাদেরকে তুমি আপনি আপনারা তোমরা আপনাকে এখন_থেকে এবার_থেকে "
        "আজ_থেকে এবার "
        "আপনার_কাছে আপনাদের_কাছে তোমার_কাছে আপনাগো_কাছে তোমাগো_কাছে আপনাগো তোমাগো গো হে রে_ভাই পারলে সম্ভব_হলে "
        "কষ্ট_করে জলদি তাড়াতাড়ি "
        "স্যার ম্যাডাম জি একদম একেবারে পুরোপুরি মোটেই please plz pls plis vai bhai bhaiya vaiya apu apa dada didi "
        "mama ami amake amay amare tumi apni "
        "ekhon_theke akhon_theke ekhon_thika ebar_theke aj_theke ektu aktu doya_kore daya_kore sir ekdom ekebare "
        "kindly can_you could_you me "
        "i_want_to i_want"
    ),
    Kind.NEWS: (
        "খবর খবরাখবর খবরাদি সংবাদ নিউজ আপডেট খবরাখবরগুলো news khobor khobar khabor khbr khobr songbad update updates"
    ),
    Kind.UPDATE: "আপডেট update updates",
    Kind.FRESH: "এই_মুহূর্তের এ_মুহূর্তের নতুন তাজা সর্বশেষ সর্বশেষটা লেটেস্ট টাটকা notun taja sorboshesh latest newest",
    Kind.ABOUT: (
        "নিয়ে নিয়া সম্পর্কে ব্যাপারে বিষয়ে বিষয়ক সংক্রান্ত ওপর উপর জন্য নিয়েই বিষয়টা দিকে niye nie nia "
        "somporke shomporke bepare byapare "
        "jonno jonne bishoye on about of regarding"
    ),
    Kind.OF: "এর -এর কে -কে রে র er -er r ke re -ke er_e",
    Kind.FOLLOW: "ফলো ফলোও সাবস্ক্রাইব সাবস্ক্রাইভ অনুসরণ follow folow folo sub subscribe subscribed",
    Kind.UNFOLLOW: "আনফলো আনসাবস্ক্রাইব আনসাব unfollow unfolow anfolo unsub unsubscribe",
    Kind.MUTE: "বাদ মিউট ব্লক mute bad block",
    Kind.UNMUTE: "আনমিউট আনব্লক unmute anmute",
    Kind.OFF: "বন্ধ অফ স্টপ বাতিল ক্যানসেল বন্দ off bondho bondo stop batil cancel",
    Kind.ON: "চালু শুরু অন স্টার্ট chalu shuru suru on start",
    Kind.INTO_LIST: "তালিকায় লিস্টে তালিকাতে listে talikay liste list_e",
    Kind.FROM_LIST: (
        "তালিকা_থেকে লিস্ট_থেকে তালিকা_থিকা লিস্ট_থিকা লিস্টি_থেকে তালিকা_হতে list_theke talika_theke list_thika "
        "from_my_list from_list"
    ),
    Kind.REGULAR: (
        "নিয়মিত নিয়মিতভাবে রোজ রোজকার প্রতিদিন রেগুলার প্রত্যেকদিন সব_সময় সবসময় নিত্য ডেইলি রোজ_রোজ niyomito "
        "roj protidin regular daily "
        "every_day regularly sob_somoy shob_shomoy"
    ),
    Kind.AT_ONCE: (
        "এলেই আসলেই আইলেই হলেই হইলেই ঘটলেই আসামাত্র আসা_মাত্র আসামাত্রই হওয়ামাত্র সঙ্গে_সঙ্গে সাথে_সাথে "
        "সঙ্গে_সঙ্গেই সাথে_সাথেই "
        "আসার_সাথে_সাথে আসার_সঙ্গে_সঙ্গে তখনই তখনি তক্ষুনি তক্ষুণি সঙ্গেসঙ্গে লাইভ elei aslei ailei holei hoilei "
        "sathe_sathe songe_songe "
        "asha_matro asa_matro tokhoni tokkhuni at_once live instantly immediately"
    ),
    Kind.TOGETHER: (
        "একসঙ্গে দিনে_একবার দিনে_একবারই একসাথে একবারে একত্রে জমিয়ে জমায়ে জমাইয়া একসঙ্গেই "
        "eksathe ekshathe eksonge ekshonge ekbare together"
    ),
    Kind.AGAIN: "আবার আবারও ফের পুনরায় abar fer",
    Kind.ANY_MORE: "আর আরও_আর ar r aar",
    Kind.AND: "আর ও এবং আরও + & ar aar and ebong o plus",
    Kind.NOT: "না নাই নেই নয় নাহ চাইনা লাগবেনা na nai nei noy nah no",
    Kind.MUST: "হবে হইব হইবো হবেনা hobe hoibo",
    Kind.ALL: "বেশি_করে সব সবকিছু সব_কিছু সকল সবই সমস্ত যাবতীয় সবগুলো যত যা_আসে যা_কিছু sob shob sokol all every everything",
    Kind.ANY: "কোনো কোন কিছু কিছুই কোনোকিছু কোনও যা kono kichu kichui kisu kisui any",
    Kind.BOTH: "দুজনকেই দুজনকে উভয়কে দুইটাই দুটোই দুটাই দুটিই দুইটা দুটো উভয়ই দুইটিই তিনটাই তিনটেই সবগুলাই duitai dutoi both",
    Kind.ONLY: "শুধু কেবল শুধুমাত্র খালি shudhu sudhu khali only just",
    Kind.WITHOUT: "ছাড়া বাদে ছাড়াই chara chhara chada bade badei without except",
    Kind.BACK: "ফেরত ফিরিয়ে ফিরায়ে ফিরায় ফিরাইয়া ferot firiye firaye back",
    Kind.BREAK: "বিরতি ব্রেক biroti break",
    Kind.STILL: "চুপ নীরব নিরব চুপচাপ সাইলেন্ট শান্ত chup nirob silent chupchap",
    Kind.TROUBLE: "বিরক্ত ডিস্টার্ব জ্বালাতন disturb distarb birokto",
    Kind.AWHILE: "আপাতত কিছুক্ষণ কিছুক্ষন কিছু_সময় কিছুদিন apatoto kichukkhon kichukhon",
    Kind.NEEDED: "দরকার প্রয়োজন আগ্রহ ইচ্ছা ইচ্ছে ইন্টারেস্ট শখ দরকারও dorkar proyojon agroho interest iccha",
    Kind.GOOD: "ভালো ভাল ভালোই পছন্দ bhalo valo bhalo pochondo posondo",
    Kind.MESSAGE: "মেসেজ ম্যাসেজ বার্তা মেসেজগুলো message msg mesej messages",
    Kind.OVER: "শেষ shesh over",
    Kind.CHANGE: "চেঞ্জ ঠিক সেট বদল পরিবর্তন change set thik bodol",
    Kind.ALERT: "নোটিফিকেশন নোটিফিকেশনের অ্যালার্ট এলার্ট নোটিশ notification notifications alert alerts notif",
    Kind.TAIL: (
        "তো দেখি গো কিন্তু প্লিজ ভাই ভাইয়া আপু দাদা দিদি রে মামা to vai bhai please plz pls dada didi apu go now "
        "আমার আমাদের আমাকে আমারে amar amake"
    ),
}
_QUESTIONS: Final = (
    "কে কী কি কেন ক্যান কবে কখন কোথায় কই কোন কোনটা কোনগুলো কত কতটা কতজন কতটুকু কয় কয়টা কয়জন কেমন কেমনে কীভাবে "
    "কিভাবে কার কাদের কাকে "
    "কারে কারা কিসের কীসের নাকি কি_না কী_কী কি_কি কে_কে কিছু কোনো কোন_কোন তো এখন এখনো এখনও বর্তমানে অবস্থা "
    "কী_অবস্থা খোঁজ হাল হালচাল কদ্দূর কতদূর কতদুর "
    "জানেন জানো জানিস বলতে_পারেন বলতে_পারো বলতে_পারবেন পারেন পারো তুমি আপনি তোমার আপনার আপনাদের আমাদের আমার একটু "
    "আচ্ছা আবার "
    "চলছে চলতেছে চলতাছে ঘটল ঘটলো ঘটেছে ঘটছে ঘটতেছে সেটা এটা এটি ওটা এই_মুহূর্তে আসলে আসলেই নাকি_না ব্যাপার "
    "ব্যাপারটা কাহিনি কাহিনী ঘটনা_কী "
    "ke ki keno kobe kokhon kothay kothai koi kon konta koto kemon kemne kivabe kibhabe kar kake kara naki ekhon "
    "akhon ekhono obostha "
    "what whats who where when why how which is are was were did does do the a an there any happened happening "
    "going in at for by has have"
)
_NOUNS: Final = (Kind.NEWS, Kind.UPDATE, Kind.MESSAGE, Kind.ALERT, Kind.MUTE, Kind.ALL)
_ARTICLES: Final = ("টা", "টি", "টাও", "টাই", "গুলো", "গুলা", "গুলি", "গুলোও", "গুলোই", "গুলাই", "ই", "ও", "টুকু")
_BARE: Final = keys("কর বল দে থাক আন রাখ দেখা ধর জানা পড় শোন লেখ নে কাট ছাড় খোল তোল চল ঘট থামা সরা কমা বাড়া")
"""Orders that are everyday nouns too: they count behind the first word of their verb only."""
LONGEST_PHRASE: Final = 3
_SHORT: Final = 2
_KEPT: Final = 4096
"""Words whose readings are kept."""


def load() -> None:
    """Build all tables, so that no reader waits."""
    _phrases(), _sounded(), _sounded_verbs()


@cache
def _phrases() -> dict[str, frozenset[Kind]]:
    found: dict[str, set[Kind]] = {}
    for kind, text in (*_WORDS.items(), (Kind.ASKS, _QUESTIONS)):
        for word in text.split():
            written = key(word.replace("_", " "))
            found.setdefault(written, set()).add(kind)
            if kind in _NOUNS and not is_roman(written):
                for ending in _ARTICLES:
                    found.setdefault(key(written + ending), set()).add(kind)
    return {word: frozenset(kinds) for word, kinds in found.items()}


@cache
def _sounded() -> dict[str, frozenset[Kind]]:
    """Return Roman words by their sound.

    Bengali words of which no Roman spelling is listed are among them, as they would be typed.
    """
    found: dict[str, set[Kind]] = {}
    for words, kinds in _phrases().items():
        # Whom one speaks to is known by its letters alone: awami sounds like ami.
        if all(is_roman(word) for word in words.split()) and Kind.POLITE not in kinds:
            found.setdefault(" ".join(map(fold, words.split())), set()).update(kinds)
    # Two letters of sound are too few: alo, of প্রথম আলো, sounds like all.
    return {sound: frozenset(kinds) for sound, kinds in found.items() if len(sound) > _SHORT}


@cache
def _sounded_verbs() -> dict[str, frozenset[VerbSense]]:
    found: dict[str, set[VerbSense]] = {}
    for word, senses in verbs.forms().items():
        found.setdefault(fold(word), set()).update(senses)
    return {word: frozenset(senses) for word, senses in found.items()}


@lru_cache(maxsize=_KEPT)
def kinds(phrase: str) -> frozenset[Kind]:
    """Return what a word or a short phrase does in a request.

    The phrase has up to three words in key() form; most do nothing.
    """
    known = _phrases().get(phrase)
    if known is None and all(map(is_roman, phrase.split())):
        sound = " ".join(map(fold, phrase.split()))
        known = _sounded().get(sound) if sound else None
    return known or frozenset()


@lru_cache(maxsize=_KEPT)
def senses(word: str) -> frozenset[VerbSense]:
    """Return the readings of a ``key()`` word as a verb."""
    if is_roman(word):
        return _sounded_verbs().get(fold(word), frozenset())
    return verbs.forms().get(word, frozenset())


def is_bare(word: str) -> bool:
    """Return whether an order is an everyday noun too.

    কর is a tax, বল a ball.
    """
    return word in _BARE
