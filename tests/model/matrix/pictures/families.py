"""A small random pipeline of every family that paints from words, by each part's own config.

`BUILDERS` maps AutoPipeline's key to a function that builds it; `LEFT_OUT` says of the others why they are
not here.
"""

import inspect
from collections.abc import Callable
from typing import Any

from tests.model import small_pipelines
from tests.model.matrix.pictures.builders import dits, llms, seeing, unets


def pag(name: str, build: Callable[[], Any]) -> Callable[[], Any]:
    """The class of that name with the parts of another: perturbed-attention guidance needs no parts."""

    def built() -> Any:
        import diffusers

        kind = getattr(diffusers, name)
        wanted = inspect.signature(kind.__init__).parameters
        given = {part: value for part, value in build().components.items() if part in wanted}
        return kind(**given)

    return built


def sd3_pag() -> Any:
    """Stable Diffusion 3 with the second layer that perturbed-attention guidance perturbs unless told."""
    from diffusers import SD3Transformer2DModel

    pipe = small_pipelines.sd3()
    config = {**pipe.transformer.config, "num_layers": 2}
    pipe.register_modules(transformer=SD3Transformer2DModel.from_config(config))
    return pag("StableDiffusion3PAGPipeline", lambda: pipe)()


BUILDERS: dict[str, Callable[[], Any]] = {
    "stable-diffusion": small_pipelines.stable_diffusion,
    "stable-diffusion-xl": small_pipelines.sdxl,
    "stable-diffusion-3": small_pipelines.sd3,
    "stable-diffusion-pag": pag("StableDiffusionPAGPipeline", small_pipelines.stable_diffusion),
    "stable-diffusion-xl-pag": pag("StableDiffusionXLPAGPipeline", small_pipelines.sdxl),
    "stable-diffusion-3-pag": sd3_pag,
    "lcm": unets.lcm,
    "if": unets.deepfloyd,
    "hunyuan": dits.hunyuan,
    "hunyuan-pag": lambda: dits.hunyuan("HunyuanDiTPAGPipeline"),
    "kandinsky": unets.kandinsky,
    "kandinsky22": unets.kandinsky22,
    "kandinsky3": unets.kandinsky3,
    "pixart-alpha": dits.pixart_alpha,
    "pixart-sigma": lambda: dits.pixart_alpha("PixArtSigmaPipeline"),
    "pixart-sigma-pag": lambda: dits.pixart_alpha("PixArtSigmaPAGPipeline", layers=2),
    "sana": dits.sana,
    "sana-pag": lambda: dits.sana("SanaPAGPipeline"),
    "auraflow": dits.auraflow,
    "flux": small_pipelines.flux,
    "flux-kontext": dits.flux_kontext,
    "flux2": seeing.flux2,
    "flux2-klein": llms.flux2_klein,
    "krea2": seeing.krea2,
    "ideogram4": seeing.ideogram4,
    "glm_image": seeing.glm_image,
    "nucleusmoe-image": seeing.nucleus_moe,
    "lumina": dits.lumina,
    "lumina2": dits.lumina2,
    "chroma": dits.chroma,
    "cogview3": dits.cogview3,
    "cogview4": llms.cogview4,
    "qwenimage": llms.qwenimage,
    "qwenimage21": seeing.qwenimage21,
    "z-image": llms.z_image,
    "z-image-omni": seeing.z_image_omni,
    "prx": dits.prx,
    "ovis": llms.ovis,
    "HiDreamImagePipeline": llms.hidream,
}

_CONTROL = "needs a picture that guides it with every request; refused at the start"
_PAELLA = (
    "diffusers 0.42 no longer offers its decoder's class (PaellaVQModel) and cannot load it; refused at the "
    "start"
)
LEFT_OUT: dict[str, str] = {
    "stable-diffusion-controlnet": _CONTROL,
    "stable-diffusion-xl-controlnet": _CONTROL,
    "stable-diffusion-xl-controlnet-union": _CONTROL,
    "stable-diffusion-3-controlnet": _CONTROL,
    "stable-diffusion-controlnet-pag": _CONTROL,
    "stable-diffusion-xl-controlnet-pag": _CONTROL,
    "flux-control": _CONTROL,
    "flux-controlnet": _CONTROL,
    "cogview4-control": _CONTROL,
    "qwenimage-controlnet": _CONTROL,
    "z-image-controlnet": _CONTROL,
    "z-image-controlnet-inpaint": _CONTROL,
    "helios": "makes videos; refused at the start",
    "helios-pyramid": "makes videos; refused at the start",
    "cascade": _PAELLA,
    "wuerstchen": _PAELLA,
    "kolors": "diffusers lists it only where sentencepiece is installed, which nothing else here needs",
    "kolors-pag": "diffusers lists it only where sentencepiece is installed, which nothing else here needs",
}
