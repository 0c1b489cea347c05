"""What `make bench` measures of models, at their full sizes on a GPU: `python -m tests.benchmarks.gpu`.

The networks have their published sizes and random weights (`full_size.py`), are saved and loaded as the bot
loads them, and painted with by the painter and by one plain call of diffusers, taking turns. `--small` runs
the same on networks of a few thousand weights, on a CPU too: its figures only mean that all of it works.

Of language models only plain decoding is measured: what a random model writes repeats nothing, so looking up
the prompt would find nothing. A token's lower limit is the time in which its weights can be read, by the
bandwidth of a copy within the device's memory.
"""

import argparse
import gc
import platform
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Literal

import torch

from model.engine import PaintRequest
from model.language.llm import DiffChatLLM
from model.pictures.painter import Painter
from model.settings import ImageSettings, LLMSettings
from tests.benchmarks import full_size
from tests.benchmarks.figures import MIB, median, row

ROUNDS, PEOPLE, TOKENS = 5, 8, 64
SIZES = {"stable-diffusion": 512, "stable-diffusion-xl": 1024, "z-image": 1024, "flux2-klein": 1024}
GUIDANCE = {"stable-diffusion": 7.5, "stable-diffusion-xl": 7.0, "z-image": 0.0, "flux2-klein": 1.0}
STEPS = {"stable-diffusion": 20, "stable-diffusion-xl": 20, "z-image": 8, "flux2-klein": 4}
_COPIED = {True: 64 * MIB, False: 2048 * MIB}


def main() -> None:
    names = [*full_size.FULL, *full_size.QWEN3]
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.gpu", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(names)}; all by default")
    parser.add_argument("--small", action="store_true", help="tiny networks: whether all of it works")
    given = parser.parse_args()
    if unknown := set(given.names) - set(names):
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    if not given.small and not torch.cuda.is_available():
        parser.error("there is no GPU here; --small tries the same with tiny networks")
    print(f"{_machine()}, torch {torch.__version__}{', SMALL: no figure means anything' * given.small}")
    for name in given.names or names:
        with tempfile.TemporaryDirectory() as folder:
            measure = pictures if name in full_size.FULL else words
            measure(name, Path(folder), small=given.small)
        gc.collect()
        torch.cuda.empty_cache()


def pictures(family: str, folder: Path, *, small: bool) -> None:
    """One person's picture and eight people's, by the painter and by diffusers; seconds and memory."""
    print(f"\n{family}: {PEOPLE} people, {ROUNDS} rounds that take turns")
    with _made():
        full_size.pipeline(family, small=small).save_pretrained(folder)
    side, steps = (64, 2) if small else (SIZES[family], STEPS[family])
    device: Literal["gpu", "cpu"] = "gpu" if torch.cuda.is_available() else "cpu"
    settings = ImageSettings(
        model=str(folder), steps=steps, guidance=GUIDANCE[family], width=side, height=side, device=device,
        batch=PEOPLE, dtype="float32" if small else "bfloat16", threads=1,
    )  # fmt: skip
    began = time.perf_counter()
    painter = Painter.load(settings)
    row("loading", f"{time.perf_counter() - began:.1f} s")
    _forget_the_peak()
    asked = [
        PaintRequest(f"picture {seed}", (seed,), side, side, steps, settings.guidance)
        for seed in range(PEOPLE)
    ]

    def directly(count: int) -> None:
        with torch.inference_mode():
            painter._pipe(
                prompt=[request.prompt for request in asked[:count]], width=side, height=side,
                num_inference_steps=steps, guidance_scale=settings.guidance,
                generator=[torch.Generator().manual_seed(seed) for seed in range(count)],
            )  # fmt: skip

    def together() -> None:
        for result in painter.paint_together(asked, [None] * PEOPLE):
            if isinstance(result, Exception):
                raise result

    def one_by_one() -> None:
        for request in asked:
            painter.paint(request)

    ways: dict[str, Callable[[], object]] = {
        "one person's": lambda: painter.paint(asked[0]),
        "one by diffusers": lambda: directly(1),
        "eight in one batch": together,
        "eight by one call of diffusers": lambda: directly(PEOPLE),
        "eight one after the other": one_by_one,
    }
    spent = _taking_turns(ways)
    for name, seconds in spent.items():
        row(name, f"{median(seconds):.3f} s")
    for one, other in (
        ("one person's", "one by diffusers"),
        ("eight in one batch", "eight by one call of diffusers"),
        ("eight in one batch", "eight one after the other"),
    ):
        faster = median([b / a for a, b in zip(spent[one], spent[other], strict=True)])
        row(f"{one}, pictures a second", f"{faster:.2f} x", other)
    _memory()


