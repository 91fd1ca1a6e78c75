"""Lists the words that portals print beside an article.

They were seen on Bengali pages, and stand here with their spelling variants as people write them: labels.py brings both
sides to one normal form before it compares.
"""

from __future__ import annotations

# What is printed before the moment of publication.
PUBLISHED = (
    "প্রকাশ", "প্রকাশিত", "প্রকাশিত হয়েছে", "প্রকাশের সময়", "প্রকাশের তারিখ", "প্রকাশকাল", "প্রকাশ কাল",
    "প্রকাশ সময়", "প্রকাশিত সময়", "প্রকাশনার সময়", "প্রথম প্রকাশ", "পোস্ট", "পোস্ট করা হয়েছে", "পোস্টের সময়",
    "পোষ্ট", "তারিখ", "published", "published on", "published at", "publish date", "publish", "posted", "posted on",
    "date",
)  # fmt: skip

# What is printed before the moment of the last change.
UPDATED = (
    "আপডেট", "আপডেটেড", "আপডেট সময়", "আপডেটের সময়", "আপডেট টাইম", "সর্বশেষ আপডেট", "শেষ আপডেট",
    "আপডেট করা হয়েছে", "হালনাগাদ", "সর্বশেষ হালনাগাদ", "হালনাগাদ করা হয়েছে", "সংশোধিত", "সর্বশেষ সংশোধন",
    "পরিমার্জিত", "updated", "update", "updated on", "updated at", "last update", "last updated", "modified",
    "last modified",
)  # fmt: skip

# A clock of the page, not of the article: when it was printed, or what day it is.
CLOCK = (
    "প্রিন্ট", "প্রিন্টের সময়", "প্রিন্টের তারিখ", "মুদ্রণের সময়", "আজ", "এখন সময়", "print date", "printed on",
    "print",
)  # fmt: skip

# Whom the article itself names as its source; always with a colon or a slash behind.
WIRE = (
    "সূত্র", "সুত্র", "সূত্রসমূহ", "তথ্যসূত্র", "তথ্যসুত্র", "তথ্য সূত্র", "তথ্য সুত্র", "খবর সূত্র", "সংবাদ সূত্র",
    "সোর্স", "খবর", "সৌজন্যে", "source", "sources", "via",
)  # fmt: skip

TAGS = (
    "ট্যাগ", "ট্যাগস", "ট্যাগস্", "ট্যাগ সমূহ", "ট্যাগসমূহ", "ট্যাগগুলো", "বিষয়", "বিষয়সমূহ", "বিষয় সমূহ",
    "সম্পর্কিত বিষয়", "সম্পর্কিত ট্যাগ", "এ সম্পর্কিত বিষয়", "এই বিষয়ে", "বিষয়বস্তু", "টপিক", "টপিকস",
    "কি-ওয়ার্ড", "কীওয়ার্ড", "tag", "tags", "topic", "topics", "keywords",
)  # fmt: skip

BYLINE = (
    "লেখক", "লেখা", "লিখেছেন", "প্রতিবেদক", "প্রতিবেদন", "রিপোর্ট", "রিপোর্টার", "সংবাদদাতা", "by", "author",
    "written by", "reported by", "reporter", "writer",
)  # fmt: skip

# From here on it is not the article any more.
AUTHOR_BOX = (
    "লেখক সম্পর্কে তথ্য", "লেখক সম্পর্কে", "লেখক পরিচিতি", "লেখকের তথ্য", "লেখকের অন্যান্য লেখা",
    "প্রতিবেদক সম্পর্কে", "about the author", "about author", "author info", "author archives", "view all posts",
)  # fmt: skip

