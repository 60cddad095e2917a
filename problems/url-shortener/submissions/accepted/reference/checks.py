"""What a request for a link may say. Each check gives the value back or raises Refused."""

import json
import re
from urllib.parse import urlsplit

from errors import Refused

SCHEMES = {"http", "https"}
LONGEST_URL = 2000
LONGEST_LIFE_S = 31_536_000
VISIBLE = re.compile(r"[!-~]+")
CODE = re.compile(r"[A-Za-z0-9_-]{6,20}")


def read_object(data):
    try:
        body = json.loads(data)
    except (ValueError, RecursionError):
        raise Refused(400, "The body must be JSON.") from None
    if not isinstance(body, dict):
        raise Refused(400, "The body must be a JSON object.")
    return body


def check_url(value):
    if not isinstance(value, str) or len(value) > LONGEST_URL or not VISIBLE.fullmatch(value):
        raise Refused(422, f"url must be at most {LONGEST_URL} visible ASCII characters.", "url")
    if not leads_to_a_host(value):
        raise Refused(422, "url must begin with http:// or https:// and name a host.", "url")
    return value


def leads_to_a_host(url):
    try:
        parts = urlsplit(url)
        return parts.scheme in SCHEMES and bool(parts.hostname)
    except ValueError:
        return False


def check_code(value):
    if value is not None and not (isinstance(value, str) and CODE.fullmatch(value)):
        raise Refused(422, "code must be 6 to 20 letters, digits, '_' or '-'.", "code")
    return value


def check_lifetime(value):
    if value is not None and not (type(value) is int and 1 <= value <= LONGEST_LIFE_S):
        raise Refused(422, f"expires_in_s must be a whole number from 1 to {LONGEST_LIFE_S}.", "expires_in_s")
    return value
