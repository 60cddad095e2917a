"""Reports in the background, with FastAPI and SQLAlchemy."""

import os
from contextlib import asynccontextmanager

import uvicorn
from fastapi import FastAPI, Header, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field, StrictInt, StrictStr
from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from starlette.exceptions import HTTPException

from models import Report, Session, State, prepare
from worker import Workers


class Order(BaseModel):
    customer: StrictStr = Field(min_length=1, max_length=100)
    cents: StrictInt


class Simulate(BaseModel):
    work_ms: StrictInt = Field(0, ge=0, le=5000)
    failures: StrictInt = Field(0, ge=0, le=10)


class Form(BaseModel):
    orders: list[Order] = Field(min_length=1, max_length=1000)
    simulate: Simulate = Simulate()


class Problem(Exception):
    def __init__(self, status: int, code: str, message: str) -> None:
        self.answer = JSONResponse({"error": {"code": code, "message": message}}, status)


@asynccontextmanager
async def lifespan(app: FastAPI):
    prepare()
    workers = Workers(int(os.environ["WORKERS"]))
    yield
    workers.stop()


app = FastAPI(lifespan=lifespan)


@app.exception_handler(Problem)
async def problem(_: Request, error: Problem):
    return error.answer


@app.exception_handler(RequestValidationError)
async def invalid(_: Request, error: RequestValidationError):
    first = error.errors()[0]
    return Problem(400, "invalid_request", f"{'.'.join(map(str, first['loc']))}: {first['msg']}").answer


@app.exception_handler(HTTPException)
async def unknown(_: Request, error: HTTPException):
    return Problem(error.status_code, "not_found", str(error.detail)).answer


@app.post("/reports")
def post_report(
    form: Form,
    x_client: str = Header(min_length=1, max_length=100),
    idempotency_key: str = Header(min_length=1, max_length=100),
):
    wanted = form.model_dump()
    with Session.begin() as session:
        added = session.scalar(
            insert(Report)
            .values(client=x_client, key=idempotency_key, form=wanted)
            .on_conflict_do_nothing(index_elements=["client", "key"])
            .returning(Report.id)
        )
        same = select(Report).where(Report.client == x_client, Report.key == idempotency_key)
        report = session.scalars(same).one()
        if report.form != wanted:
            raise Problem(409, "key_reused", "Another body came with this key.")
        location = {"Location": f"/reports/{report.public_id}"}
        return JSONResponse(report.shown(), 202 if added else 200, location)


@app.get("/reports/{name}")
def get_report(name: str):
    with Session() as session:
        return one(session, name).shown()


@app.post("/reports/{name}/cancel")
def cancel_report(name: str):
    with Session.begin() as session:
        report = one(session, name, lock=True)
        if report.state == State.QUEUED:
            report.state = State.CANCELLED
        if report.state != State.CANCELLED:
            raise Problem(409, "not_cancellable", f"It is {report.state.value}.")
        return report.shown()


@app.get("/queue")
def get_queue():
    with Session() as session:
        found = dict(session.execute(select(Report.state, func.count()).group_by(Report.state)).all())
    return {"queued": found.get(State.QUEUED, 0), "running": found.get(State.RUNNING, 0)}


def one(session, name: str, lock: bool = False) -> Report:
    """The report of this id; a lock keeps workers off it until the transaction is over."""
    query = select(Report).where(Report.public_id == name)
    report = session.scalar(query.with_for_update() if lock else query)
    if report is None:
        raise Problem(404, "not_found", "No such report.")
    return report


if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=int(os.environ["PORT"]), log_level="warning")