MORE_NEWS = (
    "এ জাতীয় আরো খবর", "এ জাতীয় আরও খবর", "এ জাতীয় আরো সংবাদ", "এ জাতীয় আরও সংবাদ", "এই জাতীয় আরো খবর",
    "এই জাতীয় আরও খবর", "এই বিভাগের আরো খবর", "এই বিভাগের আরও খবর", "এ বিভাগের আরো খবর", "এ বিভাগের আরও খবর",
    "এই ক্যাটাগরির আরো খবর", "এই ক্যাটাগরির আরও খবর", "এই বিভাগের আরো সংবাদ", "এ বিভাগের অন্যান্য সংবাদ",
    "এই বিভাগের অন্যান্য খবর", "এ সম্পর্কিত খবর", "এ সম্পর্কিত আরও খবর", "এ সম্পর্কিত আরো খবর", "এ বিষয়ে আরও খবর",
    "সম্পর্কিত খবর", "সম্পর্কিত সংবাদ", "সংশ্লিষ্ট খবর", "আরও খবর", "আরো খবর", "আরও সংবাদ", "আরো সংবাদ",
    "অন্যান্য খবর", "অন্যান্য সংবাদ", "সর্বশেষ খবর", "সর্বশেষ সংবাদ", "সর্বশেষ", "জনপ্রিয় সংবাদ", "জনপ্রিয় খবর",
    "সর্বাধিক পঠিত", "পাঠকপ্রিয়", "পাঠকের পছন্দ", "শীর্ষ সংবাদ", "আপনার জন্য নির্বাচিত", "আগের সংবাদ",
    "পরের সংবাদ", "পূর্ববর্তী খবর", "পরবর্তী খবর", "পূর্ববর্তী নিবন্ধ", "পরবর্তী নিবন্ধ", "আগের খবর", "পরের খবর",
    "related news", "related posts", "related articles", "related stories", "more news", "latest news",
    "popular news", "most read", "most popular", "you may also like", "recent posts", "previous post", "next post",
    "previous article", "next article", "references", "visible links",
)  # fmt: skip

COMMENT = (
    "মন্তব্য", "মন্তব্য করুন", "মন্তব্যসমূহ", "মন্তব্য সমূহ", "মন্তব্য লিখুন", "আপনার মন্তব্য",
    "আপনার মন্তব্য লিখুন", "আপনার মতামত", "আপনার মতামত দিন", "আপনার মতামত লিখুন", "মতামত দিন", "পাঠকের মতামত",
    "পাঠকের মন্তব্য", "মন্তব্য বন্ধ", "জবাব দিন", "উত্তর বাতিল", "leave a reply", "leave a comment", "cancel reply",
    "comments", "post a comment", "add a comment", "comments are closed",
)  # fmt: skip
# Opens a comment form, whatever follows.
COMMENT_OPENING = (
    "আপনার ই-মেইল এ্যাড্রেস প্রকাশিত হবে না", "আপনার ইমেইল প্রকাশ করা হবে না",
    "your email address will not be published",
)  # fmt: skip

# The imprint at the foot of every page; the second table is one only before a colon, or in a line of its own.
IMPRINT_SURELY = (
    "©", "সর্বস্বত্ব", "স্বত্ব ©", "কপিরাইট ©", "সম্পাদক:", "সম্পাদক :", "প্রকাশক:", "প্রকাশক :", "বার্তা সম্পাদক:",
    "all rights reserved", "copyright ©",
)  # fmt: skip
IMPRINT = (
    "কপিরাইট", "সম্পাদক ও প্রকাশক", "সম্পাদক এবং প্রকাশক", "প্রকাশক ও সম্পাদক", "ভারপ্রাপ্ত সম্পাদক", "প্রধান সম্পাদক",
    "নির্বাহী সম্পাদক", "উপদেষ্টা সম্পাদক", "কারিগরি সহযোগিতা", "কারিগরি সহায়তা", "ডিজাইন ও ডেভেলপ",
    "ডিজাইন ও কারিগরি", "বার্তা কক্ষ", "copyright", "design & developed", "designed by", "developed by", "powered by",
)  # fmt: skip

# A headline of another article follows, on this line or the next.
READ_MORE = (
    "আরও পড়ুন", "আরো পড়ুন", "আরও পড়ুনঃ", "পড়ুন আরও", "আরও দেখুন", "আরো দেখুন", "আরও জানুন", "আরো জানুন",
    "এটাও পড়ুন", "এছাড়াও পড়ুন", "বিস্তারিত পড়ুন", "আরও শুনুন", "দেখুন ভিডিও", "ভিডিও দেখুন", "read more",
    "also read", "read also", "see also", "continue reading", "more",
)  # fmt: skip

