"""Lists the words that name a section.

They are what portals print, what stands in their addresses, and how readers spell it. Only words are here; topics.py
reads them. Spaces, hyphens and «ও»/«and» between words make no difference, so «সারাদেশ» stands for «সারা দেশ», and
"law-court" for "law and court".
"""

from typing import Final

# What portals print for a section and a reader may mean it by.
PRINTED: Final = {
    "top": ("শীর্ষ খবর", "লিড", "আলোচিত"),
    "bangladesh": ("সরকার", "সচিবালয়"),
    "country": ("দেশজুড়ে", "সমগ্র বাংলাদেশ", "জেলার খবর", "জনপদ", "গ্রাম-গঞ্জ"),
    "capital": ("ঢাকা", "মহানগর", "নগর"),
    "world": ("আন্তর্জাতিক", "বিশ্ব সংবাদ", "বিদেশ", "দুনিয়া", "সারাবিশ্ব"),
    "economy": ("বাণিজ্য", "ব্যবসা", "অর্থ-বাণিজ্য", "ব্যবসা-বাণিজ্য", "শিল্প-বাণিজ্য", "শেয়ারবাজার"),
    "sport": ("খেলাধুলা", "ক্রীড়া", "ক্রীড়াঙ্গন", "মাঠে ময়দানে"),
    "tech": ("তথ্যপ্রযুক্তি", "বিজ্ঞান-প্রযুক্তি", "বিজ্ঞান", "আইটি", "টেক"),
    "education": ("শিক্ষাঙ্গন", "ক্যাম্পাস"),
    "jobs": ("চাকরির খবর", "চাকরি-বাকরি", "জবস", "ক্যারিয়ার"),
    "health": ("সুস্থতা",),
    "law": ("আইন-বিচার", "আদালত"),
    "expat": ("পরবাস", "প্রবাসের খবর", "দূর পরবাস"),
    "religion": ("ইসলাম", "ধর্ম-জীবন", "ইসলাম-জীবন"),
    "life": ("লাইফস্টাইল", "জীবনযাত্রা", "ভ্রমণ", "ফিচার"),
    "environment": ("পরিবেশ", "আবহাওয়া", "জলবায়ু"),
    "opinion": ("কলাম", "সম্পাদকীয়", "উপসম্পাদকীয়", "মুক্তমত", "মুক্তমঞ্চ"),
}

# What only publishers write: parts of a section, by which a reader means that part alone; and parts of addresses.
FILED: Final = {
    "top": (
        *("প্রথম পাতা", "টপ নিউজ", "লিড নিউজ"),
        *("lead", "lead-news", "top-news", "top-stories", "first-page", "front-page"),
    ),
    "bangladesh": ("bangladesh",),
    "politics": (
        *("বিএনপি", "জামায়াত", "নির্বাচন"),
        *("politics", "rajniti", "other-politics", "bnp", "jamaat", "jamat-e-islam", "awami-league", "election"),
    ),
    "country": (
        *("সারাবাংলা", "গ্রামবাংলা", "চট্টগ্রাম প্রতিদিন"),  # who asks for সারাবাংলা means the outlet of that name
        *("country", "country-news", "countrywide", "district", "saradesh", "whole-country", "daily-chittagong"),
    ),
    "capital": ("capital", "dhaka", "city"),
    "world": (
        *("এশিয়া", "ইউরোপ", "আফ্রিকা", "আমেরিকা", "মধ্যপ্রাচ্য"),
        *("world", "international", "foreign", "asia", "africa", "america", "europe", "middle-east"),
    ),
    "economy": (
        *("পুঁজিবাজার", "ব্যাংক", "ব্যাংক-বিমা", "ব্যাংক-বীমা", "বাজেট", "করপোরেট", "কর্পোরেট"),
        *("business", "economy", "economics", "finance", "stock", "trade", "commerce", "bank", "budget", "industry"),
        *("share-market", "stock-market", "capital-market", "personal-finance", "world-business", "corporate"),
        *("industry-and-trade", "money-and-investment", "business-economy", "power-and-fuel"),
    ),
    "sport": (
        *("ক্রিকেট", "ফুটবল", "টেনিস"),
        *("sports", "sport", "cricket", "football", "tennis", "other-sports"),
    ),
    "entertainment": (
        *("বলিউড", "হলিউড", "ঢালিউড", "টলিউড", "সিনেমা"),
        *("entertainment", "binodon", "bollywood", "hollywood", "dhallywood", "tollywood", "showbiz", "cinema"),
    ),
    "tech": (
        *("গ্যাজেট",),
        *("technology", "tech", "it", "ict", "science", "gadget", "tech-and-gadget", "science-technology"),
        *("scienceand-technology", "information-technology"),
    ),
    "education": ("পড়াশোনা", "education", "campus", "my-campus", "study"),
    "jobs": ("নিয়োগ", "jobs", "job", "career", "chakri", "job-circular"),
    "health": (
        *("স্বাস্থ্যকথা", "চিকিৎসা", "স্বাস্থ্য ও চিকিৎসা", "করোনাভাইরাস"),
        *("health", "medical", "coronavirus"),
    ),
    "law": ("কোর্ট", "law", "laws", "court", "law-court", "law-courts", "law-justice"),
    "crime": ("দুর্নীতি", "অপরাধ ও দুর্নীতি", "crime", "crime-corruption"),
    "expat": ("প্রবাস জীবন", "প্রবাসী", "probash", "diaspora", "expat", "exile"),
    "religion": (
        *("ইসলামি জীবন", "ইসলামী জীবন", "ধর্মচিন্তা"),
        *("religion", "islam", "religion-life", "islam-life", "islam-in-life"),
    ),
    "life": (
        *("ফ্যাশন", "রূপচর্চা", "রেসিপি", "পর্যটন"),
        *("lifestyle", "life", "feature", "features", "travel", "tourism", "fashion", "recipe"),
    ),
    "environment": ("পরিবেশ ও জলবায়ু", "environment", "weather", "climate", "environment-climate"),
    "opinion": (
        *("লেখকের কলাম", "মত-দ্বিমত", "অভিমত", "খোলা কলাম", "চিঠিপত্র", "উত্তর সম্পাদকীয়"),
        *("opinion", "opinions", "editorial", "sub-editorial", "post-editorial", "column", "columns"),
    ),
    "kolkata": ("kolkata",),
    "bengal": ("উত্তরবঙ্গ", "দক্ষিণবঙ্গ", "west-bengal", "bengal", "north-bengal", "south-bengal", "state", "states"),
    "india": ("india",),
}

