"""The options of /imagine, and the parameters they come to."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from bot.domain.conversation import Parameters
from bot.errors import BadOption
from bot.i18n import Phrase, Text
from bot.texts import errors as words
from model.errors import BadRequest
from model.pictures.lora_mix import read_mix, written
from model.settings import ImageSettings, ModelSettings

MAX_SEED = 2**32 - 1

# Width and height as parts of the preset's own; the area stays about the same.
SIZES: Mapping[str, tuple[float, float]] = MappingProxyType(
    {"square": (1.0, 1.0), "portrait": (0.75, 1.25), "landscape": (1.25, 0.75)}
)

NO_STYLE = "none"

_NAMED, _NAME = 25, 60  # names in a refusal, and characters of each: a message has room for 2,000

NewSeed = Callable[[], int]


@dataclass(frozen=True, slots=True)
class Options:
    """What a person chose beside the words.

    None leaves it to their preferences and to the preset, and for the seed to chance. The style `NO_STYLE`
    is none also for somebody who prefers one. `model` names a pipeline of [models], or a LoRA of [image];
    `loras` is a mix of LoRAs as people write it (`model.pictures.lora_mix`).
    """

    style: str | None = None
    seed: int | None = None
    count: int | None = None
    size: str | None = None
    exact: bool | None = None
    model: str | None = None
    loras: str | None = None


PLAIN = Options()


def random_seed() -> int:
    """Any seed."""
    return random.SystemRandom().randint(0, MAX_SEED)


def parameters_for(
    options: Options, models: ModelSettings, max_count: int, new_seed: NewSeed = random_seed
) -> Parameters:
    """The parameters of a first turn. Raises `BadOption`."""
    _check(options, models, max_count)
    named = options.model if options.model in models.models else None
    image = models.painter(named)
    wide, high = SIZES[options.size or "square"]
    return Parameters(
        seed=new_seed() if options.seed is None else options.seed,
        steps=image.steps,
        guidance=image.guidance,
        width=_multiple_of_8(image.width * wide),
        height=_multiple_of_8(image.height * high),
        count=1 if options.count is None else options.count,
        style=options.style,
        negative_prompt=image.negative_prompt,
        exact=bool(options.exact),
        model=named,
        loras=_mix(options, image, named),
    )


def _mix(options: Options, image: ImageSettings, model: str | None) -> str:
    """The LoRAs of both options in one mix. Raises `BadOption`."""
    asked = [options.model if model is None else None, options.loras]
    text = " + ".join(part for part in asked if part and part.strip())
    try:
        return written(read_mix(text, image.loras))
    except BadRequest as error:
        allowed = words.A_MIX.with_(names=_one_of(image.loras)) if image.loras else words.NONE
        raise BadOption(option=words.THE_LORAS, value=_quoted(text), allowed=allowed) from error


def refitted(old: Parameters, image: ImageSettings, model: str | None = None) -> Parameters:
    """Parameters of another picture model with this one's name, steps, guidance and negative prompt.

    What belongs to the picture stays: seed, size, count, style. A model distilled without guidance refuses
    one, and a negative prompt is refused where guidance is too low for it. LoRAs stay where all of them are
    also this model's.
    """
    try:
        loras = written(read_mix(old.loras, image.loras))
    except BadRequest:
        loras = ""
    return replace(
        old,
        steps=image.steps,
        guidance=image.guidance,
        negative_prompt=image.negative_prompt,
        model=model,
        loras=loras,
    )


def _check(options: Options, models: ModelSettings, max_count: int) -> None:
    if options.style is not None and options.style not in models.styles:
        raise BadOption(option=words.THE_STYLE, value=_quoted(options.style), allowed=_one_of(models.styles))
    offers = {**models.models, **models.image.loras}
    if options.model is not None and options.model not in offers:
        offered = _one_of(offers)
        raise BadOption(option=words.THE_MODEL, value=_quoted(options.model), allowed=offered)
    if options.size is not None and options.size not in SIZES:
        raise BadOption(option=words.THE_SIZE, value=_quoted(options.size), allowed=_one_of(SIZES))
    if options.seed is not None and not 0 <= options.seed <= MAX_SEED:
        raise BadOption(
            option=words.THE_SEED, value=options.seed, allowed=words.A_NUMBER.with_(least=0, most=MAX_SEED)
        )
    if options.count is not None and not 1 <= options.count <= max_count:
        raise BadOption(
            option=words.THE_COUNT, value=options.count, allowed=words.A_NUMBER.with_(least=1, most=max_count)
        )


def _one_of(names: Mapping[str, object]) -> Text | Phrase:
    if not names:
        return words.NONE
    shown = ", ".join(name[:_NAME] for name in list(names)[:_NAMED])
    return words.ONE_OF.with_(names=shown if len(names) <= _NAMED else f"{shown} …")


def _quoted(value: str) -> Phrase:
    return words.QUOTED.with_(value=value[:40])


def _multiple_of_8(pixels: float) -> int:
    return max(64, round(pixels / 8) * 8)
