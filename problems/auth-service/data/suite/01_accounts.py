"""Sign-up, login, what is stored of a password, and the limit on failed logins."""

import base64
import hashlib
import hmac
import re
import time
from contextlib import suppress

from suite import expect, in_time, sample, wait_until

PASSWORD_WORDS = ("password", "hash", "$argon2", "scrypt", "pbkdf2")
URL_SAFE = str.maketrans("+/", "-_")
FAST = ("md5", "sha1", "sha224", "sha256", "sha384", "sha512", "blake2b", "blake2s", "sha3_256", "sha3_512")


def sign_up(api, draw, **more):
    """A new person: what they know, and their id."""
    person = {"email": draw.email(), "password": draw.password()}
    answer = api.post("/signup", json={**person, **more}).status_is(201)
    return {**person, "id": answer.field("id")}


def try_login(api, email, password):
    return api.post("/login", json={"email": email, "password": password})


def log_in(api, person):
    """The tokens of a new session."""
    answer = try_login(api, person["email"], person["password"]).status_is(200)
    return {name: answer.field(name, str) for name in ("access_token", "refresh_token")}


def is_account(answer, person, role="user", place=""):
    answer.field_is(f"{place}id", person["id"]).field_is(f"{place}email", person["email"].lower())
    answer.field_is(f"{place}role", role)


def says_no_password(answer):
    found = next((word for word in PASSWORD_WORDS if word in answer.text.lower()), None)
    expect(found is None, "nothing of the password in the answer", f"{found!r} in the answer")


def fail_logins(api, draw, email, count):
    for _ in range(count):
        try_login(api, email, draw.password()).status_is(401).field_is("error", "wrong_credentials")


def is_limited(answer, settings):
    """A 429 that says when to come again. Gives the seconds."""
    answer.status_is(429).field_is("error", "too_many_attempts")
    text, most = answer.header("Retry-After"), int(settings["LOGIN_WINDOW_S"])
    expect(
        text.isdecimal() and 1 <= int(text) <= most,
        f"Retry-After: whole seconds from 1 to {most}",
        f"Retry-After: {text}",
    )
    return int(text)


def limited(api, draw, settings, start):
    """Fail logins as often as is allowed, then once more with the right password: 429. `start` gives the spellings of
    an address and its password. Where the machine is so busy that the failures do not fit into the window, try again.
    """
    most, window_s = int(settings["LOGIN_MAX_FAILURES"]), int(settings["LOGIN_WINDOW_S"])
    for _ in range(3):
        emails, password = start()
        began = time.monotonic()
        for number in range(most):
            fail_logins(api, draw, emails[number % len(emails)], 1)
        answer = try_login(api, emails[-1], password)
        took_s = time.monotonic() - began
        in_time = answer.status == 429 or took_s < window_s - 0.5
        if in_time:
            break
    expect(in_time, f"{most + 1} logins within {window_s} s", f"{took_s:.1f} s: hashing takes too long")
    return {"email": emails[0], "password": password, "until": time.monotonic() + is_limited(answer, settings)}


@sample
def test_sign_up(api, draw):
    """Sign-up answers 201 with the account, without its password; a second one 409."""
    email, password = draw.email(), draw.password()
    answer = api.post("/signup", json={"email": email, "password": password}).status_is(201)
    is_account(answer, {"id": answer.field("id"), "email": email})
    answer.lacks(password, "the password")
    says_no_password(answer)
    again = api.post("/signup", json={"email": email, "password": draw.password()})
    again.status_is(409).field_is("error", "email_taken")


@sample
def test_log_in(api, draw, settings, tokens):
    """Login gives an access token with the right claims, and it opens GET /me."""
    person, lifetime_s = sign_up(api, draw), int(settings["TOKEN_TTL_S"])
    answer = try_login(api, person["email"], person["password"]).status_is(200)
    answer.field_is("token_type", "Bearer").field_is("expires_in", lifetime_s)
    refresh_token = answer.field("refresh_token", str)
    expect(
        len(refresh_token) >= 32,
        "a refresh token of at least 32 characters",
        f"one of {len(refresh_token)} characters",
    )
    access_token = answer.field("access_token", str)
    claims = tokens.claims(access_token)
    for name, wanted in (("sub", str(person["id"])), ("role", "user")):
        expect(claims.get(name) == wanted, f"claim {name} = {wanted!r}", f"{name} = {claims.get(name)!r}")
    issued, expires = claims.get("iat"), claims.get("exp")
    is_now = isinstance(issued, int) and abs(issued - time.time()) < 30
    expect(is_now, "claim iat: now, in whole seconds", f"iat = {issued!r}")
    expect(expires == issued + lifetime_s, f"claim exp = iat + {lifetime_s}", f"iat = {issued}, exp = {expires!r}")
    is_account(api.get("/me", token=access_token).status_is(200), person)