# How readers write it in Roman letters, beside the key and the English label.
SPELLED: Final = {
    "top": ("prodhan khobor", "top news", "lead"),
    "bangladesh": ("national", "jatiyo", "jatio"),
    "politics": ("rajniti", "rajneeti", "rajnity", "razniti", "rajnoitik"),
    "country": ("saradesh", "sharadesh", "shara desh"),
    "capital": ("rajdhani", "rajdani"),
    "world": ("bissho", "bishwo", "bisso", "biswo", "bishsho", "bishso", "international", "antorjatik"),
    "economy": ("orthoniti", "arthoniti", "orthonity", "business", "banijjo", "banijyo", "babsha"),
    "sport": ("khela", "kheladhula", "khela dhula", "krira", "sports"),
    "entertainment": ("binodon", "binodan", "binodhon"),
    "tech": ("projukti", "prajukti", "proyukti", "projukty"),
    "education": ("shikkha", "shiksha", "sikkha", "siksha", "shikha"),
    "jobs": ("chakri", "chakuri", "cakri", "chakury", "job", "career"),
    "health": ("shastho", "sastho", "shasthyo", "sasthyo", "shashtho", "swasthya", "sasthya"),
    "law": ("ain adalot", "ain adalat", "adalot"),
    "crime": ("oporadh", "aparadh", "oporad"),
    "expat": ("probash", "prabash", "probas", "prabas", "porobash"),
    "religion": ("dhormo", "dhorma", "dharma"),
    "life": ("jibonjapon", "jibonjapan", "jiboonjapon", "lifestyle"),
    "environment": ("poribesh", "paribesh", "abohawa", "abhawa"),
    "opinion": ("motamot", "matamat", "motamoth", "sompadokiyo"),
    "kolkata": ("calcutta", "kalkata", "kolkatta"),
    "bengal": ("poshchimbongo", "poschimbongo", "paschimbanga", "poshchim bongo"),
    "india": ("bharot", "bharat", "varot"),
}

# What means another thing in another country.
IN_INDIA: Final = {
    "india": ("দেশ", "জাতীয়", "সারা দেশ", "রাজধানী", "nation", "national", "country", "country-news", "capital"),
    "bengal": ("রাজ্য", "বাংলা", "জেলা", "জেলার খবর", "district", "districts"),
    "kolkata": ("শহর", "মহানগর", "নগর", "city"),
    "bangladesh": ("ঢাকা", "dhaka"),
}
ELSEWHERE: Final = {
    "bangladesh": ("দেশ", "জাতীয়", "nation", "national"),
    "country": (
        *("জেলা", "দেশের খবর", "চট্টগ্রাম", "রাজশাহী", "খুলনা", "বরিশাল", "সিলেট", "রংপুর", "ময়মনসিংহ"),
        *("chattogram", "chittagong", "rajshahi", "khulna", "barishal", "barisal", "sylhet", "rangpur", "mymensingh"),
    ),
    "capital": ("শহর",),
    "bengal": ("রাজ্য",),
}
# Of those, what a reader who names no country means; শহর, জেলা and বাংলা are words like others then.
ANYWHERE: Final = {"bangladesh": ("জাতীয়", "দেশ"), "bengal": ("রাজ্য",)}
