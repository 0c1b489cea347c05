"""Preference data from votes: which of two pictures or prompts is better, and which prompts are liked.

Only candidates of the same context are compared: the same source prompt and instruction, case and spaces
folded. Where people themselves compared two candidates, that decides:

- "pick":  chosen among the pictures of one message, over each of the others
- "votes": somebody was for the one and against the other
- "kept":  somebody asked for another one or went back, and left a later one of the same words standing

Each person says one of these about a pair, the first that applies. The label of a pair is the weighed share
of people who say so; equal shares are a tie (0.5). Pairs that nobody compared are settled by their scores:
better by at least `margin`, or a tie within `tie`, with `votes` votes on each; else they say nothing.
"""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from training.data.examples import fold
from training.preferences.snapshot import Record, VoteKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from training.config.preference_settings import PairSettings
    from training.preferences.votes import Act, Cleaned, Judged

Context = tuple[str, str]

_LEFT = (VoteKind.REROLL, VoteKind.UNDO, VoteKind.NOT_MEANT)  # somebody turned away from the picture


@dataclass(frozen=True, slots=True)
class Item:
    """A candidate to compare, a picture or a prompt, named by `key`; `record` is where it was seen first."""

    key: str
    context: Context
    record: Record
    ballots: Mapping[str, int]
    score: float
    votes: float


@dataclass(frozen=True, slots=True)
class Pair:
    """`better` is better than `worse` with probability `label`, in [0.5, 1]; 0.5 is a tie.

    `why` is "pick", "votes", "kept", or "score" where nobody compared the two; `weight` is how many people
    say it (for "score": the fewer votes of the two); `of` is the number of pairs of the same context.
    """

    better: Item
    worse: Item
    label: float
    weight: float
    why: str
    of: int = 1


@dataclass(frozen=True, slots=True)
class Label:
    """A single prompt that people clearly like, or clearly do not."""

    item: Item
    liked: bool


def context_of(record: Record) -> Context:
    """What two candidates must share to be compared."""
    return fold(record.source_prompt), fold(record.instruction)


def pictures(cleaned: Cleaned) -> list[Item]:
    """Every picture; larger copies of another one are left out."""
    return [
        Item(str(j.image), context_of(j.record), j.record, j.ballots, j.score, j.votes)
        for j in cleaned.judged()
        if j.record.kind != "upscale"
    ]


def prompts(cleaned: Cleaned) -> list[Item]:
    """Every target prompt that a language model wrote in a context, judged by all of its pictures."""
    groups: dict[tuple[Context, str], list[Judged]] = defaultdict(list)
    for judged in cleaned.judged():
        if judged.record.llm is not None:
            groups[context_of(judged.record), fold(judged.record.target_prompt)].append(judged)
    return [_prompt(cleaned, context, group) for (context, _), group in groups.items()]


def _prompt(cleaned: Cleaned, context: Context, group: Sequence[Judged]) -> Item:
    """One voice a person, whatever number of pictures they judged."""
    sums: dict[str, int] = defaultdict(int)
    for judged in group:
        for person, value in judged.ballots.items():
            sums[person] += value
    ballots = {person: 1 if total > 0 else -1 for person, total in sums.items() if total}
    # Silent about all pictures of the prompt, not about one of them
    silent = {person for judged in group for person in judged.silent} - sums.keys()
    likes, dislikes, quiet = cleaned.tally(ballots, silent)
    score = cleaned.score(likes, dislikes, quiet)
    return Item(group[0].record.target_prompt, context, group[0].record, ballots, score, likes + dislikes)


def picture_pairs(cleaned: Cleaned, settings: PairSettings) -> list[Pair]:
    """All pairs of pictures that say something."""
    return _pairs(pictures(cleaned), _done(cleaned), cleaned.weights, settings)


def prompt_pairs(cleaned: Cleaned, settings: PairSettings) -> list[Pair]:
    """All pairs of prompts that say something, by votes and scores."""
    return _pairs(prompts(cleaned), {}, cleaned.weights, settings)


def labels(cleaned: Cleaned, settings: PairSettings) -> list[Label]:
    """Prompts whose score is clearly above or below the average one, with votes enough."""
    found = []
    for item in prompts(cleaned):
        distance = item.score - cleaned.prior
        if item.votes >= settings.votes and abs(distance) >= settings.label_margin:
            found.append(Label(item, distance > 0))
    return found


def ranked(scores: Mapping[str, float], margin: float = 0.0) -> list[tuple[str, str, float]]:
    """(better, worse, label) of all that differ by more than `margin`; equal scores are ties, label 0.5."""
    found = []
    for one, other in combinations(scores, 2):
        better, worse = (one, other) if scores[one] >= scores[other] else (other, one)
        distance = scores[better] - scores[worse]
        if distance > margin or distance == 0:
            found.append((better, worse, 1.0 if distance else 0.5))
    return found


Comparisons = dict[tuple[str, str], dict[str, str]]
"""(better, worse) -> person -> why"""


