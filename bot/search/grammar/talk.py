"""Lists what people say that is no news, by kind."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Talk(StrEnum):
    """A kind of small talk."""

    SALAM = "salam"
    NOMOSKAR = "nomoskar"
    ADAB = "adab"
    HELLO = "hello"
    MORNING = "morning"
    DAY = "day"
    NIGHT = "night"
    BYE = "bye"
    THANKS = "thanks"
    WELL = "well"
    OK = "ok"
    YES = "yes"
    NO = "no"
    WHO = "who"
    HUMAN = "human"
    MADE = "made"
    EID = "eid"
    NEW_YEAR = "new year"
    BIJOYA = "bijoya"
    WISHES = "wishes"
    INSULT = "insult"
    PRAISE = "praise"
    LAUGH = "laugh"
    NONSENSE = "nonsense"


PHRASES: Final[dict[Talk, str]] = {
    Talk.SALAM: """
        সালাম, আসসালামু আলাইকুম, আস্সালামু আলাইকুম, আসসালামুয়ালাইকুম, আসসালামুআলাইকুম, সালামালাইকুম, ওয়ালাইকুম সালাম,
        ওয়ালাইকুম আসসালাম, ওয়ালাইকুমুস সালাম, স্লামালিকুম, আদাব সালাম, আসসালাম, সালাম আলাইকুম,
        আসসালামু আলাইকুম ওয়া রাহমাতুল্লাহ, salam, assalamu alaikum, assalamualaikum, asalamu alaikum, slm,
        walaikum salam, walaikum assalam, slamalaikum
    """,
    Talk.NOMOSKAR: """
        নমস্কার, প্রণাম, নমষ্কার, nomoskar, namaskar, pronam, namaste
    """,
    Talk.ADAB: """
        আদাব, adab
    """,
    Talk.HELLO: """
        হাই, হ্যালো, হেলো, হ্যাললো, হায়, ওহে, শুভেচ্ছা, স্বাগতম, হ্যালু, কেউ আছেন, কেউ আছে, আছেন, শুনছেন, শুনছো, hi,
        hello, hey, hlw, hllo, helo, hii, keu achen, achen, good day
    """,
    Talk.MORNING: """
        শুভ সকাল, সুপ্রভাত, গুড মর্নিং, shuvo sokal, shubho sokal, good morning, gm
    """,
    Talk.DAY: """
        শুভ দুপুর, শুভ বিকেল, শুভ বিকাল, শুভ সন্ধ্যা, শুভ অপরাহ্ন, শুভ দিন, good afternoon, good evening, shuvo sondha,
        shubho bikel, shuvo dupur, গুড ইভিনিং
    """,
    Talk.NIGHT: """
        শুভ রাত্রি, শুভ রাত, শুভরাত্রি, গুড নাইট, good night, shuvo ratri, shubho ratri, gn
    """,
    Talk.BYE: """
        বিদায়, বাই, টাটা, আল্লাহ হাফেজ, খোদা হাফেজ, ভালো থাকবেন, ভালো থাকুন, ভালো থেকো, ভাল থাকবেন, আসি, আসি তাহলে,
        দেখা হবে, পরে কথা হবে, কাল কথা হবে, bye, bye bye, tata, allah hafez, khoda hafez, bhalo thakben, valo thakben,
        see you, goodbye
    """,
    Talk.THANKS: """
        ধন্যবাদ, অনেক ধন্যবাদ, অসংখ্য ধন্যবাদ, থ্যাংকস, থ্যাংক ইউ, থ্যাঙ্কস, থ্যাঙ্ক ইউ, শুকরিয়া, কৃতজ্ঞতা,
        জাযাকাল্লাহ, জাজাকাল্লাহ, উপকার হলো, অনেক উপকার হলো, কাজে লাগল, thanks, thank you, thank u, thx, ty, dhonnobad,
        onek dhonnobad, shukria, 🙏, ❤️
    """,
    Talk.WELL: """
        কেমন আছেন, কেমন আছো, কেমন আছ, কেমন আছিস, কী অবস্থা, কি অবস্থা, কী খবর আপনার, কি খবর আপনার, কী খবর তোমার,
        কি খবর তোমার, আপনি কেমন আছেন, তুমি কেমন আছো, তুমি কেমন আছ, কী হাল, কি হাল, কী করছেন, কী করছো, কি করছো, কি করেন,
        কী করেন, কেমন চলছে, দিনকাল কেমন, দিনকাল কেমন যাচ্ছে, শরীর কেমন, kemon achen, kemon acho, kemon aso, kemon asen,
        ki obostha, ki koren, ki koro, tumi kemon acho, apni kemon achen, ki hal, how are you, how r u, whats up, sup,
        kmn acho, kmn achen
    """,
    Talk.OK: """
        ঠিক আছে, আচ্ছা, ওকে, ওক্কে, আইচ্ছা, বুঝেছি, বুঝলাম, বুঝছি, হুম, হু, জি, জ্বি, জি আচ্ছা, তাই, তাই নাকি, ও আচ্ছা,
        ok, okay, okey, k, thik ache, thik ase, accha, acha, hmm, hum, bujhlam, bujhsi, 👍, alright, fine, got it, hu
    """,
    Talk.LAUGH: """
        হাহা, হাহাহা, হা হা, হা হা হা, হাহাহাহা, হিহি, হেহে, লল, ওহ, আহা, ইশ, ইস, উফ, আহ, মজা, মজার, haha, hahaha,
        hahahaha, lol, hehe, oh, uff, lmao
    """,
    Talk.PRAISE: """
        বাহ, বাঃ, দারুণ, দারুন, চমৎকার, অসাধারণ, খুব ভালো, ভালো, ভালো লাগল, ভালো লাগলো, সুন্দর, খুব সুন্দর, মজা পেলাম,
        সাবাশ, শাবাশ, ভালোই, অসাম, জোস, সেরা, ওয়াও, ভালো কাজ, দারুণ কাজ, ভালো হয়েছে, wow, nice, good, great, cool,
        awesome, darun, bah, valo, bhalo, good job, well done, khub valo, khub bhalo, perfect, love it, joss
    """,
    Talk.WHO: """
        কে তুমি, তুমি কে, আপনি কে, কে আপনি, তোমার নাম কী, তোমার নাম কি, আপনার নাম কী, আপনার নাম কি, নাম কী তোমার,
        নাম কী, নাম কি, তুই কে, এটা কী, এটা কি, এইটা কী, তোমার পরিচয় কী, আপনার পরিচয়, আপনি কী করেন, তুমি কী করো,
        তোমার কাজ কী, ke tumi, tumi ke, apni ke, tomar nam ki, apnar nam ki, who are you, what is your name,
        whats your name, what are you, eta ki
    """,
    Talk.HUMAN: """
        মানুষ না বট, বট না মানুষ, তুমি কি মানুষ, আপনি কি মানুষ, তুমি কি বট, আপনি কি বট, তুমি কি রোবট, আপনি কি রোবট,
        রোবট নাকি, তুমি কি এআই, তুমি কি মানুষ না রোবট, আপনি কি মানুষ না রোবট, আপনি কি এআই, তুমি রোবট, are you human,
        are you a bot, are you a robot, tumi ki manush, tumi ki bot, তুমি মানুষ নাকি বট, আপনি মানুষ নাকি বট,
        তুমি কি মানুষ নাকি রোবট, তুমি কি মানুষ না বট, আপনি কি মানুষ না বট, manush na bot
    """,
    Talk.MADE: """
        কে বানিয়েছে, কে বানাইছে, তোমাকে কে বানিয়েছে, আপনাকে কে বানিয়েছে, তোমারে কে বানাইছে, কে তৈরি করেছে,
        তোমাকে কে তৈরি করেছে, তোমার মালিক কে, আপনার মালিক কে, কারা চালায়, কে চালায়, ke baniyeche,
        tomake ke baniyeche, who made you, who owns you, who created you
    """,
    Talk.EID: """
        ঈদ মোবারক, ইদ মোবারক, ঈদ মুবারক, eid mubarak, eid mobarak, id mobarak
    """,
    Talk.NEW_YEAR: """
        শুভ নববর্ষ, নববর্ষের শুভেচ্ছা, হ্যাপি নিউ ইয়ার, shuvo noboborsho, shubho noboborsho, happy new year
    """,
    Talk.BIJOYA: """
        শুভ বিজয়া, বিজয়ার শুভেচ্ছা, shuvo bijoya, shubho bijoya
    """,
    Talk.WISHES: """
        পুজোর শুভেচ্ছা, পূজার শুভেচ্ছা, শুভ জন্মদিন, শুভ জন্মাষ্টমী, শারদীয় শুভেচ্ছা, ঈদের শুভেচ্ছা,
        বিজয় দিবসের শুভেচ্ছা, রমজান মোবারক, জুমা মোবারক, মাহে রমজানের শুভেচ্ছা, শুভ বড়দিন, শুভ কামনা, শুভকামনা,
        মেরি ক্রিসমাস, merry christmas, jumma mubarak, ramadan mubarak, happy birthday
    """,
    Talk.YES: """
        হ্যাঁ, হ্যা, হা, হ্যাঁ দাও, হ্যাঁ দিন, হ্যাঁ করো, হ্যাঁ করুন, yes please, yes, yep, ha, হ্যাঁ হ্যাঁ, জি হ্যাঁ
    """,
    Talk.NO: """
        না, নাহ, না না, জি না, উঁহু, থাক, থাকুক, দরকার নেই, লাগবে না, বাতিল, বাতিল করো,
        বাতিল করুন, বাতিল কর, বাতিল করেন, ক্যানসেল, ক্যানসেল করো, ক্যানসেল করুন,
        batil koro, batil koren, no, nope, na, thak, cancel
    """,
}
