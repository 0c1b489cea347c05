"""What each family of diffusers' pipelines calls the settings of a request, and what it cannot do.

Nearly everything is read from the signature of the pipeline's class and from AutoPipeline's mappings; the
tables below hold what a signature does not tell. A setting that a family has no name for is refused
(`Unsupported`) and never dropped, and `Family.capabilities` tells the bot what not to offer.
"""

import inspect
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import diffusers
from diffusers.pipelines.auto_pipeline import (
    AUTO_IMAGE2IMAGE_PIPELINES_MAPPING,
    AUTO_INPAINT_PIPELINES_MAPPING,
    AUTO_TEXT2IMAGE_PIPELINES_MAPPING,
)

from model.engine import Capabilities, Way
from model.errors import LoadError

Decode = Literal["plain", "packed", "statistics", "normalised"]
"""How a family's latents become a picture: by the VAE's scaling and shift, likewise after unpacking patches,
after unpacking by the mean and deviation of each channel, or by those that FLUX.2's VAE has learned for
patches of latents."""

OTHERS = ("HiDreamImagePipeline", "SanaSprintPipeline")
"""Classes that paint from words alone and that AutoPipeline does not know."""

# Classes that follow an instruction on a picture. FLUX.2 takes a list of pictures for all of a batch, and so
# does Qwen-Image-Edit-Plus; the others take one picture each, or (LongCat) one for all.
_EDITORS = (
    "Flux2KleinPipeline",
    "Flux2Pipeline",
    "FluxKontextPipeline",
    "QwenImageEditPipeline",
    "QwenImageEditPlusPipeline",
    "LongCatImageEditPipeline",
    "StableDiffusionInstructPix2PixPipeline",
    "StableDiffusionXLInstructPix2PixPipeline",
)
_SEVERAL = ("Flux2KleinPipeline", "Flux2Pipeline", "QwenImageEditPlusPipeline")
_FOR_ALL = (*_SEVERAL, "LongCatImageEditPipeline")
# Inpainting that AutoPipeline's mapping leaves out
_INPAINTING = {
    "Flux2KleinPipeline": "Flux2KleinInpaintPipeline",
    "FluxKontextPipeline": "FluxKontextInpaintPipeline",
}
# Their inpainting reads an instruction, as the editor does
_INSTRUCTED = ("Flux2KleinInpaintPipeline", "FluxKontextInpaintPipeline", "QwenImageEditInpaintPipeline")

# The input channels that inpainting takes: those of the latents, and with mask and picture beside them
_CHANNELS = {
    "StableDiffusionInpaintPipeline": (4, 9),
    "StableDiffusionPAGInpaintPipeline": (4, 9),
    "StableDiffusionXLInpaintPipeline": (4, 9),
    "StableDiffusionXLPAGInpaintPipeline": (4, 9),
    "StableDiffusion3InpaintPipeline": (16, 33),
}
# These paint inside a mask over a picture, by `model.pictures.blending`, where there is no inpainting
_BLENDED = ("StableDiffusionPipeline", "LatentConsistencyModelPipeline")

