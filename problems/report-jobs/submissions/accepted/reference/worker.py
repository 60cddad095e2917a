"""Threads that make the reports: claim, make, finish or fail, and again."""

import logging
import threading
import time
from collections import Counter

import psycopg

import jobs

POLL_S = 0.05
RECONNECT_S = 1
log = logging.getLogger(__name__)


def start_workers(count):
    for number in range(count):
        threading.Thread(target=work, name=f"worker-{number}", daemon=True).start()


def work():
    """Never returns: a database that is away for a while must not end a worker."""
    while True:
        try:
            with jobs.connect() as line:
                while True:
                    if not work_once(line):
                        time.sleep(POLL_S)
        except psycopg.OperationalError:
            log.exception("the database is away")
            time.sleep(RECONNECT_S)


def work_once(line):
    """Make one report, if one is due."""
    job = jobs.claim(line)
    if job is None:
        return False
    try:
        result = make_report(job["form"], job["attempts"])
    except Exception as error:  # whatever it is, it ends this attempt and not this worker
        jobs.fail(line, job, str(error) or type(error).__name__)
    else:
        jobs.finish(line, job, result)
    return True


def make_report(form, failed_before):
    """Totals by customer. `failed_before` counts earlier attempts: the simulated trouble passes after some."""
    time.sleep(form["work_ms"] / 1000)
    if failed_before < form["failures"]:
        raise RuntimeError(f"simulated failure {failed_before + 1} of {form['failures']}")
    totals = Counter()
    for order in form["orders"]:
        totals[order["customer"]] += order["cents"]
    return {"totals": dict(totals), "total_cents": sum(totals.values()), "orders": len(form["orders"])}
