from __future__ import annotations

import pytest

from bot.running.settings import load
from bot.values.errors import SettingsError
from handlers.platforms import platforms
from handlers.platforms.discord.account import DiscordAccount
from handlers.platforms.discord.facts import Forum, forum_tags
from handlers.platforms.discord.settings import OFFICIAL, DiscordSettings


def test_a_token_is_all_it_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    kind = platforms()["discord"]
    monkeypatch.delenv("DISCORD_BOT_TOKEN", raising=False)
    assert not kind.configured()
    monkeypatch.setenv("DISCORD_BOT_TOKEN", "secret")
    assert kind.configured()
    settings = load(DiscordSettings)
    assert (settings.discord_api_base, settings.discord_gateway_url) == (OFFICIAL, "")
    assert not settings.discord_message_content
    assert "secret" not in repr(settings)
    assert kind.pace() == DiscordAccount.pace
    assert (kind.pace().per_second or 0) < 50


@pytest.mark.parametrize(("name", "value"), [("DISCORD_API_BASE", "ftp://x"), ("DISCORD_GATEWAY_URL", "https://x")])
def test_an_address_of_another_kind_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=name):
        load(DiscordSettings)


def _forum(*names: str, require: bool = False) -> Forum:
    return Forum("70", "77", "5", tuple((str(at), name) for at, name in enumerate(names)), require)


def test_a_forum_gets_those_of_its_tags_that_fit() -> None:
    assert forum_tags(_forum("খেলা", "বিশ্ব"), ("বিশ্ব",)) == ["1"]
    assert forum_tags(_forum("খেলা"), ("বিশ্ব",)) == []
    assert forum_tags(_forum("খেলা", require=True), ("বিশ্ব",)) == ["0"], "it wants one in any case"
    assert forum_tags(_forum(require=True), ("বিশ্ব",)) == []
