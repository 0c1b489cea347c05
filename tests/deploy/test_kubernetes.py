"""The manifests: whole, in agreement with image and bot, and valid by Kubernetes' own tools where those are.

kubernetes-validate brings the schemas, 17,000 files, and is therefore no part of the development extra.
"""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.settings import MetricsSettings
from model.__main__ import _parser
from model.serving.openai_server.auth import KEY_VARIABLE
from tests.deploy.files import DEPLOY, arguments, documents, image_environment, read_yaml, settings, variables

FOLDER = DEPLOY / "k8s"
KUSTOMIZATION = read_yaml(FOLDER / "kustomization.yaml")
RESOURCES = {
    (resource["kind"], resource["metadata"]["name"]): resource
    for name in KUSTOMIZATION["resources"]
    for resource in documents(FOLDER / name)
}
BOT, SERVER = RESOURCES["StatefulSet", "bot"], RESOURCES["Deployment", "server"]
SECRETS = variables(FOLDER / "secret.env.example")


def pod(workload: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = workload["spec"]["template"]["spec"]
    return found


def container(workload: dict[str, Any]) -> dict[str, Any]:
    [found] = pod(workload)["containers"]
    assert isinstance(found, dict)
    return found


def ports(workload: dict[str, Any]) -> dict[str, int]:
    return {port["name"]: port["containerPort"] for port in container(workload)["ports"]}


def probes(workload: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for name in ("startupProbe", "livenessProbe", "readinessProbe"):
        [way] = container(workload)[name].keys() & {"httpGet", "tcpSocket"}
        yield container(workload)[name][way]


def test_every_named_file_is_there_and_every_file_is_named() -> None:
    [settings_map], [secrets] = KUSTOMIZATION["configMapGenerator"], KUSTOMIZATION["secretGenerator"]
    named = {
        *KUSTOMIZATION["resources"],
        *settings_map["files"],
        *(f"{name}.example" for name in secrets["envs"]),
    }
    assert named | {"kustomization.yaml"} == {path.name for path in FOLDER.iterdir()} - {"secret.env"}


def test_nobody_commits_the_secrets() -> None:
    ignored = (DEPLOY.parent / ".gitignore").read_text(encoding="utf-8").split()
    assert "/deploy/k8s/secret.env" in ignored
    assert [value for name, value in SECRETS.items() if name != "DIFFCHAT__STORE__URL"] == ["", ""]


@pytest.mark.parametrize("workload", [BOT, SERVER], ids=["bot", "server"])
def test_what_a_pod_refers_to_exists(workload: dict[str, Any]) -> None:
    inner = container(workload)
    volumes = {volume["name"] for volume in pod(workload)["volumes"]}
    volumes |= {claim["metadata"]["name"] for claim in workload["spec"].get("volumeClaimTemplates", ())}
    assert {mount["name"] for mount in inner["volumeMounts"]} == volumes
    for variable in inner["env"]:
        reference = variable["valueFrom"]["secretKeyRef"]
        assert reference["name"] == KUSTOMIZATION["secretGenerator"][0]["name"]
        assert reference["key"] in SECRETS
    for volume in pod(workload)["volumes"]:
        if claim := volume.get("persistentVolumeClaim"):
            assert ("PersistentVolumeClaim", claim["claimName"]) in RESOURCES
        if made := volume.get("configMap"):
            assert made["name"] == KUSTOMIZATION["configMapGenerator"][0]["name"]
    assert inner["image"] in {image["name"] for image in KUSTOMIZATION["images"]}
    assert {probe["port"] for probe in probes(workload)} <= set(ports(workload))


@pytest.mark.parametrize("name", ["bot", "server"])
def test_each_service_leads_to_its_pods(name: str) -> None:
    service = RESOURCES["Service", name]["spec"]
    workload = {"bot": BOT, "server": SERVER}[name]
    assert service["selector"] == workload["spec"]["selector"]["matchLabels"]
    assert service["selector"].items() <= workload["spec"]["template"]["metadata"]["labels"].items()
    [port] = service["ports"]
    assert ports(workload)[port["targetPort"]] == port["port"]


@pytest.mark.parametrize("workload", [BOT, SERVER], ids=["bot", "server"])
def test_pods_keep_to_the_restricted_standard(workload: dict[str, Any]) -> None:
    """By Kubernetes' page "Pod Security Standards"; and the root file system is read-only beyond that."""
    spec, inner = pod(workload), container(workload)["securityContext"]
    assert spec["securityContext"]["runAsNonRoot"]
    assert spec["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    user = ":".join(str(spec["securityContext"][key]) for key in ("runAsUser", "runAsGroup"))
    assert [user] == arguments("USER")
    assert inner == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    labels = RESOURCES["Namespace", KUSTOMIZATION["namespace"]]["metadata"]["labels"]
    assert labels == {"pod-security.kubernetes.io/enforce": "restricted"}


def test_the_bot_can_read_its_settings_and_write_its_data() -> None:
    environment = {**image_environment(), **SECRETS}
    given = settings(FOLDER / "bot.toml", environment)
    places = {mount["mountPath"] for mount in container(BOT)["volumeMounts"]}
    assert {str(given.store.data_dir), environment["HOME"], "/tmp"} <= places
    assert f"{arguments('WORKDIR')[-1]}/bot.toml" in places
    assert given.store.url == SECRETS["DIFFCHAT__STORE__URL"]


def test_probes_ask_what_is_served() -> None:
    assert ports(BOT)["metrics"] == MetricsSettings().port
    assert [probe["path"] for probe in probes(BOT)] == ["/metrics", "/metrics", "/healthz"]
    assert [probe.get("path") for probe in probes(SERVER)] == ["/health", None, "/health"]
    given = container(SERVER)["args"]
    assert given[given.index("--port") + 1] == str(ports(SERVER)["http"])


def named(workload: dict[str, Any]) -> set[str]:
    return {variable["name"] for variable in container(workload)["env"]}


def test_the_server_serves_what_the_bot_asks_for() -> None:
    command: list[str] = container(SERVER)["command"] + container(SERVER)["args"]
    assert command[:3] == ["python", "-m", "model"]
    options = _parser().parse_args(command[3:])
    given = settings(FOLDER / "bot.toml", SECRETS)
    [port] = RESOURCES["Service", "server"]["spec"]["ports"]
    for asked in (given.words_at, given.pictures_at):
        assert asked.urls == (f"http://server:{port['port']}/v1",)
        assert asked.key_from in named(BOT)
    assert KEY_VARIABLE in named(SERVER)
    assert (options.port, options.preset) == (port["port"], given.preset.name)


def built(folder: Path) -> str:
    """What `kubectl` makes of the folder, with the example's secrets."""
    shutil.copytree(FOLDER, folder, dirs_exist_ok=True)
    shutil.copy(FOLDER / "secret.env.example", folder / "secret.env")
    command = ["kubectl", "kustomize", str(folder)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.mark.skipif(not shutil.which("kubectl"), reason="kubectl is not installed")
def test_kustomize_builds_it(tmp_path: Path) -> None:
    made = [resource for resource in yaml.safe_load_all(built(tmp_path)) if resource]
    kinds = sorted(resource["kind"] for resource in made)
    assert kinds == sorted([*(kind for kind, _ in RESOURCES), "ConfigMap", "Secret"])
    images = {
        container(resource)["image"] for resource in made if resource["kind"] in ("StatefulSet", "Deployment")
    }
    assert images == {f"registry.example.com/diffchat-bot:{tag}" for tag in ("cpu", "cuda")}


def test_every_resource_is_valid_by_kubernetes_own_schemas() -> None:
    validate = pytest.importorskip("kubernetes_validate", reason="kubernetes-validate is not installed")
    for resource in RESOURCES.values():
        validate.validate(resource, "1.37", strict=True)
