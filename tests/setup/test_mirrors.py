"""The base that is made here fetches from where this machine's apt fetches, and no file of ours says where that is."""

from __future__ import annotations

from pathlib import Path

import pytest

from sandbox import apt
from sandbox.images.debootstrap import configure_apt, slim

TARGETS = """\
Debian|main|trixie|http://mirror.example/debian/
Debian|contrib|trixie|http://mirror.example/debian/
Debian|main|trixie-updates|http://mirror.example/debian/
Debian|main|trixie-security|https://security.example/
Debian|main|trixie|file:/srv/copy/
Somebody|main|trixie|https://packages.example/
"""


@pytest.fixture
def apt_says(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What apt's programs answer, by the program's name."""
    answers: dict[str, str] = {}
    monkeypatch.setattr(apt, "_said", lambda program, *_: answers.get(program, ""))
    return answers


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for folder in ("etc/apt/apt.conf.d", "etc/dpkg/dpkg.cfg.d", "usr/share/doc/bash", "var/cache/apt/archives", "proc"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "etc/apt/sources.list").write_text("as debootstrap left it")
    return tmp_path


def test_mirrors_are_those_of_debian_and_of_its_main_component(apt_says: dict[str, str]) -> None:
    apt_says["apt-get"] = TARGETS
    assert apt.debian_mirrors() == {
        "": "http://mirror.example/debian/",
        "updates": "http://mirror.example/debian/",
        "security": "https://security.example/",
    }


def test_another_distribution_has_no_mirror_of_debian(apt_says: dict[str, str]) -> None:
    apt_says["apt-get"] = "Ubuntu|main|noble|http://mirror.example/ubuntu/\n"
    assert apt.debian_mirrors() == {}


def test_a_list_of_mirrors_is_followed(tmp_path: Path, apt_says: dict[str, str]) -> None:
    (tmp_path / "list").write_text("# first is best\nhttps://mirror.example/debian\npriority:2\n")
    apt_says["apt-get"] = f"Debian|main|bookworm|mirror+file:{tmp_path}/list/\n"
    assert apt.debian_mirrors() == {"": "https://mirror.example/debian"}


def test_the_base_asks_the_same_mirrors_for_its_own_release(root: Path, apt_says: dict[str, str]) -> None:
    apt_says["apt-config"] = 'Acquire::Check-Date "false";\nDir::Etc "etc/apt";\n'
    configure_apt(root, "bookworm", {"": "http://mirror.example/debian/", "security": "http://security.example/"})
    assert (root / "etc/apt/sources.list").read_text() == (
        "deb http://mirror.example/debian/ bookworm main\ndeb http://security.example/ bookworm-security main\n"
    )
    assert (root / "etc/apt/apt.conf.d/90host").read_text() == 'Acquire::Check-Date "false";\n'


def test_a_mirror_behind_tls_needs_this_machines_certificates(root: Path) -> None:
    configure_apt(root, "bookworm", {"": "https://mirror.example/debian/"})
    bundle = Path("etc/ssl/certs/ca-certificates.crt")
    assert (root / bundle).read_bytes() == Path("/", bundle).read_bytes()


def test_without_a_mirror_the_base_stays_as_it_was_made(root: Path) -> None:
    configure_apt(root, "bookworm", {})
    assert (root / "etc/apt/sources.list").read_text() == "as debootstrap left it"


def test_the_base_has_no_documents_and_no_caches(root: Path) -> None:
    slim(root)
    assert (root / "usr/share/doc").exists()
    assert list((root / "usr/share/doc").iterdir()) == []
    assert list((root / "var/cache/apt").iterdir()) == []
    assert "path-exclude /usr/share/doc/*" in (root / "etc/dpkg/dpkg.cfg.d/slim").read_text()


def test_builds_get_the_environments_proxies_or_else_apts(
    apt_says: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "https_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    assert apt.proxies() == {}
    apt_says["apt-config"] = "P='http://proxy.example:3128'\n"
    monkeypatch.setenv("https_proxy", "http://other.example")
    assert apt.proxies() == {"http_proxy": "http://proxy.example:3128", "https_proxy": "http://other.example"}
