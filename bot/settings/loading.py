"""Reading the settings: bot.toml, with the environment over it.

Environment variables (`DIFFCHAT__IMAGE__STEPS=8`) win over the file, and --data wins over both. The Discord
token is no setting: it comes from `DISCORD_TOKEN` alone, see `token_from`; so do the keys of servers
elsewhere from variables of their own, see `servers_from`.
"""

import json
import logging
import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import SecretStr, ValidationError

from bot.errors import SettingsError
from bot.settings.engine import CaptionsAtSettings, PicturesAtSettings, WordsAtSettings
from bot.settings.models import NEEDED
from bot.settings.problems import Key, field_schemas, kinds, problems
from bot.settings.sections import Settings
from model.overlay import ENV_PREFIX, put, toml_value
from model.settings import NamedImageSettings, RemoteServers

log = logging.getLogger(__name__)


def load_settings(
    path: Path | str = "bot.toml",
    environ: Mapping[str, str] = os.environ,
    *,
    data_dir: Path | None = None,
) -> Settings:
    """Read the file and the environment; `SettingsError` carries all problems of both together.

    `data_dir` is what --data of the command line says: it wins over [store] data_dir of both.
    """
    values = _read_toml(Path(path))
    names, complaints = _override(values, environ)
    for variable, meant in _near_misses(environ).items():
        log.warning("%s is not read: did you mean %s?", variable, meant)
    if data_dir is not None and put(values, ("store", "data_dir"), str(data_dir)) is None:
        names["store", "data_dir"] = "--data"
    try:
        # JSON mode keeps values strict ("8" is no number) and still takes lists and paths as TOML has them.
        settings = Settings.model_validate_json(json.dumps(values, default=str))
    except ValidationError as error:
        complaints += problems(error, values, Settings, names)
    else:
        complaints += [*_nowhere(settings), *_experiment(settings), *_incomplete(settings)]
    if complaints:
        raise SettingsError(_sources(path, complaints, names), complaints)
    return settings


def _sources(path: Path | str, complaints: list[str], names: Mapping[Key, str]) -> str:
    """What the complaints are about: the file, the environment (or --data), or both."""
    elsewhere = [line.startswith((ENV_PREFIX, *names.values())) for line in complaints]
    return " and ".join(
        [*([] if all(elsewhere) else [str(path)]), *(["the environment"] if any(elsewhere) else [])]
    )


def _nowhere(settings: Settings) -> list[str]:
    """What no section can say of itself: an engine elsewhere, and no address of it or too many."""
    if settings.engine.kind == "local":
        sections = ("words_at", "pictures_at", "captions_at")
        return [
            f'[{name}] has no effect with [engine] kind = "local": set kind = "remote", or take it out'
            for name in sections
            if getattr(settings, name).urls or getattr(settings, name).model
        ]
    if not settings.words_elsewhere and not settings.pictures_elsewhere:
        return ['[engine] kind = "remote": needs urls in [words_at], in [pictures_at], or in both']
    if settings.captions_at.urls and not settings.pictures_elsewhere:
        return ["[captions_at] urls: needs urls in [pictures_at], as pictures painted here are read here"]
    return []


def _experiment(settings: Settings) -> list[str]:
    """An experiment that would not run, or not compare what it says."""
    experiment = settings.experiment
    arms = {"a": experiment.a, "b": experiment.b}
    if not experiment.name:
        if not any(arms.values()):
            return []
        return ["[experiment] a and b have no effect without a name: name the experiment, or take them out"]
    if not experiment.of_models:
        return []
    problems = [
        f'[experiment] {arm} = "{name}": is none of [models]; "" is the model of [image]'
        for arm, name in arms.items()
        if name and name not in settings.named
    ]
    if experiment.a == experiment.b:
        problems.append("[experiment] a and b: are the same model, so there is nothing to compare")
    # its limit would be used up by people who never asked for that model, and by one arm alone
    problems += [
        f"[models.{name}] daily: cannot be set for a model of [experiment]; use [limits] for all models"
        for name in arms.values()
        if name in settings.named and settings.named[name].given(NamedImageSettings).get("daily", 0)
    ]
    return problems


