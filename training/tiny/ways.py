"""TinyWorld's part in the comparison of ways: scenes, wishes whose result is known, and the judge.

Scenes are drawn at random, without regard to parts: some of them the models may have learnt from. People's
words of the wishes are of the selection part, which no training saw.

The first picture of a case is painted by the shipped painter. Which of the renderer's layouts it shows is
found by trying all of them (`Composition.nearest`), so that the place where the wished-for picture may differ
is known without asking any model: it is where the drawn pictures before and after differ. Cases whose first
picture the classifier does not read as its scene are left out, since nothing could be said of what was kept.
"""

from __future__ import annotations

import io
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageFilter

from model.engine import PaintRequest
from model.tiny import instructions as say
from model.tiny.changes import SINGLE
from model.tiny.composition import Composition
from model.tiny.drafts import draft, scene_of
from model.tiny.vocabulary import world_vocabulary
from model.tiny.world import Scene
from training.evaluation.ways.cases import Case, Step
from training.tiny.classifier import SETTING, Reading, load, read
from training.tiny.wishes.draw import KINDS, random_wish

if TYPE_CHECKING:
    from collections.abc import Iterator

    from model.pictures.painter import Painter
    from model.settings import ImageSettings
    from model.tiny.drafts import Draft
    from training.config.ways_settings import WaysConfig
    from training.evaluation.ways.cases import Mask
    from training.tiny.classifier import Classifier
    from training.tiny.wishes.voice import Language

LOCAL = ("recolour", "add", "remove", "replace")
GLOBAL = ("time", "weather", "place", "style")
_WEIGHTS = (4, 3, 3, 3, 1, 1, 1, 1)
_MOST = 3  # objects; of more there are too many layouts to try
_CHANGED = 8  # of 255, by which a pixel must differ to count as part of the change
_GROWN = 5  # pixels, the side of the square by which the true mask is grown: soft edges belong to the change
_NEAR = 12.0  # pixels by which a thing's middle may move and still be in its place


@dataclass(frozen=True)
class Known:
    """What is known of a case: the scenes before and after each wish, and what the first picture shows."""

    scenes: tuple[Scene, ...]
    first: Reading


class TinyWorld:
    """Cases and the judge of what becomes of them."""

    def __init__(self, painter: Painter, settings: ImageSettings, classifier: Classifier) -> None:
        self._painter, self._settings, self._classifier = painter, settings, classifier
        self._known: dict[str, Known] = {}

    def cases(self, edits: int, chains: int, length: int, seed: int) -> Iterator[Case]:
        """`edits` single wishes, and then `chains` of `length` wishes."""
        for prefix, count, steps in (("", edits, 1), ("chain ", chains, length)):
            made = number = 0
            while made < count:
                case = self._case(f"{prefix}{number:04d}", steps, seed)
                number += 1
                if case is not None:
                    made += 1
                    yield case

    def __call__(self, case: Case, step: int, picture: Image.Image) -> tuple[float, float]:
        """Whether all that the wish names is as it says, and whether all else is as it was."""
        known = self._known[case.name]
        seen = read(self._classifier, [picture])[0]
        before, after = known.scenes[step], known.scenes[step + 1]
        return float(done(seen, before, after)), float(kept(seen, known, step))

    def _case(self, name: str, length: int, seed: int) -> Case | None:
        rng = random.Random(f"ways {seed} {name}")
        source = draft(Scene.random(rng), rng)
        if not 1 <= scene_of(source).total <= _MOST:
            return None
        wishes = list(_wishes(source, rng, length))
        if len(wishes) < length:
            return None
        number = rng.randrange(2**31)
        picture = self._paint(str(source), number)
        first = read(self._classifier, [picture])[0]
        scenes = (scene_of(source), *(scene_of(wish.after) for wish in wishes))
        if not first.shows(scenes[0]):
            return None
        self._known[name] = Known(scenes, first)
        return Case(name, str(source), picture, number, _steps(wishes, scenes, picture))

    def _paint(self, prompt: str, seed: int) -> Image.Image:
        s = self._settings
        request = PaintRequest(prompt, (seed,), s.width, s.height, s.steps, s.guidance)
        return Image.open(io.BytesIO(self._painter.paint(request).pictures[0].png)).convert("RGB")


def world(painter: Painter, image: ImageSettings, settings: WaysConfig) -> tuple[Iterator[Case], TinyWorld]:
    """The cases that the settings ask for, and their judge."""
    made = TinyWorld(painter, image, load())
    return made.cases(settings.edits, settings.chains, settings.length, settings.seed), made


@dataclass(frozen=True)
class _Wish:
    kind: str
    instruction: str
    after: Draft