def _done(cleaned: Cleaned) -> Comparisons:
    """What people said by what they did: picks, and what they kept after leaving another."""
    images: dict[int, list[str]] = defaultdict(list)
    records = {record.turn: record for record in cleaned.records}
    for record in cleaned.records:
        images[record.turn] = [str(candidate.image) for candidate in record.candidates]
    left = _left(cleaned.acts)
    said: Comparisons = defaultdict(dict)
    for act in cleaned.acts:
        if act.kind == VoteKind.PICK:
            for other in images[act.turn]:
                if other != str(act.image):
                    said[str(act.image), other][act.person] = "pick"
        elif act.kind in _LEFT:
            for kept in _kept(act, records, left):
                for image in images[kept]:
                    said[image, str(act.image)].setdefault(act.person, "kept")
    return said


def _left(acts: Iterable[Act]) -> set[tuple[str, int]]:
    """(person, turn) of all that somebody turned away from."""
    return {(act.person, act.turn) for act in acts if act.kind in _LEFT}


def _kept(act: Act, records: Mapping[int, Record], left: set[tuple[str, int]]) -> list[int]:
    """Later turns of the same words in the same conversation that this person saw and did not leave."""
    old = records[act.turn]
    return [
        new.turn
        for new in records.values()
        if new.turn > old.turn
        and new.conversation == old.conversation
        and context_of(new) == context_of(old)
        and (act.person in new.exposed or act.person == new.author)
        and (act.person, new.turn) not in left
    ]


def _pairs(
    items: Sequence[Item], done: Comparisons, weights: Mapping[str, float], settings: PairSettings
) -> list[Pair]:
    contexts: dict[Context, list[Item]] = defaultdict(list)
    for item in items:
        contexts[item.context].append(item)
    found: list[Pair] = []
    for context, group in contexts.items():
        pairs = [
            pair for a, b in combinations(group, 2) if (pair := _compared(a, b, done, weights, settings))
        ]
        found += _strongest(pairs, settings, str(context))
    return found


def _compared(
    a: Item, b: Item, done: Comparisons, weights: Mapping[str, float], settings: PairSettings
) -> Pair | None:
    """The pair of two candidates, if anything is known about it."""
    forwards, backwards = _sayings(a, b, done), _sayings(b, a, done)
    # Somebody may have picked one in a grid and liked the other later; counted both ways they would be a
    # tie's vote
    for person in forwards.keys() & backwards.keys():
        _settle(person, forwards, backwards)
    for_a = sum(weights.get(person, 1.0) for person in forwards)
    for_b = sum(weights.get(person, 1.0) for person in backwards)
    if not forwards and not backwards:
        return _by_score(a, b, settings)
    better, worse, why = (a, b, forwards) if for_a >= for_b else (b, a, backwards)
    reasons = sorted(why.values() or backwards.values())
    # The soft label of Pick-a-Pic (Kirstain et al. 2023): the share of people, not the majority alone
    return Pair(better, worse, max(for_a, for_b) / (for_a + for_b), for_a + for_b, reasons[0])


def _settle(person: str, forwards: dict[str, str], backwards: dict[str, str]) -> None:
    """Who says both ways: a pick stands; else they say nothing."""
    picks = [said for said in (forwards, backwards) if said[person] == "pick"]
    for said in (forwards, backwards):
        if len(picks) != 1 or said is not picks[0]:
            del said[person]


def _sayings(better: Item, worse: Item, done: Comparisons) -> dict[str, str]:
    """Who says that the one is better, and how. A pick goes before votes, and votes before what was kept."""
    said = dict(done.get((better.key, worse.key), {}))
    for person, value in better.ballots.items():
        if value > worse.ballots.get(person, value) and said.get(person) != "pick":
            said[person] = "votes"
    return said


def _by_score(a: Item, b: Item, settings: PairSettings) -> Pair | None:
    if min(a.votes, b.votes) < settings.votes:
        return None
    better, worse = (a, b) if a.score >= b.score else (b, a)
    distance, votes = better.score - worse.score, min(a.votes, b.votes)
    if distance <= settings.tie:
        return Pair(better, worse, 0.5, votes, "score")
    return Pair(better, worse, 1.0, votes, "score") if distance >= settings.margin else None


def _strongest(pairs: Sequence[Pair], settings: PairSettings, context: str) -> list[Pair]:
    """At most `per_context` pairs: what most people say first, equals in random order."""
    shuffled = list(pairs)
    # A generator for each context: a new vote elsewhere does not change which pairs this one keeps
    random.Random(f"{settings.seed} {context}").shuffle(shuffled)
    # A context with many pictures gives n² pairs, which would outweigh all others; ties come last, they teach
    # least
    kept = sorted(shuffled, key=lambda pair: -pair.weight * (pair.label - 0.5))[: settings.per_context]
    return [Pair(pair.better, pair.worse, pair.label, pair.weight, pair.why, of=len(kept)) for pair in kept]
