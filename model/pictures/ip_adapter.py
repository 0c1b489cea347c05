"""Painting after a reference picture with an IP-Adapter, for Stable Diffusion and SDXL.

An IP-Adapter (Ye et al. 2023, arXiv 2308.06721) gives the U-Net's cross-attention a second input: a picture,
as CLIP sees it. It is loaded with the pipeline and lies over it only while a request with a reference is
painted, because a U-Net with one refuses every call without a picture.

A style alone can be taken with SDXL, by the one layer that was found to hold it (InstantStyle, Wang et al.
2024, arXiv 2404.02733). Stable Diffusion has no such layer: there a style and a character are both the whole
picture, a style with less weight.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import torch
from huggingface_hub import hf_hub_download
from safetensors.torch import load_file

from model.engine import PaintRequest, ReferenceAs
from model.errors import ConfigError, LoadError
from model.loading import is_local, load_errors, path_of
from model.pictures.families import takes_ip_adapter
from model.settings import ImageSettings

_WHAT = "IP-Adapter"
_ENCODER = "image_encoder"  # the folder's name in the repositories of IP-Adapters
_HINT = "check that it was made for this pipeline, and that its image encoder is there in safetensors"
_ADAPTED = "ip_image_proj"  # `encoder_hid_dim_type` of a U-Net with an adapter

WHOLE_PICTURE: Mapping[ReferenceAs, float] = {"style": 0.5, "character": 0.7}
"""The weight where a request says none and the whole picture is taken."""
STYLE_LAYER = 1.0
"""That of SDXL's layer of style, which alone changes little else."""


