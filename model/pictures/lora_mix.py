"""LoRAs by name, each with a weight, in one line of text: "comic", "comic:0.6", "comic:0.6 + ink:0.5".

This is how people write them, how a turn keeps them, and what stands beside the pipeline's name in a picture.
A name that is known as a whole wins, whatever signs are in it.
"""

from collections.abc import Collection, Iterable

from model.errors import BadRequest

MOST = 4
"""LoRAs over one pipeline: every further one slows each step."""
HEAVIEST = 2.0
"""Largest weight; beyond it pictures fall apart. A negative one takes away what the LoRA adds."""

Mix = tuple[tuple[str, float], ...]


def read_mix(text: str, names: Collection[str]) -> Mix:
    """The LoRAs of a mix with their weights, none for ""; `names` are those there are.

    Raises BadRequest for a name that is not there or stands twice, more than `MOST`, or a weight that is no
    number from -2 to 2 or is 0.
    """
    if not text.strip():
        return ()
    parts = [text] if text in names else text.split("+")
    mix = tuple(_part(part.strip(), names) for part in parts)
    if len(mix) > MOST:
        raise BadRequest(f"At most {MOST} LoRAs can be used at once.")
    if len({name for name, _ in mix}) < len(mix):
        raise BadRequest("A LoRA stands twice: name each once.")
    return mix


def written(mix: Iterable[tuple[str, float]]) -> str:
    """The mix as text; a weight of 1 is left out."""
    return " + ".join(name if weight == 1 else f"{name}:{weight:g}" for name, weight in mix)


def _part(text: str, names: Collection[str]) -> tuple[str, float]:
    if text in names:
        return text, 1.0
    name, _, number = text.rpartition(":")
    name = name.strip()
    if name not in names:
        raise BadRequest(f'There is no model "{text}" here: it may have been taken out of the settings.')
    try:
        weight = float(number)
    except ValueError as error:
        raise BadRequest(f'"{number}" is no weight: write a number, as in {name}:0.6.') from error
    if not 0 < abs(weight) <= HEAVIEST:
        raise BadRequest(f"A weight is a number from -{HEAVIEST:g} to {HEAVIEST:g} and not 0.")
    return name, weight
