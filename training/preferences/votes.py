"""From votes to scores: which acts count, how much each person counts, and the score of each picture.

The order of the steps matters. Times are corrected; reactions to one's own pictures, old acts and bursts are
dropped; brigades are looked for (before the cap, which would drop votes that show them); then come the cap
and the weights. A brigade's acts on the pictures it pushes are dropped; on other pictures its members count
as one person together. What is dropped is counted by its reason.

A person has one ballot on a picture, for or against: what they said (reactions, picks) goes before what they
only did (refined it further, asked for another, undid it). What a person did with their own picture counts,
what they gave it does not.

The score of a picture is a smoothed share in (0, 1):

    (prior · m + likes) / (m + likes + dislikes + ρ · silent)

with likes and dislikes weighed by person, `silent` those who saw it, vote at other times and said nothing
here, ρ = `silence`, m = `prior_votes` votes of the average picture.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from model.language.stems import content_stems
from training.data.hashing import unit_hash
from training.preferences.brigades import Brigade
from training.preferences.brigades import find as find_brigades
from training.preferences.snapshot import Record, Snapshot, VoteKind

if TYPE_CHECKING:
    from training.config.preference_settings import CleaningSettings

EXPLICIT = (VoteKind.REACTION, VoteKind.PICK, VoteKind.NOT_MEANT)


@dataclass(frozen=True, slots=True)
class Act:
    """A signal, with the picture, turn and author it is about."""

    person: str
    image: int
    turn: int
    author: str
    kind: str
    value: int
    own: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Judged:
    """One picture with its ballots: person -> +1 or -1; `silent` people said nothing; score in (0, 1)."""

    record: Record
    image: int
    picture: str
    ballots: Mapping[str, int]
    silent: tuple[str, ...]
    score: float
    votes: float
    """How many ballots there are, weighed by person."""


@dataclass(frozen=True)
class Cleaned:
    """What is left of a snapshot, and a report of what is not.

    `weights` are per person, on average 1 over all ballots; `dropped` counts acts by reason; `notes` says in
    words what the heuristics saw.
    """

    records: tuple[Record, ...]
    acts: tuple[Act, ...]
    weights: Mapping[str, float]
    prior: float
    settings: CleaningSettings
    dropped: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def judged(self) -> list[Judged]:
        """Every picture with its ballots and its score, the average picture's where nobody said anything."""
        by_image = ballots_by_image(self.acts)
        active = {act.person for act in self.acts}
        return [
            self._judge(record, candidate.image, candidate.picture, by_image[candidate.image], active)
            for record in self.records
            for candidate in record.candidates
        ]

    def _judge(
        self, record: Record, image: int, picture: str, ballots: Mapping[str, int], active: set[str]
    ) -> Judged:
        silent = tuple(p for p in record.exposed if p in active and p not in ballots and p != record.author)
        likes, dislikes, quiet = self.tally(ballots, silent)
        score = self.score(likes, dislikes, quiet)
        return Judged(record, image, picture, ballots, silent, score, likes + dislikes)

    def tally(self, ballots: Mapping[str, int], silent: Iterable[str]) -> tuple[float, float, float]:
        """Weights of those for, against, and silent."""
        likes = sum(self.weights.get(person, 1.0) for person, value in ballots.items() if value > 0)
        dislikes = sum(self.weights.get(person, 1.0) for person, value in ballots.items() if value < 0)
        return likes, dislikes, sum(self.weights.get(person, 1.0) for person in silent)

    def score(self, likes: float, dislikes: float, silent: float) -> float:
        """The smoothed share."""
        # A Beta prior of `prior_votes` pseudo-votes at the average: few votes say little about a picture
        extra = self.settings.prior_votes
        return (self.prior * extra + likes) / (extra + likes + dislikes + self.settings.silence * silent)

    def part(self, person: Callable[[str], bool], family: Callable[[str], bool]) -> Cleaned:
        """The same with only some people's acts on only some prompts. Weights and prior stay."""
        records = tuple(record for record in self.records if family(record.family))
        turns = {record.turn for record in records}
        acts = tuple(act for act in self.acts if act.turn in turns and person(act.person))
        return replace(self, records=records, acts=acts)


