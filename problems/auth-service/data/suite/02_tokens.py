"""Access tokens, roles, and the life of refresh tokens. The service was killed and started again before."""

import re
import uuid

from suite import expect


def sign_up(api, draw):
    person = {"email": draw.email(), "password": draw.password()}
    return {**person, "id": api.post("/signup", json=person).status_is(201).field("id")}


def log_in(api, person):
    """The tokens of a new session."""
    body = {"email": person["email"], "password": person["password"]}
    answer = api.post("/login", json=body).status_is(200)
    return {name: answer.field(name, str) for name in ("access_token", "refresh_token")}


def refresh(api, token):
    return api.post("/refresh", json={"refresh_token": token})


def refreshed(api, token):
    """The next refresh token."""
    return refresh(api, token).status_is(200).field("refresh_token", str)


def is_dead(api, token):
    refresh(api, token).status_is(401).field_is("error", "invalid_refresh_token")


def is_stranger(answer):
    """A 401 that says which kind of token is wanted."""
    answer.status_is(401).field_is("error", "not_authenticated")
    found = answer.header("WWW-Authenticate")
    expect(found.lower().startswith("bearer"), "WWW-Authenticate: Bearer", f"WWW-Authenticate: {found}")


def nobody_like(draw, key):
    """An id of the same shape that no account has."""
    text = str(key)
    if text.isdecimal():
        return str(draw.number(10**8, 2 * 10**9))
    if re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", text.lower()):
        return str(uuid.uuid4())
    return draw.token(len(text))


def test_bad_bearers(api, draw):
    """GET /me takes access tokens only: no token, garbage, refresh tokens get 401."""
    session = log_in(api, sign_up(api, draw))
    token = session["access_token"]
    api.get("/me", token=token).status_is(200)
    is_stranger(api.get("/me"))
    is_stranger(api.get("/me", headers={"Authorization": token}))
    is_stranger(api.get("/me", headers={"Authorization": f"Basic {token}"}))
    for garbage in (session["refresh_token"], draw.token(40), "a.b.c", f"{token}.{draw.token(8)}"):
        is_stranger(api.get("/me", token=garbage))


def test_forged_tokens(api, draw, tokens):
    """A token that is changed, unsigned or signed with another key is refused."""
    other, person = sign_up(api, draw), sign_up(api, draw)
    token = log_in(api, person)["access_token"]
    api.get("/me", token=token).status_is(200).field_is("id", person["id"])
    claims = tokens.claims(token)
    is_stranger(api.get("/me", token=token[:-6]))
    is_stranger(api.get("/me", token=tokens.tampered(token, sub=str(other["id"]))))
    is_stranger(api.get("/me", token=tokens.forge(claims)))
    is_stranger(api.get("/me", token=tokens.unsigned(claims)))
    for forged in (tokens.tampered(token, role="admin"), tokens.unsigned({**claims, "role": "admin"})):
        is_stranger(api.get("/admin/accounts", token=forged))


def test_expired_tokens(api, draw, tokens, settings):
    """An expired token is refused, and so is one for an account that does not exist."""
    person = sign_up(api, draw)
    token = log_in(api, person)["access_token"]
    claims = tokens.claims(token)
    api.get("/me", token=token).status_is(200)
    past = int(settings["TOKEN_TTL_S"]) + draw.number(60, 600)
    is_stranger(api.get("/me", token=tokens.sign({**claims, "iat": claims["iat"] - past, "exp": claims["exp"] - past})))
    is_stranger(api.get("/me", token=tokens.sign({**claims, "sub": nobody_like(draw, person["id"])})))


def test_admin(api, draw, settings):
    """The account of ADMIN_EMAIL is admin and sees all accounts; others get 403."""
    person = sign_up(api, draw)
    chief = {"email": settings["ADMIN_EMAIL"], "password": draw.password()}
    answer = api.post("/signup", json=chief).status_is(201).field_is("role", "admin")
    wanted = [
        {"id": person["id"], "email": person["email"].lower(), "role": "user"},
        {"id": answer.field("id"), "email": chief["email"].lower(), "role": "admin"},
    ]
    tokens_of_chief = log_in(api, chief)
    for token in (tokens_of_chief["access_token"], refresh_access(api, tokens_of_chief["refresh_token"])):
        answer = api.get("/admin/accounts", token=token).status_is(200)
    items = answer.field("items", list)
    found = [{name: item.get(name) for name in ("id", "email", "role")} for item in items if isinstance(item, dict)]
    expect(found[-2:] == wanted, f"at the end of the list {wanted}", f"{found[-2:]}")
    for word in ("$argon2", "scrypt", "pbkdf2", "hash"):
        answer.lacks(word, "password hashes")
    is_stranger(api.get("/admin/accounts"))
    token = log_in(api, person)["access_token"]
    api.get("/admin/accounts", token=token).status_is(403).field_is("error", "forbidden")


def refresh_access(api, token):
    return refresh(api, token).status_is(200).field("access_token", str)


def test_reuse(api, draw):
    """A refresh token works once; if it comes again, its session ends and no other."""
    person = sign_up(api, draw)
    session = log_in(api, person)
    first, other = session["refresh_token"], log_in(api, person)["refresh_token"]
    is_dead(api, session["access_token"])
    is_dead(api, draw.token(64))
    second = refreshed(api, first)
    third = refreshed(api, second)
    is_dead(api, first)
    refusal = refresh(api, third)
    expect(refusal.status == 401, "status 401 for the newest token: a stolen one was used", f"status {refusal.status}")
    refreshed(api, other)


def test_parallel_refresh(api, rounds, draw):
    """One refresh token sent four times at the same moment gives one new pair."""
    person = sign_up(api, draw)
    stolen = [log_in(api, person)["refresh_token"] for _ in range(12)]
    for answers in rounds(12, 4, lambda turn, number, client: refresh(client, stolen[turn]).status_is(200, 401)):
        count = sum(answer.status == 200 for answer in answers)
        expect(count == 1, "one 200 and three 401", f"{count} times 200")


def test_log_out(api, draw, memory):
    """Logout ends its session and no other, and can be repeated."""
    person = sign_up(api, draw)
    ended, other = log_in(api, person), log_in(api, person)
    newest = refreshed(api, ended["refresh_token"])
    for token in (newest, newest, draw.token(64)):
        answer = api.post("/logout", json={"refresh_token": token}).status_is(204)
        expect(not answer.content, "no body", answer.text[:100])
    is_dead(api, newest)
    memory["ended"] = newest
    memory["going on"] = {**person, **other, "refresh_token": refreshed(api, other["refresh_token"])}


def test_stored_tokens(api, db, draw, memory):
    """The database does not have a refresh token as it is sent."""
    person = sign_up(api, draw)
    used = log_in(api, person)["refresh_token"]
    fresh = refreshed(api, used)
    for token in (used, fresh):
        places = db.find(token)
        expect(not places, "no refresh token in the database: keep a hash of it", f"one in {', '.join(places)}")
    memory["used"], memory["after it"] = used, fresh
