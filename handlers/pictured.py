"""Draws a card as the console shows it, for the documents."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.articles.card.card import card
from bot.articles.card.view import View
from bot.articles.draft import make_draft
from bot.intake import first_run
from bot.values.articles import DHAKA, Article, FullText, Outlet
from bot.values.chats import CardStyle, Language
from handlers.platforms.console.adapter import TRAITS
from handlers.platforms.console.render import render

NOW = datetime(2026, 4, 14, 12, 12, tzinfo=UTC)
COLOURS = {"": "#d7dae0", "strong": "#ffffff", "dim": "#8b93a1", "link": "#7aa2f7"}
FONTS = "Noto Sans Bengali, Hind Siliguri, Nirmala UI, Bangla Sangam MN, sans-serif"
FONT, LEADING, MARGIN, WIDTH = 16, 27, 28, 760


def sample_article() -> Article:
    """Return the article that the picture shows.

    The samples' second, as it would be stored.
    """
    draft = make_draft(first_run.samples(NOW)[1], "1", NOW)
    return Article(
        id=1,
        source_id=1,
        revision=1,
        headline=draft.headline,
        body=draft.body,
        summary=draft.summary,
        first_seen=NOW,
        outlet=Outlet(1, *first_run.OUTLET),
        wire_sources=draft.wire_sources,
        tags=draft.tags,
        published=NOW,
        full_text=FullText.ALLOWED,
    )


def card_svg() -> str:
    """Draw a card as the console shows it.

    A browser shapes the Bengali with the reader's own fonts.
    """
    view = View(Language.BANGLA, ZoneInfo(DHAKA), NOW, TRAITS)
    lines = render(card(sample_article(), CardStyle.SUMMARY, view, position=1), Language.BANGLA)
    height = 2 * MARGIN + LEADING * len(lines)
    drawn = []
    for index, line in enumerate(lines):
        weight = ' font-weight="700"' if line.style == "strong" else ""
        # Indents and the gap behind a number are columns: what stands between runs of spaces is drawn at its own.
        for run in re.finditer(r"\S+(?: \S+)*", line.text):
            x, y = MARGIN + run.start() * FONT * 0.6, MARGIN + LEADING * index + FONT
            fill = COLOURS[line.style]
            drawn.append(f'  <text x="{x:g}" y="{y:g}" fill="{fill}"{weight}>{html.escape(run[0])}</text>')
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}"',
            f'     font-family="{FONTS}" font-size="{FONT}">',
            f"  <title>{html.escape(sample_article().headline)}</title>",
            f'  <rect width="{WIDTH}" height="{height}" rx="10" fill="#1b1e25"/>',
            *drawn,
            "</svg>",
            "",
        ]
    )
