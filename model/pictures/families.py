"""What each family of diffusers' pipelines calls the settings of a request, and what it cannot do.

Nearly everything is read from the signature of the pipeline's class and from AutoPipeline's mappings; the
tables below hold what a signature does not tell. A setting that a family has no name for is refused
(`Unsupported`) and never dropped, and `Family.capabilities` tells the bot what not to offer.
"""

import inspect
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from diffusers.pipelines.auto_pipeline import (
    AUTO_IMAGE2IMAGE_PIPELINES_MAPPING,
    AUTO_TEXT2IMAGE_PIPELINES_MAPPING,
)

from model.engine import Capabilities
from model.errors import LoadError

Decode = Literal["plain", "packed", "statistics", "normalised"]
"""How a family's latents become a picture: by the VAE's scaling and shift, likewise after unpacking patches,
after unpacking by the mean and deviation of each channel, or by those that FLUX.2's VAE has learned for
patches of latents."""

OTHERS = ("HiDreamImagePipeline", "SanaSprintPipeline")
"""Classes that paint from words alone and that AutoPipeline does not know."""

# The guidance of these goes into the transformer as a number, and only where it was trained with one
# (`guidance_embeds`); FLUX.1 [schnell] was not.
_EMBEDDED = ("FluxPipeline", "FluxImg2ImgPipeline", "FluxKontextPipeline", "Flux2Pipeline")
# Classifier-free guidance begins above 1 elsewhere; these count from 0 (`do_classifier_free_guidance` there).
_FROM_ZERO = ("ZImagePipeline", "ZImageImg2ImgPipeline", "ZImageOmniPipeline", "Krea2Pipeline")
# True guidance only runs beside a negative prompt; Qwen-Image's own examples give a space for none.
_NEEDS_NEGATIVE = ("QwenImagePipeline", "QwenImageImg2ImgPipeline", "QwenImage21Pipeline")
_PACKED = ("FluxPipeline", "ChromaPipeline", "OvisImagePipeline", "FluxKontextPipeline")
_STATISTICS = ("QwenImagePipeline", "QwenImage21Pipeline", "Krea2Pipeline", "NucleusMoEImagePipeline")
_NORMALISED = ("Flux2Pipeline", "Flux2KleinPipeline")
# GLM-Image's language model plans all pictures of a batch by the first one's seed (`ar_generator`), so that a
# seed gives its picture only alone; PRX's guidance doubles the latents and not their times, which fits one.
_ALONE = ("GlmImagePipeline", "PRXPipeline")
_NOT_PLAIN = ("GlmImagePipeline",)  # its latents are normalised for each channel though nothing is packed
# Kept under `pipelines/deprecated/wuerstchen` of diffusers 0.42, where no model_index.json can name it
_PAELLA = ("StableCascade", "Wuerstchen")
_PLAIN_VAES = ("AutoencoderKL", "AutoencoderDC", "AutoencoderTiny")

_STEPS = ("num_inference_steps", "prior_num_inference_steps")
_CALLBACKS = ("prior_callback_on_step_end", "callback_on_step_end", "callback")
_GUIDANCES = ("guidance_scale", "distilled_guidance_scale", "prior_guidance_scale")


@dataclass(frozen=True, slots=True)
class Call:
    """How one pipeline class takes a request; `guidance` is None for a model distilled without one.

    `steps` are the names of all stages' numbers of steps, the one that a request sets first. `guides_from`
    is the guidance above which a negative prompt is looked at. `callbacks` are in the order of the stages.
    `alone`: it takes no batch, or a seed gives another picture in one.
    """

    accepted: Mapping[str, inspect.Parameter]
    guidance: str | None
    negative_prompt: bool
    needs_negative: bool
    separate_negative: bool
    guides_from: float
    steps: tuple[str, ...]
    callbacks: tuple[str, ...]
    alone: bool


@dataclass(frozen=True, slots=True)
class Family:
    """A loaded pipeline's family: how it paints from words and, where it can, over a picture.

    `looks_at_pictures`: it takes a picture beside the words, and nothing says how much of it stays.
    """

    name: str
    text: Call
    image: Call | None
    decode: Decode | None
    looks_at_pictures: bool

    @property
    def capabilities(self) -> Capabilities:
        """What of a request this family can serve."""
        reports = bool(self.text.callbacks)
        return Capabilities(
            previews=self.decode is not None and reports,
            strength=self.image is not None,
            negative_prompt=self.text.negative_prompt,
            progress=reports,
            cancel=reports,
        )


