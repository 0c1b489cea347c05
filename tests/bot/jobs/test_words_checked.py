"""Who checks which words: each owner every text once, and what the engine refuses is told and counted."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bot.domain.content_policy import SafetyPolicy
from bot.domain.job import JobState
from bot.domain.options import Options
from model.errors import PromptRefused
from tests.bot.engines import SketchEngine
from tests.bot.house import ANN, open_house


@dataclass
class Checks:
    """What the policy was asked: when it was said, and before it was painted."""

    said: list[str] = field(default_factory=list)
    painted: list[tuple[str, ...]] = field(default_factory=list)
    found: list[str] = field(default_factory=list)


@pytest.fixture
def checks(monkeypatch: pytest.MonkeyPatch) -> Checks:
    """Counts, and lets the real policy decide."""
    checks, accept, covers = Checks(), SafetyPolicy.accept, SafetyPolicy.covers_words

    def counted_accept(policy: SafetyPolicy, text: str, **place: bool) -> None:
        checks.said.append(text)
        accept(policy, text, **place)

    def counted_covers(policy: SafetyPolicy, *texts: str, **place: bool) -> bool:
        checks.painted.append(texts)
        return covers(policy, *texts, **place)

    monkeypatch.setattr(SafetyPolicy, "accept", counted_accept)
    monkeypatch.setattr(SafetyPolicy, "covers_words", counted_covers)
    return checks


async def test_what_is_said_is_checked_once_and_what_is_painted_once(tmp_path: Path, checks: Checks) -> None:
    async with open_house(tmp_path) as house:
        first = await house.imagined("a red house")
        await house.refined(first.conversation_id, "make it night")
        await house.finished(await house.derived.reroll(first.id, ANN))
    assert checks.said == ["a red house", "make it night"]
    drawn = "a red house, finely drawn"
    assert checks.painted == [
        ("a red house", "", drawn),
        (drawn, "make it night", f"{drawn}, make it night"),
        ("a red house", "", drawn),
    ]


async def test_the_same_words_are_looked_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    check = SafetyPolicy._check_place

    def counted(policy: SafetyPolicy, text: str, **place: bool) -> bool:
        seen.append(text)
        return check(policy, text, **place)

    async with open_house(tmp_path) as house:
        wish = house.turns.wish("a red house", Options(exact=True))
        assert wish.prompt == wish.source_prompt
        monkeypatch.setattr(SafetyPolicy, "_check_place", counted)
        await house.imagined("a red house", Options(exact=True))
    assert seen == ["a red house"] * 2, "when it was said, and before it was painted"


@pytest.mark.parametrize("stage", ["edit_errors", "paint_errors"])
async def test_what_the_engine_never_does_is_told_recorded_and_counted(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, stage: str
) -> None:
    refusals: dict[str, Any] = {stage: [PromptRefused("refused because of gore: take those words out")]}
    async with open_house(tmp_path, engine=SketchEngine(**refusals)) as house:
        turn = await house.imagined()
        assert [(told, type(error)) for told, error in house.presenter.failures] == [(turn.id, PromptRefused)]
        job = await house.jobs.of_turn(turn.id)
        assert (job.state, job.cause) == (JobState.FAILED, "PromptRefused")
    assert caplog.text.count("Safety: a prompt is refused") == 1
