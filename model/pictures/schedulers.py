"""Which scheduler a pipeline paints with, by diffusers' names (AUTOMATIC1111 calls them samplers).

diffusers' `compatibles` goes by class alone. Whether one can stand in for another also depends on what the
network was trained to predict: TinyWorld's and SANA's predict the flow, which most of Stable Diffusion's
schedulers refuse at the first step. So each is tried on a few zeros, once for each configuration.
"""

import json
import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib.util import find_spec
from typing import Any

import diffusers
import torch

from model.errors import ConfigError, Unsupported
from model.loading import load_errors

_END = "Scheduler"
_FEW_STEPS = ("LCMScheduler", "TCDScheduler")
# Its times are logarithms of noise (Karras et al. 2022, c_noise), of which a network trained on steps knows
# nothing; `compatibles` names it all the same
_OTHER_TIMES = ("EDMEulerScheduler",)

log = logging.getLogger(__name__)


def use_scheduler(pipe: Any, name: str) -> None:
    """Let `pipe` work with the scheduler of that name, with the pipeline's own schedule of noise.

    Raises ConfigError with the names that fit, or with the package that the scheduler lacks here.
    """
    fitting = fitting_schedulers(pipe.scheduler)
    full = name.removesuffix(_END) + _END
    if full not in fitting:
        _refuse_missing_package(name)
        raise ConfigError(
            f'scheduler = "{name}" does not fit {type(pipe).__name__}: choose one of {", ".join(fitting)}, '
            'or "" for its own.'
        )
    with load_errors("scheduler", full, "choose another, or install what it asks for"):
        chosen = _made(getattr(diffusers, full), pipe.scheduler.config)
    # pipelines of two stages (Kandinsky) hold it once more in the stage that paints
    for part in (pipe, getattr(pipe, "decoder_pipe", None)):
        if part is not None:
            part.register_modules(scheduler=chosen)


@contextmanager
def painting_with(pipe: Any, name: str) -> Iterator[None]:
    """Let the block paint with the scheduler of that name, then give the pipeline its own back; "": its own.

    Raises Unsupported where it does not fit, or needs a package that is missing.
    """
    if not name:
        yield
        return
    if name.removesuffix(_END) not in schedulers_of(pipe):
        raise Unsupported(f"The scheduler {name} does not fit {type(pipe).__name__}: choose another or none.")
    parts = [part for part in (pipe, getattr(pipe, "decoder_pipe", None)) if part is not None]
    own = [part.scheduler for part in parts]
    try:
        use_scheduler(pipe, name)
        yield
    finally:
        for part, scheduler in zip(parts, own, strict=True):
            part.register_modules(scheduler=scheduler)


def schedulers_of(pipe: Any) -> tuple[str, ...]:
    """Those that a request to `pipe` may name, as `Capabilities.schedulers` has them."""
    scheduler = getattr(pipe, "scheduler", None)
    if scheduler is None or not hasattr(scheduler, "compatibles"):
        return ()
    return tuple(name.removesuffix(_END) for name in fitting_schedulers(scheduler))


def check_scheduler(name: str, own: str, config: dict[str, Any]) -> None:
    """Raise ConfigError where diffusers has no such scheduler, where it needs a package that is missing, or
    where it cannot stand in for the class `own` with its `config`.

    With `own` "" only the name is looked up.
    """
    full = name.removesuffix(_END) + _END
    kind = getattr(diffusers, own, None) if own else None
    if kind is None and not hasattr(diffusers, full):
        raise ConfigError(
            f'scheduler = "{name}" is none of diffusers: choose one of its names, as DPMSolverMultistep, '
            'or "" for the model\'s own.'
        )
    _refuse_missing_package(name)
    if kind is None:
        return
    fitting = fitting_schedulers(kind.from_config(config))
    if full not in fitting:
        raise ConfigError(
            f'scheduler = "{name}" does not fit this model: choose one of {", ".join(fitting)}, '
            'or "" for its own.'
        )


def fitting_schedulers(scheduler: Any) -> list[str]:
    """Names of the schedulers that can stand in for `scheduler` on this machine, in the alphabet's order.

    They are diffusers' `compatibles`, which for Stable Diffusion's leave out the two that its documentation
    ("Latent Consistency Model", "Trajectory Consistency Distillation-LoRA") puts into the same pipelines;
    without those whose packages are missing, and those that cannot work with what the network predicts.
    """
    return list(_fitting(type(scheduler).__name__, scheduler.to_json_string()))


@lru_cache(maxsize=32)
def _fitting(own: str, config: str) -> tuple[str, ...]:
    settings = json.loads(config)
    names = {kind.__name__ for kind in getattr(diffusers, own).from_config(settings).compatibles}
    names |= set(_FEW_STEPS) if "DDIMScheduler" in names else set()
    with warnings.catch_warnings(action="ignore"):  # numpy's, about what several schedulers do with tensors
        others = [name for name in names - {own, *_OTHER_TIMES} if _works(name, settings)]
    return tuple(sorted({own, *others}))


@torch.inference_mode()
def _works(name: str, settings: dict[str, Any]) -> bool:
    """Whether a scheduler makes a step with another's settings."""
    kind = getattr(diffusers, name)
    if _lacking(kind):
        return False
    zeros = torch.zeros(1, 4, 8, 8)
    try:
        made = _made(kind, settings)
        made.set_timesteps(4)
        with torch.random.fork_rng(devices=[]):  # a step may draw noise
            first = made.timesteps[0]
            made.step(zeros, first, made.scale_model_input(zeros, first))
    except Exception:  # of whatever kind: it would fail so at somebody's request
        log.debug("%s cannot stand in", name, exc_info=True)
        return False
    return True


def _made(kind: type[Any], config: Any) -> Any:
    """A scheduler with another's settings.

    PNDM begins with Runge-Kutta steps unless it is told to skip them, as Stable Diffusion's own settings do;
    with them it fails below four steps.
    """
    skipped = {"skip_prk_steps": True} if kind.__name__ == "PNDMScheduler" else {}
    return kind.from_config(dict(config) | (skipped if "skip_prk_steps" not in config else {}))


def _lacking(kind: Any) -> list[str]:
    """The packages for want of which diffusers offers only a stand-in for a class."""
    return [name for name in vars(kind).get("_backends", ()) if find_spec(name) is None]


def _refuse_missing_package(name: str) -> None:
    packages = _lacking(getattr(diffusers, name.removesuffix(_END) + _END, object))
    if packages:
        raise ConfigError(
            f'scheduler = "{name}" needs a package that is missing ({", ".join(packages)}): install it into '
            "the bot's own environment (.venv), or choose another."
        )
