"""Lists English words whose spelling hides their sound.

A word that is spelt as it sounds needs no line here: bus, film. bank has one, for বাঁক sounds as much like it.
"""

from __future__ import annotations

from bot.bangla.normalise import key

_WORDS = """
    russia রাশিয়া, china চীন, chinese চীনা, germany জার্মানি, france ফ্রান্স, ukraine ইউক্রেন, europe ইউরোপ, asia এশিয়া
    africa আফ্রিকা, america আমেরিকা, usa যুক্তরাষ্ট্র, uk যুক্তরাজ্য, us যুক্তরাষ্ট্র, britain ব্রিটেন, british ব্রিটিশ
    england ইংল্যান্ড, ireland আয়ারল্যান্ড, scotland স্কটল্যান্ড, india ভারত, indian ভারতীয়, egypt মিসর, greece গ্রিস
    turkey তুরস্ক, syria সিরিয়া, jordan জর্ডান, saudi সৌদি, arabia আরব, qatar কাতার, kuwait কুয়েত, oman ওমান
    israel ইসরায়েল, palestine ফিলিস্তিন, lebanon লেবানন, yemen ইয়েমেন, iraq ইরাক, myanmar মিয়ানমার, japan জাপান
    korea কোরিয়া, malaysia মালয়েশিয়া, singapore সিঙ্গাপুর, indonesia ইন্দোনেশিয়া, thailand থাইল্যান্ড, vietnam ভিয়েতনাম
    bhutan ভুটান, australia অস্ট্রেলিয়া, canada কানাডা, brazil ব্রাজিল, mexico মেক্সিকো, spain স্পেন, italy ইতালি
    poland পোল্যান্ড, sweden সুইডেন, norway নরওয়ে, switzerland সুইজারল্যান্ড, netherlands নেদারল্যান্ডস, belgium বেলজিয়াম
    moscow মস্কো, beijing বেইজিং, washington ওয়াশিংটন, york ইয়র্ক, paris প্যারিস, delhi দিল্লি, kolkata কলকাতা
    calcutta কলকাতা, dacca ঢাকা, chittagong চট্টগ্রাম, sylhet সিলেট, comilla কুমিল্লা, jessore যশোর, barisal বরিশাল
    bogra বগুড়া, cox কক্স, bazaar বাজার, bangladesh বাংলাদেশ, bengal বঙ্গ, bengali বাঙালি
    police পুলিশ, court কোর্ট, justice জাস্টিস, judge জজ, minister মন্ত্রী, president প্রেসিডেন্ট, chairman চেয়ারম্যান
    commission কমিশন, commissioner কমিশনার, committee কমিটি, council কাউন্সিল, union ইউনিয়ন, league লীগ, party পার্টি
    vote ভোট, leader লিডার, mayor মেয়র, officer অফিসার, office অফিস, secretary সেক্রেটারি, general জেনারেল, colonel কর্নেল
    major মেজর, captain ক্যাপ্টেন, army আর্মি, force ফোর্স, navy নেভি, guard গার্ড, case কেস, ministry মন্ত্রণালয়
    school স্কুল, college কলেজ, university ইউনিভার্সিটি, teacher টিচার, student স্টুডেন্ট, campus ক্যাম্পাস, science সায়েন্স
    nurse নার্স, doctor ডাক্তার, hospital হাসপাতাল, clinic ক্লিনিক, vaccine ভ্যাকসিন, virus ভাইরাস, corona করোনা, cancer ক্যান্সার
    dengue ডেঙ্গু, fire ফায়ার, service সার্ভিস, station স্টেশন, train ট্রেন, rail রেল, railway রেলওয়ে, bridge ব্রিজ
    road রোড, launch লঞ্চ, plane প্লেন, airport এয়ারপোর্ট, airlines এয়ারলাইনস, engine ইঞ্জিন, gas গ্যাস, fuel ফুয়েল
    bank ব্যাংক, budget বাজেট, market মার্কেট, dollar ডলার, price প্রাইস, tax ট্যাক্স, finance ফাইন্যান্স, insurance ইন্স্যুরেন্স
    company কোম্পানি, group গ্রুপ, industry ইন্ডাস্ট্রি, stock স্টক, share শেয়ার, exchange এক্সচেঞ্জ, online অনলাইন
    mobile মোবাইল, phone ফোন, computer কম্পিউটার, software সফটওয়্যার, internet ইন্টারনেট, website ওয়েবসাইট, site সাইট
    facebook ফেসবুক, google গুগল, youtube ইউটিউব, twitter টুইটার, apple অ্যাপল, microsoft মাইক্রোসফট, whatsapp হোয়াটসঅ্যাপ
    app অ্যাপ, apps অ্যাপস, android অ্যান্ড্রয়েড, video ভিডিও, file ফাইল, code কোড, page পেজ, image ইমেজ, game গেম
    games গেমস, user ইউজার, download ডাউনলোড, update আপডেট, password পাসওয়ার্ড, number নাম্বার, message মেসেজ, mail মেইল
    email ইমেইল, live লাইভ, line লাইন, time টাইম, like লাইক, type টাইপ, size সাইজ, design ডিজাইন, drive ড্রাইভ
    media মিডিয়া, news নিউজ, times টাইমস, social সোশ্যাল, channel চ্যানেল, television টেলিভিশন, radio রেডিও, cinema সিনেমা
    movie মুভি, award অ্যাওয়ার্ড, director ডিরেক্টর, theatre থিয়েটার, music মিউজিক, song গান, culture কালচার
    cricket ক্রিকেট, football ফুটবল, world বিশ্ব, cup কাপ, match ম্যাচ, coach কোচ, team টিম, league লিগ, premier প্রিমিয়ার
    player প্লেয়ার, goal গোল, final ফাইনাল, series সিরিজ, innings ইনিংস, olympic অলিম্পিক, score স্কোর, trophy ট্রফি
    nation জাতি, national ন্যাশনাল, international ইন্টারন্যাশনাল, security সিকিউরিটি, visa ভিসা, passport পাসপোর্ট
    license লাইসেন্স, notice নোটিশ, report রিপোর্ট, project প্রজেক্ট, house হাউস, hotel হোটেল, tower টাওয়ার, square স্কয়ার
    nature নেচার, climate ক্লাইমেট, cyclone সাইক্লোন, nuclear পারমাণবিক, missile ক্ষেপণাস্ত্র, drone ড্রোন, war যুদ্ধ
    election নির্বাচন, government সরকার, quran কোরআন, islam ইসলাম, muslim মুসলিম, hindu হিন্দু, michael মাইকেল, george জর্জ
    charles চার্লস, james জেমস, john জন, joe জো, david ডেভিড, mike মাইক, trump ট্রাম্প, biden বাইডেন, london লন্ডন
    please প্লিজ, sir স্যার, problem প্রবলেম, change চেঞ্জ, age বয়স, friend ফ্রেন্ড, free ফ্রি, new নিউ, high হাই, night নাইট
    right রাইট, light লাইট, white হোয়াইট, black ব্ল্যাক, green গ্রিন, blue ব্লু, red রেড, star স্টার, first ফার্স্ট
"""


def _table() -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for line in _WORDS.split("\n"):
        for pair in filter(None, line.strip().split(", ")):
            english, bengali = pair.split(" ", 1)
            table[english] = (*table.get(english, ()), key(bengali))
    return table


ENGLISH = _table()
"""The Bengali words for an English one; a word stands once for each spelling that is in use."""
