"""The files of deploy/ keep step with the code: variables, queues, secrets, limits, apps.

They are read as text: what they are for is not on the machines that run the tests.
"""

from __future__ import annotations

import re
from configparser import ConfigParser
from pathlib import Path

import pytest
from django.conf import settings

from attendance.clinic_upload.limits import LARGEST_IN_ALL, MB
from iop.queues import QUEUES
from iop.secret_files import SECRETS
from iop.serving.web import USUAL
from programs.models.document import LARGEST

BASE_DIR = Path(__file__).resolve().parents[2]
DEPLOY = BASE_DIR / "deploy"
COMPOSE = (DEPLOY / "compose.yaml").read_text()
CADDY = (DEPLOY / "Caddyfile").read_text()
DOCKER = (DEPLOY / "Dockerfile").read_text()
README = (BASE_DIR / "README.md").read_text()
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
ENVS = {path.name: path.read_text() for path in (DEPLOY / "systemd").glob("*.env")}
OURS = re.compile(r"\b((?:IOP|EMAIL|SMS|DATABASE|REDIS)_[A-Z_]+|PORT)\b")
# Compose's own: which image; and what sets PORT is the command line.
NOT_OURS = {"IOP_RELEASE"}
KEPT_IN = {"NoNewPrivileges": "yes", "ProtectSystem": "strict", "PrivateTmp": "yes"}


class Unit(ConfigParser):
    """A unit file: the last of several lines with one name is enough to look at."""

    def __init__(self, path: Path) -> None:
        super().__init__(strict=False, interpolation=None, delimiters=("=",))
        self.optionxform = str  # type: ignore[assignment,method-assign]
        self.text = path.read_text()
        self.read_string(self.text)


def test_every_variable_is_in_the_readme_and_read():
    sources = [COMPOSE, DOCKER, *ENVS.values(), *(path.read_text() for path in UNITS)]
    named = {name.removesuffix("_FILE") for text in sources for name in OURS.findall(text)}
    documented = set(re.findall(r"^\| `([A-Z_]+)` \|", README, re.MULTILINE))
    assert named - NOT_OURS <= documented
    code = "".join(path.read_text() for path in (BASE_DIR / "iop").rglob("*.py"))
    assert {name for name in named - NOT_OURS if f'"{name}"' not in code} == set()


def test_what_is_a_secret_comes_as_a_file():
    for text in (COMPOSE, *ENVS.values(), *(path.read_text() for path in UNITS)):
        set_openly = set(re.findall(r"^\s*(?:Environment=)?([A-Z_]+)[:=]", text, re.MULTILINE))
        assert set_openly & set(SECRETS) <= {"REDIS_URL"}, "its server has no password here"


def test_every_queue_has_its_worker_once():
    taken = {
        "compose": re.findall(r"--queues (\S+)", COMPOSE),
        "systemd": re.findall(r"^QUEUES=(\S+)", "\n".join(ENVS.values()), re.MULTILINE),
    }
    for where, found in taken.items():
        queues = ",".join(found).split(",")
        assert sorted(queues) == sorted(queue.name for queue in QUEUES), where


def test_compose_has_two_webs_two_workers_one_clock_and_what_they_need():
    services = COMPOSE.partition("\nservices:")[2].partition("\nnetworks:")[0]
    names = re.findall(r"^  (\w+):", services, re.MULTILINE)
    assert names == [
        *("proxy", "web1", "web2", "sweeps", "sending", "beat"),
        *("migrate", "backup", "database", "queue"),
    ]
    for image in re.findall(r"image: (\S+)", COMPOSE):
        assert "." not in image.split(":")[0], "images are named without a registry's host"
    defined = set(re.findall(r"^  (\w+): \{file:", COMPOSE, re.MULTILINE))
    used = {name for line in re.findall(r"secrets: \[(.+)\]", COMPOSE) for name in line.split(", ")}
    assert used == defined


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_unit_may_do_next_to_nothing(path):
    unit = Unit(path)
    service = unit["Service"]
    assert {name: service[name] for name in KEPT_IN} == KEPT_IN
    assert (service["User"], service["CapabilityBoundingSet"]) == ("iop", "")
    assert service["EnvironmentFile"].startswith("/etc/iop/")
    for secret in re.findall(r"_FILE=%d/(\w+)", unit.text):
        assert f"LoadCredential={secret}:/etc/iop/{secret}" in unit.text


def test_who_is_asked_to_stop_is_given_the_time():
    drain = int(re.findall(r'IOP_DRAIN_SECONDS: "(\d+)"', COMPOSE)[0])
    needed = drain + int(USUAL["--workers-kill-timeout"])
    web = Unit(DEPLOY / "systemd" / "iop-web@.service")["Service"]
    assert int(web["TimeoutStopSec"]) > needed
    assert int(re.findall(r"stop_grace_period: (\d+)s", COMPOSE)[0]) > needed
    assert web["KillMode"] == "mixed"
    interval = int(re.findall(r"health_interval (\d+)s", CADDY)[0])
    assert drain > 2 * interval, "the proxy notices in time"


def test_the_proxy_lets_through_what_pages_take_and_asks_who_is_ready():
    largest = int(re.findall(r"max_size (\d+)MB", CADDY)[0]) * 1_000_000
    assert largest > max(LARGEST_IN_ALL + MB, LARGEST)
    assert "health_uri /readyz" in CADDY
    assert "web1:8000 web2:8000" in CADDY
    assert CADDY.count("{") == CADDY.count("}")
    assert "<h1>" in (DEPLOY / "away.html").read_text()


def test_the_image_holds_every_app_and_runs_as_nobody_special():
    apps = {app.split(".")[0] for app in settings.INSTALLED_APPS}
    ours = {app for app in apps if (BASE_DIR / app / "__init__.py").is_file()}
    assert ours <= set(re.findall(r"^COPY (\w+) ", DOCKER, re.MULTILINE))
    assert "--require-hashes" in DOCKER
    assert re.findall(r"^USER (\w+)", DOCKER, re.MULTILINE) == ["iop"]
    assert "HEALTHCHECK" in DOCKER
    ignored = (DEPLOY / "Dockerfile.dockerignore").read_text()
    for copied in re.findall(r"^COPY (\w+\.?\w+) ", DOCKER, re.MULTILINE):
        assert f"!{copied}" in ignored
