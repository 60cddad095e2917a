#!/usr/bin/env bash
# Dramatiq: to stop a worker that has nothing to do takes about two seconds.
#
# Expected: threads that wait on an empty queue are woken by `stop`, so that an idle worker ends at once.
# Happens: they look whether they are to end only when `worker_timeout`, 1000 ms, is over. Worker threads are joined first
#   and consumers after them, each up to a second: about two seconds, however many queues are empty. The name suggests a
#   bound on work; it is how often an idle thread wakes, and a message wakes it at once in any case.
# Seen with: Dramatiq 2.2.1, its StubBroker. Source: dramatiq/worker.py, `Worker.stop` and the two threads' `run`.
# Why it matters here: a server that stops, or is started anew, waits for it, and so did each test that has judges at work.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check dramatiq==2.2.1

cat >"$folder/try.py" <<'PYTHON'
import time
from importlib.metadata import version

import dramatiq
from dramatiq.brokers.stub import StubBroker


def seconds(**options):
    """How long an idle worker takes to stop, at most, in three tries."""
    taken = []
    for _ in range(3):
        broker = StubBroker(middleware=[])
        dramatiq.actor(broker=broker, actor_name="work", queue_name="work")(lambda: None)
        worker = dramatiq.Worker(broker, worker_threads=1, **options)
        worker.start()
        time.sleep(0.3)
        began = time.monotonic()
        worker.stop()
        taken.append(time.monotonic() - began)
    return max(taken)


print("Dramatiq", version("dramatiq"))
usual, short = seconds(), seconds(worker_timeout=50)
print(f"seconds to stop: {usual:.2f} by default, {short:.2f} with worker_timeout=50")
print("more than a second by default:", usual > 1, "and a fifth of it at most:", short < usual / 5)
PYTHON

seen=$("$folder/venv/bin/python" "$folder/try.py")
echo "$seen"
grep -q '^more than a second by default: True and a fifth of it at most: True$' <<<"$seen"