@sample
def test_refresh(api, draw):
    """A refresh token gives new tokens; the new access token opens GET /me."""
    person = sign_up(api, draw)
    old = log_in(api, person)
    answer = api.post("/refresh", json={"refresh_token": old["refresh_token"]}).status_is(200)
    answer.field_is("token_type", "Bearer")
    expect(answer.field("refresh_token") != old["refresh_token"], "another refresh token", "the same one")
    is_account(api.get("/me", token=answer.field("access_token", str)).status_is(200), person)


def test_bad_bodies(api, draw):
    """Missing and wrong fields get 422, a body that is no JSON object gets 400."""
    email, password = draw.email(), draw.password()
    for body in (
        {"email": email},
        {"password": password},
        {"email": draw.word(), "password": password},
        {"email": f"@{draw.word()}.example", "password": password},
        {"email": 7, "password": password},
        {"email": email, "password": 1234567890},
        {"email": email, "password": password[:9]},
        {"email": email, "password": (password * 9)[:129]},
        {"email": f"{'a' * 244}@example.org", "password": password},
    ):
        api.post("/signup", json=body).status_is(422).field_is("error", "invalid")
    for body in ("{", '["a", "list"]', "null", ""):
        for path in ("/signup", "/login"):
            answer = api.post(path, body=body, headers={"Content-Type": "application/json"})
            answer.status_is(400).field_is("error", "malformed_json")
    api.post("/login", json={"email": email}).status_is(422).field_is("error", "invalid")
    api.post("/refresh", json={}).status_is(422).field_is("error", "invalid")
    api.post("/signup", json={"email": email, "password": password[:10]}).status_is(201)
    api.post("/signup", json={"email": draw.email(), "password": (password * 9)[:128]}).status_is(201)


def test_no_chosen_role(api, draw, tokens):
    """Nobody can choose a role at sign-up."""
    person = sign_up(api, draw, role="admin", is_admin=True)
    access_token = log_in(api, person)["access_token"]
    is_account(api.get("/me", token=access_token).status_is(200), person)
    role = tokens.claims(access_token).get("role")
    expect(role == "user", "claim role = 'user'", f"claim role = {role!r}")


def test_same_answer(api, draw):
    """An unknown address and a wrong password get the same answer."""
    person = sign_up(api, draw)
    log_in(api, person)
    wrong = try_login(api, person["email"], draw.password()).status_is(401).field_is("error", "wrong_credentials")
    unknown = try_login(api, draw.email(), draw.password())
    expect(unknown.status == wrong.status, "status 401 for an unknown address, too", f"status {unknown.status}")
    expect(unknown.json == wrong.json, f"the same body: {wrong.text.strip()}", unknown.text.strip())


def test_limit(api, draw, settings, memory):
    """Too many failed logins get 429 with Retry-After, with the right password too."""

    def start():
        person = sign_up(api, draw)
        return [person["email"]], person["password"]

    other = sign_up(api, draw)
    memory["limited"] = limited(api, draw, settings, start)
    log_in(api, other)


def test_limit_of_nobody(api, draw, settings):
    """An address without an account is limited in the same way."""
    limited(api, draw, settings, lambda: ([draw.email()], draw.password()))


def test_success_forgets(api, draw, settings):
    """A login that succeeds forgets the failures before it."""
    person, almost = sign_up(api, draw), int(settings["LOGIN_MAX_FAILURES"]) - 1
    for _ in range(2):
        fail_logins(api, draw, person["email"], almost)
        log_in(api, person)


def test_parallel_guesses(api, burst, draw, settings):
    """Wrong guesses at the same moment do not get past the limit."""
    most = int(settings["LOGIN_MAX_FAILURES"])

    def guess():
        email, guesses = sign_up(api, draw)["email"], [draw.password() for _ in range(most + 1)]

        def send(number, client):
            return try_login(client, email, guesses[number]).status_is(401, 429)

        tried = sum(answer.status == 401 for answer in burst(most + 1, send))
        expect(tried <= most, f"at most {most} times 401 for {most + 1} guesses", f"{tried} times 401")

    for _ in range(2):
        in_time(int(settings["LOGIN_WINDOW_S"]), guess)


def test_case(api, draw, settings):
    """Upper and lower case are the same in an address, and not in a password."""
    name, blank_password = draw.email().lower(), f" {draw.password()} "
    mixed = name.title()
    answer = api.post("/signup", json={"email": mixed, "password": blank_password}).status_is(201)
    answer.field_is("email", name)
    try_login(api, name.upper(), blank_password).status_is(200)
    api.post("/signup", json={"email": name, "password": draw.password()}).status_is(409)
    try_login(api, name, blank_password.upper()).status_is(401).field_is("error", "wrong_credentials")
    try_login(api, name, blank_password.strip()).status_is(401)
    long = (draw.password() * 9)[:127]
    person = {"email": draw.email(), "password": f"{long}a"}
    api.post("/signup", json=person).status_is(201)
    try_login(api, person["email"], f"{long}b").status_is(401)
    log_in(api, person)

    def start():
        somebody = sign_up(api, draw)
        email = somebody["email"]
        return [email, email.upper(), email.title()], somebody["password"]

    limited(api, draw, settings, start)


