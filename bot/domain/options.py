"""The options of /imagine, and the parameters they come to."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Self

from bot.domain.aspects import ASPECTS, SIMPLE_ASPECTS, aspect_of, ratio_of, size_for
from bot.domain.conversation import Changes, Parameters
from bot.errors import BadOption, ModelStays, NotOfThisModel
from bot.i18n import Phrase, Text
from bot.settings import LimitsSettings
from bot.texts import errors as words
from bot.texts import models as model_words
from model.engine import Capabilities
from model.errors import BadRequest
from model.pictures.lora_mix import read_mix, written
from model.settings import ImageSettings, ModelSettings

MAX_SEED = 2**32 - 1

# Width and height as parts of the preset's own; the area stays about the same.
SIZES: Mapping[str, tuple[float, float]] = MappingProxyType(
    {"square": (1.0, 1.0), "portrait": (0.75, 1.25), "landscape": (1.25, 0.75)}
)

NO_STYLE = "none"
USUAL_MODEL = ""

# What people of AUTOMATIC1111, ComfyUI and InvokeAI call the samplers, in bare letters
_ALIASES = {
    "eulera": "EulerAncestralDiscrete",
    "dpm++2m": "DPMSolverMultistep",
    "dpmpp2m": "DPMSolverMultistep",
    "unipc": "UniPCMultistep",
}

_NAMED, _NAME = 25, 60  # names in a refusal, and characters of each: a message has room for 2,000

NewSeed = Callable[[], int]


@dataclass(frozen=True, slots=True)
class Options:
    """What a person chose beside the words.

    None leaves it to their preferences and to the preset, and for the seed to chance. The style `NO_STYLE`
    is none also for somebody who prefers one. `size` is a name of SIZES or a shape as "3:2". `style_words`
    are those of a style that is not the operator's: it was looked up before. `model` names a pipeline of
    [models], a LoRA of [image], or by `USUAL_MODEL` the pipeline of [image] itself; `loras` is a mix of LoRAs
    as people write it (`model.pictures.lora_mix`).
    """

    style: str | None = None
    seed: int | None = None
    count: int | None = None
    size: str | None = None
    exact: bool | None = None
    model: str | None = None
    negative: str | None = None
    steps: int | None = None
    guidance: float | None = None
    scheduler: str | None = None
    loras: str | None = None
    style_words: str = ""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What members may set: [limits] of the operator, and what the model can do at all.

    `schedulers` are the operator's; of them those are offered that fit the model.
    """

    most_steps: int = 50
    most_guidance: float = 15.0
    schedulers: tuple[str, ...] = ()
    able: Capabilities = field(default_factory=Capabilities)

    @classmethod
    def of(cls, limits: LimitsSettings, able: Capabilities) -> Self:
        """By the operator's limits and what a model can do."""
        return cls(limits.most_steps, limits.most_guidance, limits.schedulers, able)

    @property
    def offered(self) -> tuple[str, ...]:
        """The schedulers that both allow, in the operator's order."""
        return tuple(name for name in self.schedulers if name in self.able.schedulers)


ANY = Bounds()
PLAIN = Options()


def random_seed() -> int:
    """Any seed."""
    return random.SystemRandom().randint(0, MAX_SEED)


def parameters_for(
    options: Options,
    models: ModelSettings,
    max_count: int,
    new_seed: NewSeed = random_seed,
    bounds: Bounds = ANY,
) -> Parameters:
    """The parameters of a first turn. Raises `BadOption` or `NotOfThisModel`."""
    _check(options, models, max_count)
    named = options.model if options.model in models.models else None
    image = models.painter(named)
    check_painting(options, image, bounds)
    width, height = size_of(options.size or "square", image)
    plain = Parameters(
        seed=new_seed() if options.seed is None else options.seed,
        steps=image.steps,
        guidance=image.guidance,
        width=width,
        height=height,
        count=1 if options.count is None else options.count,
        style=options.style,
        negative_prompt=image.negative_prompt,
        exact=bool(options.exact),
        model=named,
        loras=_mix(options, image, named),
        style_words=options.style_words,
    )
    return _painting(options, bounds).on(plain)


def changes_for(
    options: Options,
    models: ModelSettings,
    max_count: int,
    bounds: Bounds = ANY,
    *,
    model: str | None = None,
    only: bool = False,
) -> Changes:
    """What a refinement's words change in a conversation with that model, whose bounds these are.

    Raises as `parameters_for`, or `ModelStays`.
    """
    if options.model is not None or options.loras is not None:
        raise ModelStays
    _check(options, models, max_count)
    image = models.painter(model)
    check_painting(options, image, bounds)
    width, height = size_of(options.size, image) if options.size else (None, None)
    return replace(
        _painting(options, bounds),
        seed=options.seed,
        width=width,
        height=height,
        count=options.count,
        only=only,
    )


def _painting(options: Options, bounds: Bounds) -> Changes:
    """Steps, guidance, scheduler and negative prompt that were said."""
    return Changes(
        steps=options.steps,
        guidance=options.guidance,
        negative_prompt=options.negative,
        scheduler=scheduler_named(options.scheduler, bounds) if options.scheduler else None,
    )


