"""What second looks bring, counted on the same messages."""

from pathlib import Path

import pytest

from model.engine import EditRequest, EditResult
from model.language.second_looks import LOOKS, Look
from training.tiny import chat_eval, second_look_eval
from training.tiny.chat_eval import Ask
from training.tiny.wishes.draw import Wish


def test_gains_and_losses_are_counted_on_the_same_wishes(monkeypatch: pytest.MonkeyPatch) -> None:
    known: dict[tuple[str, str], Wish] = {}
    drawn = chat_eval.held_out_wishes

    def remembered(*args: object) -> list[tuple[str, Wish]]:
        wishes = drawn(*args)  # type: ignore[arg-type]
        known.update({(source, wish.instruction): wish for source, wish in wishes})
        return wishes

    def model(folder: Path, *, looks: frozenset[Look] = LOOKS) -> Ask:
        def ask(requests: list[EditRequest]) -> list[EditResult]:
            wanted = [known[one.source_prompt, one.instruction] for one in requests]
            right = [("clauses" in looks) == (wish.kind in ("several", "order")) for wish in wanted]
            return [
                EditResult(str(wish.after) if hit else "a stone", "model", 0.1)
                for wish, hit in zip(wanted, right, strict=True)
            ]

        return ask  # type: ignore[return-value]

    monkeypatch.setattr(second_look_eval, "held_out_wishes", remembered)
    monkeypatch.setattr(second_look_eval, "asker", model)
    rows = second_look_eval.of_clauses(Path("model"), 12).splitlines()[2:]
    assert len(rows) == 4
    for every, many in (rows[:2], rows[2:]):
        _, _, n, _, _, gained, lost, _ = (cell.strip() for cell in every.split("|"))
        assert int(n) == 12
        assert int(gained) + int(lost) == 12
        assert many.split("|")[2:] == [f" {gained} ", " 0.0% ", " 100.0% ", f" {gained} ", " 0 ", ""]


def test_steps_taken_back_are_counted_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    chats = chat_eval.held_out_chats(6, "selection", second_look_eval.SEED)
    kinds = {
        (chat.pictures[message.about].prompt, message.instruction): message
        for chat in chats
        for message in chat.messages
    }

    def model(folder: Path, *, looks: frozenset[Look] = LOOKS) -> Ask:
        def ask(requests: list[EditRequest]) -> list[EditResult]:
            wanted = [kinds[one.source_prompt, one.instruction] for one in requests]
            return [
                EditResult("a stone", "model", 0.1)
                if message.kind in ("take_out", "was_back", "what_gone", "before_last")
                and "steps" not in looks
                else EditResult(message.answer.text, "model", 0.1, message.answer.kind, message.answer.text)
                for message in wanted
            ]

        return ask  # type: ignore[return-value]

    monkeypatch.setattr(second_look_eval, "asker", model)
    every, back = second_look_eval.of_steps(Path("model"), 6).splitlines()[2:]
    _, _, n, before, after, gained, lost, _ = (cell.strip() for cell in back.split("|"))
    assert int(n) == int(gained) > 0
    assert (before, after, lost) == ("0.0%", "100.0%", "0")
    assert every.split("|")[5:7] == [f" {gained} ", " 0 "]