def test_parallel_sign_ups(api, burst, draw):
    """Sign-ups with one address at the same moment make one account."""
    for _ in range(2):
        email, passwords = draw.email(), [draw.password() for _ in range(4)]

        def send(number, client, email=email, passwords=passwords):
            spelling = (email, email.upper(), email.title(), email)[number]
            return client.post("/signup", json={"email": spelling, "password": passwords[number]})

        statuses = [answer.status for answer in burst(4, send)]
        expect(sorted(statuses) == [201, 409, 409, 409], "201 once and 409 three times", f"{sorted(statuses)}")
        log_in(api, {"email": email, "password": passwords[statuses.index(201)]})


def test_stored_passwords(api, db, draw, settings):
    """The database has a password only as a slow, salted hash."""
    before = all_texts(db)
    first = sign_up(api, draw)
    rows = new_rows(db, before)
    expect(db.find(first["email"].lower()), "the account in PostgreSQL", "its address in no text column of any table")
    text = first["password"]
    hidden = (text, text.encode().hex(), base64.b64encode(text.encode()).decode())
    plain = any(form in value for row in rows for value in row for form in hidden)
    expect(not plain, "no password in the database", "the password itself")
    fast = next((name for row in rows if (name := fast_hash_in(row, text, settings.values()))), "")
    expect(not fast, "a hash that is slow on purpose", f"{fast} of the password, which is fast to guess")

    known = all_texts(db)
    second = {"email": draw.email(), "password": text}
    api.post("/signup", json=second).status_is(201)
    shared = parts_of_all(rows) & parts_of_all(new_rows(db, known))
    same = [part for part in shared - parts_of_all([before]) if len(part) >= 20]
    expect(not same, "another hash for an equal password", f"{same[:1]} for both: the salt is missing or constant")
    log_in(api, second)


def all_texts(db):
    """Every value that is text or bytes, as text."""
    return {value for row in all_rows(db) for value in row}


def new_rows(db, known):
    """Rows with a value that was not there before."""
    return [row for row in all_rows(db) if any(value not in known for value in row)]


def all_rows(db):
    tables = [name.replace('"', '""') for name in db.tables()]
    return [
        [text for value in row.values() for text in texts_in(value)]
        for name in tables
        for row in db.rows(f'SELECT * FROM app."{name}"')
    ]


def texts_in(value):
    """The texts in a column's value, those in JSON among them; bytes as hexadecimal digits."""
    if isinstance(value, bytes | memoryview):
        return [bytes(value).hex()]
    if isinstance(value, dict):
        return [text for part in value.values() for text in texts_in(part)]
    if isinstance(value, list | tuple):
        return [text for part in value for text in texts_in(part)]
    return [value] if isinstance(value, str) else []


def parts_of(row):
    """The values of a row, and what stands between separators in them: salts, hashes."""
    return {part for value in row for part in (value, *re.split(r"[$:;,.|\s]+", value)) if part}


def parts_of_all(rows):
    return {part for row in rows for part in parts_of(row)}


def fast_hash_in(row, password, settings):
    """The name of a fast hash of the password that stands in the row: salted from the row, with a setting, or not."""
    stored = "\n".join(row)
    lower, secret = stored.lower(), password.encode()
    parts = [part for part in (*parts_of(row), *settings) if len(part) <= 128]
    salts = {b""} | {salt for part in parts for salt in readings(part)}
    for name in FAST:
        for salt in salts:
            digests = [hashlib.new(name, salt + secret).digest(), hashlib.new(name, secret + salt).digest()]
            if salt:
                digests.append(hmac.new(salt, secret, name).digest())
            for digest in digests:
                encoded = base64.b64encode(digest).decode().rstrip("=")
                if digest.hex() in lower or encoded in stored or encoded.translate(URL_SAFE) in stored:
                    return name
    return ""


def readings(text):
    """A text as the bytes that it may stand for."""
    found = [text.encode()]
    with suppress(ValueError):
        found.append(bytes.fromhex(text))
    with suppress(ValueError):
        letters = text.replace("-", "+").replace("_", "/")
        found.append(base64.b64decode(letters + "=" * (-len(letters) % 4)))
    return found


def test_limit_ends(api, memory):
    """Once Retry-After is over, the right password works again."""
    person = memory["limited"]
    wait_until(person["until"] + 0.3)
    log_in(api, person)
