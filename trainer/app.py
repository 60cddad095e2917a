"""The application factory: the table of contents of the app, and nothing else."""

from __future__ import annotations

from flask import Flask

from sandbox import Sandbox, open_sandbox
from trainer.api import init_api
from trainer.config import Config
from trainer.db import init_db
from trainer.log import init_log
from trainer.pages import init_pages
from trainer.web.delivery import init_delivery
from trainer.web.edge import init_addresses, init_errors
from trainer.web.guard import init_guard
from trainer.web.health import init_health
from trainer.web.metrics import init_metrics
from trainer.web.runtime import init_runtime
from trainer.web.security import init_security
from trainer.web.transactions import init_reading, init_writing
from trainer.work.boxes import sandbox_settings


def create_app(config: Config | None = None, sandbox: Sandbox | None = None) -> Flask:
    """Make the application. Nothing runs beside the requests before `trainer.web.runtime.runtime().start()`."""
    config = config or Config()
    init_log()
    app = Flask(__name__)
    init_delivery(app)
    init_db(app, config.sqlalchemy_url, config.offered)
    init_addresses(app)
    init_reading(app)
    init_guard(app, is_on=config.rate_limits, limits_url=config.limits_url)
    init_security(app, config)
    init_runtime(app, config, sandbox or open_sandbox(sandbox_settings(config)))
    init_pages(app)
    init_api(app)
    init_health(app)
    init_metrics(app)
    init_writing(app)
    init_errors(app)
    return app
