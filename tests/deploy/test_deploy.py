"""What is deployed runs commands and sets settings that exist, as nobody in particular, with bounded memory."""

from __future__ import annotations

import configparser
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from readthrough.cli.main import app
from readthrough.settings import load_settings, setting_names

yaml = pytest.importorskip("yaml")

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
UNITS = sorted(DEPLOY.glob("systemd/*.service"))
MANIFESTS = sorted(DEPLOY.glob("kubernetes/*.yaml"))


def documents() -> Iterator[tuple[str, dict[str, Any]]]:
    for path in MANIFESTS:
        for document in yaml.safe_load_all(path.read_text(encoding="utf-8")):
            yield path.name, document


def check_command(arguments: list[str]) -> None:
    """Parse as the command line does, without running anything."""
    command: Any = get_command(app)
    while arguments and arguments[0] in getattr(command, "commands", {}):
        command, arguments = command.commands[arguments[0]], arguments[1:]
    assert not getattr(command, "commands", {}), f"no such command: {arguments}"
    command.make_context("readthrough", list(arguments))


def check_settings(variables: dict[str, str]) -> None:
    names = {name for name, _ in setting_names()}
    for variable in variables:
        assert variable.removeprefix("READTHROUGH_").lower().replace("__", ".") in names, variable


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_units_run_what_there_is_and_are_confined(path: Path) -> None:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read(path)
    service = unit["Service"]
    program, *arguments = service["ExecStart"].split()
    assert program == "/opt/readthrough/bin/readthrough"
    assert arguments[:2] == ["--config", "/etc/readthrough/readthrough.toml"]
    check_command(arguments[2:])
    assert service["Restart"] == "always"
    assert service["User"] == "readthrough"
    for name in ("NoNewPrivileges", "ProtectHome", "PrivateTmp", "MemoryMax", "SystemCallArchitectures"):
        assert service[name]
    check_settings(dict(pair.split("=", 1) for pair in service["Environment"].split()))


def test_units_are_what_systemd_takes(tmp_path: Path) -> None:
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("systemd-analyze is not installed")
    for path in UNITS:
        # the program it is to run is not installed here, and nothing else may be wrong
        (tmp_path / path.name.replace("@", "@1")).write_text(
            re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", path.read_text(), flags=re.M)
        )
    told = subprocess.run(
        [program, "verify", *map(str, tmp_path.iterdir())], capture_output=True, text=True, check=False
    )
    assert "Unknown key" not in told.stderr
    assert "Failed to parse" not in told.stderr


def test_the_settings_file_beside_the_units_loads(tmp_path: Path) -> None:
    assert (
        load_settings(DEPLOY / "systemd" / "readthrough.toml", environ={"HOME": str(tmp_path)}).live.work
        is False
    )


def test_the_compose_file_runs_what_there_is() -> None:
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    ours = {name: one for name, one in compose["services"].items() if name != "database"}
    assert set(ours) == {"server", "poller", "worker"}
    for one in ours.values():
        check_command(one["command"])
        check_settings(one["environment"])
        assert one["read_only"]
        assert one["cap_drop"] == ["ALL"]
        assert one["depends_on"]["database"]["condition"] == "service_healthy"
    assert compose["services"]["database"]["environment"]["POSTGRES_PASSWORD"].startswith(
        "${POSTGRES_PASSWORD:?"
    )
    used = {mount.split(":")[0] for one in compose["services"].values() for mount in one.get("volumes", ())}
    assert used <= set(compose["volumes"])


def test_manifests_are_listed_named_and_confined() -> None:
    listed = yaml.safe_load((DEPLOY / "kubernetes" / "kustomization.yaml").read_text())["resources"]
    assert sorted(listed) == sorted(path.name for path in MANIFESTS if path.name != "kustomization.yaml")
    workloads = [d for _, d in documents() if d["kind"] == "Deployment"]
    assert {d["metadata"]["name"] for d in workloads} == {"server", "poller", "worker", "relay"}
    for deployment in workloads:
        spec = deployment["spec"]["template"]["spec"]
        assert (
            deployment["spec"]["selector"]["matchLabels"]
            == deployment["spec"]["template"]["metadata"]["labels"]
        )
        assert spec["securityContext"]["runAsNonRoot"] is True
        (container,) = spec["containers"]
        check_command(container["args"])
        assert not container["image"].endswith(":latest")
        assert container["securityContext"]["readOnlyRootFilesystem"] is True
        assert container["securityContext"]["capabilities"]["drop"] == ["ALL"]
        assert container["resources"]["limits"]["memory"]
        mounts = {mount["name"] for mount in container["volumeMounts"]}
        assert mounts == {volume["name"] for volume in spec["volumes"]}


def test_manifests_are_what_kubectl_puts_together() -> None:
    kubectl = shutil.which("kubectl")
    if kubectl is None:
        pytest.skip("kubectl is not installed")
    done = subprocess.run(
        [kubectl, "kustomize", str(DEPLOY / "kubernetes")],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    made = [d for d in yaml.safe_load_all(done.stdout) if d]
    assert {d["metadata"]["name"] for d in made if d["kind"] == "Deployment"} == {
        "server",
        "poller",
        "worker",
        "relay",
    }
    assert all(d["metadata"].get("namespace") == "readthrough" for d in made if d["kind"] != "Namespace")


def test_manifests_set_settings_that_exist_and_no_secret() -> None:
    (settings,) = [d for _, d in documents() if d["kind"] == "ConfigMap"]
    check_settings(settings["data"])
    assert not [d for _, d in documents() if d["kind"] == "Secret"]
    named = {d["metadata"]["name"] for _, d in documents() if d["kind"] == "Deployment"}
    for _, document in documents():
        if document["kind"] == "HorizontalPodAutoscaler":
            assert document["spec"]["scaleTargetRef"]["name"] in named


def test_the_image_runs_as_nobody_and_from_the_lock() -> None:
    words = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    assert "--require-hashes -r requirements.lock" in words
    assert re.search(r"^USER 10001$", words, re.MULTILINE)