def clean(snapshot: Snapshot, settings: CleaningSettings) -> Cleaned:
    """Apply all rules to a snapshot."""
    acts = acts_of(snapshot.records)
    dropped: Counter[str] = Counter()
    notes: list[str] = []
    acts, moved = _in_order(acts, snapshot)
    if moved:
        notes.append(f"{moved} acts carry a time before their picture or after the export: a clock jumped.")
    acts = _applied(_filters(settings, snapshot.header.exported_at), acts, dropped)
    found = _brigades(acts, snapshot.records, settings)
    notes += [brigade.said() for brigade in found]
    acts = _applied(_limits(found, settings), acts, dropped)
    weights = weigh(acts, {person: len(b.people) for b in found for person in b.people})
    cleaned = Cleaned(
        snapshot.records, tuple(acts), weights, 0.5, settings, dict(sorted(dropped.items())), tuple(notes)
    )
    return replace(cleaned, prior=_average(cleaned))


def acts_of(records: Iterable[Record]) -> list[Act]:
    """All signals of all records, in the order of the records."""
    return [
        Act(s.person, candidate.image, record.turn, record.author, s.kind, s.value, s.own, s.at)
        for record in records
        for candidate in record.candidates
        for s in candidate.signals
    ]


def ballots_by_image(acts: Iterable[Act]) -> dict[int, dict[str, int]]:
    """One ballot a person and picture: +1 or -1; who says as much for as against it has none."""
    said: dict[tuple[int, str], dict[bool, int]] = defaultdict(lambda: {True: 0, False: 0})
    for act in acts:
        said[act.image, act.person][act.kind in EXPLICIT] += act.value
    ballots: dict[int, dict[str, int]] = defaultdict(dict)
    for (image, person), sums in said.items():
        # What was only done counts where nothing was said, or as much for as against
        if total := sums[True] or sums[False]:
            ballots[image][person] = 1 if total > 0 else -1
    return ballots


def weigh(acts: Sequence[Act], shared: Mapping[str, int]) -> dict[str, float]:
    """1/√n for a person with acts on n turns, shared by the members of a brigade; mean 1 over ballots."""
    turns: dict[str, set[int]] = defaultdict(set)
    for act in acts:
        turns[act.person].add(act.turn)
    # All n turns of a person then weigh √n together: more than one turn, but less than n people with one each
    plain = {person: len(on) ** -0.5 / shared.get(person, 1) for person, on in turns.items()}
    cast = [plain[person] for ballots in ballots_by_image(acts).values() for person in ballots]
    mean = sum(cast) / len(cast) if cast else 1.0
    return {person: weight / mean for person, weight in plain.items()}


def held_out(name: str, share: float, seed: int) -> bool:
    """Whether a person or a family of prompts is kept back: by a hash, so the answer never changes."""
    return unit_hash(f"{seed}\n{name}") < share


def split(cleaned: Cleaned) -> tuple[Cleaned, Cleaned]:
    """(to learn from, to measure on): no person and no family of prompts is on both sides.

    What held-out people say about other prompts, and others about held-out ones, is on neither.
    """
    people, prompts, seed = (
        cleaned.settings.held_people,
        cleaned.settings.held_prompts,
        cleaned.settings.seed,
    )
    return (
        cleaned.part(lambda p: not held_out(p, people, seed), lambda f: not held_out(f, prompts, seed)),
        cleaned.part(lambda p: held_out(p, people, seed), lambda f: held_out(f, prompts, seed)),
    )


_Rules = list[tuple[str, Callable[[list[Act]], list[Act]]]]


def _applied(rules: _Rules, acts: list[Act], dropped: Counter[str]) -> list[Act]:
    """What the rules leave of acts; how many each drops is added to `dropped`."""
    for reason, kept in rules:
        left = kept(acts)
        if len(left) < len(acts):
            dropped[reason] += len(acts) - len(left)
        acts = left
    return acts


