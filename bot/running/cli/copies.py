"""What `khobor backup` and `khobor restore` say."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from bot.values.backups import Contents, Restoration

MEGABYTE, GIGABYTE = 10**6, 10**9


def written(file: Path, contents: Contents) -> str:
    """Say what was written, and how it is to be kept."""
    return (
        f"Written: {file}, {in_bytes(contents.size)}: {_counts(contents)}.\n"
        "It holds no tokens. It does hold who reads what: keep it as you keep the database."
    )


def restored(restoration: Restoration) -> str:
    """Say what is in place now, and what readers may notice."""
    contents, left = restoration.contents, restoration.left
    waited = f"{left:,} {'delivery that waited goes' if left == 1 else 'deliveries that waited go'} into digests"
    at = f"{_local(contents.taken_at):%H:%M}"
    again = (
        f"\nPeople who deleted their data after {at} are in this copy: {restoration.erased:,} found in the list kept "
        "beside it and deleted again."
    )
    return (
        f"Restored: {_counts(contents)}. {waited}.\n"
        f"News sent after {at} may come once more in a digest. Feeds are looked at as if for the first time."
        f"{again if restoration.erased else ''}"
    )


def in_bytes(size: int) -> str:
    """Print a size as people say it."""
    if size >= GIGABYTE:
        return f"{size / GIGABYTE:.1f} GB"
    return f"{size / MEGABYTE:,.0f} MB" if size >= 10 * MEGABYTE else f"{size / MEGABYTE:.1f} MB"


def _counts(contents: Contents) -> str:
    moment = _local(contents.taken_at)
    return (
        f"{contents.stories:,} {'story' if contents.stories == 1 else 'stories'}, "
        f"{contents.chats:,} {'chat' if contents.chats == 1 else 'chats'}, up to {moment.day} {moment:%b %Y, %H:%M}"
    )


def _local(moment: datetime) -> datetime:
    """Take the machine's own zone, as everything else that its operator reads."""
    return moment.astimezone()