def _incomplete(settings: Settings) -> list[str]:
    """Pipelines by name without what no preset knows of them."""
    return [
        f"[models.{name}] {key}: is needed, as no preset has one for it"
        for name, section in settings.named.items()
        for key in NEEDED
        if getattr(section, key) == "auto"
    ]


def token_from(environ: Mapping[str, str] = os.environ) -> str | None:
    """The bot's token from `DISCORD_TOKEN`, or None; it is never logged and never part of the settings."""
    return environ.get("DISCORD_TOKEN", "").strip() or None


class Servers(NamedTuple):
    """Servers elsewhere for each kind of model, in the order that `engine_for` takes them; None for what runs
    on this machine."""

    words: RemoteServers | None
    pictures: RemoteServers | None
    captions: RemoteServers | None


def servers_from(settings: Settings, environ: Mapping[str, str] = os.environ) -> Servers:
    """The servers that the settings name, with their keys."""
    captions = settings.pictures_elsewhere and bool(settings.captions_at.urls)
    return Servers(
        _servers(settings.words_at, environ) if settings.words_elsewhere else None,
        _servers(settings.pictures_at, environ) if settings.pictures_elsewhere else None,
        _servers(settings.captions_at, environ) if captions else None,
    )


def _servers(
    section: WordsAtSettings | PicturesAtSettings | CaptionsAtSettings, environ: Mapping[str, str]
) -> RemoteServers:
    key = environ.get(section.key_from, "").strip()
    return RemoteServers(
        urls=section.urls,
        model=section.model,
        key=SecretStr(key) if key else None,
        timeout_s=section.timeout_s,
        retries=section.retries,
    )


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        problem = "there is no such file; `init` writes one with every default, --config names another"
    except tomllib.TOMLDecodeError as error:
        problem = f"this is not TOML: {error}"
    except (OSError, UnicodeDecodeError) as error:
        problem = f"the file cannot be read: {error}"
    raise SettingsError(str(path), [problem])


def _override(values: dict[str, Any], environ: Mapping[str, str]) -> tuple[dict[Key, str], list[str]]:
    """Put the variables `DIFFCHAT__SECTION__KEY` into `values`; which they were, and what is wrong."""
    names: dict[Key, str] = {}
    complaints: list[str] = []
    for variable, raw in environ.items():
        if not variable.startswith(ENV_PREFIX):
            continue
        section, _, key = variable.removeprefix(ENV_PREFIX).lower().partition("__")
        if not section or not key:
            complaints.append(f"{variable}: allowed is the form {ENV_PREFIX}SECTION__KEY")
        elif put(values, (section, key), _from_text(section, key, raw)) is None:
            names[section, key] = variable
    return names, complaints


def _near_misses(environ: Mapping[str, str]) -> dict[str, str]:
    """Variables that would be a setting's but for their underscores, with the right name of each.

    They are not refused: Kubernetes gives such names to every container of a namespace that has a service
    `diffchat-metrics` (DIFFCHAT_METRICS_PORT, an address as its value, which is not spoken of).
    """
    right = {
        _plain(f"{ENV_PREFIX}{section}_{key}"): f"{ENV_PREFIX}{section.upper()}__{key.upper()}"
        for section, keys in field_schemas(Settings).items()
        for key in keys
    }
    return {
        variable: right[_plain(variable)]
        for variable, value in environ.items()
        if not variable.startswith(ENV_PREFIX)
        and _plain(variable) in right
        and not value.startswith(("tcp://", "udp://"))
    }


def _plain(variable: str) -> str:
    return re.sub("_+", "_", variable).upper()


def _from_text(section: str, key: str, raw: str) -> object:
    """A variable's text as the TOML value it spells, unless the key takes nothing but text."""
    if section != "models" and kinds(field_schemas(Settings).get(section, {}).get(key, {})) == {"string"}:
        return raw
    return toml_value(raw)