def _filters(settings: CleaningSettings, now: datetime) -> _Rules:
    """Rules that look at a single act, or at the acts of a single person."""
    oldest = now - timedelta(days=settings.recent_days) if settings.recent_days else None
    return [
        (
            "reactions to one's own picture",
            lambda acts: [a for a in acts if not (a.own and a.kind == VoteKind.REACTION)],
        ),
        ("worth nothing", lambda acts: [a for a in acts if a.value]),
        ("too old", lambda acts: [a for a in acts if oldest is None or a.at >= oldest]),
        ("bursts", lambda acts: _without_bursts(acts, settings)),
    ]


def _limits(found: Sequence[Brigade], settings: CleaningSettings) -> _Rules:
    """Rules that are applied once the brigades are known."""
    pushed = {(person, brigade.author) for brigade in found for person in brigade.people}
    return [
        (
            "of a brigade on the pictures it pushes",
            lambda acts: [a for a in acts if (a.person, a.author) not in pushed],
        ),
        ("beyond the cap of a person", lambda acts: _capped(acts, settings)),
    ]


def _brigades(acts: Sequence[Act], records: Iterable[Record], settings: CleaningSettings) -> list[Brigade]:
    words = {c.image: content_stems(record.target_prompt) for record in records for c in record.candidates}
    authors = {act.image: act.author for act in acts}
    return find_brigades(ballots_by_image(acts), authors, words, settings)


def _in_order(acts: Sequence[Act], snapshot: Snapshot) -> tuple[list[Act], int]:
    """Acts with times between their picture and the export, and how many had others."""
    made = {c.image: c.at for record in snapshot.records for c in record.candidates}
    now = snapshot.header.exported_at
    # A clock that was set back gives times before the picture; one that ran ahead, after the export
    right = [replace(act, at=min(max(act.at, made[act.image]), now)) for act in acts]
    slack = timedelta(minutes=1)
    return right, sum(abs(a.at - b.at) > slack for a, b in zip(acts, right, strict=True))


def _without_bursts(acts: Sequence[Act], settings: CleaningSettings) -> list[Act]:
    """Without the acts of a person on more turns within `burst_seconds` than anybody can look at."""
    window = timedelta(seconds=settings.burst_seconds)
    mine: dict[str, list[Act]] = defaultdict(list)
    for act in sorted(acts, key=lambda act: act.at):
        mine[act.person].append(act)
    hasty: set[tuple[str, int]] = set()
    for person, theirs in mine.items():
        first = 0  # a window that slides over the person's acts, which are in order of time
        for last, act in enumerate(theirs):
            while act.at - theirs[first].at > window:
                first += 1
            turns = {a.turn for a in theirs[first : last + 1]}
            if len(turns) > settings.burst_votes:
                hasty |= {(person, turn) for turn in turns}
    return [act for act in acts if (act.person, act.turn) not in hasty]


def _capped(acts: Sequence[Act], settings: CleaningSettings) -> list[Act]:
    """At most `cap` turns of a person, a random choice of them that depends on the seed alone."""
    turns: dict[str, set[int]] = defaultdict(set)
    for act in acts:
        turns[act.person].add(act.turn)
    kept = {
        person: set(random.Random(f"{settings.seed} {person}").sample(sorted(on), settings.cap))
        for person, on in turns.items()
        if len(on) > settings.cap
    }
    return [act for act in acts if act.turn in kept.get(act.person, (act.turn,))]


def _average(cleaned: Cleaned) -> float:
    """The share of likes over all pictures, silence included; within [0.05, 0.95]."""
    sums = [0.0, 0.0, 0.0]
    for one in cleaned.judged():
        if one.ballots:
            for index, weight in enumerate(cleaned.tally(one.ballots, one.silent)):
                sums[index] += weight
    likes, dislikes, silent = sums
    total = likes + dislikes + cleaned.settings.silence * silent
    return min(0.95, max(0.05, likes / total)) if total else 0.5