class IPAdapter:
    """The adapter that `add_ip_adapter` loaded into `pipe`, taken off until it is asked for."""

    def __init__(self, pipe: Any) -> None:
        self._pipe, self._unet = pipe, pipe.unet
        self._projection = self._unet.encoder_hid_proj
        # the projections of some adapters have attention of their own, which is to stay as it is
        self._unet.encoder_hid_proj = None
        self._processors: dict[str, Any] = dict(self._unet.attn_processors)
        self._plain = {name: _plain(processor) for name, processor in self._processors.items()}
        self._put(self._plain, None, None)

    @property
    def size(self) -> int:
        """Bytes of its weights, without the image encoder, which is a part of the pipeline."""
        modules = [part for part in (self._projection, *self._processors.values()) if _is_module(part)]
        return sum(tensor.nbytes for module in modules for tensor in module.parameters())

    @contextmanager
    def laid_over(self, request: PaintRequest) -> Iterator[None]:
        """Within it, the pipeline and its relatives, which share the U-Net, paint after the reference."""
        self._put(self._processors, self._projection, _ADAPTED)
        try:
            self._pipe.set_ip_adapter_scale(self._scale(request))
            yield
        finally:
            self._put(self._plain, None, None)

    def _put(self, processors: dict[str, Any], projection: Any, kind: str | None) -> None:
        self._unet.encoder_hid_proj = None
        self._unet.set_attn_processor(dict(processors))  # the method empties the dict that it is given
        self._unet.encoder_hid_proj, self._unet.config.encoder_hid_dim_type = projection, kind

    def _scale(self, request: PaintRequest) -> Any:
        """A number for all layers, or the numbers of some blocks' layers; all others are then 0."""
        weight, layers = request.reference_weight, self._unet.config.layers_per_block
        first = self._unet.up_blocks[0]
        xl = type(self._pipe).__name__.startswith("StableDiffusionXL")
        if request.reference_as != "style" or not (xl and isinstance(layers, int) and _attends(first)):
            return WHOLE_PICTURE[request.reference_as] if weight is None else weight
        each = [0.0] * (layers + 1)
        each[len(each) // 2] = STYLE_LAYER if weight is None else weight
        return {"up": {"block_0": each}}


def add_ip_adapter(pipe: Any, settings: ImageSettings) -> None:
    """Load the adapter of the settings into a pipeline that is not on its device yet.

    Raises LoadError for one that was made for another pipeline or image encoder, ConfigError for a pipeline
    that takes none.
    """
    if not takes_ip_adapter(type(pipe)):
        name = type(pipe).__name__
        raise ConfigError(f"{name} takes no IP-Adapter of this kind: leave ip_adapter empty.")
    with load_errors(_WHAT, settings.ip_adapter, _HINT):
        file = _file(settings)
        # loaded here: the library would also take an encoder's pickle, and another one's file as well
        pipe.register_modules(image_encoder=_encoder(settings, file).to(pipe.dtype))
        pipe.load_ip_adapter(_parts(file), subfolder="", weight_name="")
        _check(pipe)


def check_ip_adapter(settings: ImageSettings) -> None:
    """Raise LoadError where a folder here has no IP-Adapter, ConfigError for a hub id without a file."""
    if not is_local(settings.ip_adapter):
        if not settings.ip_adapter_file:
            raise ConfigError(
                f"{settings.ip_adapter} may have several IP-Adapters: name its file in ip_adapter_file, as "
                '"models/ip-adapter_sd15.safetensors".'
            )
        _insist(settings.ip_adapter_file)
        return
    file = _local_file(settings)
    folder = _encoder_folder(settings, file)
    if not (folder / "config.json").is_file() or not any(folder.glob("*.safetensors")):
        raise LoadError(
            f"The IP-Adapter {file} has no image encoder in safetensors at {folder}: download it too, or "
            "name its folder in image_encoder."
        )


def _file(settings: ImageSettings) -> Path:
    check_ip_adapter(settings)
    if is_local(settings.ip_adapter):
        return _local_file(settings)
    return Path(hf_hub_download(settings.ip_adapter, settings.ip_adapter_file))


def _local_file(settings: ImageSettings) -> Path:
    root = path_of(settings.ip_adapter)
    if settings.ip_adapter_file:
        _insist(settings.ip_adapter_file)
        files = [root / settings.ip_adapter_file]
    else:
        files = sorted(root.glob("*.safetensors"))
    if len(files) > 1:
        names = ", ".join(file.name for file in files)
        raise LoadError(f"There are several IP-Adapters at {root} ({names}): name one in ip_adapter_file.")
    if not files or not files[0].is_file():
        raise LoadError(
            f"There is no IP-Adapter at {files[0] if files else root}: check the path; its weights are one "
            ".safetensors file."
        )
    return files[0]


def _insist(name: str) -> None:
    """Raises LoadError for the name of a pickle."""
    if not name.endswith(".safetensors"):
        raise LoadError(f"{name} could run any code when it is opened: take the .safetensors file.")


def _encoder_folder(settings: ImageSettings, file: Path) -> Path:
    if settings.image_encoder:
        return path_of(settings.ip_adapter) / settings.image_encoder
    return file.parent / _ENCODER


def _encoder(settings: ImageSettings, file: Path) -> Any:
    """The CLIP that looks at the reference, from a folder beside the adapter or its hub repository."""
    from transformers import CLIPVisionModelWithProjection

    if is_local(settings.ip_adapter):
        where: dict[str, Any] = {"pretrained_model_name_or_path": str(_encoder_folder(settings, file))}
    else:
        folder = settings.image_encoder or f"{Path(settings.ip_adapter_file).parent.as_posix()}/{_ENCODER}"
        where = {
            "pretrained_model_name_or_path": settings.ip_adapter,
            "subfolder": folder.removeprefix("./"),
        }
    return CLIPVisionModelWithProjection.from_pretrained(**where, use_safetensors=True)


def _parts(file: Path) -> dict[str, dict[str, torch.Tensor]]:
    """The weights as `load_ip_adapter` takes them. Raises LoadError for a file of something else."""
    parts: dict[str, dict[str, torch.Tensor]] = {"image_proj": {}, "ip_adapter": {}}
    for key, tensor in load_file(file).items():
        part, _, name = key.partition(".")
        if part in parts:
            parts[part][name] = tensor
    if not all(parts.values()):
        raise LoadError(f"The file {file} is no IP-Adapter: it has no image_proj or no ip_adapter weights.")
    names = parts["image_proj"].keys()
    of_faces = "norm.weight" in names and not names & {"proj.weight", "proj.3.weight"}
    if of_faces or any(name.startswith("perceiver_resampler.") for name in names):
        raise LoadError(f"{file} reads faces that another library measures: take a plain IP-Adapter.")
    return parts


def _check(pipe: Any) -> None:
    """Raise LoadError where the adapter's projection does not fit what the image encoder gives.

    The library finds that out at the first picture. The plain adapters read CLIP's embedding, those "plus"
    and "full face" what its last layer but one sees.
    """
    [projection] = pipe.unet.encoder_hid_proj.image_projection_layers
    config = pipe.image_encoder.config
    if hasattr(projection, "image_embeds"):
        wanted, given = projection.image_embeds.in_features, config.projection_dim
    elif hasattr(projection, "proj_in"):
        wanted, given = projection.proj_in.in_features, config.hidden_size
    else:
        wanted, given = projection.ff.net[0].proj.in_features, config.hidden_size
    if wanted != given:
        raise LoadError(
            f"The IP-Adapter reads {wanted} numbers of a picture, and its image encoder gives {given}: name "
            "the encoder that it was made with in image_encoder."
        )


def _plain(processor: Any) -> Any:
    """What stood there before the adapter, as the library's own `unload_ip_adapter` has it."""
    from diffusers.models.attention_processor import AttnProcessor2_0

    return AttnProcessor2_0() if _is_module(processor) else processor


def _is_module(part: Any) -> bool:
    return isinstance(part, torch.nn.Module)


def _attends(block: Any) -> bool:
    return hasattr(block, "attentions")
