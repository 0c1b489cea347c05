"""compose.yaml: what runs by default and with each profile, and that it fits the image, bot and files."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from bot.settings import MetricsSettings
from tests.deploy.files import (
    DEPLOY,
    ROOT,
    arguments,
    image_environment,
    read_yaml,
    settings,
    stages,
    variables,
)

COMPOSE = read_yaml(ROOT / "compose.yaml")
CUDA = read_yaml(DEPLOY / "compose.cuda.yaml")
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
EXAMPLE = variables(DEPLOY / "env.example")

# what is used here of the Compose specification: a misspelt key shows without Docker, too
KEYS = {
    "build", "cap_drop", "depends_on", "deploy", "env_file", "environment", "healthcheck", "image", "init",
    "ports", "profiles", "read_only", "restart", "security_opt", "stop_grace_period", "tmpfs", "volumes",
}  # fmt: skip


def mounts(service: str) -> dict[str, str]:
    """Where in the container (without options) each volume or file is."""
    return {parts[1]: parts[0] for entry in SERVICES[service]["volumes"] if (parts := entry.split(":"))}


def test_it_is_valid() -> None:
    assert {key for service in SERVICES.values() for key in service} <= KEYS
    named = {source for service in SERVICES for source in mounts(service).values() if "/" not in source}
    assert named == set(COMPOSE["volumes"])
    for service in SERVICES.values():
        assert set(service.get("depends_on", ())) <= set(SERVICES)


def test_the_bot_alone_runs_by_default_and_two_profiles_add_to_it() -> None:
    by_profile = {name: service.get("profiles", ["default"]) for name, service in SERVICES.items()}
    assert by_profile == {
        "bot": ["default"],
        "postgres": ["postgres"],
        "prometheus": ["monitoring"],
        "grafana": ["monitoring"],
    }


def test_images_of_others_have_a_version() -> None:
    others = [service["image"] for service in SERVICES.values() if "build" not in service]
    assert all(re.fullmatch(r"[a-z]+(/[a-z]+)?:v?\d[\w.-]*", image) for image in others), others


def test_files_that_are_mounted_are_there_and_read_only() -> None:
    entries = [
        entry for service in SERVICES.values() for entry in service["volumes"] if entry.startswith(".")
    ]
    assert entries
    for entry in entries:
        source, _, options = entry.split(":")
        assert (ROOT / source).is_file()
        assert options == "ro"


def test_nothing_is_published_beyond_this_machine() -> None:
    ports = [port for service in SERVICES.values() for port in service.get("ports", ())]
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_the_bot_has_nothing_writable_but_its_volumes_and_tmp() -> None:
    bot = SERVICES["bot"]
    assert bot["read_only"]
    assert bot["cap_drop"] == ["ALL"]
    assert bot["tmpfs"] == ["/tmp"]
    environment = image_environment()
    assert mounts("bot")[environment["DIFFCHAT__STORE__DATA_DIR"]] == "data"
    assert mounts("bot")[environment["HOME"]] == "models"
    assert mounts("bot")[f"{arguments('WORKDIR')[-1]}/bot.toml"] == "./bot.toml"


def test_the_targets_are_those_of_the_dockerfile() -> None:
    assert SERVICES["bot"]["build"]["target"] == "${DIFFCHAT_TARGET:-cpu}"
    assert CUDA["services"]["bot"]["build"]["target"] in stages()


def test_the_example_names_every_variable_and_its_settings_exist() -> None:
    text = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    asked = set(re.findall(r"\$\{(\w+)", text)) - {"DIFFCHAT_TARGET"}
    assert asked | {"DISCORD_TOKEN"} <= set(EXAMPLE)
    given = settings(ROOT / "bot.toml", EXAMPLE)
    postgres = SERVICES["postgres"]["environment"]
    user, database = postgres["POSTGRES_USER"], postgres["POSTGRES_DB"]
    assert given.store.url == f"postgresql+asyncpg://{user}:PASSWORD@postgres/{database}"


def test_prometheus_asks_the_bot_and_grafana_prometheus() -> None:
    [scraped] = read_yaml(DEPLOY / "monitoring" / "prometheus.yml")["scrape_configs"]
    assert scraped["static_configs"] == [{"targets": [f"bot:{MetricsSettings().port}"]}]
    [source] = read_yaml(DEPLOY / "monitoring" / "grafana" / "datasources.yml")["datasources"]
    assert source["url"] == "http://prometheus:9090"
    assert SERVICES["prometheus"]["ports"] == ["127.0.0.1:9090:9090"]


def test_grafana_finds_the_dashboard_where_its_provider_looks() -> None:
    [provider] = read_yaml(DEPLOY / "monitoring" / "grafana" / "dashboards.yml")["providers"]
    places = mounts("grafana")
    [board] = [place for place in places if place.startswith(provider["options"]["path"] + "/")]
    assert places[board] == "./docs/grafana.json"
    assert {"/etc/grafana/provisioning/datasources", "/etc/grafana/provisioning/dashboards"} <= {
        str(Path(place).parent) for place in places
    }


def _has_compose() -> bool:
    if not shutil.which("docker"):
        return False
    asked = subprocess.run(["docker", "compose", "version"], capture_output=True, check=False)
    return asked.returncode == 0


@pytest.mark.skipif(not _has_compose(), reason="Docker Compose is not installed")
@pytest.mark.parametrize("files", [["compose.yaml"], ["compose.yaml", "deploy/compose.cuda.yaml"]])
def test_docker_compose_takes_it(tmp_path: Path, files: list[str]) -> None:
    for name in files:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    shutil.copy(DEPLOY / "env.example", tmp_path / ".env")
    chosen = [part for name in files for part in ("--file", name)]
    profiles = ["--profile", "postgres", "--profile", "monitoring"]
    command = ["docker", "compose", *chosen, *profiles, "config", "--quiet"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
