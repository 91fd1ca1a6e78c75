"""Says how a text was understood, in words of the copy deck."""

from __future__ import annotations

from bot.values.wording import Wording

READ_AS = Wording("‘{typed}’ লিখেছেন, খোঁজা হয়েছে ‘{name}’।", "You typed ‘{typed}’; searched for ‘{name}’.")
BOTH = Wording("দুই বানানেই খোঁজা হয়েছে: {names}।", "Both spellings were searched: {names}.")
ONLY = Wording("শুধু ‘{name}’", "Only ‘{name}’")
ONE_NEAR = Wording("‘{q}’ নিয়ে কিছু পেলাম না। ‘{near}’ বোঝাতে চেয়েছেন?", "Nothing on ‘{q}’. Did you mean ‘{near}’?")
SEVERAL_NEAR = Wording("‘{q}’ নিয়ে কিছু পেলাম না। কোনটি বোঝাতে চেয়েছেন?", "Nothing on ‘{q}’. Which did you mean?")
WHICH = Wording("‘{typed}’ বলতে কোনটি?", "Which is ‘{typed}’?")
NOTHING = Wording(
    "‘{q}’ নিয়ে কিছু পেলাম না। আলোচিত বিষয় আর সর্বশেষ খবর নিচে।", "Nothing on ‘{q}’. Busy topics and the latest are below."
)
EMPTY = Wording(
    "এখনো কোনো খবর আসেনি। প্রথম খবর এলেই এখানে দেখাব।", "No news yet. The first story will show here as soon as it comes."
)
NAMES_KEPT = Wording("সব শব্দ একসঙ্গে পাওয়া যায়নি; ‘{name}’ নিয়ে খবর:", "Not all the words together; news on ‘{name}’:")
WORD_LEFT = Wording("‘{word}’ ছাড়া পাওয়া গেল:", "Found without ‘{word}’:")
APART = Wording("শব্দগুলো একই খবরে আছে, তবে পাশাপাশি নয়:", "The words are in one story, but not side by side:")
NOT_THIS_HEADLINE = Wording("হুবহু এ শিরোনাম নেই; সবচেয়ে কাছেরগুলো:", "Not this headline word for word; the nearest:")
NEAR_TEXT = Wording("এই লেখার কাছাকাছি খবর:", "Stories near this text:")
NOT_THIS_PAGE = Wording("এই পাতাটি এখানে নেই। {outlet} থেকে সর্বশেষ:", "This page is not here. The latest from {outlet}:")
NOT_THIS_SITE = Wording(
    "এই সাইটের খবর এখানে আসে না। শিরোনামের দু-তিনটি শব্দ লিখে খুঁজুন।",
    "News from this site does not come here. Search by two or three words of the headline.",
)
