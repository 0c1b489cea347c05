"""Where the numbers of a run are shown beside `metrics.jsonl`: TensorBoard, wandb, mlflow, trackio.

They are accelerate's trackers. TensorBoard's events lie in the run's folder; the others get a run of the
folder's name in the project `tracking.project`. Where they send it (a server, or nowhere) is set by their own
environment variables, as `WANDB_MODE=offline` or `MLFLOW_TRACKING_URI`. A run that goes on is there a further
run of the same name, whose steps follow those of the first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from accelerate.tracking import LOGGER_TYPE_TO_CLASS, get_available_trackers

from training.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from accelerate.tracking import GeneralTracker

    from training.config.settings import TrackingSettings


def require(settings: TrackingSettings) -> None:
    """Raise ConfigError for trackers that are not installed, with the command that installs them."""
    if "tensorboard" in settings.with_:
        # It comes with the extra "train": the command line says how all of that is installed
        import tensorboard  # noqa: F401
    installed = {str(each) for each in get_available_trackers()}
    missing = [name for name in settings.with_ if name not in installed and name != "tensorboard"]
    if missing:
        command = f".venv/bin/uv pip install --python .venv/bin/python {' '.join(missing)}"
        raise ConfigError(
            "These trackers are not installed:",
            [f"tracking.with: {name}: `{command}` installs it, or leave it out" for name in missing],
        )


def started(
    settings: TrackingSettings, folder: Path, done: int = 0, config: Mapping[str, Any] | None = None
) -> list[GeneralTracker]:
    """The trackers of the run in `folder`, of which `done` steps were taken before; finish them at the end.

    `config` are the run's settings, for trackers that show them.
    """
    trackers = []
    for name in settings.with_:
        tracker = LOGGER_TYPE_TO_CLASS[name](**_arguments(name, settings.project, folder, done))
        tracker.start()
        # accelerate's for TensorBoard would write a second run, beside the numbers
        if config and name != "tensorboard":
            tracker.store_init_configuration(_flat(config))
        trackers.append(tracker)
    return trackers


def _arguments(name: str, project: str, folder: Path, done: int) -> dict[str, Any]:
    """What accelerate's tracker of this name is made with."""
    if name == "tensorboard":
        # Steps that a killed run took after its last checkpoint are taken again
        again = {"purge_step": done + 1} if done else {}
        return {"run_name": name, "logging_dir": str(folder), **again}
    if name == "mlflow":
        return {"experiment_name": project, "run_name": folder.name}
    own = {"dir": str(folder)} if name == "wandb" else {}
    return {"run_name": project, "name": folder.name, **own}


def _flat(values: Mapping[str, Any], section: str = "") -> dict[str, Any]:
    """Nested settings as section.key -> value, lists as their text."""
    flat: dict[str, Any] = {}
    for key, value in values.items():
        if isinstance(value, dict):
            flat |= _flat(value, f"{section}{key}.")
        else:
            flat[section + key] = value if isinstance(value, (bool, int, float, str)) else str(value)
    return flat
