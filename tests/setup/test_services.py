"""What is installed for tests begins no service of this machine, and its owner's own rule for that stays."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from sandbox import apt
from sandbox.apt import services
from sandbox.apt.services import DENIED, REFUSAL, none_started
from sandbox.steps import StepFailed
from tests.setup.conftest import quiet_steps

OWN = "#!/bin/sh\nexit 104\n"


@pytest.fixture
def policy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Not this machine's."""
    monkeypatch.setattr(services, "POLICY", tmp_path / "policy-rc.d")
    return services.POLICY


def answer(policy: Path) -> int:
    """What a package's script hears that asks whether it may start its service."""
    return subprocess.run([policy, "redis-server", "start"], check=False).returncode


def test_starting_is_denied_during_the_block(policy: Path) -> None:
    with none_started():
        assert answer(policy) == DENIED
    assert not policy.exists()


def test_it_is_allowed_again_after_a_failure(policy: Path) -> None:
    with pytest.raises(StepFailed), none_started():
        raise StepFailed
    assert not policy.exists()


def test_a_rule_that_is_there_is_used_and_stays(policy: Path) -> None:
    policy.write_text(OWN)
    policy.chmod(0o700)
    with none_started():
        assert answer(policy) == 104
    assert (policy.read_text(), policy.stat().st_mode & 0o777) == (OWN, 0o700)


def test_what_a_killed_installation_left_goes(policy: Path) -> None:
    policy.write_text(REFUSAL)
    policy.chmod(0o755)
    with none_started():
        assert answer(policy) == DENIED
    assert not policy.exists()


@pytest.mark.parametrize(("with_services", "heard"), [(False, f"{DENIED}\n"), (True, "allowed\n")])
def test_an_installation_starts_services_only_where_that_is_wanted(
    policy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, with_services: bool, heard: str
) -> None:
    """In place of apt-get a script asks as a package's own would."""
    script = f'if [ -e {policy} ]; then {policy}; echo $?; else echo allowed; fi >"$0.heard"'
    (tmp_path / "apt-get").write_text(script)
    monkeypatch.setattr(apt, "INSTALL", ["sh", str(tmp_path / "apt-get")])
    monkeypatch.setattr(apt, "is_known", lambda package: True)
    monkeypatch.setattr(apt, "can_install", lambda: True)
    apt.install(quiet_steps(tmp_path), "no-such-package", with_services=with_services)
    assert (tmp_path / "apt-get.heard").read_text() == heard
    assert not policy.exists()


def test_the_rule_lies_where_debian_looks() -> None:
    helper = Path("/usr/sbin/invoke-rc.d")
    if os.environ.get("CI") or helper.exists():
        assert str(services.POLICY) in helper.read_text()
