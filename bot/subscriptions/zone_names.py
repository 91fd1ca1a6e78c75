"""Lists time zones by their cities, as readers and settings name them."""

from types import MappingProxyType

from bot.values.articles import DHAKA
from bot.values.wording import Wording

NAMES = {
    DHAKA: Wording("ঢাকা", "Dhaka"),
    "Asia/Kolkata": Wording("কলকাতা", "Kolkata"),
    "Asia/Riyadh": Wording("রিয়াদ", "Riyadh"),
    "Asia/Dubai": Wording("দুবাই", "Dubai"),
    "Asia/Kuala_Lumpur": Wording("কুয়ালালামপুর", "Kuala Lumpur"),
    "Europe/London": Wording("লন্ডন", "London"),
    "America/New_York": Wording("নিউইয়র্ক", "New York"),
}
"""Zones that the settings offer."""
OTHERS = {
    "Asia/Qatar": Wording("দোহা", "Doha"),
    "Asia/Muscat": Wording("মাসকাট", "Muscat"),
    "Asia/Kuwait": Wording("কুয়েত", "Kuwait"),
    "Europe/Rome": Wording("রোম", "Rome"),
    "America/Chicago": Wording("শিকাগো", "Chicago"),
    "America/Denver": Wording("ডেনভার", "Denver"),
    "America/Los_Angeles": Wording("লস অ্যাঞ্জেলেস", "Los Angeles"),
    "America/Anchorage": Wording("অ্যাংকোরেজ", "Anchorage"),
    "Pacific/Honolulu": Wording("হনলুলু", "Honolulu"),
    "Europe/Athens": Wording("এথেন্স", "Athens"),
    "Asia/Tehran": Wording("তেহরান", "Tehran"),
    "Asia/Kabul": Wording("কাবুল", "Kabul"),
    "Asia/Karachi": Wording("করাচি", "Karachi"),
    "Asia/Kathmandu": Wording("কাঠমান্ডু", "Kathmandu"),
    "Asia/Yangon": Wording("ইয়াঙ্গুন", "Yangon"),
    "Asia/Bangkok": Wording("ব্যাংকক", "Bangkok"),
    "Asia/Singapore": Wording("সিঙ্গাপুর", "Singapore"),
    "Asia/Tokyo": Wording("টোকিও", "Tokyo"),
    "Australia/Darwin": Wording("ডারউইন", "Darwin"),
    "Australia/Sydney": Wording("সিডনি", "Sydney"),
    "Pacific/Noumea": Wording("নুমেয়া", "Noumea"),
    "Pacific/Auckland": Wording("অকল্যান্ড", "Auckland"),
    "Pacific/Apia": Wording("আপিয়া", "Apia"),
    "Atlantic/Azores": Wording("অ্যাজোরেস", "Azores"),
    "America/Sao_Paulo": Wording("সাও পাওলো", "Sao Paulo"),
    "America/St_Johns": Wording("সেন্ট জনস", "St. John's"),
    "America/Halifax": Wording("হ্যালিফ্যাক্স", "Halifax"),
    "America/Toronto": Wording("টরন্টো", "Toronto"),
    "Pacific/Pago_Pago": Wording("পাগো পাগো", "Pago Pago"),
}
"""Zones that an hour or a country leads to."""
AMERICAN = (
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "America/Anchorage",
    "Pacific/Honolulu",
)
WORLD = (
    *("Europe/Rome", "Europe/London", "Europe/Athens", "Asia/Riyadh", "Asia/Dubai", "Asia/Tehran", "Asia/Kabul"),
    *("Asia/Karachi", "Asia/Kolkata", "Asia/Kathmandu", DHAKA, "Asia/Yangon", "Asia/Bangkok", "Asia/Singapore"),
    *("Asia/Tokyo", "Australia/Darwin", "Australia/Sydney", "Pacific/Noumea", "Pacific/Auckland", "Pacific/Apia"),
    *("Atlantic/Azores", "America/Sao_Paulo", "America/St_Johns", "America/Halifax", *AMERICAN, "Pacific/Pago_Pago"),
)
"""A zone for each hour of the world, those first where more readers of Bengali live."""
ALSO = MappingProxyType(
    {
        **dict.fromkeys(("বাংলাদেশ", "bangladesh"), DHAKA),
        **dict.fromkeys(("ভারত", "india", "দিল্লি", "delhi", "পশ্চিমবঙ্গ"), "Asia/Kolkata"),
        **dict.fromkeys(("সৌদি আরব", "সৌদি", "saudi arabia", "জেদ্দা", "jeddah", "মক্কা", "mecca"), "Asia/Riyadh"),
        **dict.fromkeys(("আমিরাত", "আবুধাবি", "uae", "abu dhabi"), "Asia/Dubai"),
        **dict.fromkeys(("মালয়েশিয়া", "malaysia"), "Asia/Kuala_Lumpur"),
        **dict.fromkeys(("যুক্তরাজ্য", "uk"), "Europe/London"),
        **dict.fromkeys(("নিউ ইয়র্ক", "nyc"), "America/New_York"),
        **dict.fromkeys(("কাতার", "দোহা"), "Asia/Qatar"),
        "ওমান": "Asia/Muscat",
    }
)
"""Countries, and other spellings of cities."""
