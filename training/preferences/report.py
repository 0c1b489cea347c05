"""A round as people read it: one HTML page, with the pictures it shows beside it.

Its text is `training/templates/reactions.html.j2`. What was learnt from the votes (scorer, gate, before and
after) comes from `training.preferences.learning_report`.
"""

from __future__ import annotations

import shutil
from collections import Counter, defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Any

from training.core.html import render
from training.preferences import learning_report
from training.preferences.snapshot import VoteKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from training.preferences.votes import Act, Cleaned, Judged

PICTURES = "report-pictures"
_SHOWN = 8
_LEAST_SHARED = 5
_MOST_BARS = 60
_STEPS = (("%Y-%m-%d %H:%M", "minute"), ("%Y-%m-%d %H:00", "hour"), ("%Y-%m-%d", "day"), ("%Y-%m", "month"))
_WIDTH, _HEIGHT = 900, 200
_SAID: Mapping[str, str] = {
    VoteKind.REACTION: "a reaction",
    VoteKind.PICK: "chosen among several",
    VoteKind.BASE: "refined further",
    VoteKind.REROLL: "another one was asked for",
    VoteKind.UNDO: "gone back from",
    VoteKind.NOT_MEANT: "not what was meant",
}


def write(cleaned: Cleaned, pictures: Path, output: Path) -> Path:
    """Write `report.html` and its pictures into `output`; returns the page."""
    judged = [one for one in cleaned.judged() if one.ballots]
    text = render(
        "reactions.html.j2",
        tiles={**_counts(cleaned, judged), **learning_report.tiles(output)},
        time=_over_time(cleaned.acts),
        agreement=agreement(cleaned),
        kinds=[(_SAID.get(k, k), n) for k, n in Counter(act.kind for act in cleaned.acts).most_common()],
        places=_places(cleaned),
        galleries={
            "Liked most": _gallery(sorted(judged, key=lambda j: -j.score), pictures, output),
            "Liked least": _gallery(sorted(judged, key=lambda j: j.score), pictures, output),
        },
        learnt=learning_report.learnt(output),
        dropped=cleaned.dropped,
        notes=cleaned.notes,
    )
    path = output / "report.html"
    path.write_text(text, encoding="utf-8")
    return path


def agreement(cleaned: Cleaned) -> str:
    """How often two people who judged the same picture say the same, beside what chance would give."""
    same = total = 0
    for judged in cleaned.judged():
        values = list(judged.ballots.values())
        total += len(values) * (len(values) - 1) // 2
        same += sum(a == b for a, b in combinations(values, 2))
    if total < _LEAST_SHARED:
        return "Too few pictures were judged by two people to say how far they agree."
    likes = [value > 0 for judged in cleaned.judged() for value in judged.ballots.values()]
    share = sum(likes) / len(likes)
    chance, found = share**2 + (1 - share) ** 2, same / total
    beyond = (found - chance) / (1 - chance) if chance < 1 else 0.0
    return (
        f"Two people say the same about a picture in {found:.0%} of {total} cases; by chance it would be "
        f"{chance:.0%}. Beyond chance: {beyond:.2f} (0 is none, 1 is all)."
    )


def _counts(cleaned: Cleaned, judged: Sequence[Judged]) -> dict[str, str]:
    return {
        "votes": f"{len(cleaned.acts)}",
        "people": f"{len({act.person for act in cleaned.acts})}",
        "pictures judged": f"{len(judged)}",
        "liked on average": f"{cleaned.prior:.0%}",
    }


def _over_time(acts: Sequence[Act]) -> dict[str, Any]:
    """Bars of the shortest time that makes them few: likes above the line, dislikes below."""
    form, step = next(
        ((f, s) for f, s in _STEPS if len({act.at.strftime(f) for act in acts}) <= _MOST_BARS), _STEPS[-1]
    )
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for act in acts:
        counts[act.at.strftime(form)][act.value < 0] += 1
    most, half, wide = max(max(pair) for pair in counts.values()), _HEIGHT / 2, _WIDTH / len(counts)
    bars = [
        {
            "when": when,
            "up": up,
            "down": down,
            "x": f"{index * wide:.1f}",
            "width": f"{max(1.0, min(wide - 2, 60)):.1f}",
            "up_from": f"{half - half * up / most:.1f}",
            "up_height": f"{half * up / most:.1f}",
            "down_height": f"{half * down / most:.1f}",
        }
        for index, (when, (up, down)) in enumerate(sorted(counts.items()))
    ]
    size = {"width": _WIDTH, "height": _HEIGHT}
    return {"step": step, "most": most, "bars": bars, "first": min(counts), "last": max(counts), **size}


def _places(cleaned: Cleaned) -> dict[str, Any] | None:
    """Where in a grid the chosen pictures stood: a place that wins by itself would say nothing of taste."""
    place = {c.image: c.position for record in cleaned.records for c in record.candidates}
    chosen = Counter(place[act.image] + 1 for act in cleaned.acts if act.kind == VoteKind.PICK)
    if not chosen:
        return None
    said = ", ".join(f"{chosen[number]} in place {number}" for number in range(1, max(chosen) + 1))
    return {"total": chosen.total(), "said": said}


def _gallery(judged: Sequence[Judged], pictures: Path, output: Path) -> list[dict[str, Any]]:
    """The first few, no prompt twice; a picture that is gone has no file."""
    shown: dict[str, Judged] = {}
    for one in judged:
        shown.setdefault(one.record.target_prompt, one)
    figures = []
    for one in list(shown.values())[:_SHOWN]:
        likes, everybody = sum(value > 0 for value in one.ballots.values()), len(one.ballots)
        figures.append(
            {
                "file": _copied(pictures / one.picture, output),
                "share": f"{likes / everybody:.0%}",
                "likes": likes,
                "everybody": everybody,
                "prompt": one.record.target_prompt,
            }
        )
    return figures


def _copied(file: Path, output: Path) -> str:
    """The picture's place beside the page; empty when it was deleted since."""
    if not file.is_file():
        return ""
    folder = output / PICTURES
    folder.mkdir(exist_ok=True)
    shutil.copy(file, folder / file.name)
    return f"{PICTURES}/{file.name}"
