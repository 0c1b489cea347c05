"""What the cards of the shipped checkpoints show in Python does what it says."""

import re
from pathlib import Path

import pytest

from model.presets import CHECKPOINTS
from model.tiny.render import render
from model.tiny.grammar import parse

ROOT = Path(__file__).parents[3]
CARDS = sorted(CHECKPOINTS.glob("*/README.md"))


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.parent.name)
def test_a_cards_example_runs(card: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    (example,) = re.findall(r"^```python\n(.*?)^```", card.read_text(encoding="utf-8"), re.M | re.S)
    exec(compile(example, str(card), "exec"), {"picture": render(parse("a red house in a meadow"))})  # noqa: S102
