"""Settings of the models, and the presets that fill them.

A preset names a language model and a picture pipeline with numbers that suit them. Settings given by the
operator lie over the preset's; "auto" means the preset's own value. Importing this loads no model library.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from model.errors import ConfigError
from model.hardware import gpu_present

CHECKPOINTS = Path(__file__).parent / "tiny" / "checkpoints"


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class LLMSettings(_Frozen):
    """The DiffChat language model. `model` and `adapter` are folders or hub ids; an empty adapter is none.

    `quantization` "nf4" loads the weights in 4 bits with double quantisation. `temperature` is used for
    requests that bring none and for the retry. `threads` 0 leaves the number to torch. `variants` are further
    adapters by name, for requests that ask for one; an empty one is the bare model.
    """

    model: str = Field(min_length=1)
    adapter: str = ""
    quantization: Literal["nf4", "none"] = "none"
    device: Literal["auto", "cpu", "cuda"] = "auto"
    max_new_tokens: int = Field(default=320, ge=8, le=2048)
    temperature: float = Field(default=0.0, ge=0.0, le=2.0)
    batch: int = Field(default=8, ge=1, le=256)
    threads: int = Field(default=0, ge=0, le=256)
    variants: dict[str, str] = {}


class ImageSettings(_Frozen):
    """The picture pipeline (a diffusers folder or hub id) and the defaults of a request to it.

    `offload` "model" keeps on the GPU only the network at work, "layers" only the layer at work (slow, for
    little memory). `tiling` decodes large pictures in tiles. `batch` pictures are painted at once. `variant`
    "fp16" downloads the half-precision files of a hub model. `previews` sends small pictures on the way.
    `loras` are further looks by name: folders, files or hub ids of LoRA weights made for this pipeline.
    """

    model: str = Field(min_length=1)
    steps: int = Field(ge=1, le=150)
    guidance: float = Field(ge=0.0, le=30.0)
    width: int = Field(ge=64, le=2048, multiple_of=8)
    height: int = Field(ge=64, le=2048, multiple_of=8)
    negative_prompt: str = ""
    device: Literal["auto", "cpu", "cuda"] = "auto"
    dtype: Literal["auto", "float32", "bfloat16", "float16"] = "auto"
    variant: str = ""
    offload: Literal["none", "model", "layers"] = "none"
    tiling: bool = False
    previews: bool = False
    batch: int = Field(default=4, ge=1, le=64)
    threads: int = Field(default=0, ge=0, le=256)
    loras: dict[str, str] = {}


class CaptionerSettings(_Frozen):
    """Reads pictures: "world" TinyWorld's, "coca" any. `model`: a name that `model.clip.open_clip` takes."""

    kind: Literal["world", "coca"] = "world"
    model: str = str(CHECKPOINTS / "clip")
    device: Literal["auto", "cpu", "cuda"] = "auto"


class ScorerSettings(_Frozen):
    """The models that rate pictures, for training and evaluation; names as `model.clip.scorers.load_clip`
    takes.

    `clip` carries the aesthetic head and CLIPScore, `preference` PickScore; an empty `hps` leaves HPSv2 out.
    """

    clip: str = str(CHECKPOINTS / "clip")
    aesthetic_head: str = str(CHECKPOINTS / "clip" / "aesthetic.safetensors")
    preference: str = str(CHECKPOINTS / "clip")
    hps: str = ""
    device: Literal["auto", "cpu", "cuda"] = "auto"


class SafetyRule(_Frozen):
    """Refuses a prompt with one of `words`, if `together_with` is empty or one of its words is there too.

    A word may be a phrase; one that ends in * stands for all words that begin so.
    """

    reason: str
    words: tuple[str, ...] = Field(min_length=1)
    together_with: tuple[str, ...] = ()


_MINORS = SafetyRule(
    reason="sexual content with minors",
    words=(
        "child*", "kid", "kids", "toddler*", "baby", "babies", "infant*", "minor", "minors", "underage*",
        "preteen*", "teen", "teens", "teenage*", "schoolgirl*", "schoolboy*", "little girl", "little boy",
        "young girl", "young boy", "loli*", "shota*",
    ),
    together_with=(
        "nude*", "naked*", "sex*", "porn*", "nsfw", "erotic*", "hentai", "lingerie", "topless", "undress*",
        "genital*", "orgasm*", "fetish*", "seductive*", "lewd*", "explicit",
    ),
)  # fmt: skip
_MINORS_ALONE = SafetyRule(
    reason="sexual content with minors", words=("lolicon*", "shotacon*", "child porn*", "kiddie porn*")
)


