"""One line in the log for each request, and the request's id in every line that belongs to it."""

import logging
import time
import uuid

from flask import g, has_request_context, request

log = logging.getLogger("readinglist")


def install(app):
    handler = logging.StreamHandler()
    handler.addFilter(_add_request_id)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)-7s [%(request_id)s] %(message)s"))
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    app.before_request(_begin)
    app.after_request(_end)


def _add_request_id(record):
    record.request_id = g.get("request_id", "-") if has_request_context() else "-"
    return True


def _begin():
    g.request_id = request.headers.get("X-Request-Id") or uuid.uuid4().hex[:8]
    g.started = time.monotonic()


def _end(response):
    ms = (time.monotonic() - g.started) * 1000
    log.info("%s %s %s %.0f ms", request.method, request.path, response.status_code, ms)
    return response
