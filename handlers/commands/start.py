"""/start: welcomes somebody and offers what can be done first.

Where choices are pressed, it does so in up to four screens with an answer each. Each press is stored at once, so a
person who stops on the way has what was chosen so far and the usual for the rest; a person who presses nothing is sent
nothing.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from bot.articles import topics
from bot.articles.names import gazetteer
from bot.search import meaning, pages
from bot.subscriptions import choosing, naming, panel, zone_names, zones
from bot.subscriptions.outlook import outlook
from bot.subscriptions.saytimes import read_clock
from bot.values.articles import DHAKA, Query
from bot.values.calls import OneOf, call
from bot.values.chats import ChatKind, ChatState, Mode, Preferences, Subscription, Term, TermKind
from bot.values.messages import Asks, Choice, Choices, Heading, Items, Message, MessageSort, Part, Reply, paragraph
from bot.values.wording import Wording, say
from handlers import linked
from handlers.command import BACK, Audience, Command, Group, Request
from handlers.params import OneOfParam, TermParam, TextParam

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from bot.values.chats import Chat

WELCOME = Wording("স্বাগতম! এটি ‘{bot}’।", "Welcome! This is {bot}.")
ABOUT = Wording(
    "বাংলা সংবাদমাধ্যমের খবর এখানে একসঙ্গে পাবেন: শিরোনাম, তিন বাক্যে মূল কথা, আর খবরটি কোথা থেকে এল।",
    "Bengali outlets in one place: the headline, the point in three sentences, and who reported it.",
)
TRY = Wording(
    "যা জানতে চান, লিখে পাঠান। যেমন: ইরান, ক্রিকেট, সিলেট।",
    "Send what you want to know. For example: Iran, cricket, Sylhet.",
)
REGULARLY = Wording(
    "নিয়মিত পেতে লিখুন: ফলো ইরান। সকাল ৮টা ও রাত ৯টায় একসঙ্গে আসবে; সেটিংসে বদলানো যায়।",
    "To get it regularly, write: follow Iran. It comes together at 8 am and 9 pm; settings change that.",
)
AGAIN = Wording("আবার দেখে ভালো লাগল। আগের তালিকা আছে।", "Good to see you again. Your list is still here.")
SWITCH_ON = Wording("চালু করুন", "switch on")
ANEW = Wording("নতুন করে সাজান", "arrange anew")
LATEST = Wording("সর্বশেষ", "latest")
LATEST_ICON = Wording("📰 সর্বশেষ", "📰 Latest")
TODAY = Wording("আজকের খবর", "today")
TOPICS = Wording("বিভাগ", "topics")
HELP = Wording("সাহায্য", "help")
CHANGE = Wording("⚙️ বদলান", "⚙️ Change")
WHERE = Wording(
    "আপনি কোন দেশে আছেন? সময় আর খবর সেভাবে সাজিয়ে দেব।",
    "Which country are you in? Times and news will be set accordingly.",
)
HOUR = Wording("আপনার ওখানে এখন কয়টা বাজে? যেমন: রাত ৯টা", "What time is it where you are? For example: 9 pm")
NOT_AN_HOUR = Wording(
    "সময়টি বুঝতে পারলাম না। এভাবে লিখুন: রাত ৯টা, অথবা ২১:০০।", "That time was not clear. Write: 9 pm, or 21:00."
)
BY_THAT_HOUR = Wording(
    "{place}: এই এলাকার সময় ধরা হলো, এখন সেখানে {time}। সেটিংসে বদলানো যায়।",
    "By the time of {place}, where it is {time} now. Settings change that.",
)
QUICK = Wording("⚡ প্রশ্ন ছাড়াই শুরু করুন", "⚡ Start without questions")
OTHER, OTHER_STEP = Wording("🌐 English", "🌐 বাংলা"), Wording("english", "bangla")
WHAT = Wording("কোন খবর চান? (২/৪)", "What would you like? (2/4)")
PICK = Wording("যত খুশি বেছে নিন, তারপর ‘ঠিক আছে’ চাপুন।", "Pick as many as you like, then OK.")
OK = Wording("ঠিক আছে ›", "OK ›")
DISTRICT = Wording("📍 আমার জেলা", "📍 My district")
TICKED = Wording("✓ {name}", "✓ {name}")
WHEN = Wording("কখন পাঠাব? (৩/৪)", "When should it come? (3/4)")
VOLUME = Wording("আপনার বেছে নেওয়া বিষয়ে দিনে গড়ে {n}টি খবর আসে।", "Your choice brings about {n:story|stories} a day.")
NIGHT = Wording("রাতে চুপ থাকব? (৪/৪)", "Quiet at night? (4/4)")
DONE = Wording("সব তৈরি।", "All set.")
CHOSEN = Wording("বিষয়: {names}", "Topics: {names}")
COMES = Wording("সময়: {when}", "Times: {when}")
NEWEST = Wording("সর্বশেষ তিনটি খবর:", "The three latest stories:")

COUNTRIES = (
    (("bd", "🇧🇩 বাংলাদেশ", "🇧🇩 Bangladesh", DHAKA), ("in", "🇮🇳 ভারত", "🇮🇳 India", "Asia/Kolkata")),
    (("sa", "🇸🇦 সৌদি আরব", "🇸🇦 Saudi Arabia", "Asia/Riyadh"), ("ae", "🇦🇪 আমিরাত", "🇦🇪 UAE", "Asia/Dubai")),
    (("my", "🇲🇾 মালয়েশিয়া", "🇲🇾 Malaysia", "Asia/Kuala_Lumpur"), ("qa", "🇶🇦 কাতার", "🇶🇦 Qatar", "Asia/Qatar")),
    (("om", "🇴🇲 ওমান", "🇴🇲 Oman", "Asia/Muscat"), ("kw", "🇰🇼 কুয়েত", "🇰🇼 Kuwait", "Asia/Kuwait")),
    (("gb", "🇬🇧 যুক্তরাজ্য", "🇬🇧 UK", "Europe/London"), ("it", "🇮🇹 ইতালি", "🇮🇹 Italy", "Europe/Rome")),
)
AMERICA, ANYWHERE = "us", "other"
"""Where one lives there is no telling by the country: the hour tells the zone."""
ASKED = (
    (AMERICA, Wording("🇺🇸 যুক্তরাষ্ট্র", "🇺🇸 United States")),
    (ANYWHERE, Wording("🌍 অন্য দেশ", "🌍 Elsewhere")),
)
SECTIONS = ("politics", "bangladesh", "world", "economy", "sport", "entertainment", "tech", "education")
HOME, INDIA = ("jobs", "expat", "religion"), ("kolkata", "bengal", "india")
TIMES = (
    ("twice", Wording("☀️🌙 দিনে দুবার, একসঙ্গে", "☀️🌙 Twice a day, together")),
    ("morning", Wording("☀️ শুধু সকালে, একসঙ্গে", "☀️ Mornings only, together")),
    ("now", Wording("⚡ এলেই", "⚡ As it happens")),
    ("breaking", Wording("🔴 শুধু ব্রেকিং", "🔴 Breaking only")),
)
NIGHTS = (
    ("quiet", Wording("🌙 হ্যাঁ, রাত ১১টা–সকাল ৭টা", "🌙 Yes, 11 pm–7 am"), "23-7", "day"),
    ("but", Wording("🌙 হ্যাঁ, ব্রেকিং আসুক শব্দ ছাড়া", "🌙 Yes, breaking without sound"), "23-7", "always"),
    ("loud", Wording("🔔 না, সব সময় পাঠান", "🔔 No, always send"), "none", "always"),
)
EVERYTHING = Term(TermKind.ALL)
TOP = 3
BEGIN = "begin"


LINK = TextParam(name="link", many=False)
"""What a link to the bot begins with: a_12, t_12_0, o_4, begin."""
STEP = OneOfParam(name="step", asked_only=True)
OPTION = OneOfParam(name="option", asked_only=True)
TOPIC = TermParam(name="topic", asked_only=True)
WISH = OneOfParam(name="wish", options=dict.fromkeys(("follow", "unfollow"), ()), asked_only=True)
CLOCK = TextParam(name="clock", asked_only=True, answers=lambda text, _: read_clock(text) is not None)
"""What time it is where somebody is."""


async def run(request: Request) -> Reply:
    """Welcome somebody, go on, or open a link.

    They are new or back, or come with the screen that was pressed.
    """
    pressed, link, option = request.get(STEP), request.get(LINK), request.get(OPTION)
    # By a link no other screen: anybody writes links, and none is to choose for whoever opens it.
    step = pressed.name if pressed is not None else BEGIN if link is not None and link.words == BEGIN else ""
    private = request.traits.buttons and request.chat.kind is ChatKind.PRIVATE
    if step in _STEPS and private:
        return await _STEPS[step](request, option.name if option is not None else "")
    if link is not None and (found := await linked.open_link(request, link.words)) is not None:
        return found
    known = await request.store.subscriptions.of_chat(request.chat.id)
    if known or request.chat.state is not ChatState.ACTIVE:
        return _back(request, known, screens=private)
    if private:
        return _where(request)
    choices = tuple(
        Choice(request.words(label), call(command))
        for label, command in ((LATEST, "latest"), (TODAY, "today"), (TOPICS, "topics"), (HELP, "help"))
    )
    welcome = request.words(WELCOME, bot=request.services.bot_name)
    texts = [paragraph(request.words(wording)) for wording in (ABOUT, TRY, REGULARLY)]
    return Reply(Message((Heading(welcome), *texts, Choices((choices,))), brief=welcome))


def _back(request: Request, chosen: Sequence[Subscription], *, screens: bool) -> Reply:
    """Say what comes to somebody who was here before.

    If that is nothing, offer to go on: nothing is sent again unasked.
    """
    text, comes = request.words(AGAIN), outlook(request.chat, chosen, request.now, request.view.due)
    off = request.chat.state is not ChatState.ACTIVE
    onward = Choice(request.words(SWITCH_ON if off else LATEST_ICON), call("resume" if off else "latest"))
    anew = Choice(request.words(ANEW), call("start", step=OneOf("begin")) if screens else call("settings"))
    rows = ((onward, anew), *((comes.ways,) if comes.ways and not off else ()))
    return Reply(Message((paragraph(text, *filter(None, (comes.said,))), Choices(rows)), brief=text))


# --- the screens, in their order ---


def _where(request: Request, *, replaces: bool = False) -> Reply:
    welcome = request.words(WELCOME, bot=request.services.bot_name)
    rows = [
        tuple(_step(say(Wording(bn, en), request.language), "in", code) for code, bn, en, _ in row) for row in COUNTRIES
    ]
    rows += [
        tuple(_step(request.words(label), "in", code) for code, label in ASKED),
        (_step(request.words(OTHER), request.words(OTHER_STEP)),),
        (_step(request.words(QUICK), "quick"),),
    ]
    texts = [paragraph(request.words(wording)) for wording in (ABOUT, WHERE)]
    return Reply(Message((Heading(welcome), *texts, Choices(tuple(rows))), brief=welcome), replaces=replaces)


async def _in_language(request: Request, language: str) -> Reply:
    change = panel.SETTINGS_BY_NAME["language"].change(language)
    return _where(await _with(request, change), replaces=True) if change else _where(request)


async def _in(request: Request, value: str) -> Reply:
    """Store the country's time, follow the main news, ask what else.

    A country with many zones is asked for the hour.
    """
    by_country = {code: zone for row in COUNTRIES for code, _, _, zone in row}
    said = request.get(CLOCK)
    if value in by_country:
        zone = by_country[value]
    elif said is None:
        return _hour(request, value, HOUR)
    elif (at := read_clock(said.words)) is None:
        return _hour(request, value, NOT_AN_HOUR)
    else:
        zone = zones.by_hour(at, request.now, zone_names.AMERICAN if value == AMERICA else zone_names.WORLD)
    request = await _with(request, lambda chosen: dataclasses.replace(chosen, zone=zone))
    await _begin(request)
    place, time = zones.name(zone, request.language), request.view.clock(request.now)
    return await _what(request, "" if said is None else request.words(BY_THAT_HOUR, place=place, time=time))


def _hour(request: Request, value: str, wording: Wording) -> Reply:
    """Ask what time it is there.

    The next text is taken as that.
    """
    text = request.words(wording)
    asks = Asks(call("start", step=OneOf("in"), option=OneOf(value)), CLOCK.name)
    back = Choices(((_step(request.words(BACK), "begin"),),))
    return Reply(Message((paragraph(text), back), brief=text), asks=asks, replaces=True)


async def _begin(request: Request) -> None:
    """Follow the main news.

    The most important of everything, together, however much else comes at once.
    """
    if not await choosing.follows(request.store, request.chat):
        await choosing.follow(request.store, request.chat, Subscription(EVERYTHING, mode=Mode.DIGEST), request.now)


async def _what(request: Request, said: str = "") -> Reply:
    followed = await _followed(request)
    sections = (*SECTIONS, *(INDIA if request.chat.zone == "Asia/Kolkata" else HOME))
    ticks = [_tick(request, request.words(naming.MAIN), EVERYTHING, followed)]
    for name in sections:
        topic = topics.by_slug(name)
        ticks.append(_tick(request, say(topic.name, request.language), _topic(name), followed))
    rows = [tuple(ticks)]
    rows.append((*_homes(request, followed), Choice(request.words(DISTRICT), call("district", onward=OneOf("start")))))
    rows.append((_step(request.words(OK), "when"),))
    texts = [text for text in (said, request.words(PICK)) if text]
    head = request.words(WHAT)
    return Reply(Message((Heading(head), paragraph(*texts), Choices(tuple(rows))), brief=head), replaces=True)


def _tick(request: Request, name: str, term: Term, followed: Sequence[Term]) -> Choice:
    """Offer a topic or take it back; pressing twice is safe."""
    on = term in followed
    wish = OneOf("unfollow" if on else "follow")
    return Choice(
        request.words(TICKED, name=name) if on else name, call("start", step=OneOf("pick"), topic=term, wish=wish)
    )


def _homes(request: Request, followed: Sequence[Term]) -> list[Choice]:
    """Return two ticked districts beside the button for another."""
    homes = [(term, gazetteer.home(term.name)) for term in followed if term.kind is TermKind.TAG]
    return [
        _tick(request, request.words(Wording(one.name, one.english)), term, followed)
        for term, one in homes
        if one is not None
    ][:2]


async def _pick(request: Request, _value: str) -> Reply:
    """Follow a section or a district, or stop following it."""
    term, wish = request.get(TOPIC), request.get(WISH)
    if term is None or wish is None:
        return await _what(request)
    chosen = await choosing.chosen(request.store, request.chat, term)
    follows = chosen is not None and not chosen.exclude
    if wish.name == "unfollow" and follows:
        await choosing.unfollow(request.store, request.chat, term)
    elif wish.name == "follow" and not follows:
        mode = Mode.DIGEST if term == EVERYTHING else Mode.INHERIT
        await choosing.follow(request.store, request.chat, Subscription(term, mode=mode), request.now)
    return await _what(request)


async def _when(request: Request, _value: str) -> Reply:
    """Ask when; who ticked nothing at all gets the main news."""
    await _begin(request)
    parts: list[Part] = [Heading(request.words(WHEN))]
    terms = await _followed(request)
    narrow = [term for term in terms if term != EVERYTHING]
    volume = sum([await request.store.subscriptions.volume(term, request.now) for term in narrow or terms])
    if volume:
        parts.append(paragraph(request.words(VOLUME, n=max(1, round(volume)))))
    rows = tuple((_step(request.words(label), "at", name),) for name, label in TIMES)
    return Reply(Message((*parts, Choices(rows)), brief=request.words(WHEN)), replaces=True)


async def _at(request: Request, value: str) -> Reply:
    """Keep when news comes.

    Digests keep quiet anyway, so only the others are asked about nights.
    """
    change = panel.SETTINGS_BY_NAME["time"].change(value)
    if change is not None:
        request = await _with(request, change)
    return _night(request, value) if value in ("now", "breaking") else await _done(request)


def _night(request: Request, when: str) -> Reply:
    shown = [night for night in NIGHTS if when == "now" or night[0] != "but"]
    rows = tuple((_step(request.words(label), "night", name),) for name, label, _, _ in shown)
    head = request.words(NIGHT)
    return Reply(Message((Heading(head), Choices(rows)), brief=head), replaces=True)


async def _at_night(request: Request, value: str) -> Reply:
    for name, _, quiet, breaking in NIGHTS:
        if name == value:
            for field, wanted in (("quiet", quiet), ("breaking", breaking)):
                change = panel.SETTINGS_BY_NAME[field].change(wanted)
                request = await _with(request, change) if change else request
    return await _done(request)


async def _quick(request: Request, _value: str) -> Reply:
    """Begin with the defaults: one tap."""
    await _begin(request)
    return await _done(request)


async def _done(request: Request) -> Reply:
    """Say what was chosen, and show three stories at once.

    If news was stopped before, it is on again.
    """
    if request.chat.state is not ChatState.ACTIVE or choosing.on_break(request.chat, request.now) is not None:
        request = dataclasses.replace(request, chat=await choosing.resume(request.store, request.chat, request.now))
    language = request.language
    followed = await _followed(request)
    names = [request.words(naming.MAIN) if term == EVERYTHING else meaning.name(term, language) for term in followed]
    when = panel.when(request.chat.preferences, request.chat.preferences.mode, language)
    said = [request.words(CHOSEN, names=", ".join(names)), request.words(COMES, when=when)]
    parts: list[Part] = [Heading(request.words(DONE)), paragraph(*said)]
    stories = await pages.open_list(request.store, Query(), request.view, count=TOP)
    listed = stories.each(Items) if stories else ()
    if listed:
        said_below = (NEWEST,) if request.traits.reply_keyboard else (TRY, NEWEST)
        parts += [paragraph(*map(request.words, said_below)), *listed]
    onward = (Choice(request.words(LATEST_ICON), call("latest")), Choice(request.words(CHANGE), call("settings")))
    listing = stories.listed if stories else None
    # A list, not only an answer: what is opened from it stands below, and its numbers stay.
    sort = MessageSort.LIST if listed else MessageSort.ANSWER
    message = Message((*parts, Choices((onward,))), brief=request.words(DONE), listed=listing, sort=sort)
    if not request.traits.reply_keyboard:
        return Reply(message, replaces=True)
    keyboard = await request.commands["keyboard"].run(dataclasses.replace(request, call=call("keyboard")))
    return Reply(message, replaces=True, then=keyboard.message)


def _step(label: str, step: str, option: str = "") -> Choice:
    return Choice(label, call("start", step=OneOf(step), option=OneOf(option) if option else None))


def _topic(name: str) -> Term:
    return Term(TermKind.TOPIC, name, topics.by_slug(name).name.bn)


async def _followed(request: Request) -> list[Term]:
    chosen = await request.store.subscriptions.of_chat(request.chat.id)
    return [one.term for one in chosen if not one.exclude]


async def _with(request: Request, change: Callable[[Preferences], Preferences]) -> Request:
    """Keep what was chosen; return the request as that chat's."""
    chat: Chat = await choosing.prefer(request.store, request.chat, change(request.chat.preferences), request.now)
    return dataclasses.replace(request, chat=chat)


async def _anew(request: Request, _value: str) -> Reply:
    return _where(request)


async def _what_again(request: Request, _value: str) -> Reply:
    return await _what(request)


_STEPS: dict[str, Callable[[Request, str], Awaitable[Reply]]] = {
    "begin": _anew,
    "english": lambda request, _: _in_language(request, "en"),
    "bangla": lambda request, _: _in_language(request, "bn"),
    "in": _in,
    "what": _what_again,
    "pick": _pick,
    "when": _when,
    "at": _at,
    "night": _at_night,
    "quick": _quick,
}

COMMAND = Command(
    name="start",
    summary=Wording("শুরু করুন", "Begin"),
    run=run,
    params=(LINK, STEP, OPTION, TOPIC, WISH, CLOCK),
    alone=True,
    audience=Audience.CHAT,
    group=Group.UNLISTED,
    aliases=("শুরু", "স্টার্ট", "shuru", "suru"),
)
