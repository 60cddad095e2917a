"""The lending service of a city library: books, copies, members, loans and fines."""

from flask import Flask

from library import errors
from library.config import Settings
from library.db import Database
from library.routes import books, loans, members


def create_app(settings: Settings) -> Flask:
    app = Flask(__name__)
    app.config["SETTINGS"] = settings
    app.extensions["database"] = database = Database(settings.database_url)
    database.prepare()
    errors.register(app)
    app.register_blueprint(books.routes)
    app.register_blueprint(members.routes)
    app.register_blueprint(loans.routes)
    return app
