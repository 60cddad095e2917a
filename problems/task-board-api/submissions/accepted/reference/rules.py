"""What a task may be. No framework and no database here: these rules can be tested alone."""

STATUSES = ("todo", "doing", "done")
DEFAULTS = {"status": "todo", "priority": 3, "assignee": None}
MOST_ITEMS = 50
USUAL_ITEMS = 20
LARGEST_ID = 2**63 - 1


class Invalid(Exception):
    """Carries what is wrong, by the names of the fields."""

    def __init__(self, fields):
        super().__init__(fields)
        self.fields = fields


def whole(body):
    """All fields of a task from a body that must be complete. Raises Invalid."""
    wrong = _wrong_fields(body)
    if "title" not in body:
        wrong["title"] = "is missing"
    _refuse(wrong)
    return {**DEFAULTS, **body}


def part(body):
    """The fields that a body changes. Raises Invalid."""
    _refuse(_wrong_fields(body))
    return body


def page(query):
    """The filters and the place of a page. Raises Invalid."""
    status = query.get("status")
    limit = query.get("limit", str(USUAL_ITEMS))
    cursor = query.get("cursor", "0")
    wrong = {}
    if status is not None and _status(status):
        wrong["status"] = _status(status)
    if not _is_number(limit, 1, MOST_ITEMS):
        wrong["limit"] = f"must be a whole number from 1 to {MOST_ITEMS}"
    if not _is_number(cursor, 0, LARGEST_ID):
        wrong["cursor"] = "must be the 'next' of an earlier page"
    _refuse(wrong)
    return {
        "status": status,
        "assignee": query.get("assignee"),
        "q": query.get("q"),
        "limit": int(limit),
        "after": int(cursor),
    }


def _wrong_fields(body):
    wrong = {}
    for name, value in body.items():
        check = _CHECKS.get(name)
        complaint = check(value) if check else "is no field of a task"
        if complaint:
            wrong[name] = complaint
    return wrong


def _refuse(wrong):
    if wrong:
        raise Invalid(wrong)


def _title(value):
    right = _is_text(value, 100) and value.strip()
    return "" if right else "must be a text of 1 to 100 characters, not only blanks"


def _status(value):
    return "" if value in STATUSES else f"must be one of {', '.join(STATUSES)}"


def _priority(value):
    # type() and not isinstance(): in Python True is an int, too
    right = type(value) is int and 1 <= value <= 5
    return "" if right else "must be a whole number from 1 to 5"


def _assignee(value):
    right = value is None or _is_text(value, 50)
    return "" if right else "must be a text of 1 to 50 characters, or null"


def _is_text(value, longest):
    # PostgreSQL keeps no NUL in a text
    return isinstance(value, str) and 1 <= len(value) <= longest and "\0" not in value


def _is_number(text, least, most):
    return text.isascii() and text.isdecimal() and len(text) <= 19 and least <= int(text) <= most


_CHECKS = {"title": _title, "status": _status, "priority": _priority, "assignee": _assignee}