ADULT_WORDS = (
    "nude*", "naked*", "nsfw", "porn*", "hentai", "erotic*", "topless", "lingerie", "genital*", "orgasm*",
    "fetish*", "bdsm", "lewd*",
)  # fmt: skip
"""What counts as adult in a prompt unless the operator names other words. It is for places, not for right and
wrong: what happens then is the asker's to decide."""
HARMLESS = ("a picture", "a landscape", "a meadow", "a beach", "a person", "an animal")


class SafetySettings(_Frozen):
    """What is not painted, or only marked as unsafe where a request says so.

    `rules` are never relaxed. `classifier` names an image classifier whose `unwanted` labels count above
    `threshold`. `clip`, a name as `model.clip.scorers.load_clip` takes, compares pictures with the texts of
    `depicted` and of `harmless`: one that is nearer to `depicted`, above `threshold`, counts too. Both empty:
    pictures are not looked at beyond what the pipeline itself does.
    """

    rules: tuple[SafetyRule, ...] = (_MINORS, _MINORS_ALONE)
    classifier: str = ""
    unwanted: tuple[str, ...] = ("nsfw",)
    threshold: float = Field(default=0.8, gt=0.0, lt=1.0)
    clip: str = ""
    depicted: tuple[str, ...] = ()
    harmless: tuple[str, ...] = Field(default=HARMLESS, min_length=1)


class Preset(_Frozen):
    """A pair of models that go together; `needs` says in words what hardware and download they take."""

    needs: str
    llm: LLMSettings
    image: ImageSettings
    captioner: CaptionerSettings = CaptionerSettings()
    scorers: ScorerSettings = ScorerSettings()
    safety: SafetySettings = SafetySettings()
    styles: Mapping[str, str]

    @field_validator("styles")
    @classmethod
    def _freeze(cls, styles: Mapping[str, str]) -> Mapping[str, str]:
        return MappingProxyType(dict(styles))


class ModelSettings(_Frozen):
    """Everything an engine needs. `styles` maps a style's name to the words appended to a prompt."""

    preset: str
    llm: LLMSettings
    image: ImageSettings
    captioner: CaptionerSettings = CaptionerSettings()
    scorers: ScorerSettings = ScorerSettings()
    safety: SafetySettings = SafetySettings()
    styles: dict[str, str]


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
_INSTRUCT_SMALL = LLMSettings(model="Qwen/Qwen3-1.7B", quantization="nf4", device="cuda")
_INSTRUCT = LLMSettings(model="Qwen/Qwen3-4B-Instruct-2507", quantization="nf4", device="cuda")
_CAPTIONER = CaptionerSettings(
    kind="coca", model="hf-hub:laion/mscoco_finetuned_CoCa-ViT-L-14-laion2B-s13B-b90k"
)
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
            image=ImageSettings(model=str(CHECKPOINTS / "sd"), steps=10, guidance=2.5, width=128, height=128),
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
                device="cuda",
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
                device="cuda",
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
                device="cuda",
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
                device="cuda",
                dtype="bfloat16",
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
    *,
    has_gpu: Callable[[], bool] = gpu_present,
) -> ModelSettings:
    """The preset's settings with the operator's values over them; "auto" keeps the preset's own value.

    Raises ConfigError naming every wrong value, the known presets, or the preset that fits a machine
    without a GPU.
    """
    preset = PRESETS.get(preset_name)
    if preset is None:
        raise ConfigError(f'There is no preset "{preset_name}": choose one of {", ".join(PRESETS)}.')
    settings = _overlay(preset_name, preset, {"llm": dict(llm or {}), "image": dict(image or {})})
    if "cuda" in (settings.llm.device, settings.image.device) and not has_gpu():
        raise ConfigError(_no_gpu(preset_name, preset))
    return settings


def _overlay(name: str, preset: Preset, overrides: Mapping[str, dict[str, Any]]) -> ModelSettings:
    given = {
        section: {key: value for key, value in values.items() if value != "auto"}
        for section, values in overrides.items()
    }
    merged = {
        "preset": name,
        "llm": preset.llm.model_dump() | given["llm"],
        "image": preset.image.model_dump() | given["image"],
        "captioner": preset.captioner,
        "scorers": preset.scorers,
        "safety": preset.safety,
        "styles": dict(preset.styles),
    }
    try:
        return ModelSettings.model_validate(merged)
    except ValidationError as error:
        problems = "; ".join(
            f"{'.'.join(map(str, e['loc']))} = {e['input']!r}: {e['msg']}" for e in error.errors()
        )
        raise ConfigError(f"The model settings cannot be used: {problems}.") from error


def _no_gpu(name: str, preset: Preset) -> str:
    if preset.image.device == "cuda":
        why = f'Preset "{name}" needs {preset.needs}, and this machine has no GPU'
    else:
        why = 'The settings ask for device = "cuda", and this machine has no GPU'
    return f'{why}: choose preset "tiny", which runs on any CPU, or set device = "cpu" for llm and image.'