# The guidance of these goes into the transformer as a number, and only where it was trained with one
# (`guidance_embeds`); FLUX.1 [schnell] was not.
_EMBEDDED = (
    "FluxPipeline",
    "FluxImg2ImgPipeline",
    "FluxKontextPipeline",
    "Flux2Pipeline",
    "FluxInpaintPipeline",
    "FluxKontextInpaintPipeline",
)
# Classifier-free guidance begins above 1 elsewhere; these count from 0 (`do_classifier_free_guidance` there).
_FROM_ZERO = (
    "ZImagePipeline",
    "ZImageImg2ImgPipeline",
    "ZImageInpaintPipeline",
    "ZImageOmniPipeline",
    "Krea2Pipeline",
)
# True guidance only runs beside a negative prompt; Qwen-Image's own examples give a space for none.
_NEEDS_NEGATIVE = (
    "QwenImagePipeline",
    "QwenImageImg2ImgPipeline",
    "QwenImageInpaintPipeline",
    "QwenImage21Pipeline",
    "QwenImageEditPipeline",
    "QwenImageEditInpaintPipeline",
    "QwenImageEditPlusPipeline",
)
_PACKED = (
    "FluxPipeline",
    "ChromaPipeline",
    "OvisImagePipeline",
    "FluxKontextPipeline",
    "LongCatImageEditPipeline",
)
_STATISTICS = (
    "QwenImagePipeline",
    "QwenImage21Pipeline",
    "Krea2Pipeline",
    "NucleusMoEImagePipeline",
    "QwenImageEditPipeline",
    "QwenImageEditPlusPipeline",
)
_NORMALISED = ("Flux2Pipeline", "Flux2KleinPipeline")
# GLM-Image's language model plans all pictures of a batch by the first one's seed (`ar_generator`), so that a
# seed gives its picture only alone; PRX's guidance doubles the latents and not their times, which fits one.
# Qwen-Image-Edit-Plus refuses a batch, LongCat's encoder reads the first prompt of one.
_ALONE = ("GlmImagePipeline", "PRXPipeline", "QwenImageEditPlusPipeline", "LongCatImageEditPipeline")
# The shorter prompts of a batch are padded to its longest, and their pictures change with that
_ONE_PROMPT = ("CogView4Pipeline", "QwenImage21Pipeline")
_NOT_PLAIN = ("GlmImagePipeline",)  # its latents are normalised for each channel though nothing is packed
# Kept under `pipelines/deprecated/wuerstchen` of diffusers 0.42, where no model_index.json can name it
_PAELLA = ("StableCascade", "Wuerstchen")
_PLAIN_VAES = ("AutoencoderKL", "AutoencoderDC", "AutoencoderTiny")

# diffusers' IP-Adapters of other families (Kolors, FLUX.1, SD 3) are laid out and loaded in other ways
_ADAPTED = ("StableDiffusionPipeline", "StableDiffusionXLPipeline", "LatentConsistencyModelPipeline")

_STEPS = ("num_inference_steps", "prior_num_inference_steps")
_CALLBACKS = ("prior_callback_on_step_end", "callback_on_step_end", "callback")
_GUIDANCES = ("guidance_scale", "distilled_guidance_scale", "prior_guidance_scale")


@dataclass(frozen=True, slots=True)
class Call:
    """How one pipeline class takes a request; `guidance` is None for a model distilled without one.

    `steps` are the names of all stages' numbers of steps, the one that a request sets first. `guides_from`
    is the guidance above which a negative prompt is looked at. `callbacks` are in the order of the stages;
    without any, steps are counted where the scheduler makes them. `alone`: it takes no batch, or a seed gives
    another picture in one. `for_all`: the picture it starts from is given once for a whole batch.
    `instructed`: it reads the instruction in place of the prompt. `picture_guidance`: its name for that.
    `one_prompt`: in a batch of several prompts a seed gives another picture.
    """

    kind: type[Any]
    accepted: Mapping[str, inspect.Parameter]
    guidance: str | None
    negative_prompt: bool
    needs_negative: bool
    separate_negative: bool
    guides_from: float
    steps: tuple[str, ...]
    callbacks: tuple[str, ...]
    alone: bool
    for_all: bool
    instructed: bool
    picture_guidance: str | None
    one_prompt: bool


@dataclass(frozen=True, slots=True)
class Family:
    """A loaded pipeline's family: the ways in which it can paint, and how its class for each is called.

    `several`: it edits by several pictures at once.
    """

    name: str
    ways: Mapping[Way, Call]
    decode: Decode | None
    several: bool = False

    def references(self, *, adapted: bool) -> tuple[Way, ...]:
        """The ways in which a reference picture is looked at: by an IP-Adapter, or as an editor's last input.

        FLUX.2 paints from words and reads pictures beside them in one class: a reference is one of these.
        """
        by_adapter = {way for way in self.ways if adapted and way != "edit"}
        by_editor = {way for way in ("repaint", "edit") if way in self.ways} if self.several else set()
        return tuple(way for way in self.ways if way in by_adapter | by_editor)

    @property
    def text(self) -> Call:
        """How it paints from words; for a pipeline that does."""
        return self.ways["repaint"]

    @property
    def by_prompts(self) -> bool:
        """Whether it can edit by itself (`model.pictures.diffedit`): that looks at its latents, which must
        lie as the picture does, after one step over a picture, and paints inside a mask."""
        over = self.ways.get("keep")
        looked_at = over is not None and bool(over.callbacks) and not over.alone and self.decode == "plain"
        return looked_at and "region" in self.ways

    @property
    def capabilities(self) -> Capabilities:
        """What of a request this family can serve."""
        return Capabilities(
            previews=self.decode is not None,
            strength="keep" in self.ways,
            negative_prompt=self.text.negative_prompt,
            guidance=self.text.guidance is not None,
            edit="edit" in self.ways,
            region="region" in self.ways,
            several_pictures=self.several,
            references=self.references(adapted=False),
        )


