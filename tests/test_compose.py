"""What deploy/compose.yaml starts is the trainer as its settings and the proxy's file want it, and holds no secret."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml

from trainer.config import Config, read_config

DEPLOY = Path(__file__).resolve().parents[1] / "deploy"
TEXT = (DEPLOY / "compose.yaml").read_text()
COMPOSE: dict[str, Any] = yaml.safe_load(TEXT)
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
WEBS = ("web1", "web2")
OURS = (*WEBS, "worker", "images")
OF_OTHERS = {"DOCKER_TLS_VERIFY", "DOCKER_CERT_PATH"}
"""Settings of the engine's client."""
FILLED = {
    "TRAINER_SITE": "trainer.example.org", "POSTGRES_PASSWORD": "abc", "RABBITMQ_PASSWORD": "abc",
    "TRAINER_SECRET_KEY": "abc", "ENGINE_GROUP": "998", "ENGINE_PATH": "/var/run/docker.sock",
}  # fmt: skip
VARIABLE = re.compile(r"(?<!\$)\$\{(\w+)(?::([-?])([^}]*))?\}")


def filled(value: str) -> str:
    """A value of the file as Compose hands it on, with `.env` filled in."""
    return VARIABLE.sub(lambda found: FILLED.get(found[1], found[3] if found[2] == "-" else ""), str(value))


def environment(service: str) -> dict[str, str]:
    return {name: filled(value) for name, value in SERVICES[service].get("environment", {}).items()}


