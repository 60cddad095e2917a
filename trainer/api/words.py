"""The description's own words: what is true of all operations, and what names and statuses mean."""

from __future__ import annotations

from typing import Any

ABOUT = """\
What pages show to students, mentors and admins, and what can be done there, for programs.

Send a key from your account page as `Authorization: Bearer trainer_…`. Without a key there is what guests see.
A key has a scope: `read` looks at everything that a student sees, `practise` does what students do, `mentor` what
mentors do, `admin` what admins do. It may end, and never does more than its account may.

Requests that make something take an `Idempotency-Key`: sent again, because no answer came, they do their work once.
Links for passwords are not kept, so that a second answer has null in their place.

Errors are problem details (RFC 9457, `application/problem+json`); `code` tells programs what happened, and `errors`
names every input that cannot be used. Bodies are JSON in UTF-8; moments are ISO 8601 in UTC.

Programs ask: nothing is pushed but streams of events, and pages of other places cannot read answers (no CORS).

The API is 0.x: it may change with a minor version, and the changelog says so. Properties may be added at any time.
"""

TAGS = {
    "problems": "What there is to solve",
    "runs": "Code on the samples and on your own cases; does not count as a try",
    "submissions": "Code on the hidden cases; counts as a try",
    "drafts": "What was typed and not sent",
    "consoles": "A service that runs while its author tries it out",
    "practice": "Hints, the solution, notes, stars and tries of a problem",
    "account": "Your account, and all the data kept about you",
    "progress": "What you have done",
    "interviews": "Mock interviews against the server's clock",
    "mentors": "Packages on their way into the bank, what students report, and students; for mentors",
    "accounts": "Who may be here, and who may come in; for admins",
}

PARAMETERS = {
    "slug": "Name of the problem in addresses",
    "run_id": "Number of the run",
    "submission_id": "Number of the run or submission",
    "case_id": "Number of your case",
    "console_id": "What the start of the console answered",
    "interview_id": "Number of the interview",
    "number": "Which task or hint, from 1; task 0 is the scratchpad",
    "criterion": "Id of a line of the rubric",
    "upload_id": "Number of the upload",
    "report_id": "Number of the report",
    "user_id": "Number of the account",
    "invite_id": "Number of the invite",
    "revision": "Revision of the draft",
    "name": "What is typed: a language, a thinking step, `words`, or `scratchpad`",
}

REFUSALS = {
    400: "The request cannot be read: broken JSON, or a browser's token against forgery is missing",
    401: "No account: send a key; or this key is none (`bad_key`) or has ended (`key_ended`)",
    403: "Not yours to do, or the key was not made for it (`key_scope`)",
    404: "There is no such thing, or it is not yours",
    409: "Not now: something else comes first, or your interview holds this problem back",
    413: "Too large",
    415: "The body is of another type than the one that is taken",
    422: "Inputs that cannot be used; `errors` names all of them",
    429: "Too many at once",
    500: "Something broke on the server's side; nothing is charged for it",
    503: "Something that is needed is not available or busy. Nothing is lost; try again",
}

IDEMPOTENCY: dict[str, Any] = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "schema": {
        "type": "string",
        "maxLength": 255,
        "pattern": "^[!-~]+$",
        "examples": ["5d0e4c0a-7c1f-4d4e-9a6b"],
    },
    "description": "A name of your own for this request, such as a random UUID. Sent again within 24 hours by the same"
    " account it is answered as before and does its work once; with another body it is 422",
}

IF_CHANGED: dict[str, Any] = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "schema": {"type": "string"},
    "description": "The `ETag` of an earlier answer: where nothing has changed since, the answer is 304 without a body",
}

HEADERS: dict[str, Any] = {
    "ETag": {"description": "Names this state: send it as `If-None-Match` next time", "schema": {"type": "string"}},
    "Link": {
        "description": "Where the pages `first`, `prev` and `next` are, as RFC 8288 writes it",
        "schema": {"type": "string"},
    },
    "Idempotency-Replayed": {
        "description": "`true` where the request had been answered before",
        "schema": {"type": "string", "enum": ["true"]},
    },
    "Location": {"description": "Where what was made is", "schema": {"type": "string"}},
    "Retry-After": {"description": "Seconds to wait before the next request", "schema": {"type": "integer"}},
    "WWW-Authenticate": {"description": "How to say who asks", "schema": {"type": "string"}},
}
