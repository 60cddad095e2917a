"""Workers: a thread each, which sleeps until something may be due."""

import logging
import os
import threading
from collections import defaultdict
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import SQLAlchemyError

from models import Client, Report, Session, State

LOOK_S = 0.05
MAX_ATTEMPTS = int(os.environ["MAX_ATTEMPTS"])
RETRY_DELAY = timedelta(seconds=float(os.environ["RETRY_DELAY_S"]))


class Workers:
    def __init__(self, count: int) -> None:
        self._stopping = threading.Event()
        for _ in range(count):
            threading.Thread(target=self._work, daemon=True).start()

    def stop(self) -> None:
        self._stopping.set()

    def _work(self) -> None:
        while not self._stopping.is_set():
            try:
                worked = self._work_once()
            except SQLAlchemyError:
                logging.exception("could not work")
                worked = False
            if not worked:
                self._stopping.wait(LOOK_S)

    def _work_once(self) -> bool:
        claimed = claim()
        if claimed is None:
            return False
        report_id, form, failed_before = claimed
        self._stopping.wait(form["simulate"]["work_ms"] / 1000)
        if failed_before < form["simulate"]["failures"]:
            fail(report_id, f"attempt {failed_before + 1}: simulated failure")
        else:
            finish(report_id, totals(form["orders"]))
        return True


def claim():
    """Id, form and failed attempts of the first report that may be made now."""
    due = select(Report).where(Report.state == State.QUEUED, Report.not_before <= func.now())
    with Session.begin() as session:
        report = session.scalar(due.order_by(Report.id).limit(1).with_for_update(skip_locked=True))
        if report is None:
            return None
        report.state = State.RUNNING
        return report.id, report.form, report.attempts


def finish(report_id: int, result: dict) -> None:
    """The row of the client is locked while its number is taken, so no two reports get the same."""
    with Session.begin() as session:
        report = session.get_one(Report, report_id)
        session.execute(insert(Client).values(name=report.client, numbers_given=0).on_conflict_do_nothing())
        client = session.get_one(Client, report.client, with_for_update=True)
        client.numbers_given += 1
        report.state, report.result, report.number = State.DONE, result, client.numbers_given
        report.attempts += 1


def fail(report_id: int, error: str) -> None:
    with Session.begin() as session:
        report = session.get_one(Report, report_id)
        report.attempts += 1
        if report.attempts < MAX_ATTEMPTS:
            report.state, report.not_before = State.QUEUED, func.now() + RETRY_DELAY
        else:
            report.state, report.error = State.FAILED, error


def totals(orders: list[dict]) -> dict:
    by_customer: defaultdict[str, int] = defaultdict(int)
    for order in orders:
        by_customer[order["customer"]] += order["cents"]
    return {"totals": by_customer, "total_cents": sum(by_customer.values()), "orders": len(orders)}