def size_of(name: str, image: ImageSettings) -> tuple[int, int]:
    """Width and height in pixels of a name of SIZES or a shape, for that model."""
    if name in SIZES:
        wide, high = SIZES[name]
        return _multiple_of_8(image.width * wide), _multiple_of_8(image.height * high)
    ratio = ratio_of(name)
    assert ratio is not None, "_check refuses others"
    return size_for(ratio, image.width, image.height)


def size_named(width: int, height: int, image: ImageSettings) -> str | None:
    """What to ask that model for to get exactly this size; None where no shape gives it.

    The shapes that people say come first: a model's grid makes 152x104 of 3:2.
    """
    names = (*ASPECTS, *SIMPLE_ASPECTS, aspect_of(width, height), *SIZES)
    fitting = (name for name in names if name in SIZES or ratio_of(name) is not None)
    return next((name for name in fitting if size_of(name, image) == (width, height)), None)


def style_words(said: Options | Parameters, styles: Mapping[str, str]) -> str:
    """What the style adds to a prompt: a person's or server's own words, or the operator's."""
    return said.style_words or styles.get(said.style or "", "")


def scheduler_named(typed: str, bounds: Bounds) -> str | None:
    """The scheduler that is meant, as AUTOMATIC1111 or diffusers calls it; None for one not offered."""
    wanted = _letters(typed)
    wanted = _letters(_ALIASES.get(wanted, wanted)).removesuffix("scheduler")
    names = {_letters(name): name for name in bounds.offered}
    return names.get(wanted) or names.get(f"{wanted}discrete") or names.get(f"{wanted}multistep")


def check_painting(options: Options, image: ImageSettings, bounds: Bounds) -> None:
    """Raise `NotOfThisModel` for what the model cannot do, `BadOption` for what is not allowed."""
    guidance = image.guidance if options.guidance is None else options.guidance
    # as diffusers counts, guidance begins above 1; what the preset says itself is always harmless
    looked_at = bounds.able.negative_prompt and guidance > 1
    if options.negative not in (None, "", image.negative_prompt) and not looked_at:
        raise NotOfThisModel(option=words.THE_NEGATIVE)
    usual = options.guidance in (None, image.guidance)
    if not usual and not (bounds.able.guidance and image.guidance):
        raise NotOfThisModel(option=words.THE_GUIDANCE)
    if options.guidance is not None and not usual and not 0 <= options.guidance <= bounds.most_guidance:
        most = words.A_NUMBER.with_(least=0, most=f"{bounds.most_guidance:g}")
        raise BadOption(option=words.THE_GUIDANCE, value=f"{options.guidance:g}", allowed=most)
    most_steps = max(bounds.most_steps, image.steps)  # the preset's own are always allowed
    if options.steps is not None and not 1 <= options.steps <= most_steps:
        allowed = words.A_NUMBER.with_(least=1, most=most_steps)
        raise BadOption(option=words.THE_STEPS, value=options.steps, allowed=allowed)
    if options.scheduler and not bounds.offered:
        raise NotOfThisModel(option=words.THE_SCHEDULER)
    if options.scheduler and scheduler_named(options.scheduler, bounds) is None:
        offered = _one_of(dict.fromkeys(bounds.offered))
        raise BadOption(option=words.THE_SCHEDULER, value=_quoted(options.scheduler), allowed=offered)


def _mix(options: Options, image: ImageSettings, model: str | None) -> str:
    """The LoRAs of both options in one mix. Raises `BadOption`."""
    asked = [options.model if model is None else None, options.loras]
    text = " + ".join(part for part in asked if part and part.strip())
    try:
        return written(read_mix(text, image.loras))
    except BadRequest as error:
        allowed = model_words.A_MIX.with_(names=_one_of(image.loras)) if image.loras else words.NONE
        raise BadOption(option=model_words.THE_LORAS, value=_quoted(text), allowed=allowed) from error


def refitted(old: Parameters, image: ImageSettings, model: str | None = None) -> Parameters:
    """Parameters of another picture model with this one's name, steps, guidance and negative prompt.

    It is not the model of an experiment's arm any more. What belongs to the picture stays: seed, size, count,
    style. A model distilled without guidance refuses one, and a negative prompt is refused where guidance is
    too low for it. LoRAs stay where all of them are also this model's.
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
        arm="",
    )


def _check(options: Options, models: ModelSettings, max_count: int) -> None:
    if options.style is not None and not options.style_words and options.style not in models.styles:
        raise BadOption(option=words.THE_STYLE, value=_quoted(options.style), allowed=_one_of(models.styles))
    offers = {**models.models, **models.image.loras}
    if options.model not in (None, USUAL_MODEL) and options.model not in offers:
        offered = _one_of(offers)
        raise BadOption(option=words.THE_MODEL, value=_quoted(options.model), allowed=offered)
    if options.size is not None and options.size not in SIZES and ratio_of(options.size) is None:
        offered = _one_of(dict.fromkeys([*SIZES, *ASPECTS]))
        raise BadOption(option=words.THE_SIZE, value=_quoted(options.size), allowed=offered)
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


def _letters(name: str) -> str:
    """The name in small letters without spaces and the like."""
    return "".join(c for c in name.casefold() if c.isalnum() or c == "+")


def _multiple_of_8(pixels: float) -> int:
    return max(64, round(pixels / 8) * 8)
