"""Proves the sandbox on this machine: every language gives its verdicts, and its boxes hold what is put into them."""

from __future__ import annotations

import platform
import time
from collections.abc import Iterator
from dataclasses import dataclass

from sandbox.conformance import Proof, read_file
from sandbox.images.inputs import folders
from sandbox.service import Sandbox

NAME = "selftest.yaml"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One case tried. No complaints: it holds."""

    language: str
    proof: Proof
    complaints: tuple[str, ...]
    wall_ms: float


def proofs() -> Iterator[tuple[str, Proof]]:
    """Every language's cases that can be tried on this hardware."""
    for path in sorted(path for folder in folders() for path in folder.glob(f"*/{NAME}")):
        for proof in read_file(path):
            if proof.machine in ("", platform.machine()):
                yield path.parent.name, proof


def run_selftest(sandbox: Sandbox) -> Iterator[Outcome]:
    """Try all of them. Raises EngineUnavailable."""
    for language, proof in proofs():
        started = time.monotonic()
        complaints = tuple(proof.expected.complaints(sandbox.judge(proof.job)))
        yield Outcome(language, proof, complaints, (time.monotonic() - started) * 1000)
