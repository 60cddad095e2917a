"""Checks what clients send: every wrong field at once."""

from problem import Problem

STATUSES = ("todo", "doing", "done")
RULES = {
    "title": lambda value: is_text(value, 100) and bool(value.strip()),
    "status": lambda value: isinstance(value, str) and value in STATUSES,
    "priority": lambda value: type(value) is int and 1 <= value <= 5,
    "assignee": lambda value: value is None or is_text(value, 50),
}
DEFAULTS = {"status": "todo", "priority": 3, "assignee": None}


def is_text(value, longest):
    return isinstance(value, str) and 0 < len(value) <= longest and "\0" not in value


def checked(body, complete):
    """The body, completed where it must be whole. Raises Problem."""
    wrong = {name: "is not right" for name in body if name not in RULES or not RULES[name](body[name])}
    if complete and "title" not in body:
        wrong["title"] = "is missing"
    if wrong:
        raise Problem(422, "invalid", fields=wrong)
    return DEFAULTS | body if complete else body


def read_query(query):
    """Filters, limit and place, with everything that is not given as None. Raises Problem."""
    limit, cursor, status = query.get("limit", "20"), query.get("cursor", "p0"), query.get("status")
    wrong = {}
    if not (limit.isascii() and limit.isdecimal() and 1 <= int(limit[:9]) <= 50):
        wrong["limit"] = "must be from 1 to 50"
    if not (cursor.isascii() and cursor[:1] == "p" and cursor[1:].isdecimal() and len(cursor) < 18):
        wrong["cursor"] = "is none of ours"
    if status is not None and status not in STATUSES:
        wrong["status"] = "is none"
    if wrong:
        raise Problem(422, "invalid", fields=wrong)
    return {
        "limit": int(limit),
        "after": int(cursor[1:]),
        "status": status,
        "assignee": query.get("assignee"),
        "q": query.get("q"),
    }
