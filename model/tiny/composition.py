"""Where things stand when a scene is edited: old things keep their places, a new one takes a free one.

`render.layout` places by the number of things, so that one more moves all the others. That is right for a
picture painted anew, and wrong for the pair of pictures that an editor learns from: there the picture after
an edit must differ from the one before only where the named thing is, with its shadow and its light.

A `Composition` is a scene with the place of each of its objects. `Composition.of` has the places of
`render.render`; `edited` gives those after an edit; `region` is what of the picture the two differ in.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from model.tiny.render import LIFT, PICTURE, WIDTHS, Placed, arrangement, draw, layouts
from model.tiny.sprites import sprite
from model.tiny.world import Scene, Thing

Mask = npt.NDArray[np.bool_]
"""Rows and columns of a picture of `render.PICTURE` px, true where it counts."""

_BASES = (108, 116, 92)  # the ground lines of `render.layout`, the usual one first
_GLOW = (
    1.6  # of its width: so far from the middle of a lantern its light is lost in rounding, even by pixel art
)
_EDGE = 3  # outlines, blurs and the cells of pixel art reach this far beyond a drawing


@dataclass(frozen=True, slots=True)
class Composition:
    """A scene and the places of its objects, back to front."""

    scene: Scene
    placed: tuple[Placed, ...]
    mirrored: bool

    @classmethod
    def of(cls, scene: Scene, seed: int) -> Composition:
        """What `render.render` draws of this scene and seed."""
        placed, mirrored = arrangement(scene, seed)
        return cls(scene, tuple(placed), mirrored)

    @classmethod
    def nearest(cls, scene: Scene, picture: Image.Image) -> Composition:
        """The one of all layouts of a scene whose picture is nearest to `picture`, by squared differences.

        A painter that learnt from drawn pictures paints one of their layouts; this says which, and so where
        each object is.
        """
        wanted = np.asarray(picture.convert("RGB"), np.float32)
        every = [cls(scene, tuple(placed), side) for placed in layouts(scene) for side in (False, True)]
        drawn = (np.asarray(one.draw(), np.float32) for one in every)
        errors = [float(((one - wanted) ** 2).mean()) for one in drawn]
        return every[errors.index(min(errors))]

    def draw(self) -> Image.Image:
        """The picture."""
        return draw(self.scene, self.placed, self.mirrored)

    def edited(self, after: Scene) -> Composition:
        """The same picture with another scene: what is in both stays where it was.

        A kind of thing that replaces another stands in its place. Of a kind that becomes fewer the last ones
        go; a new object takes the place where it covers the others least.
        """
        kept = self._matches(after)
        standing = {
            spot: _resized(self.placed[spot], thing)
            for thing in after.things
            for spot in kept.get(thing.noun, ())[: thing.count]
        }
        # in the old order: an object keeps what it hides and what hides it
        placed = [standing[spot] for spot in sorted(standing)]
        for thing in after.things:
            for _ in range(thing.count - len(kept.get(thing.noun, ())[: thing.count])):
                placed.append(_free_place(thing, placed, after.total))
        return Composition(after, tuple(placed), self.mirrored)

    def _matches(self, after: Scene) -> dict[str, list[int]]:
        """For each noun of `after` the numbers of the objects here that it takes over."""
        spots: dict[str, list[int]] = {}
        for number, (thing, *_) in enumerate(self.placed):
            spots.setdefault(thing.noun, []).append(number)
        nouns = [thing.noun for thing in after.things]
        gone = [noun for noun in spots if noun not in nouns]
        new = [noun for noun in nouns if noun not in spots]
        taken_over = dict(zip(new, gone, strict=False))
        sources = {noun: taken_over.get(noun, noun) for noun in nouns}
        return {noun: spots[source] for noun, source in sources.items() if source in spots}

    def shape(self, noun: str, number: int | None = None) -> Mask:
        """Where objects of this kind are to be seen, or the one at this place in `placed`: their drawings,
        less what stands before them."""
        seen = np.zeros((PICTURE, PICTURE), np.bool_)
        for spot, place in enumerate(self.placed):
            drawn = _drawn(place, self.scene.time)
            mine = spot == number if number is not None else place[0].noun == noun
            seen = seen | drawn if mine else seen & ~drawn
        return seen

    def region(self, after: Composition) -> Mask:
        """Where this picture and the edited one may differ: all of it when the setting changed, else the
        objects that changed, came or went, with their shadow and their light."""
        if _setting(self.scene) != _setting(after.scene):
            return np.ones((PICTURE, PICTURE), np.bool_)
        changed = set(self.placed) ^ set(after.placed)
        # a count is part of a thing but not to be seen in any one object
        same = {_looks(place) for place in self.placed} & {_looks(place) for place in after.placed}
        found = np.zeros((PICTURE, PICTURE), np.bool_)
        for place in changed:
            if _looks(place) not in same:
                found |= reach(place, self.scene)
        return found


def reach(place: Placed, scene: Scene) -> Mask:
    """The part of a picture that one object has a say in: itself, its outline, its shadow and its light."""
    thing, left, top, width = place
    image = Image.new("L", (PICTURE, PICTURE))
    edge = _EDGE + (3 * 5 if "soft light" in scene.quality else 0) + (8 if scene.style == "neon" else 0)
    canvas = ImageDraw.Draw(image)
    canvas.rectangle((left - edge, top - edge, left + width + edge, top + width + 4 + edge), fill=255)
    if thing.noun == "lantern" or (thing.noun == "house" and scene.time == "night"):
        x, y, far = left + width / 2, top + width * 0.62, width * _GLOW + edge
        canvas.ellipse((x - far, y - far, x + far, y + far), fill=255)
    return np.asarray(image) > 0


def _setting(scene: Scene) -> tuple[object, ...]:
    return scene.place, scene.time, scene.weather, scene.style, scene.quality


def _looks(place: Placed) -> Placed:
    thing, left, top, width = place
    return replace(thing, count=1), left, top, width


def _lift(thing: Thing) -> int:
    return LIFT if thing.noun == "balloon" else 0


def _resized(place: Placed, thing: Thing) -> Placed:
    """The object as `thing` says, in its place: same middle, same ground, the width of its size."""
    old, left, top, width = place
    row = next(row for row, widths in WIDTHS.items() if widths[old.size] == width)
    wider = WIDTHS[row][thing.size]
    base = top + width + _lift(old)
    return thing, left + width // 2 - wider // 2, base - wider - _lift(thing), wider


def _free_place(thing: Thing, placed: list[Placed], total: int) -> Placed:
    """Where a new object covers the others least; of equal ones on the usual ground, in the middle."""
    width = WIDTHS[min(3, total)][thing.size]
    places = [
        (thing, centre - width // 2, base - width - _lift(thing), width)
        for base in _BASES
        for centre in range(20, PICTURE - 19, 8)
    ]
    return min(places, key=lambda place: (_covered(place, placed), _BASES.index(_base(place)), _off(place)))


def _base(place: Placed) -> int:
    thing, _, top, width = place
    return top + width + _lift(thing)


def _off(place: Placed) -> float:
    """How far from the middle of the picture."""
    return abs(place[1] + place[3] / 2 - PICTURE / 2)


def _covered(place: Placed, placed: list[Placed]) -> float:
    """How much of the others and of the picture's edge an object here would cover, in square pixels."""
    _, left, top, width = place
    beyond = max(0, -left) + max(0, left + width - PICTURE)
    shared = 0.0
    for _, x, y, wide in placed:
        across = min(left + width, x + wide) - max(left, x)
        down = min(top + width, y + wide) - max(top, y)
        shared += max(0, across) * max(0, down)
    return shared + beyond * width


def _drawn(place: Placed, time: str) -> Mask:
    """The pixels that an object's drawing covers."""
    thing, left, top, width = place
    alpha = sprite(thing.noun, thing.colour, width * 4, time == "night").getchannel("A").reduce(4)
    whole = Image.new("L", (PICTURE, PICTURE))
    whole.paste(alpha, (left, top))
    return np.asarray(whole) >= 128
