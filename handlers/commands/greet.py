"""Small talk, answered in kind; an insult gets one calm line. No list of commands names it."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from bot.search.grammar.talk import Talk
from bot.values.messages import Choice, Choices, Message, Reply, paragraph
from bot.values.wording import Wording
from handlers.command import Command, Request

if TYPE_CHECKING:
    from collections.abc import Mapping

ASK = Wording("কী জানতে চান, লিখুন।", "What would you like to know?")
NOT_ASKED = Wording("এখন কিছু জিজ্ঞেস করা হয়নি। কী জানতে চান, লিখুন।", "No question is open. What would you like to know?")
KEPT = Wording("ঠিক আছে, কিছু বদলানো হয়নি।", "Left as it was.")
THANKS = Wording("আপনাকেও ধন্যবাদ।", "Thank you too.")
ALL_RIGHT = Wording("ঠিক আছে।", "All right.")
EXAMPLES = Wording(
    "কী জানতে চান, লিখুন। যেমন: ইরান, ক্রিকেট, সিলেট।", "Send what you want to know. For example: Iran, cricket, Sylhet."
)
SORRY = Wording("বিরক্ত হয়ে থাকলে দুঃখিত। কী করা যায়, বেছে নিন।", "Sorry if something annoyed you. What would help?")
WHO = Wording(
    "এটি ‘{bot}’: বাংলা সংবাদমাধ্যমের খবর পৌঁছে দেয়। কী জানতে চান, লিখুন।",
    "This is {bot}. It passes on what Bengali outlets report. What would you like to know?",
)
HUMAN = Wording("এটি বট। সম্পাদকদের কিছু জানাতে লিখুন: ভুল আছে।", "A bot. To reach the editors, write: report.")
MADE = Wording("‘{bot}’ একটি মুক্ত সফটওয়্যার।", "{bot} is free software.")
_HELLO: Final = {
    Talk.SALAM: Wording("ওয়ালাইকুম আসসালাম।", "Hello."),
    Talk.NOMOSKAR: Wording("নমস্কার।", "Hello."),
    Talk.ADAB: Wording("আদাব।", "Hello."),
    Talk.HELLO: Wording("জি, বলুন।", "Hello."),
    Talk.MORNING: Wording("শুভ সকাল।", "Good morning."),
    Talk.DAY: Wording("শুভেচ্ছা।", "Hello."),
    Talk.WELL: Wording("ভালো, ধন্যবাদ।", "Fine, thank you."),
}
"""What is followed by the question what one wants to know."""
_IN_KIND: Final[Mapping[Talk, Wording]] = {
    Talk.THANKS: THANKS,
    Talk.PRAISE: THANKS,
    Talk.OK: ALL_RIGHT,
    Talk.LAUGH: ALL_RIGHT,
    Talk.NIGHT: Wording("শুভ রাত্রি।", "Good night."),
    Talk.BYE: Wording("ভালো থাকবেন।", "Goodbye."),
    Talk.EID: Wording("ঈদ মোবারক।", "Eid Mubarak."),
    Talk.NEW_YEAR: Wording("শুভ নববর্ষ।", "Happy New Year."),
    Talk.BIJOYA: Wording("শুভ বিজয়া।", "Shubho Bijoya."),
    Talk.WISHES: Wording("আপনাকেও শুভেচ্ছা।", "The same to you."),
    Talk.WHO: WHO,
    Talk.HUMAN: HUMAN,
    Talk.MADE: MADE,
    Talk.NONSENSE: EXAMPLES,
}
BREAK = Wording("⏸ বিরতি", "⏸ Break")
LEAVE_OUT = Wording("🔕 বাদ দিন", "🔕 Leave out")
REPORT = Wording("⚠️ ভুল জানান", "⚠️ Report")
BREAK_TYPED = Wording("বিরতি", "pause")
LEAVE_OUT_TYPED = Wording("বাদ", "mute")
REPORT_TYPED = Wording("ভুল আছে", "report")


async def run(request: Request) -> Reply:
    """Answer in kind; an insult gets one calm line with what may help."""
    talk = Talk(request.argument) if request.argument in set(Talk) else Talk.HELLO
    if talk in (Talk.YES, Talk.NO):
        asked = request.chat.asked
        open_still = asked is not None and request.now < asked.until
        return request.reply(KEPT if open_still and talk is Talk.NO else NOT_ASKED)
    if talk is Talk.INSULT:
        return _calm(request)
    if (hello := _HELLO.get(talk)) is not None:
        text = f"{request.words(hello)} {request.words(ASK)}"
        return Reply(Message((paragraph(text),), brief=text))
    return request.reply(_IN_KIND[talk], bot=request.services.bot_name)


def _calm(request: Request) -> Reply:
    text = request.words(SORRY)
    row = (
        Choice(request.words(BREAK), "pause", typed=request.words(BREAK_TYPED)),
        Choice(request.words(LEAVE_OUT), "mute", typed=request.words(LEAVE_OUT_TYPED)),
        Choice(request.words(REPORT), "report", typed=request.words(REPORT_TYPED)),
    )
    return Reply(Message((paragraph(text), Choices((row,))), brief=text))


COMMAND = Command(
    name="greet",
    summary=Wording("শুভেচ্ছা ও ধন্যবাদ", "Greetings and thanks"),
    run=run,
    hidden=True,
    exact=MappingProxyType({"👋": Talk.HELLO, "🙏": Talk.THANKS, "❤️": Talk.THANKS, "👍": Talk.OK}),
)
