"""Presets: the settings of whole sets of models, and how a file's settings go over them."""

import os
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError

from model.errors import ConfigError, NoGpu
from model.hardware import GPUS, gpu_present, has_4bit_kernels
from model.overlay import ENV_PREFIX, overlaid, put, toml_value
from model.settings import (
    CHECKPOINTS,
    SHARED_KEYS,
    WHOLE_KEYS,
    CaptionerSettings,
    ImageSettings,
    LLMSettings,
    ModelSettings,
    Preset,
    SafetySettings,
    ScorerSettings,
)

_STYLES = {
    "photo": ", professional photograph, 50mm lens, natural light",
    "watercolour": ", watercolor painting, soft washes, paper texture",
    "oil": ", oil painting, visible brush strokes",
    "pixel art": ", pixel art, 16-bit",
    "anime": ", anime style, clean line art",
    "sketch": ", pencil sketch, monochrome",
    "neon": ", neon lights, cyberpunk, glowing",
}


_BLEMISHES = "lowres, blurry, bad anatomy, watermark, text, jpeg artifacts"


_INSTRUCT_SMALL = LLMSettings(model="Qwen/Qwen3-1.7B", quantization="nf4", device="gpu")


_INSTRUCT = LLMSettings(model="Qwen/Qwen3-4B-Instruct-2507", quantization="nf4", device="gpu")


# 0.23 billion parameters, MIT; open_clip's CoCa cannot generate with transformers 5 (open_clip issue 1129)
_CAPTIONER = CaptionerSettings(kind="caption", model="florence-community/Florence-2-base")


_SCORERS = ScorerSettings(
    clip="ViT-L-14-quickgelu/openai",
    aesthetic_head="ttj/sac-logos-ava1-l14-linearMSE:model.safetensors",
    preference="transformers:yuvalkirstain/PickScore_v1",
)


_SAFETY = SafetySettings(classifier="Falconsai/nsfw_image_detection")


PRESETS: Mapping[str, Preset] = MappingProxyType(
    {
        "tiny": Preset(
            needs="any CPU with two cores and 3 GB of memory; no download",
            llm=LLMSettings(model=str(CHECKPOINTS / "diffchat"), threads=1),
            image=ImageSettings(
                model=str(CHECKPOINTS / "sd"),
                steps=10,
                guidance=2.5,
                width=128,
                height=128,
                diffedit=True,
                regions=str(CHECKPOINTS / "region"),
            ),
            styles={
                "flat": ", flat illustration",
                "watercolour": ", watercolor painting",
                "pixel art": ", pixel art",
                "sketch": ", pencil sketch",
                "neon": ", neon lights",
            },
        ),
        "sd15": Preset(
            needs="a GPU with 6 GB; downloads about 6 GB",
            llm=_INSTRUCT_SMALL,
            image=ImageSettings(
                model="stable-diffusion-v1-5/stable-diffusion-v1-5",
                variant="fp16",
                steps=25,
                guidance=7.0,
                width=512,
                height=512,
                negative_prompt=_BLEMISHES,
                device="gpu",
            ),
            captioner=_CAPTIONER,
            scorers=_SCORERS,
            safety=_SAFETY,
            styles=_STYLES,
        ),
        "sdxl-turbo": Preset(
            needs="a GPU with 12 GB; downloads about 15 GB",
            llm=_INSTRUCT,
            image=ImageSettings(
                model="stabilityai/sdxl-turbo",
                variant="fp16",
                steps=2,
                guidance=0.0,
                width=512,
                height=512,
                device="gpu",
            ),
            captioner=_CAPTIONER,
            scorers=_SCORERS,
            safety=_SAFETY,
            styles=_STYLES,
        ),
        "sdxl": Preset(
            needs="a GPU with 16 GB; downloads about 15 GB",
            llm=_INSTRUCT,
            image=ImageSettings(
                model="stabilityai/stable-diffusion-xl-base-1.0",
                variant="fp16",
                steps=30,
                guidance=6.0,
                width=1024,
                height=1024,
                negative_prompt=_BLEMISHES,
                device="gpu",
            ),
            captioner=_CAPTIONER,
            scorers=_SCORERS,
            safety=_SAFETY,
            styles=_STYLES,
        ),
        "sd35": Preset(
            needs="a GPU with 24 GB; downloads about 25 GB, after accepting the model's licence on the hub",
            llm=_INSTRUCT,
            image=ImageSettings(
                model="stabilityai/stable-diffusion-3.5-medium",
                steps=28,
                guidance=4.5,
                width=1024,
                height=1024,
                device="gpu",
                dtype="bfloat16",
            ),
            captioner=_CAPTIONER,
            scorers=_SCORERS,
            safety=_SAFETY,
            styles=_STYLES,
        ),
        # Needs follow from parameters, two bytes each: klein has 4 billion and its text encoder as many
        # more, of which offload keeps one on the GPU; the language model takes 3 GB there in 4 bits
        "flux2-klein": Preset(
            needs="a GPU with 16 GB; downloads about 25 GB; Apache-2.0; one model paints and edits",
            llm=_INSTRUCT,
            image=ImageSettings(
                model="black-forest-labs/FLUX.2-klein-4B",
                steps=4,
                guidance=0.0,  # distilled away
                width=1024,
                height=1024,
                device="gpu",
                dtype="bfloat16",
                offload="model",
            ),
            captioner=_CAPTIONER,
            scorers=_SCORERS,
            safety=_SAFETY,
            styles=_STYLES,
        ),
        # 6 billion, and a text encoder of 4
        "z-image-turbo": Preset(
            needs="a GPU with 24 GB; downloads about 40 GB; Apache-2.0",
            llm=_INSTRUCT,
            image=ImageSettings(
                model="Tongyi-MAI/Z-Image-Turbo",
                steps=9,
                guidance=0.0,
                width=1024,
                height=1024,
                device="gpu",
                dtype="bfloat16",
                offload="model",
            ),
            captioner=_CAPTIONER,
            scorers=_SCORERS,
            safety=_SAFETY,
            styles=_STYLES,
        ),
        # 20 billion, and a text encoder of 8, and both once more in the editor
        "qwen-image": Preset(
            needs="a GPU with 48 GB, 128 GB of memory; downloads 125 GB; Apache-2.0; a second model edits",
            llm=_INSTRUCT,
            image=ImageSettings(
                model="Qwen/Qwen-Image",
                steps=50,
                guidance=4.0,
                editor="Qwen/Qwen-Image-Edit-2509",
                editor_steps=40,
                editor_guidance=4.0,
                width=1024,
                height=1024,
                device="gpu",
                dtype="bfloat16",
                offload="model",
            ),
            captioner=_CAPTIONER,
            scorers=_SCORERS,
            safety=_SAFETY,
            styles=_STYLES,
        ),
    }
)


