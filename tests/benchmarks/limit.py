"""The share of what the memory allows that writing reaches, where the rest goes, and other forms of weights.

Each token reads all weights once, so that their bytes over the measured bandwidth are the least time that a
pass can take. The bandwidth is that of a sum over as many bytes as the model has, in this process: a small
model's weights stay in the processor's cache, and so do those bytes.
"""

import gc
import os
import time
from functools import partial
from typing import Any

import psutil
import torch
from torch.profiler import ProfilerActivity, profile
from transformers import AutoModelForCausalLM, DynamicCache, StaticCache

from model.language.layout import lay_out
from model.language.quantization import fit_widths, nf4
from tests.benchmarks import words
from tests.benchmarks.figures import MIB, Figure, median

PAST, PASSES, ROUNDS = 128, 5, 5
FEW = 11  # an edit's last token and a run of ten
PLAIN, STATIC, LAID_OUT, COMPILED = (
    "float32", "static cache", "weights column by column", "compiled",
)  # fmt: skip
HALF, NF4 = "bfloat16", "NF4"
OTHERS: dict[str, dict[str, Any]] = {
    LAID_OUT: {"dtype": torch.float32},
    HALF: {"dtype": torch.bfloat16},
    NF4: {"dtype": torch.float32, "quantization_config": nf4(torch.float32)},
}


def _bytes(model: Any) -> int:
    """Of all weights; the embedding counts once, as the last layer that it is too."""
    return sum(weight.numel() * weight.element_size() for weight in model.parameters())


def _bandwidth(size: int) -> float:
    """Bytes a second that one core reads of a block of this size."""
    block = torch.ones(max(size, MIB) // 4)
    spent = words.taking_turns({"": partial(torch.sum, block)}, 9).spent[""]
    return block.numel() * 4 / median(spent)


class Passes:
    """Passes of a model over so many tokens behind `PAST` others, with a growing or a static cache."""

    def __init__(self, model: Any, tokens: int, *, static: bool = False, run: Any = None) -> None:
        self._run, self._tokens = model if run is None else run, tokens
        self._cache: Any = DynamicCache(config=model.config)
        if static:
            self._cache = StaticCache(config=model.config, max_cache_len=PAST + FEW)
        self._static = static
        self._read(torch.full((1, PAST), 5), 0)
        self._keep()

    def _keep(self) -> None:
        """Forget all but the `PAST` tokens; a static cache, which has no way to, counts anew from there."""
        if self._static:
            for layer in self._cache.layers:
                layer.cumulative_length.fill_(PAST)
        else:
            self._cache.crop(PAST - self._cache.get_seq_length())

    def _read(self, ids: torch.Tensor, start: int) -> list[int]:
        with torch.inference_mode():
            places = torch.arange(start, start + ids.shape[1])[None]
            output = self._run(
                input_ids=ids, position_ids=places, past_key_values=self._cache, use_cache=True
            )
        best: list[int] = output.logits[0].argmax(-1).tolist()
        return best

    def __call__(self) -> None:
        for _ in range(PASSES):
            self._read(torch.full((1, self._tokens), 7), PAST)
            self._keep()


def _loaded(**how: Any) -> tuple[Any, float, float]:
    """A model, the seconds that loading took, and the MiB that this process grew by until its first pass."""
    gc.collect()
    before, began = psutil.Process().memory_full_info().uss, time.process_time()
    model = AutoModelForCausalLM.from_pretrained(words.settings().model, **how).eval()
    took = time.process_time() - began
    Passes(model, 1)()
    return model, took, (psutil.Process().memory_full_info().uss - before) / MIB


def _shares(model: Any) -> list[Figure]:
    """What passes over one token are spent on, by PyTorch's profiler."""
    one = Passes(model, 1)
    one()
    with profile(activities=[ProfilerActivity.CPU], acc_events=True) as profiled:
        one()
    spent = {event.key: event.self_cpu_time_total for event in profiled.key_averages()}
    whole = sum(spent.values())
    products = sum(took for name, took in spent.items() if name in {"aten::mm", "aten::addmm", "aten::bmm"})
    attention = sum(took for name, took in spent.items() if "attention" in name)
    return [
        Figure("operators' time in products with weights", 100 * products / whole, "%"),
        Figure("operators' time in attention", 100 * attention / whole, "%"),
    ]


async def run() -> list[Figure]:
    """one pass beside the least time in which its weights can be read; caches and forms of weights"""
    torch.set_num_threads(1)
    _loaded(dtype=torch.float32)  # the first brings the libraries into memory
    plain, *costs = _loaded(dtype=torch.float32)
    size, bandwidth = _bytes(plain), _bandwidth(_bytes(plain))
    least = size / bandwidth
    figures = [
        Figure("bytes that one core reads a second", bandwidth / 2**30, "GiB/s"),
        Figure("least time of a pass", least * 1e3, "ms", note=f"{size / MIB:.0f} MiB of weights"),
        *_costs(PLAIN, costs),
        *_shares(plain),
    ]
    others: dict[str, Any] = {}
    for name, how in OTHERS.items():
        others[name], *costs = _loaded(**how)
        figures += _costs(name, costs)
    lay_out(others[LAID_OUT])
    if compiles := bool(os.environ.get("DIFFCHAT_COMPILE")):  # takes minutes, and a C++ compiler
        others[COMPILED] = torch.compile(plain, dynamic=True)
    fit_widths(others[NF4])
    for tokens in (1, FEW):
        ways = {PLAIN: Passes(plain, tokens), STATIC: Passes(plain, tokens, static=True)}
        ways |= {name: Passes(model, tokens) for name, model in others.items() if name != COMPILED}
        if compiles:
            ways[COMPILED] = Passes(plain, tokens, run=others[COMPILED])
        for name, way in ways.items():
            began = time.process_time()
            way()  # compiling is in the first
            if name == COMPILED:
                figures.append(Figure(f"{tokens} tokens, compiling", time.process_time() - began, "s"))
        rounds = words.taking_turns(ways, ROUNDS)
        one = rounds.seconds(PLAIN) / PASSES
        figures.append(
            Figure(
                f"{tokens} tokens, {PLAIN}",
                one * 1e3,
                "ms a pass",
                "reading the weights at full bandwidth",
                one / least,
            )
        )
        figures += [
            Figure(
                f"{tokens} tokens, {name}", rounds.seconds(name) / PASSES * 1e3, "ms a pass", PLAIN,
                rounds.quicker(name, PLAIN),
            )
            for name in ways
            if name != PLAIN
        ]  # fmt: skip
    return figures


def _costs(name: str, costs: list[float]) -> list[Figure]:
    seconds, mib = costs
    return [Figure(f"loading, {name}", seconds, "s"), Figure(f"memory, {name}", mib, "MiB")]
