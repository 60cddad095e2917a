"""Settings, read once from the environment."""

import os
from dataclasses import dataclass

from flask import current_app


@dataclass(frozen=True)
class Settings:
    database_url: str
    port: int = 8000
    loan_days: int = 21
    max_loans: int = 3
    """Loans that a member may have at once."""
    max_renewals: int = 2
    fine_cents_per_day: int = 20
    max_fine_cents: int = 1000
    """The most that one loan can cost."""
    fines_block_cents: int = 500
    """Who owes this much cannot borrow."""

    @classmethod
    def from_environment(cls) -> "Settings":
        return cls(
            database_url=os.environ["DATABASE_URL"],
            port=_number("PORT", cls.port),
            loan_days=_number("LOAN_DAYS", cls.loan_days),
            max_loans=_number("MAX_LOANS", cls.max_loans),
            max_renewals=_number("MAX_RENEWALS", cls.max_renewals),
            fine_cents_per_day=_number("FINE_CENTS_PER_DAY", cls.fine_cents_per_day),
            max_fine_cents=_number("MAX_FINE_CENTS", cls.max_fine_cents),
            fines_block_cents=_number("FINES_BLOCK_CENTS", cls.fines_block_cents),
        )


def settings() -> Settings:
    """The settings of the app that serves this request."""
    found: Settings = current_app.config["SETTINGS"]
    return found


def _number(name: str, default: int) -> int:
    return int(os.environ.get(name, default))
