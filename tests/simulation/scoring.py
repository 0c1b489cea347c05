"""How good what was learnt is, by what only the simulation knows: who brigades, and who likes what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from torch import Tensor

from model.clip.open_clip import Clip
from tests.simulation.people import Taste, like_rate
from training.config.preference_settings import ReactionsConfig
from training.preferences import export, formats, pairs, scorer, votes
from training.preferences.formats import Row
from training.preferences.scorer import Pairs
from training.preferences.snapshot import Record, Snapshot

SPLITS = 8


def without(snapshot: Snapshot, people: set[str]) -> Snapshot:
    """The same turns without what some people did."""

    def rid(record: Record) -> Record:
        candidates = tuple(
            replace(c, signals=tuple(s for s in c.signals if s.person not in people))
            for c in record.candidates
        )
        exposed = tuple(person for person in record.exposed if person not in people)
        return replace(record, candidates=candidates, exposed=exposed)

    return replace(snapshot, records=tuple(rid(record) for record in snapshot.records))


def pairs_by_truth(path: Path, people: list[Taste]) -> dict[str, int]:
    """Of the pairs to learn from: how many prefer what more, fewer, or as many honest people like."""
    found = {"right": 0, "wrong": 0, "equal": 0}
    for row in formats.read(path):
        better, worse = like_rate([row["chosen_prompt"], row["rejected_prompt"]], people)
        found["right" if better > worse else "wrong" if better < worse else "equal"] += 1
    return found


def accuracies(used: Snapshot, judged: Snapshot, settings: ReactionsConfig) -> dict[str, list[float]]:
    """The scorer learnt from `used`, measured on held-out people and prompts of `judged`.

    One number for each of several choices of who and what is held out, which are the same for both; none for
    a choice that leaves too little.
    """
    clip = Clip.load(settings.scorer.base, settings.scorer.device)
    pictures = export.pictures_folder(settings.export, Path(settings.output))
    seen: dict[str, Tensor] = {}

    def embed(rows: Sequence[Row]) -> Pairs:
        return scorer.embed(clip, rows, pictures, seen)

    found: dict[str, list[float]] = {"accuracy": [], "untrained": [], "held out": []}
    for split in range(SPLITS):
        cleaning = settings.cleaning.model_copy(update={"seed": 100 * settings.cleaning.seed + split})
        chosen = settings.model_copy(update={"cleaning": cleaning})
        known, asked = rows(used, chosen, held=False), rows(judged, chosen, held=True)
        if not known or all(row["label_0"] == 0.5 for row in asked):
            continue
        learn, watch = scorer.divided(known, settings.scorer)
        held = embed(asked)
        watched = embed(watch) if watch else None
        head = scorer.fit(embed(learn), watched, clip.scale, settings.scorer)
        plain = scorer.Head(held.captions.shape[1], 0, clip.scale, 0)
        found["accuracy"].append(scorer.measured(head, held))
        found["untrained"].append(scorer.measured(plain, held))
        found["held out"].append(sum(row["label_0"] != 0.5 for row in asked))
    return found


def rows(snapshot: Snapshot, settings: ReactionsConfig, *, held: bool) -> list[Row]:
    """Pairs of pictures to learn from, or to measure on."""
    part = votes.split(votes.clean(snapshot, settings.cleaning))[held]
    return formats.picture_rows(pairs.picture_pairs(part, settings.pairs), settings.pairs.seed)
