"""Large answers: made in a file on disk, a few at a time, and sent from there."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from typing import IO

from flask import Response, send_file

from trainer.errors import Unavailable
from trainer.web.runtime import runtime

RETRY_S = 5


def send_made(write: Callable[[IO[bytes]], None], name: str, mimetype: str) -> Response:
    """Have a file written, and send it. It needs no memory to speak of, and no database while it is sent.

    Raises Unavailable while as many as may be are being made.
    """
    exports = runtime().exports
    if not exports.acquire(blocking=False):
        raise Unavailable("Others are taking their data out at this moment. Try again soon.", retry_after_s=RETRY_S)
    file = tempfile.TemporaryFile()  # noqa: SIM115 -- the response closes it
    try:
        write(file)
    except BaseException:
        file.close()
        raise
    finally:
        exports.release()
    size = file.tell()
    file.seek(0)
    response = send_file(file, mimetype=mimetype, as_attachment=True, download_name=name, max_age=0)
    response.content_length = size
    return response
