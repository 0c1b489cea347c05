"""What reading clause by clause brings, counted on the same wishes."""

from pathlib import Path

import pytest

from model.engine import EditRequest, EditResult
from training.tiny import chat_eval, clause_eval
from training.tiny.chat_eval import Ask
from training.tiny.wishes.draw import Wish


def test_gains_and_losses_are_counted_on_the_same_wishes(monkeypatch: pytest.MonkeyPatch) -> None:
    known: dict[tuple[str, str], Wish] = {}
    drawn = chat_eval.held_out_wishes

    def remembered(*args: object) -> list[tuple[str, Wish]]:
        wishes = drawn(*args)  # type: ignore[arg-type]
        known.update({(source, wish.instruction): wish for source, wish in wishes})
        return wishes

    def model(folder: Path, *, by_clauses: bool = True) -> Ask:
        def ask(requests: list[EditRequest]) -> list[EditResult]:
            wanted = [known[one.source_prompt, one.instruction] for one in requests]
            right = [by_clauses == (wish.kind in ("several", "order")) for wish in wanted]
            return [
                EditResult(str(wish.after) if hit else "a stone", "model", 0.1)
                for wish, hit in zip(wanted, right, strict=True)
            ]

        return ask  # type: ignore[return-value]

    monkeypatch.setattr(clause_eval, "held_out_wishes", remembered)
    monkeypatch.setattr(clause_eval, "asker", model)
    rows = clause_eval.table(Path("model"), 12).splitlines()[2:]
    assert len(rows) == 4
    for every, many in (rows[:2], rows[2:]):
        _, _, n, _, _, gained, lost, _ = (cell.strip() for cell in every.split("|"))
        assert int(n) == 12
        assert int(gained) + int(lost) == 12
        assert many.split("|")[2:] == [f" {gained} ", " 0.0% ", " 100.0% ", f" {gained} ", " 0 ", ""]