def family_of(pipe: Any) -> Family:
    """The family of a loaded text-to-image pipeline. Raises LoadError where words alone do not do."""
    cls = type(pipe)
    refuse_if_more_is_needed(cls)
    keys = [key for key, known in AUTO_TEXT2IMAGE_PIPELINES_MAPPING.items() if known is cls]
    ways: dict[Way, Call] = {"repaint": call_of(cls, pipe)}
    over = AUTO_IMAGE2IMAGE_PIPELINES_MAPPING.get(keys[0]) if keys else None
    # FLUX.1 Kontext and FLUX.2 are there too, and have no `strength`
    if over is not None and "strength" in inspect.signature(over.__call__).parameters:
        ways["keep"] = call_of(over, pipe)
    return _with_editing(keys[0] if keys else cls.__name__, pipe, ways)


def editor_of(pipe: Any) -> Family:
    """The family of a loaded pipeline that is used for edits alone."""
    return _with_editing(type(pipe).__name__, pipe, {})


def _with_editing(name: str, pipe: Any, ways: dict[Way, Call]) -> Family:
    cls = type(pipe)
    if cls.__name__ in _EDITORS:
        ways["edit"] = call_of(cls, pipe)
    inside = inpainting_of(cls)
    if inside is not None and _fits(inside, pipe):
        ways["region"] = call_of(inside, pipe)
    elif cls.__name__ in _BLENDED:
        ways["region"] = ways["keep"]
    return Family(name, ways, _decode(cls.__name__, pipe), cls.__name__ in _SEVERAL)


def _fits(inside: type[Any], pipe: Any) -> bool:
    """Whether inpainting takes the checkpoint's channels: Stable Diffusion's refuses any but its own."""
    channels = _CHANNELS.get(inside.__name__)
    if channels is None:
        return True
    return (getattr(pipe, "unet", None) or pipe.transformer).config.in_channels in channels


def edits(cls: type[Any]) -> bool:
    """Whether a pipeline class follows instructions on pictures."""
    return cls.__name__ in _EDITORS


def takes_ip_adapter(cls: type[Any]) -> bool:
    """Whether an IP-Adapter can be laid over a pipeline class."""
    return cls.__name__ in _ADAPTED


def edits_several(cls: type[Any]) -> bool:
    """Whether it takes several pictures for one edit."""
    return cls.__name__ in _SEVERAL


def inpainting_of(cls: type[Any]) -> type[Any] | None:
    """The class that paints inside a mask with the parts of a pipeline of class `cls`."""
    if cls.__name__ in _INPAINTING:
        found: type[Any] = getattr(diffusers, _INPAINTING[cls.__name__])
        return found
    for mapping in (AUTO_TEXT2IMAGE_PIPELINES_MAPPING, AUTO_IMAGE2IMAGE_PIPELINES_MAPPING):
        keys = [key for key, known in mapping.items() if known is cls]
        if keys and keys[0] in AUTO_INPAINT_PIPELINES_MAPPING:
            inside: type[Any] = AUTO_INPAINT_PIPELINES_MAPPING[keys[0]]
            # the Kandinskys' inpainting is for decoders of their own, with channels for the mask
            return None if cls.__name__.startswith("Kandinsky") else inside
    return None


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
        cls,
        accepted,
        guidance,
        "negative_prompt" in accepted and not _is_distilled(pipe),
        cls.__name__ in _NEEDS_NEGATIVE,
        "true_cfg_scale" in accepted and guidance != "true_cfg_scale",
        0.0 if cls.__name__ in _FROM_ZERO else 1.0,
        _steps(guidance, accepted),
        callbacks,
        cls.__name__ in _ALONE,
        cls.__name__ in _FOR_ALL,
        cls.__name__ in (*_EDITORS, *_INSTRUCTED),
        "image_guidance_scale" if "image_guidance_scale" in accepted else None,
        cls.__name__ in _ONE_PROMPT,
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
