"""What the cards of the shipped checkpoints show in Python does what it says."""

import re
from pathlib import Path

import pytest

from model.settings import CHECKPOINTS
from model.tiny.grammar import parse
from model.tiny.render import render

ROOT = Path(__file__).parents[3]
EXAMPLE = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
CARDS = sorted(CHECKPOINTS.glob("*/README.md"))


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.parent.name)
def test_a_cards_example_runs(card: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    (example,) = re.findall(
        r"^```python\n(.*?)^```", card.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    exec(compile(example, str(card), "exec"), {"picture": render(parse("a red house in a meadow"))})
