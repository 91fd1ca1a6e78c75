"""Whatever happens, in whatever order.

Nothing is lost, nothing comes twice undeclared, all shows what it must.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from tests.delivery.crowd import a_stage
from tests.delivery.life import ANSWERS, CHOICES, KINDS, READERS, Life

LONG = bool(os.environ.get("KHOBOR_LONG"))
"""Set for a run of minutes instead of seconds."""


class Delivery(RuleBasedStateMachine):
    """Drives the real engine and the real sender beside a plain account."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.runner = asyncio.Runner()
        self.opening = a_stage(self.folder)
        self.life = Life(self.runner.run(self.opening.__aenter__()))
        self.runner.run(self.life.begin())

    def teardown(self) -> None:
        try:
            self.runner.run(self.life.settle_down())
            self.runner.run(self.life.check())
        finally:
            self.runner.run(self.opening.__aexit__(None, None, None))
            self.runner.close()
            shutil.rmtree(self.folder)

    @rule(push=st.sampled_from(KINDS), tagged=st.booleans())
    def a_story_comes(self, push: str, tagged: bool) -> None:
        self.runner.run(self.life.story(push, tagged=tagged))  # type: ignore[arg-type]

    @rule(which=st.integers(0, 9), how=st.sampled_from(("correct", "withdraw", "announce")))
    def an_editor_acts(self, which: int, how: str) -> None:
        self.runner.run(self.life.change(which, how))

    @rule(name=st.sampled_from(READERS[1:]), choice=st.sampled_from(CHOICES))
    def a_reader_chooses(self, name: str, choice: dict[str, object]) -> None:
        self.runner.run(self.life.prefer(name, **choice))

    @rule(name=st.sampled_from(READERS), hours=st.sampled_from((0, 1, 8, 30)))
    def a_reader_takes_a_break(self, name: str, hours: int) -> None:
        self.runner.run(self.life.pause(name, hours))

    @rule()
    def what_is_due_is_spread(self) -> None:
        self.runner.run(self.life.spread())

    @rule(answers=st.lists(st.sampled_from(ANSWERS), max_size=5))
    def the_sender_takes_a_turn(self, answers: list[str]) -> None:
        self.runner.run(self.life.turn(answers))

    @rule(arrived=st.integers(0, 4))
    def the_sender_dies(self, arrived: int) -> None:
        self.runner.run(self.life.crash(arrived))

    @rule(minutes=st.sampled_from((1, 9, 55, 300, 1500, -60)))
    def time_passes(self, minutes: int) -> None:
        self.life.go(minutes=minutes)


Delivery.TestCase.settings = settings(
    max_examples=300 if LONG else 8,
    stateful_step_count=50 if LONG else 18,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
TestDelivery = Delivery.TestCase
