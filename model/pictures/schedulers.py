"""Which scheduler a pipeline paints with, by diffusers' names (AUTOMATIC1111 calls them samplers)."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import diffusers

from model.errors import ConfigError, Unsupported
from model.loading import load_errors

_END = "Scheduler"
_FEW_STEPS = ("LCMScheduler", "TCDScheduler")


def use_scheduler(pipe: Any, name: str) -> None:
    """Let `pipe` work with the scheduler of that name, with the pipeline's own schedule of noise.

    Raises ConfigError with the names that fit, LoadError where a scheduler needs a package that is missing.
    """
    fitting = fitting_schedulers(pipe.scheduler)
    full = name.removesuffix(_END) + _END
    if full not in fitting:
        raise ConfigError(
            f'scheduler = "{name}" does not fit {type(pipe).__name__}: choose one of {", ".join(fitting)}, '
            'or "" for its own.'
        )
    with load_errors("scheduler", full, "choose another, or install what it asks for"):
        chosen = getattr(diffusers, full).from_config(pipe.scheduler.config)
    # pipelines of two stages (Kandinsky) hold it once more in the stage that paints
    for part in (pipe, getattr(pipe, "decoder_pipe", None)):
        if part is not None:
            part.register_modules(scheduler=chosen)


@contextmanager
def painting_with(pipe: Any, name: str) -> Iterator[None]:
    """Let the block paint with the scheduler of that name, then give the pipeline its own back; "": its own.

    Raises Unsupported where it does not fit, LoadError where it needs a package that is missing.
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


def check_scheduler(name: str, own: str) -> None:
    """Raise ConfigError where diffusers has no such scheduler, or none that stands in for the class `own`.

    With `own` "" only the name is looked up.
    """
    full = name.removesuffix(_END) + _END
    kind = getattr(diffusers, own, None) if own else None
    if kind is None:
        if not hasattr(diffusers, full):
            raise ConfigError(
                f'scheduler = "{name}" is none of diffusers: choose one of its names, as DPMSolverMultistep, '
                'or "" for the model\'s own.'
            )
        return
    fitting = fitting_schedulers(kind())
    if full not in fitting:
        raise ConfigError(
            f'scheduler = "{name}" does not fit this model: choose one of {", ".join(fitting)}, '
            'or "" for its own.'
        )


def fitting_schedulers(scheduler: Any) -> list[str]:
    """Names of the schedulers that can stand in for `scheduler`, in the alphabet's order.

    They are diffusers' `compatibles`, which for Stable Diffusion's leave out the two that its documentation
    ("Latent Consistency Model", "Trajectory Consistency Distillation-LoRA") puts into the same pipelines.
    """
    fitting = {type(scheduler).__name__, *(kind.__name__ for kind in scheduler.compatibles)}
    return sorted(fitting | set(_FEW_STEPS) if "DDIMScheduler" in fitting else fitting)
