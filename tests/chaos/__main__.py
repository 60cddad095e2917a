"""`python -m tests.chaos`: rounds and their figures."""

from __future__ import annotations

import argparse
import random
import signal
import sys
import tempfile
import time
from pathlib import Path

from tests import chaos
from tests.chaos.remains import left_over
from tests.chaos.round import Toll, run_round
from tests.chaos.stage import many_machines, one_machine


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=chaos.__doc__)
    parser.add_argument("--topology", action="store_true", help="two web servers, two workers, PostgreSQL, RabbitMQ")
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--submissions", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 32))
    given = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that what was started is ended
    print(f"seed {given.seed}", flush=True)
    chance, failed = random.Random(given.seed), False
    staged = many_machines if given.topology else one_machine
    with tempfile.TemporaryDirectory(prefix="chaos-") as folder, staged(Path(folder), chance) as stage:
        for number in range(1, given.rounds + 1):
            if number > 1:
                stage.wake()
            begun = time.monotonic()
            toll = run_round(stage, given.submissions, chance)
            seconds = time.monotonic() - begun
            stage.rest()
            toll.complaints += left_over(stage)
            print(f"round {number}: {told(given.submissions, seconds, toll)}", flush=True)
            failed = failed or bool(toll.complaints)
    return int(failed)


def told(submissions: int, seconds: float, toll: Toll) -> str:
    ended = ", ".join(f"{count} × {what}" for what, count in sorted(toll.ended.items()))
    lines = [f"{submissions} submissions, {seconds:.0f} s, {toll.ended.total()} ended: {ended}", *toll.complaints]
    return "\n  ".join(lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
