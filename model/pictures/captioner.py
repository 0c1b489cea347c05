"""From a picture to the raw prompt that could have painted it.

For the hub presets an image-to-text model writes a caption (`image_to_text.py`). The embedded preset reads
its own small world: CLIP compares the picture with sentences about it, slot by slot.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any, Protocol

import torch
from PIL import Image

from model.clip.open_clip import Clip
from model.pictures.image_to_text import ImageToText
from model.settings import CaptionerSettings
from model.tiny import words, world
from model.tiny.grammar import plural
from model.tiny.world import Scene, Thing

_SECOND_THING = 0.08  # cosine; between 0.06 and 0.1 the number of things on renders came out best


class Captioner(Protocol):
    """Anything that says in one short line what a picture shows."""

    def describe(self, image: Image.Image, reading: int = 0) -> str:
        """A caption in a few words; `reading` as in `model.engine.Engine.describe`."""


def load_captioner(settings: CaptionerSettings) -> Captioner:
    """The captioner that a preset names. Raises LoadError."""
    if settings.kind == "caption":
        return ImageToText.load(settings.model, settings.device)
    return WorldCaptioner(Clip.load(settings.model, settings.device))


class WorldCaptioner:
    """Finds the TinyWorld scene whose sentence lies nearest to the picture.

    One slot after another (what and which colour, where, when, ...) takes the value of the sentence with
    the highest cosine, twice round, so that a slot read early is looked at again in the light of the rest.
    """

    def __init__(self, clip: Clip) -> None:
        self._clip = clip

    def describe(self, image: Image.Image, reading: int = 0) -> str:
        """A short prompt in the world's words; other readings are the next best with one slot changed."""
        picture = self._clip.pictures([image])[0]
        scene = Scene((Thing(world.NOUNS[0], world.COLOURS[0]),))
        for _ in range(2):
            for alternatives in _SLOTS:
                # a second thing must be clearly there: naming one more lifts the cosine a little always
                margin = _SECOND_THING if alternatives is _second else 0.0
                scene = self._nearest(picture, list(alternatives(scene)), margin)
        return self._beside(picture, scene, reading) if reading else sentence(scene)

    def _beside(self, picture: torch.Tensor, scene: Scene, place: int) -> str:
        """Of the sentences that differ from the scene's in one slot, the nearest, the second nearest, ..."""
        others = dict.fromkeys(sentence(other) for slot in _SLOTS for other in slot(scene))
        others.pop(sentence(scene), None)
        cosines = self._clip.texts(list(others)) @ picture
        return list(others)[int(cosines.topk(min(place, len(others))).indices[-1])]

    def _nearest(self, picture: torch.Tensor, scenes: Sequence[Scene], margin: float) -> Scene:
        """The scene whose sentence is nearest; the first is preferred by `margin`."""
        cosines = self._clip.texts([sentence(scene) for scene in scenes]) @ picture
        cosines[0] += margin
        return scenes[int(cosines.argmax())]


def sentence(scene: Scene) -> str:
    """A scene in the plainest words, with nothing left unsaid but clear weather and medium size."""
    things = " and ".join(_thing(thing) for thing in scene.things)
    weather = [words.WEATHER_WORDS[scene.weather][0]] if scene.weather != Scene.weather else []
    phrases = [things, words.PLACE_WORDS[scene.place][0], words.TIME_WORDS[scene.time][0], *weather]
    return f"{' '.join(phrases)}, {words.STYLE_WORDS[scene.style][0]}"


def _thing(thing: Thing) -> str:
    size = [words.SIZE_WORDS[thing.size][0]] if thing.size != "medium" else []
    noun = words.NOUN_WORDS[thing.noun][0]
    parts = [*size, words.COLOUR_WORDS[thing.colour][0], noun if thing.count == 1 else plural(noun)]
    text = " ".join(parts)
    if thing.count > 1:
        return f"{words.COUNT_WORDS[thing.count][0]} {text}"
    return f"{'an' if text[0] in 'aeiou' else 'a'} {text}"


def _first(scene: Scene) -> Iterator[Scene]:
    kept = scene.things[0]
    for noun in world.NOUNS:
        if noun not in [thing.noun for thing in scene.things[1:]]:
            for colour in world.COLOURS:
                yield replace(scene, things=(replace(kept, noun=noun, colour=colour), *scene.things[1:]))


def _second(scene: Scene) -> Iterator[Scene]:
    first = scene.things[0]
    yield replace(scene, things=(first,))
    for noun in world.NOUNS:
        if noun != first.noun:
            for colour in world.COLOURS:
                yield replace(scene, things=(first, Thing(noun, colour)))


def _shape(scene: Scene) -> Iterator[Scene]:
    first, rest = scene.things[0], scene.things[1:]
    for size in world.SIZES:
        for count in world.COUNTS:
            yield replace(scene, things=(replace(first, size=size, count=count), *rest))


def _slot(name: str, values: Sequence[Any]) -> Callable[[Scene], Iterator[Scene]]:
    return lambda scene: (replace(scene, **{name: value}) for value in values)


_SLOTS: tuple[Callable[[Scene], Iterator[Scene]], ...] = (
    _slot("place", world.PLACES),
    _slot("time", world.TIMES),
    _first,
    _slot("style", world.STYLES),
    _slot("weather", world.WEATHERS),
    _shape,
    _second,
)
