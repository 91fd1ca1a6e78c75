"""A card that was taken back."""
# A first version to let others go on; the helper that owns this file replaces it.

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.messages import Heading, Message, Paragraph, Style, line

if TYPE_CHECKING:
    from datetime import datetime

    from bot.articles.view import View
    from bot.model import Article


def withdrawn(article: Article, reason: str, by: str, view: View, *, at: datetime, bot_name: str) -> Message:
    """Draw a withdrawal."""
    struck = Paragraph((line(article.headline, Style.STRUCK),))
    lines = Paragraph((line(f"কারণ: {reason}"), line(by or bot_name), line(view.moment(at))))
    return Message((Heading("🚫 খবরটি প্রত্যাহার করা হয়েছে"), struck, lines), brief=f"[প্রত্যাহার] {article.headline}")
