"""Starts the lending service: python3 app.py"""

from library import create_app
from library.config import Settings

if __name__ == "__main__":
    settings = Settings.from_environment()
    create_app(settings).run(host="127.0.0.1", port=settings.port, threaded=True)
