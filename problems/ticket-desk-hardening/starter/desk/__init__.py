"""The ticket desk: customers open tickets, agents answer them."""

from flask import Flask

from desk import accounts, audit, errors, operations, pages, tickets
from desk.config import Settings
from desk.db import Database


def create_app(settings: Settings) -> Flask:
    app = Flask(__name__)
    app.config["SETTINGS"] = settings
    app.extensions["database"] = database = Database(settings.database_url)
    database.prepare()
    with app.app_context():
        accounts.ensure_agent(settings)
    errors.register(app)
    audit.register(app)
    for module in (accounts, tickets, pages, operations):
        app.register_blueprint(module.routes)
    if settings.debug:
        app.register_blueprint(operations.debug_routes)
    return app
