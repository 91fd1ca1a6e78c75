"""Cards of other news are no article and none of one."""

from __future__ import annotations

import pytest

from bot.values.errors import ParseError
from tests.sources.test_kinds_page import BODY, ONE, THREE, TITLE, TWO, page, read

OTHER = "পাশের গ্রামে নতুন সেতুর কাজ শুরু হয়েছে, পর্ব {n}"
TEASER = "পাশের গ্রামে একটি সেতুর কাজ শুরু হয়েছে। এলাকার মানুষ এতে খুশি হয়েছেন বলে জানান। পর্ব {n}।"
FORMS = {
    "a link round the headline": '<div class="card"><a href="/n/{n}"><h3>{other}</h3></a><p>{teaser}</p></div>',
    "a link in the headline": '<div><h3><a href="/n/{n}">{other}</a></h3><p>{teaser}</p></div>',
    "a link round it all": '<a href="/n/{n}"><h4>{other}</h4><p>{teaser}</p></a>',
    "an article": '<article><h2><a href="/n/{n}">{other}</a></h2><span>২৮ নভেম্বর</span><p>{teaser}</p></article>',
    "a row of a list": '<li><a href="/n/{n}"><strong>{other}</strong></a><span>{teaser}</span></li>',
    "a cell": '<table><tr><td><a href="/n/{n}">{other}</a><br>{teaser}</td></tr></table>',
    "terms": '<dl><dt><a href="/n/{n}">{other}</a></dt><dd>{teaser}</dd></dl>',
    "a picture beside": '<div><a href="/n/{n}"><img src="/i.jpg"></a><a href="/n/{n}">{other}</a><p>{teaser}</p></div>',
}


def cards(form: str, count: int) -> str:
    return "".join(FORMS[form].format(n=n, other=OTHER.format(n=n), teaser=TEASER.format(n=n)) for n in range(count))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("count", [3, 12])
@pytest.mark.parametrize("above", [True, False])
def test_cards_beside_an_article_are_none_of_it(form: str, count: int, *, above: bool) -> None:
    article = f"<h1>{TITLE}</h1><div class=text>{BODY}</div>"
    beside = f"<div>{cards(form, count)}</div>"
    assert read(page(beside + article if above else article + beside)).body == (ONE, TWO, THREE)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("count", [5, 9])
def test_cards_alone_are_a_list(form: str, count: int) -> None:
    with pytest.raises(ParseError, match="list"):
        read(page(f"<h1>জেলার খবর</h1><div>{cards(form, count)}</div>", title="জেলা | খবরঘর"))


def test_a_name_linked_in_a_sentence_makes_no_card_of_it() -> None:
    sentences = [
        f'<p><span>{text}</span> <a href="/n/{n}"><span>পাঠাগারের সভাপতি রহিমা খাতুন</span></a><span> এ কথা বলেন।</span></p>'
        for n, text in enumerate((ONE, TWO, THREE, ONE, TWO))
    ]
    entry = read(page(f"<h1>{TITLE}</h1><article>{''.join(sentences[:3])}{BODY}</article>"))
    assert sum("রহিমা খাতুন" in paragraph for paragraph in entry.body) == len(sentences[:3])


@pytest.mark.parametrize("layout", ["<div><div>{}</div></div>", "<div>{}</div>"])
def test_a_sentence_that_ends_with_a_link_is_no_card(layout: str) -> None:
    begun = "<span>তদন্ত কমিটির {n} নম্বর প্রতিবেদনে বলা হয়েছে, সেতুর কাজে অনিয়মের জন্য দায়ী ছিলেন</span>"
    lines = [layout.format(begun.format(n=n) + f'<a href="/n/{n}">উপজেলার সাবেক প্রকৌশলী, পর্ব {n}</a>') for n in range(4)]
    entry = read(page(f"<h1>{TITLE}</h1><article>{''.join(lines)}{BODY}</article>"))
    assert sum("সাবেক প্রকৌশলী" in paragraph for paragraph in entry.body) == len(lines)
