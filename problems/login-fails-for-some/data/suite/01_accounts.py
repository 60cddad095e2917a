"""Everyday use, the symptom that was reported, and its neighbours."""

import time

from suite import expect, sample


def signed_up(api, draw, email=None):
    """A new account: what it was made with, and the answer."""
    person = {"email": email or draw.email(), "password": draw.password(), "name": draw.name()}
    return person, api.post("/accounts", json=person).status_is(201)


def logged_in(api, person, **typed):
    """A token, for an address or a password that may be typed in another way."""
    said = {"email": person["email"], "password": person["password"]} | typed
    return api.post("/login", json=said).status_is(200).field("token", str)


@sample
def test_log_in(api, draw):
    """Who signs up can log in and read their own account."""
    person, made = signed_up(api, draw)
    mine = api.get("/me", token=logged_in(api, person)).status_is(200)
    mine.field_is("id", made.field("id", int)).field_is("email", person["email"]).field_is("name", person["name"])


@sample
def test_books(api, draw):
    """Books stand on the list of the person who added them."""
    mine, other = (logged_in(api, signed_up(api, draw)[0]) for _ in range(2))
    title = draw.words()
    api.post("/books", token=mine, json={"title": title}).status_is(201).field_is("title", title)
    titles = [book["title"] for book in api.get("/books", token=mine).status_is(200).field("books", list)]
    expect(titles == [title], f"the one book {title!r}", titles)
    expect(api.get("/books", token=other).status_is(200).field("books") == [], "no books of anybody else")


@sample
def test_capital(api, draw):
    """An address typed with a capital letter logs in and stays logged in."""
    person, made = signed_up(api, draw)
    token = logged_in(api, person, email=person["email"].capitalize())
    api.get("/me", token=token).status_is(200).field_is("id", made.field("id")).field_is("email", person["email"])


def test_blanks(api, draw):
    """Blanks around the address change nothing."""
    person, made = signed_up(api, draw)
    token = logged_in(api, person, email=f" {person['email']}  ")
    api.get("/me", token=token).status_is(200).field_is("id", made.field("id")).field_is("email", person["email"])


def test_sign_up_with_capitals(api, draw):
    """Who signs up with capital letters is logged in at once."""
    plain = draw.email()
    person, made = signed_up(api, draw, email=plain.title())
    made.field_is("email", plain)
    api.get("/me", token=made.field("token", str)).status_is(200).field_is("id", made.field("id"))
    api.get("/me", token=logged_in(api, person)).status_is(200).field_is("id", made.field("id"))


def test_every_route(api, draw):
    """All routes take the token of a login in capital letters."""
    person, made = signed_up(api, draw)
    token = logged_in(api, person, email=person["email"].upper())
    title, new = draw.words(), draw.password()
    api.post("/books", token=token, json={"title": title}).status_is(201)
    api.get("/books", token=token).status_is(200).field_is("books.0.title", title)
    api.put("/me/password", token=token, json={"old": person["password"], "new": new}).status_is(204)
    refreshed = api.post("/login/refresh", token=token).status_is(200).field("token", str)
    api.get("/me", token=refreshed).status_is(200).field_is("id", made.field("id"))
    logged_in(api, person, password=new)
    api.post("/login", json={"email": person["email"], "password": person["password"]}).status_is(401)


def test_no_second_account(api, draw):
    """Another spelling of a known address makes no second account."""
    person, _ = signed_up(api, draw)
    for typed in (person["email"].upper(), f" {person['email']}"):
        again = {"email": typed, "password": draw.password(), "name": draw.name()}
        api.post("/accounts", json=again).status_is(409)


def test_underscore(api, draw):
    """Addresses that differ in one sign belong to different people."""
    end = f"{draw.token(8)}@example.org"
    first, _ = signed_up(api, draw, email=f"kimx{end}")
    second, made = signed_up(api, draw, email=f"kim_{end}")
    mine = api.get("/me", token=logged_in(api, second)).status_is(200)
    mine.field_is("id", made.field("id", int)).field_is("email", second["email"])
    api.get("/me", token=logged_in(api, first)).status_is(200).field_is("email", first["email"])


def test_password_is_exact(api, draw):
    """A password with other capital letters or with blanks is refused."""
    person, _ = signed_up(api, draw)
    logged_in(api, person)
    for typed in (person["password"].upper(), f" {person['password']}"):
        api.post("/login", json={"email": person["email"], "password": typed}).status_is(401)


def test_bad_tokens(api, draw, tokens):
    """A token that is forged or has run out is refused."""
    person, _ = signed_up(api, draw)
    token = logged_in(api, person)
    api.get("/me", token=token).status_is(200)
    claims, now = tokens.claims(token), int(time.time())
    api.get("/me", token=tokens.forge(claims)).status_is(401)
    api.get("/me", token=tokens.sign(claims | {"iat": now - 7200, "exp": now - 60})).status_is(401)
    api.get("/me").status_is(401)


def test_deleted(api, draw):
    """The token of a deleted account is refused."""
    person, _ = signed_up(api, draw)
    token = logged_in(api, person)
    api.delete("/me", token=token).status_is(204)
    api.get("/me", token=token).status_is(401)
    api.get("/books", token=token).status_is(401)


def test_before_restart(api, draw, memory):
    """A login with capital letters is good for more than one request."""
    person, made = signed_up(api, draw)
    token = logged_in(api, person, email=person["email"].swapcase())
    for _ in range(3):
        api.get("/me", token=token).status_is(200).field_is("id", made.field("id"))
    memory["person"], memory["id"], memory["token"] = person, made.field("id"), token
