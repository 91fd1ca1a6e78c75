"""What feeds say of an item in their many ways."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles.text.boilerplate import is_excerpt
from bot.articles.text.teasers import cut_teaser
from bot.sources.pictures import largest, pictures_of
from tests.sources.test_kinds import TEXT, item, read, rss

if TYPE_CHECKING:
    from bot.values.articles import Entry

LARGE, SMALL = "https://i.example/large.jpg", "https://i.example/small.jpg"
NAME = "রহিমা খাতুন"
NOBODY = ("admin", "Web Admin", "editor", "By", "N/A", "-", "12", "অ্যাডমিন")
CUT = "মধুপুর গ্রামের তরুণেরা নদীর পাড়ে একটি পাঠাগার খুলেছেন। প্রথম দিনেই শতাধিক শিশু সেখানে এসে বই"


def entry(more: str = "", text: str = TEXT) -> Entry:
    return read(rss(item(more=f"<description><![CDATA[{text}]]></description>{more}"))).entries[0]


def media(address: str, side: str, pixels: int) -> str:
    return f'<media:content url="{address}" {side}="{pixels}" medium="image"/>'


ELEMENTS = [
    f"<media:group>{media(SMALL, 'width', 100)}{media(LARGE, 'width', 900)}</media:group>",
    media(SMALL, "height", 100) + media(LARGE, "height", 900),
    f'<media:thumbnail url="{SMALL}" width="75"/><media:content url="{LARGE}" medium="image"/>',
    f'<enclosure url="https://i.example/a.mp3" type="audio/mpeg"/><enclosure url="{LARGE}" type="image/jpeg"/>',
    f'<enclosure url="{LARGE}"/>',
    f"<image><url>{LARGE}</url></image>",
    f"<image>{LARGE}</image>",
    f'<image href="{LARGE}"/>',
    f'<img src="{LARGE}"/>',
    f"<imageurl>{LARGE}</imageurl>",
    f"<photo>{LARGE}</photo>",
    f"<featured_image>{LARGE}</featured_image>",
    media("https://i.example/logo.png", "width", 1200) + media(LARGE, "width", 300),
]
NOT_PICTURES = [
    '<img src="https://t.example/p.gif" width="1" height="1">',
    '<img src="https://t.example/p" height="1">',
    '<img src="https://t.example/p" style="width:1px;height:1px">',
    '<img src="https://t.example/p" style="display:none">',
    '<img src="https://pixel.wp.com/b.gif?host=x">',
    '<img src="https://ad.doubleclick.net/ddm/trackimp/x">',
    '<img src="https://s.w.org/images/core/emoji/72x72/1f600.png" class="wp-smiley">',
    '<img src="https://secure.gravatar.com/avatar/abc?s=96">',
    '<img src="https://khabar.example/assets/logo.png">',
    '<img src="https://khabar.example/no-image.png">',
    '<img src="/placeholder.jpg">',
    '<img src="data:image/gif;base64,R0lGOD">',
    '<img src="/icons/share.svg">',
    '<source src="https://i.example/film.mp4" type="video/mp4">',
]
LAZY = [
    f'<img src="/spacer.gif" data-src="{LARGE}">',
    f'<img src="/blank.gif" data-original="{LARGE}">',
    f'<img src="data:," data-lazy-src="{LARGE}">',
    f'<img src="{SMALL}" srcset="{SMALL} 300w, {LARGE} 1024w">',
    f'<img src="{SMALL}" srcset="{SMALL} 1x, {LARGE} 2x">',
    f'<img src="data:," data-srcset="{SMALL} 300w, {LARGE} 1024w">',
    f'<picture><source srcset="{LARGE} 1200w, {SMALL} 300w"><img src="{SMALL}"></picture>',
    f'<img src="{SMALL}" width="100" height="60"><img src="{LARGE}" width="800" height="450">',
    f"<IMG SRC='{LARGE}'>",
]


@pytest.mark.parametrize("more", ELEMENTS)
def test_the_largest_picture_that_an_item_gives(more: str) -> None:
    assert entry(more).image == LARGE


@pytest.mark.parametrize("before", ["", *NOT_PICTURES])
@pytest.mark.parametrize("picture", LAZY)
def test_the_largest_picture_of_a_text(before: str, picture: str) -> None:
    assert entry(text=f"{before}{picture} {TEXT}").image == LARGE


@pytest.mark.parametrize("html", NOT_PICTURES)
def test_no_picture_is_better_than_a_pixel(html: str) -> None:
    assert entry(text=f"{html} {TEXT}").image is None


@pytest.mark.parametrize(
    ("more", "byline"),
    [
        (f"<author>desk@khabar.example ({NAME})</author>", NAME),
        (f"<author>{NAME} &lt;r@khabar.example&gt;</author>", NAME),
        (f"<author>({NAME})</author>", NAME),
        (f"<author>By {NAME}</author>", NAME),
        (f"<author>প্রতিবেদক: {NAME}</author>", NAME),
        (f"<author><name>{NAME}</name></author>", NAME),
        ("<author>নিজস্ব প্রতিবেদক</author>", "নিজস্ব প্রতিবেদক"),
        ("<author>desk@khabar.example</author>", None),
        ("<author>noreply@blogger.com (Unknown)</author>", None),
        ("<author>খবরঘর</author>", None),
        ("<author>https://khabar.example/author/1</author>", None),
        *((f"<author>{name}</author>", None) for name in NOBODY),
    ],
)
def test_who_wrote_it(more: str, byline: str | None) -> None:
    assert entry(more).byline == byline


BUTTONS = [
    "... বিস্তারিত", "... বিস্তারিত পড়ুন", "… আরও পড়ুন", "...আরো পড়ুন", "... পুরো খবর", "... পুরো খবর পড়ুন", "... বিশদে পড়ুন",
    "... সম্পূর্ণ পড়ুন »", "... বাকি অংশ পড়ুন", "... সবিস্তারে", "... পড়তে ক্লিক করুন", "... পড়তে থাকুন", "... পড়া চালিয়ে যান",
    "... এখানে ক্লিক করুন", "... বিস্তারিত কমেন্টে", "… বিস্তারিত লিংকে", "... সংবাদটি পড়ুন", "... মূল খবর", "... Read more",
    "… Read More »", "... Read more →", "... Continue reading", "... More", "... View full article", "... Full story",
    "... click here", "... [Read more…]", "... (আরও পড়ুন...)", "[…]", "[&hellip;]", "&hellip;", "(more…)", "...»",
]  # fmt: skip
ENDS = [
    "পুলিশ বিস্তারিত জানায়নি।", "তিনি বলেন, আরও পড়ুন, আরও জানুন।", "বাকিটা ইতিহাস।", "এটিই পুরো খবর।", "তিনি বললেন, দেখুন।",
    "ঘটনার বিস্তারিত জানতে তদন্ত চলছে।", "এ নিয়ে আরও দুই মামলা হয়েছে।",
]  # fmt: skip


@pytest.mark.parametrize("button", BUTTONS)
@pytest.mark.parametrize("between", ["", "</p><p>"])
def test_the_words_of_a_button_go_and_leave_an_excerpt(button: str, between: str) -> None:
    body = entry(text=f"<p>{CUT}{between}{button}</p>").body
    assert body == (f"{CUT}…",)
    assert is_excerpt(body)


@pytest.mark.parametrize("end", ENDS)
def test_a_sentence_with_a_buttons_words_is_no_button(end: str) -> None:
    assert entry(text=f"<p>{TEXT} {end}</p>").body == (f"{TEXT} {end}",)


def test_a_short_link_to_the_item_itself_is_a_button_whatever_it_says() -> None:
    body = entry(text=f'<p>{TEXT}</p><p><a href="https://khabar.example/1">এদিকে আসুন</a></p>').body
    assert body == (f"{TEXT}…",)


def test_the_outlet_that_an_aggregator_names_is_the_outlet() -> None:
    found = read(rss(item(title="পাঠাগার খুলল - নদীবার্তা", more='<source url="https://n.example">নদীবার্তা</source>')))
    assert (found.entries[0].title, found.entries[0].publisher) == ("পাঠাগার খুলল", "নদীবার্তা")


_PIECES = st.sampled_from([*BUTTONS, *ENDS, CUT, "…", "...", "»", "[", "(", "পড়ুন", "আরও", " ", "।"])


@given(st.lists(st.lists(_PIECES, max_size=4).map(" ".join), max_size=4))
def test_a_teaser_is_cut_once(paragraphs: list[str]) -> None:
    once = cut_teaser(paragraphs)
    assert len(once) <= len(paragraphs)
    assert once[:-1] == paragraphs[: max(0, len(once) - 1)]


_TAGS = st.sampled_from(
    ["<img ", "<source ", "src=", "srcset='", '"', "'", ">", "width=", "1", "900", "w, ", "x", LARGE, "data-src=", " "]
)


@given(st.one_of(st.text(max_size=80), st.lists(_TAGS, max_size=25).map("".join)))
def test_any_html_has_a_picture_or_none(html: str) -> None:
    assert largest(pictures_of(html)) is None or largest(pictures_of(html))
