"""The Dockerfile agrees with the program: its command, port, health check, settings, extras and versions."""

import asyncio
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from bot.__main__ import parser
from bot.ops.health import HealthServer
from bot.settings import MetricsSettings
from bot.telemetry.metrics import Metrics
from tests.deploy.files import ROOT, arguments, image_environment, settings, stages

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_hadolint_finds_nothing() -> None:
    hadolint = Path(sys.executable).with_name("hadolint")
    run = subprocess.run([hadolint, ROOT / "Dockerfile"], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout) == (0, "")


def test_there_is_a_target_with_cuda_and_one_without_which_is_the_default() -> None:
    assert {"cpu", "cuda"} <= set(stages())
    assert stages()[-1] == "cpu"


def test_every_stage_from_outside_is_an_official_image_of_a_version() -> None:
    outside = {rest.split()[0] for rest in arguments("FROM")} - set(stages())
    version = PROJECT["tool"]["mypy"]["python_version"]
    assert outside == {f"python:{version}-slim-bookworm"}


def test_the_image_starts_the_installed_command() -> None:
    [entry], [command] = arguments("ENTRYPOINT"), arguments("CMD")
    assert json.loads(entry)[0] in PROJECT["project"]["scripts"]
    assert parser().parse_args(json.loads(entry)[1:] + json.loads(command)).command


def test_what_is_installed_is_what_the_makefile_and_the_lock_say() -> None:
    steps = " ".join(arguments("RUN"))
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.findall(r"uv==(\S+)", steps) == re.findall(r"^UV_VERSION := (.+)$", makefile, re.MULTILINE)
    extras = set(re.findall(r"--extra (\S+)", steps))
    assert extras == {"postgres", "s3", "tracing"} <= set(PROJECT["project"]["optional-dependencies"])
    installs = [step for step in arguments("RUN") if "uv pip install" in step]
    assert all("constraint requirements.lock" in step for step in installs)


def test_the_build_gets_what_the_wheel_needs_and_nothing_private() -> None:
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    let_in = {line[1:] for line in lines if line.startswith("!")}
    needed = {*PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["only-include"]}
    needed |= {PROJECT["project"]["readme"], *PROJECT["project"]["license-files"]}
    assert "*" in lines, "everything else is left out"
    assert let_in == needed | {"pyproject.toml", "requirements.lock"}


def test_the_image_keeps_its_data_in_its_volume_and_serves_its_health() -> None:
    given = settings(ROOT / "bot.toml", image_environment())
    assert str(given.store.data_dir) in json.loads(*arguments("VOLUME"))
    assert image_environment()["HOME"] in json.loads(*arguments("VOLUME")), "caches go there"
    assert (given.metrics.serve, given.metrics.host) == (True, "0.0.0.0")
    assert arguments("EXPOSE") == [str(given.metrics.port)]


def test_it_does_not_run_as_root_and_names_its_user_by_number() -> None:
    [user] = arguments("USER")
    assert re.fullmatch(r"[1-9]\d+:[1-9]\d+", user)
    assert f"--uid {user.split(':')[0]}" in " ".join(arguments("RUN"))


Check = Callable[[], Awaitable[str | None]]


@pytest.mark.parametrize(("problem", "code"), [(None, 0), ("not connected to Discord", 1)])
async def test_the_health_check_asks_what_the_bot_serves(problem: str | None, code: int) -> None:
    async def check() -> str | None:
        return problem

    [given] = arguments("HEALTHCHECK")
    command = json.loads(given.partition("CMD ")[2])
    async with HealthServer(MetricsSettings(port=0), Metrics(), {"gateway": check}) as server:
        script = command[-1].replace(f"http://127.0.0.1:{MetricsSettings().port}", server.url)
        assert script != command[-1], "the default port"
        run = await asyncio.create_subprocess_exec(
            sys.executable, *command[1:-1], script, stderr=asyncio.subprocess.DEVNULL
        )
        assert await run.wait() == code
