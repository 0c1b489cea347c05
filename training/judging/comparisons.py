"""What people are asked to compare: two methods' pictures of one edit, from the folders of `evaluate`."""

from __future__ import annotations

import hashlib
import itertools
import json
import random
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from training.errors import ResultsError
from training.evaluation.results import group_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Side = Literal["left", "right"]
REPEATS_APART = 8
"""At least so many other comparisons lie between one and its mirrored repeat, where there are that many."""


@dataclass(frozen=True)
class Comparison:
    """Two pictures of one edit. `methods` and `pictures` are in one fixed order, whatever is shown left.

    `key` names it in the file of answers and stays the same from start to start; `edit` names the edit under
    one picture model, which is what the report resamples.
    """

    key: str
    edit: str
    source: str
    instruction: str
    methods: tuple[str, str]
    pictures: tuple[Path, Path]


@dataclass(frozen=True)
class Question:
    """A comparison as one judge sees it; `flipped` shows the second method on the left."""

    comparison: Comparison
    flipped: bool
    repeat: bool = False

    @property
    def id(self) -> str:
        """Names the question in the page and in the file of answers; it tells nothing of the methods."""
        return f"{self.comparison.key}{'-again' if self.repeat else ''}"

    @property
    def shown(self) -> tuple[Path, Path]:
        """The pictures, left and right."""
        first, second = self.comparison.pictures
        return (second, first) if self.flipped else (first, second)


@dataclass(frozen=True)
class Material:
    """All comparisons of some results.

    `different` are those to look at. In `same` both methods made the very same picture: nobody needs to look,
    and the report counts a tie.
    """

    different: tuple[Comparison, ...]
    same: tuple[Comparison, ...]

    @property
    def methods(self) -> list[str]:
        """All methods, in the order of the results."""
        pairs = [c.methods for c in (*self.different, *self.same)]
        return list(dict.fromkeys(itertools.chain.from_iterable(pairs)))


def read(folders: Sequence[Path]) -> Material:
    """The comparisons of the given folders of `python -m training evaluate`.

    Every two methods under one picture model are compared; the seeds of one method ("ppo@0", "ppo@1") are
    not compared with each other and count as one method. With several folders a method's name is led by its
    folder's, for "ppo" may be another model there. Raises ResultsError naming a folder that has nothing to
    compare.
    """
    found: list[Comparison] = []
    names = [folder.resolve().name for folder in folders]
    for number, folder in enumerate(folders):
        prefix = "" if len(folders) == 1 else f"{names[number]}/"
        if names.count(names[number]) > 1:
            raise ResultsError(f"Two of the folders are called {names[number]}: rename one, for the report.")
        found += _of_folder(folder, prefix)
    same = [c for c in found if c.pictures[0].read_bytes() == c.pictures[1].read_bytes()]
    chosen = {c.key for c in same}
    return Material(tuple(c for c in found if c.key not in chosen), tuple(same))


def order(
    comparisons: Sequence[Comparison], *, count: int, repeats: float, seed: int, judge: str
) -> list[Question]:
    """The questions of one judge.

    All judges are asked the same `count` comparisons, so that their agreement can be measured, each in an
    order and with sides of their own; both depend on `seed` and the judge's name alone. Pairs of methods
    take turns, so that each has about as many answers whenever a judge stops. A share of `repeats` is asked
    again with the sides changed, to measure how far a judge agrees with themselves.
    """
    chosen = _spread(comparisons, count, random.Random(seed))
    own = random.Random(f"{seed}\n{judge}")  # no secret: the order must be the same next time
    own.shuffle(chosen)
    asked = [Question(comparison, own.random() < 0.5) for comparison in chosen]
    again = own.sample(range(len(asked)), round(repeats * len(asked)))
    for number in sorted(again, reverse=True):
        first = asked[number]
        place = own.randint(min(number + 1 + REPEATS_APART, len(asked)), len(asked))
        asked.insert(place, Question(first.comparison, not first.flipped, repeat=True))
    return asked


def _spread(comparisons: Sequence[Comparison], count: int, chance: random.Random) -> list[Comparison]:
    """`count` of them, taken in turns from the pairs of methods."""
    pairs: dict[tuple[str, str], list[Comparison]] = {}
    for comparison in comparisons:
        pairs.setdefault(comparison.methods, []).append(comparison)
    for pair in pairs.values():
        chance.shuffle(pair)
    turns = itertools.chain.from_iterable(itertools.zip_longest(*pairs.values()))
    return [comparison for comparison in turns if comparison is not None][:count]


def _of_folder(folder: Path, prefix: str) -> list[Comparison]:
    results = _results(folder)
    found = []
    for painter, methods in results["pictures"].items():
        # a picture that the pipeline's own safety checker blacked out was not kept: nothing to compare
        shown = {name: [_inside(folder, f) if f else None for f in files] for name, files in methods.items()}
        for one, other in itertools.combinations(shown, 2):
            if group_of(one) == group_of(other):
                continue
            beside = zip(
                results["edits"], shown[one], shown[other], strict=False
            )  # the first edits are shown
            found += [
                _comparison(edit, f"{prefix}{painter}", (prefix, one, other), (left, right))
                for edit, left, right in beside
                if left and right
            ]
    if not found:
        raise ResultsError(
            f"{folder} has no pictures of two methods: set pictures_shown and two methods, and run it again."
        )
    return found


def _comparison(
    edit: Mapping[str, str], painter: str, names: tuple[str, str, str], pictures: tuple[Path, Path]
) -> Comparison:
    prefix, one, other = names
    words = edit["source_prompt"], edit["instruction"]
    key = hashlib.sha256("\n".join((painter, one, other, *words)).encode()).hexdigest()[:16]
    # one fixed order of a pair, whichever folder or seed it comes from: the report counts by pair
    sides = sorted(zip((f"{prefix}{group_of(one)}", f"{prefix}{group_of(other)}"), pictures, strict=True))
    (first, first_picture), (second, second_picture) = sides
    return Comparison(
        key, "\n".join((painter, *words)), *words, (first, second), (first_picture, second_picture)
    )


def _results(folder: Path) -> Any:
    path = folder / "results.json"
    try:
        results = json.loads(path.read_text(encoding="utf-8"))
        return {"edits": results["edits"], "pictures": results["pictures"]}
    except FileNotFoundError:
        raise ResultsError(f"{path} is missing: name a folder that `evaluate` wrote.") from None
    except (ValueError, KeyError, TypeError) as error:
        raise ResultsError(f"{path} is not what `python -m training evaluate` writes ({error}).") from error


def _inside(folder: Path, file: str) -> Path:
    """A picture's path. Results may come from elsewhere: nothing outside their folder is ever served."""
    path = (folder / file).resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file():
        raise ResultsError(f"{folder} has no picture {file}: evaluate again, or copy the folder as a whole.")
    return path