def example() -> dict[str, str]:
    """What deploy/example.env sets."""
    lines = (DEPLOY / "example.env").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def test_it_is_a_compose_file(tmp_path: Path) -> None:
    """By the specification's schema, and by Compose itself where it is installed."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec"]
    checked = subprocess.run([*command, DEPLOY / "compose.yaml"], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    for program in (["docker", "compose"], ["docker-compose"]):
        if shutil.which(program[0]) and subprocess.run([*program, "version"], capture_output=True).returncode == 0:
            (tmp_path / ".env").write_text("".join(f"{name}={value}\n" for name, value in FILLED.items()))
            options = ["--file", DEPLOY / "compose.yaml", "--env-file", tmp_path / ".env", "config", "--quiet"]
            read = subprocess.run([*program, *options], capture_output=True, text=True, check=False)
            assert read.returncode == 0, read.stderr


@pytest.mark.parametrize("service", OURS)
def test_its_settings_are_settings_that_the_trainer_takes(service: str, monkeypatch: pytest.MonkeyPatch) -> None:
    known = {str(field.alias) for field in Config.model_fields.values()}
    assert set(environment(service)) <= known | OF_OTHERS
    for name in known:
        monkeypatch.delenv(name, raising=False)
    for name, value in environment(service).items():
        monkeypatch.setenv(name, value)
    config = read_config()
    assert config.backend == "docker"
    assert (config.judges == 0) == (service in WEBS)


@pytest.mark.parametrize("service", WEBS)
def test_web_servers_serve_behind_the_proxy(service: str) -> None:
    settings = environment(service)
    assert f"{service}:{settings['PORT']}" in environment("caddy")["TRAINER_WEB"].split()
    assert settings["HOST"] == "0.0.0.0"
    assert settings["TRAINER_PUBLIC_URL"] == f"https://{environment('caddy')['TRAINER_SITE']}"
    assert (settings["TRAINER_PROXIES"], settings["TRAINER_SECURE_COOKIES"]) == ("1", "true")
    assert f":{settings['PORT']}/healthz" in str(SERVICES[service]["healthcheck"]["test"])


def test_the_proxy_is_the_one_of_the_caddyfile() -> None:
    caddyfile = (DEPLOY / "Caddyfile").read_text()
    asked = set(re.findall(r"\{\$(\w+):", caddyfile))
    assert set(environment("caddy")) <= asked
    assert len(environment("caddy")["TRAINER_WEB"].split()) == len(WEBS)
    assert "health_uri /healthz" in caddyfile
    files = [volume.split(":")[0] for volume in SERVICES["caddy"]["volumes"] if volume.startswith("./")]
    assert files == ["./Caddyfile"]


@pytest.mark.parametrize("service", [*WEBS, "worker"])
@pytest.mark.parametrize(
    ("name", "to", "port"),
    [("DATABASE_URL", "postgres", 5432), ("TRAINER_BROKER", "rabbitmq", 5672), ("TRAINER_LIMITS", "redis", 6379)],
)
def test_addresses_lead_to_services_by_their_usual_ports(service: str, name: str, to: str, port: int) -> None:
    if name == "TRAINER_LIMITS" and service == "worker":
        assert name not in environment(service)
        return
    address = urlsplit(environment(service)[name])
    assert (address.hostname, address.port) == (to, port)
    assert set(SERVICES[service]["networks"]) & set(SERVICES[to]["networks"])
    assert to in SERVICES[service]["depends_on"]


def test_accounts_of_the_database_and_the_broker_are_those_that_are_made() -> None:
    database, broker = (urlsplit(environment("worker")[name]) for name in ("DATABASE_URL", "TRAINER_BROKER"))
    made = environment("postgres")
    assert (database.username, database.password) == (made["POSTGRES_USER"], made["POSTGRES_PASSWORD"])
    assert database.path == f"/{made['POSTGRES_DB']}"
    made = environment("rabbitmq")
    assert (broker.username, broker.password) == (made["RABBITMQ_DEFAULT_USER"], made["RABBITMQ_DEFAULT_PASS"])


def test_only_the_proxy_is_reached_from_outside() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["caddy"]
    assert COMPOSE["networks"]["inside"]["internal"]
    assert [name for name, service in SERVICES.items() if service["networks"] == ["inside"]] == [
        "postgres",
        "rabbitmq",
        "redis",
    ]


def test_images_are_pinned_by_version() -> None:
    dockerfile = (DEPLOY / "Dockerfile").read_text()
    names = {service["image"] for name, service in SERVICES.items() if name not in OURS}
    names |= set(re.findall(r"^FROM (\S+)", dockerfile, re.MULTILINE))
    assert len(names) == 5
    assert [name for name in names if not re.fullmatch(r"[a-z]+:\d+\.\d+(\.\d+)?(-[a-z-]+)?", name)] == []


def test_what_the_dockerfile_copies_is_let_into_the_build() -> None:
    copied = re.findall(r"^COPY (\S+)", (DEPLOY / "Dockerfile").read_text(), re.MULTILINE)
    let_in = re.findall(r"^!(\S+)", (DEPLOY / "Dockerfile.dockerignore").read_text(), re.MULTILINE)
    assert sorted(copied) == sorted(let_in) == ["dist/interview_trainer-*.whl", "requirements.lock"]
    assert {SERVICES[name]["build"]["dockerfile"] for name in OURS} == {"deploy/Dockerfile"}


def test_secrets_come_from_the_environment_and_are_asked_for() -> None:
    asked = {found[1]: found[2] for found in VARIABLE.finditer(TEXT)}
    for name, how in asked.items():
        if name in FILLED:
            assert how == "?", f"{name} has to be asked for"
    names = set(example())
    assert names - {"COMPOSE_PROJECT_NAME"} == set(asked)
    filled_in = {name for name, value in example().items() if value}
    assert filled_in == {"COMPOSE_PROJECT_NAME", "ENGINE_PATH", "TRAINER_JUDGES"}
    assert "/deploy/.env" in (DEPLOY.parent / ".gitignore").read_text().splitlines()
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            if re.search("PASS|KEY|SMTP|DATABASE_URL|BROKER", name):
                assert re.search(r"\$\{\w+:[-?]", str(value)), f"{name} holds a secret"


@pytest.mark.parametrize("name", sorted(set(SERVICES) - {"images"}))
def test_services_are_looked_after(name: str) -> None:
    assert SERVICES[name]["restart"] == "unless-stopped"
    assert SERVICES[name]["healthcheck"]["test"][0] in ("CMD", "CMD-SHELL")


def test_what_is_worth_keeping_lies_in_volumes_of_a_name() -> None:
    used = {
        volume.split(":")[0] for service in SERVICES.values() for volume in service.get("volumes", ()) if ":" in volume
    }
    assert set(COMPOSE["volumes"]) <= used
    assert "database:/var/lib/postgresql/data" in SERVICES["postgres"]["volumes"]


def test_a_worker_has_the_engine_where_its_settings_look_for_it() -> None:
    for name in ("worker", "images"):
        (mount,) = SERVICES[name]["volumes"]
        assert environment(name)["DOCKER_HOST"] == f"unix://{mount['target']}"
        assert not environment(name)["DOCKER_TLS_VERIFY"] + environment(name)["DOCKER_CERT_PATH"]
    assert mount["target"] in (DEPLOY / "example.env").read_text()
