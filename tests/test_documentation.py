from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from bot.running.settings import Settings
from handlers import documentation, pictured
from handlers.discovery import discover

if TYPE_CHECKING:
    import pytest


def test_what_is_written_from_the_code_is_not_stale() -> None:
    assert documentation.stale() == []


def test_every_setting_and_every_command_stands_in_its_document() -> None:
    example = documentation.env_example([Settings])
    assert all(f"#{name.upper()}=" in example for name in Settings.model_fields)
    table = documentation.command_table()
    assert all(f"`/{name}" in table for name, command in discover().items() if not command.hidden)


def test_a_stale_file_is_named(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documentation, "env_example", lambda _: "something else")
    assert documentation.main(["--check"]) == 1
    assert ".env.example" in capsys.readouterr().err


def test_the_picture_is_sound_and_holds_the_card() -> None:
    root = ET.fromstring(pictured.card_svg())
    texts = [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]
    assert pictured.sample_article().headline in " ".join(text or "" for text in texts)
    assert any("সূত্র: আবহাওয়া অফিস" in (text or "") for text in texts)
