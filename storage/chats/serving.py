"""Decides which account serves a chat.

A chat's own row has the account that it met last; the table `reaches` has those before it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.values.chats import ChatKind, ChatState, Preferences
from bot.values.delivery import Why
from storage.chats import moved, persons
from storage.driver.connection import micros
from storage.rows import chat_rows

if TYPE_CHECKING:
    from datetime import datetime

    from bot.values.chats import Chat, Target
    from storage.driver.connection import Connection

_STOPPED = "stopped"
"""What a chat's own people chose holds for every account (bot.subscriptions.choosing)."""


async def find(db: Connection, target: Target) -> Chat | None:
    """Return the chat at that address.

    An address that the chat had before it moved counts too. A person's inbox that is known by its channel alone, from
    before persons were kept, is theirs.
    """
    at = "platform = ? AND external_id = ?"
    row = await db.row(f"{chat_rows.SELECT} WHERE {at}", target.platform, target.external_id) or await db.row(
        f"{chat_rows.SELECT} WHERE c.id = (SELECT chat_id FROM chat_aliases WHERE {at})",
        *(target.platform, target.external_id),
    )
    return chat_rows.CHAT.read(row) if row else await _by_channel(db, target)


async def _by_channel(db: Connection, target: Target) -> Chat | None:
    if not target.address:
        return None
    row = await db.row(
        f"{chat_rows.SELECT} WHERE platform = ? AND external_id = ? AND kind = ? AND person_id IS NULL",
        *(target.platform, target.address, ChatKind.PRIVATE.value),
    )
    return chat_rows.CHAT.read(row) if row else None


def is_met(chat: Chat, target: Target) -> bool:
    """Tell whether a target's account serves the chat by that address."""
    return target.account in ("", chat.account) and target.address in ("", chat.address)


async def meet(db: Connection, target: Target, kind: ChatKind, now: datetime) -> Chat:
    """Let an account serve a chat from now on.

    It is made with the defaults if it is new; what waits goes with it.
    """
    person_id = await persons.ensure(db, target) if kind is ChatKind.PRIVATE else None
    chat = await find(db, target)
    if chat is None:
        await db.rows(
            "INSERT INTO accounts (name, platform) SELECT ?, ? WHERE ? <> 'console' ON CONFLICT DO NOTHING",
            *(_account(target), target.platform, target.platform),
        )
        await db.rows(
            "INSERT INTO chats (platform, external_id, account, address, kind, person_id, language, zone, created_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            *(target.platform, target.external_id, _account(target), target.address, kind.value, person_id),
            *(Preferences().language.value, Preferences().zone, micros(now)),
        )
    else:
        await _serve(db, chat, target, person_id, now)
    made = await find(db, target)
    if made is None:
        raise RuntimeError("a chat that was just made is not there")
    return made


async def _serve(db: Connection, chat: Chat, target: Target, person_id: int | None, now: datetime) -> None:
    if chat.external_id == target.address:
        await moved.move(db, chat, target.external_id, reached=True)
        await db.rows("UPDATE chats SET person_id = ? WHERE id = ?", person_id, chat.id)
    if target.account not in ("", chat.account):
        await _hand_over(db, chat, target.account, now)
    if target.address:
        await db.rows("UPDATE chats SET address = ? WHERE id = ?", target.address, chat.id)


async def _hand_over(db: Connection, chat: Chat, account: str, now: datetime) -> None:
    await db.rows(
        "INSERT INTO reaches (account, chat_id, address, state, reason, since) "
        "SELECT account, id, address, state, reason, since FROM chats WHERE id = ? "
        "ON CONFLICT (account, chat_id) DO UPDATE SET "
        "(address, state, reason, since) = (excluded.address, excluded.state, excluded.reason, excluded.since)",
        chat.id,
    )
    known = await db.row("DELETE FROM reaches WHERE account = ? AND chat_id = ? RETURNING address", account, chat.id)
    await db.rows(
        "UPDATE deliveries SET account = ?, due_at = 0 WHERE chat_id = ? AND state = 'waiting' AND message_id IS NULL",
        *(account, chat.id),
    )
    # Who writes to a bot can be written to by it.
    await db.rows(
        "UPDATE chats SET account = ?, address = ?, not_before = NULL, "
        "since = CASE WHEN reason = ? THEN since ELSE ? END, "
        "state = CASE WHEN reason = ? THEN state ELSE 'active' END, "
        "reason = CASE WHEN reason = ? THEN reason ELSE '' END WHERE id = ?",
        *(account, known[0] if known else "", _STOPPED, micros(now), _STOPPED, _STOPPED, chat.id),
    )


async def set_state(  # noqa: PLR0917 - which chat is in which state, why and since when, for whom
    db: Connection, chat_id: int, state: ChatState, reason: str, now: datetime, account: str = ""
) -> None:
    """Change a chat's state, with what follows for its rows.

    If ``account`` served the chat before, only its own state changes.
    """
    known = "(SELECT account FROM chats WHERE id = ?)"
    why = Why.GONE if state is ChatState.GONE else Why.STOPPED
    former = bool(account) and await db.row(f"SELECT 1 WHERE {known} <> ?", chat_id, account) is not None
    if state is not ChatState.ACTIVE:
        await drop_waiting(db, chat_id, why, account if former else "")
    if former:
        await db.rows(
            "UPDATE reaches SET state = ?, reason = ?, since = ? WHERE account = ? AND chat_id = ?",
            *(state.value, reason, micros(now), account, chat_id),
        )
    else:
        await db.rows(
            "UPDATE chats SET state = ?, reason = ?, since = ? WHERE id = ? AND state <> ?",
            *(state.value, reason, micros(now), chat_id, state.value),
        )


async def drop_waiting(db: Connection, chat_id: int, reason: Why, account: str = "") -> None:
    """Give up what waits for a chat.

    With ``account``, give up only what that one has for it.
    """
    await db.rows(
        "UPDATE deliveries SET state = CASE WHEN message_id IS NULL THEN 'dropped' ELSE 'sent' END, "
        "reason = ?, owner = NULL "
        "WHERE chat_id = ? AND state = 'waiting' AND ? IN ('', account)",
        *(reason.value, chat_id, account),
    )


def _account(target: Target) -> str:
    return target.account or target.platform