def _wishes(source: Draft, rng: random.Random, length: int) -> Iterator[_Wish]:
    """Wishes one after the other, half in the grammar's words and half in ones that no training has seen."""
    now = source
    for _ in range(length):
        wish = next((w for w in (_wish(now, rng) for _ in range(60)) if w and _fits(now, w.after)), None)
        if wish is None:
            return
        yield wish
        now = wish.after


def _wish(now: Draft, rng: random.Random) -> _Wish | None:
    kind = rng.choices((*LOCAL, *GLOBAL), _WEIGHTS)[0]
    if rng.random() < 0.5:
        others = [other for other in KINDS if other != kind]
        language: Language = "de" if rng.random() < 0.3 else "en"
        found = random_wish(rng, now, language, part="selection", without=others)
        return _Wish(kind, found.instruction, found.after) if found else None
    change = SINGLE[kind](now, world_vocabulary(), rng)
    return _Wish(kind, say.typed(change.clause, rng), change.draft) if change else None


def _fits(before: Draft, after: Draft) -> bool:
    """Whether the world can show the wish, and the judge can see it."""
    try:
        one, other = scene_of(before), scene_of(after)
    except ValueError:
        return False
    return one != other and 1 <= other.total <= _MOST and facts(one) != facts(other)


def facts(scene: Scene) -> tuple[object, ...]:
    """What the judge can tell of a scene; equal for scenes that look alike to it."""
    things = frozenset((thing.noun, thing.colour) for thing in scene.things)
    return things, *(getattr(scene, name) for name in SETTING)


def done(seen: Reading, before: Scene, after: Scene) -> bool:
    """Whether everything that differs between the scenes is read as it is after."""
    there = seen.nouns(len(after.things))
    old = {thing.noun: thing.colour for thing in before.things}
    new = {thing.noun: thing.colour for thing in after.things}
    right = all(
        noun in there and seen.colours[noun] == colour
        for noun, colour in new.items()
        if old.get(noun) != colour
    )
    right = right and all(seen.chances[noun] < 0.5 for noun in old if noun not in new)
    changed = [name for name in SETTING if getattr(before, name) != getattr(after, name)]
    return right and all(getattr(seen, name) == getattr(after, name) for name in changed)


def kept(seen: Reading, known: Known, step: int) -> bool:
    """Whether everything that the wish did not name is read as it was: things, colours, places, setting."""
    before, after = known.scenes[step], known.scenes[step + 1]
    there = seen.nouns(len(after.things))
    old = {thing.noun: thing.colour for thing in before.things}
    same = [thing for thing in after.things if old.get(thing.noun) == thing.colour]
    right = all(thing.noun in there and seen.colours[thing.noun] == thing.colour for thing in same)
    right = right and all(
        getattr(seen, n) == getattr(after, n) for n in SETTING if getattr(before, n) == getattr(after, n)
    )
    always = [
        thing.noun for thing in same
        if all(thing.noun in {t.noun for t in scene.things} for scene in known.scenes[: step + 2])
    ]  # fmt: skip
    return right and all(_near(seen.centres[noun], known.first.centres[noun]) for noun in always)


def _near(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return float(np.hypot(one[0] - other[0], one[1] - other[1])) <= _NEAR


def _steps(wishes: list[_Wish], scenes: tuple[Scene, ...], picture: Image.Image) -> tuple[Step, ...]:
    now = Composition.nearest(scenes[0], picture)
    steps = []
    for wish, before, scene in zip(wishes, scenes, scenes[1:], strict=False):
        after = now.edited(scene)
        steps.append(
            Step(wish.kind, wish.instruction, str(wish.after), _words(before, scene), _mask(now, after))
        )
        now = after
    return tuple(steps)


def _words(before: Scene, after: Scene) -> str:
    """What names the place of the change: the thing that changes, goes or gives way; "" for a new one."""
    left = {(thing.noun, thing.colour) for thing in after.things}
    changed = [thing.noun for thing in before.things if (thing.noun, thing.colour) not in left]
    return f"the {changed[0]}" if changed else ""


def _mask(before: Composition, after: Composition) -> Mask | None:
    """Where the drawn pictures differ, a little grown; None where the setting changed, and so everything."""
    if any(getattr(before.scene, name) != getattr(after.scene, name) for name in (*SETTING, "quality")):
        return None
    one, other = (np.asarray(c.draw(), np.int16) for c in (before, after))
    differs = Image.fromarray((np.abs(one - other).max(-1) > _CHANGED).astype(np.uint8) * 255)
    mask: Mask = np.asarray(differs.filter(ImageFilter.MaxFilter(_GROWN))) > 0
    return mask
