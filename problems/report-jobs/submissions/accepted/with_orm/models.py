"""Tables, and a report as clients see it."""

from __future__ import annotations

import enum
import os
import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, DateTime, Enum, Identity, UniqueConstraint, create_engine, func, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, sessionmaker

engine = create_engine(os.environ["DATABASE_URL"].replace("postgresql://", "postgresql+psycopg://"), pool_size=10)
Session = sessionmaker(engine)


class State(enum.Enum):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Base(DeclarativeBase):
    type_annotation_map = {dict[str, Any]: JSONB, datetime: DateTime(timezone=True)}


class Client(Base):
    __tablename__ = "client"

    name: Mapped[str] = mapped_column(primary_key=True)
    numbers_given: Mapped[int] = mapped_column(default=0)


class Report(Base):
    """`id` is the place in the queue; `public_id` tells nobody how many there are."""

    __tablename__ = "report"
    __table_args__ = (UniqueConstraint("client", "key"), UniqueConstraint("client", "number"))

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    public_id: Mapped[str] = mapped_column(default=lambda: uuid.uuid4().hex, unique=True)
    client: Mapped[str]
    key: Mapped[str]
    form: Mapped[dict[str, Any]]
    state: Mapped[State] = mapped_column(Enum(State, native_enum=False), default=State.QUEUED, index=True)
    not_before: Mapped[datetime] = mapped_column(server_default=func.now())
    attempts: Mapped[int] = mapped_column(default=0)
    number: Mapped[int | None]
    result: Mapped[dict[str, Any] | None]
    error: Mapped[str | None]

    def shown(self) -> dict[str, Any]:
        names = ("client", "attempts", "number", "result", "error")
        return {"id": self.public_id, "state": self.state.value, **{name: getattr(self, name) for name in names}}


def prepare() -> None:
    """Make the tables; what a kill cut off waits again."""
    Base.metadata.create_all(engine)
    with Session.begin() as session:
        session.execute(update(Report).where(Report.state == State.RUNNING).values(state=State.QUEUED))
