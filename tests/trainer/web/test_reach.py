"""Links for other people begin with an address that is surely ours."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from trainer.config import Config
from trainer.web.reach import link_base


@pytest.mark.parametrize(
    ("settings", "asked", "base"),
    [
        ({}, "http://127.0.0.1:8000/", "http://127.0.0.1:8000"),
        ({}, "http://localhost:8000/", "http://localhost:8000"),
        ({}, "http://[::1]:8000/", "http://[::1]:8000"),
        ({}, "http://evil.example/", "http://127.0.0.1:8000"),
        ({}, "http://127.0.0.1.evil.example/", "http://127.0.0.1:8000"),
        ({}, "http://192.0.2.7:8000/", "http://127.0.0.1:8000"),
        ({"HOST": "0.0.0.0"}, "http://192.0.2.7:8000/", "http://127.0.0.1:8000"),
        ({"HOST": "0.0.0.0"}, "http://127.0.0.2:8000/", "http://127.0.0.2:8000"),
        ({"HOST": "trainer.lan"}, "http://trainer.lan:8000/", "http://trainer.lan:8000"),
        ({"HOST": "::1"}, "http://evil.example/", "http://[::1]:8000"),
        ({"TRAINER_PUBLIC_URL": "https://t.example/"}, "http://localhost:8000/", "https://t.example"),
        ({"TRAINER_PUBLIC_URL": "https://t.example:8443"}, "http://evil.example/", "https://t.example:8443"),
    ],
)
def test_a_link_begins_with_an_address_of_ours(settings: dict[str, str], asked: str, base: str) -> None:
    assert link_base(Config(**({"HOST": "127.0.0.1", "PORT": 8000} | settings)), asked) == base  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "url", ["t.example", "javascript:x", "https://t.example/a", "https://a@b", "https://", "ftp://a"]
)
def test_a_public_address_is_one(url: str) -> None:
    with pytest.raises(ValidationError):
        Config(TRAINER_PUBLIC_URL=url)