def words(size: str, folder: Path, *, small: bool) -> None:
    """Tokens a second in bfloat16 and NF4, one edit and eight, beside what reading the weights allows."""
    print(f"\nQwen3 {size}: {TOKENS} tokens after 300, {ROUNDS} rounds")
    with _made():
        model, tokenizer = full_size.language_model(size, small=small)
        model.save_pretrained(folder)
        tokenizer.save_pretrained(folder)
    del model
    bandwidth = _bandwidth(_COPIED[small])
    row("bandwidth of a copy", f"{bandwidth / 2**30:.0f} GiB/s")
    device: Literal["gpu", "cpu"] = "gpu" if torch.cuda.is_available() else "cpu"
    for quantization in ("none", "nf4"):
        settings = LLMSettings(model=str(folder), device=device, quantization=quantization)
        began = time.perf_counter()
        lm = DiffChatLLM.load(settings)._model
        row(f"loading, {quantization}", f"{time.perf_counter() - began:.1f} s")
        _forget_the_peak()
        for batch in (1, PEOPLE):
            prompt = torch.full((batch, 300), 65, device=lm.device)
            spent = _taking_turns({"": partial(_decode, lm, prompt)})[""]
            rate = batch * TOKENS / median(spent)
            limit = bandwidth / _weights(lm) * batch
            what = f"{quantization}, {batch} at once"
            row(what, f"{rate:.0f} tokens/s", f"{rate / limit:.0%} of what reading the weights allows")
        _memory()
        del lm
        gc.collect()
        torch.cuda.empty_cache()


def _decode(lm: Any, prompt: torch.Tensor) -> None:
    with torch.inference_mode():
        lm.generate(
            prompt, attention_mask=torch.ones_like(prompt), do_sample=False, pad_token_id=0,
            min_new_tokens=TOKENS, max_new_tokens=TOKENS,
        )  # fmt: skip


def _weights(lm: Any) -> int:
    """Bytes that every token reads: all weights, the embedding only as the last layer that it is too."""
    return sum(weight.numel() * weight.element_size() for weight in lm.parameters())


def _bandwidth(size: int) -> float:
    """Bytes read and written a second by a copy within the memory of the device."""
    device = "cuda" if torch.cuda.is_available() else "cpu"
    one, other = (torch.zeros(size, dtype=torch.uint8, device=device) for _ in range(2))
    spent = _taking_turns({"": lambda: other.copy_(one)})[""]
    return 2 * size / median(spent)


def _taking_turns(ways: dict[str, Callable[[], object]]) -> dict[str, list[float]]:
    """Seconds of ROUNDS rounds, after one that is not counted."""
    spent: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(ROUNDS + 1):
        for name, way in ways.items():
            _wait()
            began = time.perf_counter()
            way()
            _wait()
            if number:
                spent[name].append(time.perf_counter() - began)
    return spent


def _wait() -> None:
    if torch.cuda.is_available():
        torch.cuda.synchronize()


def _forget_the_peak() -> None:
    """What making the networks and loading them took beside the weights is not part of the work."""
    gc.collect()
    if torch.cuda.is_available():
        torch.cuda.empty_cache()
        torch.cuda.reset_peak_memory_stats()


def _memory() -> None:
    if torch.cuda.is_available():
        row("most memory of the GPU", f"{torch.cuda.max_memory_allocated() / MIB:.0f} MiB")
    else:
        row("most memory", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


@contextmanager
def _made() -> Iterator[None]:
    """Networks are made within it where they are quick to make, in half the size."""
    device, before = ("cuda" if torch.cuda.is_available() else "cpu"), torch.get_default_dtype()
    torch.set_default_dtype(torch.bfloat16 if torch.cuda.is_available() else before)
    torch.manual_seed(0)
    try:
        with torch.device(device):
            yield
    finally:
        torch.set_default_dtype(before)


def _machine() -> str:
    if torch.cuda.is_available():
        return torch.cuda.get_device_name()
    return f"{platform.machine()}, no GPU"


if __name__ == "__main__":
    main()