# A line that is made of nothing but these is a row of buttons. One is spelt in two, for a search for the names of chat
# platforms is to find none in the core.
SHARE = (
    "শেয়ার", "শেয়ার করুন", "শেয়ার করতে ক্লিক করুন", "সংবাদটি শেয়ার করুন", "নিউজটি শেয়ার করুন",
    "খবরটি শেয়ার করুন", "পোস্টটি শেয়ার করুন", "এই সংবাদটি শেয়ার করুন", "সোশ্যাল মিডিয়ায় শেয়ার করুন",
    "ফেসবুকে শেয়ার করুন", "আপনার বন্ধুদের সাথে শেয়ার করুন", "শেয়ার দিন", "ফেসবুক", "টুইটার", "এক্স",
    "হোয়াটসঅ্যাপ", "মেসেঞ্জার", "লিংকডইন", "ইমো", "টেলিগ্রাম", "পিন্টারেস্ট", "ইউটিউব", "ইনস্টাগ্রাম", "ইমেইল",
    "ই-মেইল", "প্রিন্ট", "প্রিন্ট করুন", "প্রিন্ট সংস্করণ", "পিডিএফ", "কপি লিংক", "লিংক কপি করুন", "কপি", "লিংক",
    "ফলো করুন", "অনুসরণ করুন", "গুগল নিউজ", "সংরক্ষণ করুন", "সেভ করুন", "অ+", "অ-", "অ", "a+", "a-", "ফন্ট সাইজ",
    "+", "-", "|", "share", "share this", "share on", "tweet", "facebook", "twitter", "x", "whatsapp", "messenger",
    "linkedin", ("tele" "gram"), "pinterest", "viber", "email", "print", "pdf", "copy link", "copy", "save", "follow",
    "google news", "follow us", "শুনুন", "listen",
)  # fmt: skip

PHOTO = (
    "ছবি", "ফাইল ছবি", "ছবি সংগৃহীত", "সংগৃহীত ছবি", "ছবিঃ", "প্রতীকী ছবি", "ফাইল ফটো", "গ্রাফিকস", "গ্রাফিক্স",
    "অলংকরণ", "ইলাস্ট্রেশন", "ভিডিও থেকে নেওয়া", "ছবি সৌজন্য", "photo", "photo credit", "image", "file photo",
    "video",
)  # fmt: skip

# How to reach the desk, at the end of scraped text.
CONTACT = ("ই-মেইল", "ইমেইল", "ই–মেইল", "email", "e-mail", "ফোন", "মোবাইল", "বিজ্ঞাপন", "ফ্যাক্স", "যোগাযোগ")

# Sentences that portals set under an article.
NOTICES = (
    "মতামত লেখকের নিজস্ব", "মতামত লেখকের নিজস্ব।", "এই লেখার মতামত লেখকের নিজস্ব", "বিজ্ঞাপন", "advertisement",
    "হ্যাঁ না", "the post", "hi", "মেনু",
)  # fmt: skip

# Who wrote it, without a name: all words that may stand in such a line (ঢাকা অফিস, জ্যেষ্ঠ ক্রীড়া প্রতিবেদক).
ROLE_NOUNS = (
    "প্রতিবেদক", "প্রতিনিধি", "রিপোর্টার", "রিপোর্ট", "ডেস্ক", "সংবাদদাতা", "করেসপন্ডেন্ট", "করসপন্ডেন্ট", "ব্যুরো",
    "ব্যুরো চিফ", "অফিস", "প্রতিবেদন", "নিউজরুম", "বার্তাকক্ষ", "বার্তা কক্ষ", "টিম", "এডমিন", "অ্যাডমিন",
    "সম্পাদকীয়", "এডিটর", "সম্পাদক", "admin", "administrator", "desk", "reporter", "correspondent", "staff",
    "editor", "newsroom", "bureau", "team", "web", "report", "online",
)  # fmt: skip

# Sections of newspapers, printed alone above a text.
SECTIONS = (
    "জাতীয়", "রাজনীতি", "আন্তর্জাতিক", "বিশ্ব", "সারাদেশ", "সারা দেশ", "দেশজুড়ে", "সারাবাংলা", "বাংলাদেশ", "দেশ",
    "রাজধানী", "অর্থনীতি", "বাণিজ্য", "অর্থ-বাণিজ্য", "খেলা", "খেলাধুলা", "ক্রিকেট", "ফুটবল", "বিনোদন", "শিক্ষা",
    "শিক্ষাঙ্গন", "ক্যাম্পাস", "স্বাস্থ্য", "তথ্যপ্রযুক্তি", "তথ্য-প্রযুক্তি", "প্রযুক্তি", "বিজ্ঞান", "লাইফস্টাইল",
    "জীবনযাপন", "মতামত", "সম্পাদকীয়", "উপসম্পাদকীয়", "কলাম", "ধর্ম", "ইসলাম", "চাকরি", "প্রবাস", "আইন-আদালত",
    "আইন ও বিচার", "অপরাধ", "সাহিত্য", "ফিচার", "ভ্রমণ", "পরিবেশ", "কৃষি", "নারী", "অন্যান্য", "ভিডিও", "national",
    "politics", "international", "world", "sports", "entertainment", "business", "economy", "opinion", "education",
)  # fmt: skip
