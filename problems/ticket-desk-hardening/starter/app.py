"""Starts the ticket desk: python3 app.py"""

from desk import create_app
from desk.config import Settings

if __name__ == "__main__":
    settings = Settings.from_environment()
    app = create_app(settings)
    app.run(host="127.0.0.1", port=settings.port, threaded=True, debug=settings.debug, use_reloader=False)
