"""Snapshots made by hand: people, pictures and what people did, without a database."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from training.data.examples import fold
from training.preferences.snapshot import Candidate, Header, Record, Signal, Snapshot

START = datetime(2026, 1, 1, tzinfo=UTC)
EXPORTED = START + timedelta(days=30)


def signal(person: str, kind: str = "reaction", value: int = 1, at: datetime | None = None) -> Signal:
    return Signal(person, kind, "👍" if kind == "reaction" else "", value, False, at or START)


def likes(**values: int) -> list[Signal]:
    """`likes(ann=1, ben=-1)`"""
    return [signal(person, value=value) for person, value in values.items()]


def record(
    turn: int,
    *pictures: Sequence[Signal],
    source: str = "a fox",
    instruction: str = "",
    target: str = "a fox, soft light",
    author: str = "author",
    **more: Any,
) -> Record:
    """A turn with one candidate for each list of signals; picture ids are turn * 10 + position."""
    at = START + timedelta(hours=turn)
    candidates = tuple(
        Candidate(
            turn * 10 + position,
            f"{turn:02}/{turn:063}{position}.png",
            position,
            turn,
            at,
            tuple(
                Signal(s.person, s.kind, s.emoji, s.value, s.person == author, max(s.at, at)) for s in given
            ),
        )
        for position, given in enumerate(pictures)
    )
    values: dict[str, Any] = {
        "parent": None, "kind": "imagine", "origin": "slash", "conversation": f"c{turn}",
        "family": fold(source), "intent": source, "llm": "tiny", "painter": "sd", "exposed": (),
    }  # fmt: skip
    return Record(
        turn=turn, author=author, source_prompt=source, instruction=instruction, target_prompt=target,
        at=at, candidates=candidates, **{**values, **more},
    )  # fmt: skip


def snapshot(*records: Record, left_out: Mapping[str, int] | None = None) -> Snapshot:
    header = Header("0001", {"turns": len(records)}, EXPORTED, "key", False, left_out or {}, len(records))
    return Snapshot(header, records)


def people(count: int, prefix: str = "p") -> list[str]:
    return [f"{prefix}{number}" for number in range(count)]


def votes(values: Iterable[tuple[str, int]]) -> list[Signal]:
    return [signal(person, value=value) for person, value in values]