def resolve(
    preset_name: str,
    llm: Mapping[str, Any] | None = None,
    image: Mapping[str, Any] | None = None,
    safety: Mapping[str, Any] | None = None,
    captioner: Mapping[str, Any] | None = None,
    styles: Mapping[str, str] | None = None,
    *,
    models: Mapping[str, Mapping[str, Any]] | None = None,
    has_gpu: Callable[[], bool] = gpu_present,
) -> ModelSettings:
    """The preset's settings with the operator's values over them; "auto" keeps the preset's own value.

    A preset's 4-bit weights are for its GPU: with llm device "cpu" they are whole, unless the operator says
    otherwise or bitsandbytes has its kernels for the CPU, since without those they are slower there and save
    no memory.

    `styles` replace the preset's. `models` are whole pipelines by name, each with what its section says; how
    they run (`SHARED_KEYS`) they take from [image] where they say nothing.

    Raises ConfigError naming every wrong value, the known presets, or the
    preset that fits a machine without a GPU.
    """
    preset = PRESETS.get(preset_name)
    if preset is None:
        raise ConfigError(f'There is no preset "{preset_name}": choose one of {", ".join(PRESETS)}.')
    sections = {"llm": llm, "image": image, "safety": safety, "captioner": captioner}
    given: dict[str, Any] = {
        section: {key: value for key, value in (values or {}).items() if value != "auto"}
        for section, values in sections.items()
    }
    if given["llm"].get("device") == "cpu" and not has_4bit_kernels():
        given["llm"].setdefault("quantization", "none")
    if given["safety"].get("depicted"):
        given["safety"].setdefault("clip", preset.scorers.clip)
    # how the preset's own model edits says nothing about another one, nor what finds places in its pictures
    another = given["image"].get("model", preset.image.model) != preset.image.model
    if another or given["image"].get("editor"):
        given["image"].setdefault("diffedit", False)
    if another:
        given["image"].setdefault("regions", "")
    settings = _overlaid(preset_name, preset, given if styles is None else given | {"styles": styles})
    _refuse_idle(settings, preset)
    if models:
        settings = _with_models(settings, models)
    pipelines = (settings.image, *settings.models.values())
    named = [device for device in (settings.llm.device, *(p.device for p in pipelines)) if device in GPUS]
    if named and not has_gpu():
        raise NoGpu(_no_gpu(preset_name, preset, named[0]))
    return settings


