"""How every harness begins: it looks at its box, becomes unreachable, prepares, says that it is ready, and serves."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress

from sandbox.harness.bounds import Bounds, check_cgroup, check_counter, check_process
from sandbox.harness.counters import Counters
from sandbox.harness.frames import Closed
from sandbox.harness.guard import Guard
from sandbox.harness.host import PROTOCOL, Host, Unfit, withdraw
from sandbox.harness.keeper import keep
from sandbox.harness.namespaces import check_places

Serve = Callable[[], None]
Prepare = Callable[[Host, Counters], Serve]
"""What a harness does before it is ready. It returns what serves one submission."""


def begin(prepare: Prepare, *, servers: bool = False, about: Mapping[str, str] | None = None) -> None:
    """Serve as the host asks, and end when it hangs up. A box that is not fit for work says why, and ends.

    The argument behind the package's name says what bounds the box was asked to have (`Bounds`). `servers`: what runs
    are servers of ours, which the guard leaves more. `about`: versions, for the host.
    """
    host = Host()
    withdraw()
    with suppress(Closed):
        try:
            _serve(host, prepare, servers=servers, about=about or {})
        except Unfit as error:
            host.write({"event": "unfit", "message": str(error)})
        except Closed:
            return
        except Exception as error:
            host.tell_failure(error)
            sys.exit(1)


def _serve(host: Host, prepare: Prepare, *, servers: bool, about: Mapping[str, str]) -> None:
    bounds = Bounds.heard(sys.argv[2] if len(sys.argv) > 2 else "")
    check_cgroup(bounds)
    counters = Counters()
    check_counter(counters.cpu_ns())
    guard = Guard(servers=servers)
    if not bounds.kept:
        guard.install()  # every fork inherits it, and none can take it off
        check_process(bounds)
        check_places()
    serve = prepare(host, counters)
    gc.collect()
    gc.freeze()
    ready = {"event": "ready", "protocol": PROTOCOL, **about}
    if bounds.kept:
        keep(host, guard, bounds, counters, lambda: host.write(ready), serve)
    else:
        host.write(ready)
        serve()