def family_of(pipe: Any) -> Family:
    """The family of a loaded text-to-image pipeline. Raises LoadError where words alone do not do."""
    cls = type(pipe)
    refuse_if_more_is_needed(cls)
    keys = [key for key, known in AUTO_TEXT2IMAGE_PIPELINES_MAPPING.items() if known is cls]
    over = AUTO_IMAGE2IMAGE_PIPELINES_MAPPING.get(keys[0]) if keys else None
    # FLUX.1 Kontext and FLUX.2 are there too, and have no `strength`
    looks = over is not None and "strength" not in inspect.signature(over.__call__).parameters
    return Family(
        keys[0] if keys else cls.__name__,
        call_of(cls, pipe),
        None if over is None or looks else call_of(over, pipe),
        _decode(cls.__name__, pipe),
        looks,
    )


def refuse_if_more_is_needed(cls: type[Any]) -> None:
    """Raise LoadError for a pipeline class that makes no picture from words alone, or cannot be loaded."""
    accepted = inspect.signature(cls.__call__).parameters
    if cls.__name__.startswith(_PAELLA):
        raise LoadError(
            f"The installed diffusers cannot load {cls.__name__}: it no longer offers the class of its "
            "decoder (PaellaVQModel). Choose another pipeline."
        )
    if "num_frames" in accepted:
        raise LoadError(f"{cls.__name__} makes videos: choose a text-to-image pipeline.")
    if "controlnet" in inspect.signature(cls.__init__).parameters or "control_image" in accepted:
        raise LoadError(
            f"{cls.__name__} needs a picture that guides it with every request: choose the pipeline without "
            "control."
        )


def call_of(cls: type[Any], pipe: Any) -> Call:
    """How the class `cls` takes a request; `pipe` is the loaded pipeline whose parts it works with."""
    accepted = inspect.signature(cls.__call__).parameters
    callbacks = tuple(name for name in _CALLBACKS if name in accepted)
    if "callback_on_step_end" in callbacks:
        callbacks = tuple(name for name in callbacks if name != "callback")
    guidance = _guidance(cls.__name__, accepted, pipe)
    return Call(
        accepted,
        guidance,
        "negative_prompt" in accepted and not _is_distilled(pipe),
        cls.__name__ in _NEEDS_NEGATIVE,
        "true_cfg_scale" in accepted and guidance != "true_cfg_scale",
        0.0 if cls.__name__ in _FROM_ZERO else 1.0,
        _steps(guidance, accepted),
        callbacks,
        cls.__name__ in _ALONE,
    )


def _guidance(name: str, accepted: Mapping[str, inspect.Parameter], pipe: Any) -> str | None:
    if _is_distilled(pipe):
        return None
    if name in _EMBEDDED and not pipe.transformer.config.guidance_embeds:
        return None
    plain = accepted.get("guidance_scale")
    if "true_cfg_scale" in accepted and (plain is None or plain.default is None):
        return "true_cfg_scale"
    return next((known for known in _GUIDANCES if known in accepted), None)


def _is_distilled(pipe: Any) -> bool:
    """FLUX.2 [klein] and Krea say of themselves that their guidance is distilled away, and ignore any."""
    return bool(getattr(pipe.config, "is_distilled", False))


def _steps(guidance: str | None, accepted: Mapping[str, inspect.Parameter]) -> tuple[str, ...]:
    """Where guidance steers the prior (Cascade, Wuerstchen), the request's steps are the prior's too."""
    names = [name for name in _STEPS if name in accepted]
    return tuple(reversed(names) if guidance == "prior_guidance_scale" else names)


def _decode(name: str, pipe: Any) -> Decode | None:
    if name in _PACKED:
        return "packed"
    if name in _STATISTICS:
        return "statistics"
    if name in _NORMALISED:
        return "normalised"
    vae = getattr(pipe, "vae", None)
    return "plain" if type(vae).__name__ in _PLAIN_VAES and name not in _NOT_PLAIN else None
