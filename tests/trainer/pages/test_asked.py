"""Where a browser may be sent on to."""

from __future__ import annotations

import pytest

from trainer.pages.asked import safe_next


@pytest.mark.parametrize("address", ["/problems", "/problems/two-sum?tab=notes", "/?submission=3#warm-up"])
def test_our_own_addresses_are_followed(address: str) -> None:
    assert safe_next(address, "/") == address


@pytest.mark.parametrize(
    "address",
    [
        None,
        "",
        "https://elsewhere.example",
        "//elsewhere.example",
        "/\\elsewhere.example",
        "problems",
        "/a\nb",
        "javascript:alert(1)",
    ],
)
def test_others_are_not(address: str | None) -> None:
    assert safe_next(address, "/home") == "/home"
