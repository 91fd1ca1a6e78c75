"""Bengali text as hypothesis invents it.

It comes in order, in disorder, and mixed with everything else.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

DHAKA = ZoneInfo("Asia/Dhaka")

_PIECES = (
    *"কখতদনবযরলড়ঢ়য়শসহঅআইএৎ",
    *"ািীুূৃেৈোৌ্ৗ়ঁংঃ",
    *"।॥৷|?!….,;:-–—'\"‘’“”()[] \t\n০১২৩৪৫৬৭৮৯",
    *"\u200c\u200d\u200b\u00a0\u00ad\ufeff\u200e\r",
    *"abZé🇧🇩👩👨🏽\ufe0f\u0301",
    "ত্\u200d",
    "ক্ষ",
    "র\u200d্যা",
    "মো. ",
    "আপডেটঃ",
    "করেছেন। ",
    " বলেন, ",
    "\r\n",
)
tangled = st.lists(st.sampled_from(_PIECES), max_size=40).map("".join)
"""Pieces of Bengali in any order, right or wrong."""

texts = st.one_of(tangled, st.text(max_size=40), st.tuples(tangled, st.text(max_size=8)).map("".join))

moments = st.datetimes(datetime(1900, 1, 1), datetime(2199, 12, 31, 23, 59)).map(  # noqa: DTZ001 - the zone is added
    lambda moment: moment.replace(second=0, microsecond=0, tzinfo=DHAKA)
)
