"""The files of deploy/ray: what Ray and our own settings would read, and the fields that KubeRay has.

No schema of KubeRay's resources comes as a package, so the fields are those of its types (kuberay,
`ray-operator/apis/ray/v1`: rayservice_types.go, raycluster_types.go), by hand; pods are checked for the
fields in use only. Ray's part is read by Ray itself.
"""

from pathlib import Path
from typing import Any

import yaml
from ray.serve.schema import ServeDeploySchema

from model.serving.cluster.settings import ClusterSettings, most

FOLDER = Path(__file__).parents[4] / "deploy" / "ray"
SERVICE = {"serveConfigV2", "rayClusterConfig", "serveService"}
CLUSTER = {
    "headGroupSpec", "workerGroupSpecs", "rayVersion", "enableInTreeAutoscaling", "autoscalerOptions",
    "headServiceAnnotations", "suspend",
}  # fmt: skip
HEAD = {"serviceType", "headService", "enableIngress", "rayStartParams", "template"}
WORKERS = {
    "groupName", "replicas", "minReplicas", "maxReplicas", "numOfHosts", "rayStartParams", "template",
    "scaleStrategy",
}  # fmt: skip
POD = {
    "automountServiceAccountToken", "securityContext", "terminationGracePeriodSeconds", "containers",
    "volumes",
}  # fmt: skip
CONTAINER = {"name", "image", "ports", "env", "envFrom", "resources", "volumeMounts"}


def read(name: str) -> dict[str, Any]:
    documents = list(yaml.safe_load_all((FOLDER / name).read_text(encoding="utf-8")))
    assert len(documents) == 1
    read: dict[str, Any] = documents[0]
    return read


def settings(config: dict[str, Any]) -> ClusterSettings:
    """The settings of the one application in a config of Serve, read by Ray and by us."""
    (application,) = ServeDeploySchema.model_validate(config).applications
    assert application.import_path == "model.serving.ray_app:app"
    return ClusterSettings.model_validate(application.args)


def test_the_config_of_one_machine_is_read_by_ray_and_open_on_loopback_only() -> None:
    config = read("serve.yaml")
    assert settings(config).open
    assert config["http_options"]["host"] == "127.0.0.1"


def test_the_rayservice_has_kuberays_fields_and_a_key() -> None:
    manifest = read("rayservice.yaml")
    assert (manifest["apiVersion"], manifest["kind"]) == ("ray.io/v1", "RayService")
    assert set(manifest["spec"]) <= SERVICE
    cluster = manifest["spec"]["rayClusterConfig"]
    assert set(cluster) <= CLUSTER
    assert set(cluster["headGroupSpec"]) <= HEAD
    (group,) = cluster["workerGroupSpecs"]
    assert set(group) <= WORKERS
    assert group["minReplicas"] <= group["replicas"] <= group["maxReplicas"]
    for role in (cluster["headGroupSpec"], group):
        assert all(isinstance(value, str) for value in role["rayStartParams"].values())
        pod = role["template"]["spec"]
        assert set(pod) <= POD
        for container in pod["containers"]:
            assert set(container) <= CONTAINER
            assert {"secretRef": {"name": "diffchat-secrets"}} in container["envFrom"]
            mounted = {mount["name"] for mount in container.get("volumeMounts", [])}
            assert mounted == {volume["name"] for volume in pod.get("volumes", [])}


def test_the_rayservices_replicas_fit_its_nodes() -> None:
    manifest = read("rayservice.yaml")
    given = settings(yaml.safe_load(manifest["spec"]["serveConfigV2"]))
    assert not given.open
    cluster = manifest["spec"]["rayClusterConfig"]
    (group,) = cluster["workerGroupSpecs"]
    pod = group["template"]["spec"]
    (container,) = pod["containers"]
    gpus = int(container["resources"]["limits"]["nvidia.com/gpu"]) * group["maxReplicas"]
    most_words, most_pictures = most(given.words_replicas), most(given.picture_replicas)
    wanted = most_words * given.words_gpus + most_pictures * given.picture_gpus + given.caption_gpus
    assert wanted <= gpus
    assert pod["terminationGracePeriodSeconds"] > given.drain_seconds
    # fractions lie on one GPU: a replica cannot be spread over two
    assert given.words_gpus + given.caption_gpus <= 1