def from_file(path: Path, environ: Mapping[str, str] = os.environ) -> ModelSettings:
    """The models that a `bot.toml` means, with the variables `DIFFCHAT__SECTION__KEY` over it.

    Read are [preset], the sections of models, and the styles of [imagine]; all else is the bot's. Raises
    ConfigError for a file that cannot be read, and as `resolve`.
    """
    try:
        values: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path} cannot be read: {error}.") from error
    for variable, text in environ.items():
        section, _, key = variable.removeprefix(ENV_PREFIX).lower().partition("__")
        if variable.startswith(ENV_PREFIX) and key:
            put(values, (section, key), toml_value(text))
    safety = _section(values, "safety")
    styles = _section(values, "imagine").get("styles", "auto")
    return resolve(
        str(_section(values, "preset").get("name", "tiny")),
        _section(values, "llm"),
        _section(values, "image"),
        # the rest of this section is what the bot does with what is found
        {key: value for key, value in safety.items() if key in SafetySettings.model_fields},
        _section(values, "captioner"),
        None if styles == "auto" else styles,
        models={name: _section(_section(values, "models"), name) for name in _section(values, "models")},
    )


def _section(values: Mapping[str, Any], name: str) -> dict[str, Any]:
    section = values.get(name, {})
    if not isinstance(section, dict):
        raise ConfigError(f"{name} = {section!r} is no section: write [{name}] and its keys below.")
    return section


def _with_models(settings: ModelSettings, models: Mapping[str, Mapping[str, Any]]) -> ModelSettings:
    """The settings with the pipelines of [models.NAME]. Raises ConfigError."""
    shared = settings.image.model_dump(include=set(SHARED_KEYS))
    named = {}
    for name, values in models.items():
        given = {key: value for key, value in values.items() if value != "auto"}
        if whole := [key for key in WHOLE_KEYS if key in given]:
            raise ConfigError(f"[models.{name}] {whole[0]} holds for all pipelines: set it in [image].")
        if name in settings.image.loras:
            raise ConfigError(
                f"[models.{name}] has the name of a LoRA in [image] loras: choose another name."
            )
        # the editor's own keys would be refused without one
        named[name] = {key: value for key, value in shared.items() if key != "editor_rests"} | given
        if given.get("editor"):
            named[name].setdefault("editor_rests", shared["editor_rests"])
    found = _checked(lambda: overlaid(settings, {"models": named}))
    for name, one in found.models.items():
        _refuse_idle_pipeline(f"models.{name}", one, ImageSettings.model_construct(**_plain_editor()))
    return found


def _plain_editor() -> dict[str, Any]:
    """The defaults of the keys about an editor."""
    return {key: field.default for key, field in ImageSettings.model_fields.items() if "editor" in key}


def _overlaid(name: str, preset: Preset, given: Mapping[str, Any]) -> ModelSettings:
    own = {field: getattr(preset, field) for field in ModelSettings.model_fields if hasattr(preset, field)}
    return _checked(lambda: overlaid(ModelSettings(preset=name, **own), given))


def _checked(make: Callable[[], ModelSettings]) -> ModelSettings:
    """What `make` gives. Raises ConfigError naming every value that cannot be."""
    try:
        return make()
    except ValidationError as error:
        problems = "; ".join(
            f"{'.'.join(map(str, e['loc']))} = {e['input']!r}: {e['msg']}" for e in error.errors()
        )
        raise ConfigError(f"The model settings cannot be used: {problems}.") from error


def _refuse_idle(settings: ModelSettings, preset: Preset) -> None:
    """Raise ConfigError for values that nothing reads, because what they belong to is not set."""
    image, safety = settings.image, settings.safety
    _refuse_idle_pipeline("image", image, preset.image)
    looks = bool(safety.classifier or safety.depicted)
    for key, read, by in (
        ("text_unwanted", bool(safety.text_classifier), "text_classifier"),
        ("text_threshold", bool(safety.text_classifier), "text_classifier"),
        ("threshold", looks, "depicted"),
        ("harmless", bool(safety.depicted), "depicted"),
    ):
        if not read and getattr(safety, key) != getattr(preset.safety, key):
            raise ConfigError(f'[safety] {key} has no effect without {by}: set that too, or {key} = "auto".')


def _refuse_idle_pipeline(section: str, image: ImageSettings, own: ImageSettings) -> None:
    if image.config and not image.model.endswith(".safetensors"):
        raise ConfigError(
            f"[{section}] config is for a single .safetensors file, and model is none: leave it out, or name "
            "the file as model."
        )
    for key in ("editor_steps", "editor_guidance", "editor_rests"):
        if not image.editor and getattr(image, key) != getattr(own, key):
            raise ConfigError(
                f"[{section}] {key} has no effect without editor: name one, or leave {key} out."
            )
    for key in ("ip_adapter_file", "image_encoder"):
        if not image.ip_adapter and getattr(image, key) != getattr(own, key):
            raise ConfigError(
                f"[{section}] {key} has no effect without ip_adapter: name one, or leave {key} out."
            )


def _no_gpu(name: str, preset: Preset, device: str) -> str:
    if preset.image.device == "gpu":
        why = f'Preset "{name}" needs {preset.needs}, and this machine has no GPU'
    else:
        why = f'The settings ask for device = "{device}", and this machine has no GPU'
    return (
        f'{why}: choose preset "tiny", which runs on any CPU, or set device = "cpu" in [llm] and [image] '
        "of a bot.toml."
    )
