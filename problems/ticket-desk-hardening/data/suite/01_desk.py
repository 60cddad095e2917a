"""What the desk does, and the findings of the review: each step tries one, beside what has to go on working."""

import csv
import hashlib
import hmac
import io
import re
import time
from html.parser import HTMLParser
from urllib.parse import urlencode

from suite import expect, sample

OLD_KEY = b"ticket-desk-2021"
INSIDE = ("Traceback", 'File "', ".py", "psycopg", "PostgreSQL", "SELECT ", "INSERT INTO", "LINE 1", "codec")


class Page(HTMLParser):
    """What a browser makes of a page: text, tags, names of attributes, and the hidden fields of each form."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.text, self.tags, self.names, self.links, self.forms, self.fields = "", set(), set(), [], {}, {}
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        values = {name: value or "" for name, value in attrs}
        self.tags.add(tag)
        self.names.update(values)
        if tag == "a":
            self.links.append(values.get("href"))
        if tag == "form":
            self.fields = self.forms.setdefault(values.get("action", "").rpartition("/")[2], {})
        if tag == "input" and values.get("type", "").lower() == "hidden":
            self.fields[values.get("name")] = values.get("value", "")

    def handle_data(self, data):
        self.text += data


def log_in(api, person):
    """The cookies of a new session, as a browser sends them back."""
    client = api.fresh()
    answer = client.post("/login", json={"email": person["email"], "password": person["password"]}).status_is(200)
    expect("session" in client.cookies, "a cookie called session", f"the cookies {sorted(client.cookies)}")
    return {"id": answer.field("id", int), "cookie": written(client.cookies)}


def written(cookies):
    return "; ".join(f"{name}={value}" for name, value in cookies.items())


def new_customer(api, draw, name=None):
    """Signs up and logs in: id, cookie, name, email, password."""
    person = {"name": name or draw.name(), "email": draw.email(), "password": draw.password()}
    api.post("/customers", json=person).status_is(201)
    return {**person, **log_in(api, person)}


def session_of(who):
    return re.search(r"(?:^|; )session=([^;]+)", who["cookie"])[1]


def by(who):
    return {"Cookie": who["cookie"]}


def open_ticket(api, draw, who, **fields):
    ticket = {"subject": draw.words(), "body": draw.words(5), **fields}
    return api.post("/tickets", json=ticket, headers=by(who)).status_is(201).field("id", int)


def see_page(api, who, ticket):
    """The page, and the cookies that a browser has after it."""
    client = api.fresh()
    answer = client.get(f"/tickets/{ticket}/page", headers=by(who)).status_is(200).type_is("text/html")
    more = {name: value for name, value in client.cookies.items() if f"{name}=" not in who["cookie"]}
    return Page(answer.text), "; ".join(filter(None, (who["cookie"], written(more))))


def send_form(api, cookie, ticket, form, fields):
    headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    return api.post(f"/tickets/{ticket}/{form}", body=urlencode(fields), headers=headers)


def ids(answer):
    return [item.get("id") for item in answer.status_is(200).field("items", list)]


def hidden_fields(page, form):
    """What the page's form sends along, which has to be something."""
    fields = page.forms.get(form)
    expect(fields, f"a form {form!r} with a hidden field", "no such form" if fields is None else "none in it")
    return fields


def is_error(answer, *statuses):
    """An error in the shape of the README that tells nothing of the inside."""
    if statuses:
        answer.status_is(*statuses)
    answer.type_is("application/json").field("error.code", str)
    answer.field("error.message", str)
    tells_nothing(answer)


def tells_nothing(answer):
    for word in INSIDE:
        answer.lacks(word, f"the inside, such as {word!r}")


def search(api, who, words):
    return api.get("/search", params={"q": words}, headers=by(who))


@sample
def test_account(api, draw, memory, settings):
    """A customer signs up, logs in, opens a ticket, and logs out."""
    memory["ada"] = ada = new_customer(api, draw)
    memory["bo"] = new_customer(api, draw)
    memory["agent"] = log_in(api, {"email": settings["AGENT_EMAIL"], "password": settings["AGENT_PASSWORD"]})
    api.get("/me", headers=by(ada)).status_is(200).field_is("email", ada["email"]).field_is("role", "customer")
    subject = draw.words()
    ticket = open_ticket(api, draw, ada, subject=subject, priority=1)
    answer = api.get(f"/tickets/{ticket}", headers=by(ada)).status_is(200)
    answer.field_is("subject", subject).field_is("status", "open").field_is("priority", 1)
    leaving = api.fresh()
    leaving.post("/login", json={"email": ada["email"], "password": ada["password"]}).status_is(200)
    leaving.post("/logout", headers={"Cookie": written(leaving.cookies)}).status_is(204)
    expect(not leaving.cookies.get("session"), "no session cookie left after /logout", "one")
    api.fresh().get("/me").status_is(401).field_is("error.code", "login_required")


@sample
def test_page(api, draw, memory):
    """A ticket's page shows its text, with line breaks and links."""
    ada, first, second = memory["ada"], draw.words(), draw.words()
    url = f"https://example.org/{draw.token(6)}?a=1&b=2"
    ticket = open_ticket(api, draw, ada, body=f"{first}\n{second} {url}")
    page, _ = see_page(api, ada, ticket)
    for text in (first, second, url):
        expect(text in page.text, f"a page that says {text!r}", "a page without it")
    expect("br" in page.tags, "a <br> where a line ends", "none")
    expect(url in page.links, f"a link to {url}", f"links to {page.links}")
    expect({"reply", "close"} <= set(page.forms), "a form to reply and one to close", sorted(page.forms))


@sample
def test_health(api):
    """The health check answers without a session."""
    api.fresh().get("/health").status_is(200).field_is("status", "ok")


def test_who_sees_what(api, draw, memory):
    """Customers see their own tickets without internal notes, agents see all."""
    ada, bo, agent = memory["ada"], memory["bo"], memory["agent"]
    ticket, note, reply = open_ticket(api, draw, ada), draw.words(), draw.words()
    expect(ticket in ids(api.get("/tickets", headers=by(agent))), "the ticket in the agent's list")
    expect(ticket in ids(api.get("/tickets", headers=by(ada))), "the ticket in its customer's list")
    expect(ticket not in ids(api.get("/tickets", headers=by(bo))), "the ticket in no other customer's list", "in it")
    for path in (f"/tickets/{ticket}", f"/tickets/{ticket}/page"):
        api.get(path, headers=by(bo)).status_is(404)
        api.get(path, headers=by(agent)).status_is(200)
    comments = f"/tickets/{ticket}/comments"
    internal = {"body": note, "internal": True}
    api.post(comments, json=internal, headers=by(ada)).status_is(403).field_is("error.code", "forbidden")
    api.post(comments, json={"body": reply}, headers=by(bo)).status_is(404)
    api.post(comments, json=internal, headers=by(agent)).status_is(201).field_is("internal", True)
    api.post(comments, json={"body": reply}, headers=by(agent)).status_is(201)
    for who, seen in ((ada, [reply]), (agent, [note, reply])):
        found = [item.get("body") for item in api.get(comments, headers=by(who)).status_is(200).field("items", list)]
        expect(found == seen, f"comments {seen}", found)
        page, _ = see_page(api, who, ticket)
        expect((note in page.text) == (note in seen), "internal notes on the page of agents only")


def test_forms(api, draw, memory):
    """The forms of the page reply to a ticket and close it."""
    ada, text = memory["ada"], draw.words()
    ticket = open_ticket(api, draw, ada)
    page, cookie = see_page(api, ada, ticket)
    replied = send_form(api, cookie, ticket, "reply", {**page.forms.get("reply", {}), "body": text})
    expect(replied.status_is(303).header("Location").endswith(f"/tickets/{ticket}/page"), "a redirect to the page")
    page, cookie = see_page(api, ada, ticket)
    expect(text in page.text, "the reply on the page", "a page without it")
    send_form(api, cookie, ticket, "close", page.forms.get("close", {})).status_is(303)
    api.get(f"/tickets/{ticket}", headers=by(ada)).status_is(200).field_is("status", "closed")
    expect("close" not in see_page(api, ada, ticket)[0].forms, "no form to close a closed ticket", "one")


def test_search(api, draw, memory):
    """Search finds texts in subject and body, in what one may see."""
    ada, bo, agent, word = memory["ada"], memory["bo"], memory["agent"], draw.token(10)
    made = [
        open_ticket(api, draw, ada, subject=f"{draw.words()} {word}"),
        open_ticket(api, draw, ada, body=f"Why {word.upper()}?"),
        open_ticket(api, draw, bo, subject=word),
    ]
    open_ticket(api, draw, ada)
    for who, wanted in ((ada, made[:2]), (bo, made[2:]), (agent, made)):
        found = ids(api.get("/search", params={"q": word.upper()}, headers=by(who)))
        expect(sorted(found) == wanted, f"tickets {wanted}", found)


def test_sort_and_export(api, draw):
    """Lists are sorted, and the export is a CSV file, as before."""
    cyd = new_customer(api, draw)
    wanted = ((2, f"m {draw.words()}"), (3, f'a "{draw.words()}", {draw.word()}'), (1, f"z {draw.words()}"))
    made = [open_ticket(api, draw, cyd, subject=subject, priority=priority) for priority, subject in wanted]
    orders = {"created_at": made, "subject": [made[1], made[0], made[2]], "priority": [made[2], made[0], made[1]]}
    for sort, order in orders.items():
        found = ids(api.get("/tickets", params={"sort": sort}, headers=by(cyd)))
        expect(found == order, f"tickets {order} by {sort}", found)
    answer = api.get("/export.csv", headers=by(cyd)).status_is(200).type_is("text/csv")
    rows = [(row.get("id"), row.get("subject")) for row in csv.DictReader(io.StringIO(answer.text))]
    lines = [(str(ticket), subject) for ticket, (_, subject) in zip(made, wanted)]
    expect(rows == lines, f"rows {lines}", rows)


def test_quotes_in_a_search(api, draw, memory):
    """A search for quotes, semicolons and dashes finds them."""
    ada, word = memory["ada"], draw.token(8)
    text = f"O'Brien's \"{word}\"; it's -- broken"
    ticket = open_ticket(api, draw, ada, subject=text)
    for words in (text, f"'s \"{word}\";", f"{word}\"; IT'S --"):
        found = ids(search(api, ada, words))
        expect(found == [ticket], f"ticket {ticket} for {words!r}", found)
    expect(ids(search(api, memory["bo"], text)) == [], "nothing for another customer")


def test_injected_search(api, draw, memory):
    """An injected search is a text that no ticket has."""
    ada, bo, word = memory["ada"], memory["bo"], draw.token(10)
    ticket = open_ticket(api, draw, ada, subject=word)
    expect(ids(search(api, ada, word)) == [ticket], "the ticket for its own customer")
    union = "UNION SELECT id, id, name, email, password_hash, role, 1, now() FROM users --"
    for words in ("%' OR '1%' = '1", "%') OR TRUE --", f"{word}%' OR TRUE OR 'a' = '", f"x%') {union}", f"x%' {union}"):
        found = ids(search(api, bo, words))
        expect(found == [], f"no ticket for {words!r}", f"{len(found)} rows")


def test_injected_sort(api, draw, memory):
    """A sort order that does not exist is refused, whatever it says."""
    ada = memory["ada"]
    open_ticket(api, draw, ada)
    for sort in ("created_at", "priority", "subject"):
        api.get("/tickets", params={"sort": sort}, headers=by(ada)).status_is(200).field("items", list)
    attacks = ("password_hash", "(SELECT max(password_hash) FROM users)", "id DESC", "id; DROP TABLE x", draw.word())
    for sort in attacks:
        answer = api.get("/tickets", params={"sort": sort}, headers=by(ada))
        answer.status_is(400).field_is("error.code", "invalid")


def test_markup_is_text(api, draw):
    """Markup in name, subject, text and comments is shown as it was typed."""
    mark = draw.token(8)
    typed = [f"{draw.word()} <i-{mark}>{kind}</i-{mark}> & <script>{kind}()</script>" for kind in "abcd"]
    eve = new_customer(api, draw, name=typed[0])
    ticket = open_ticket(api, draw, eve, subject=typed[1], body=typed[2])
    comment = {"body": typed[3]}
    api.post(f"/tickets/{ticket}/comments", json=comment, headers=by(eve)).status_is(201).field_is("body", typed[3])
    page, _ = see_page(api, eve, ticket)
    expect(f"i-{mark}" not in page.tags, "no tag that a customer typed", f"<i-{mark}> as a tag of the page")
    for text in typed:
        expect(text in page.text, f"a page that says {text!r}", "a page without it, or with other characters")


def test_attributes(api, draw):
    """Nothing that was typed becomes an attribute of a tag."""
    mark = draw.token(8)
    name = f"data-{mark}"
    typed = (
        f"{draw.word()} {name}=1 onmouseover=x",
        f"x' {name}=1 '",
        f"https://example.org/\"{name}=1/onmouseover=x",
        f"see https://example.org/'{name}=1/onmouseover=x",
    )
    eve = new_customer(api, draw, name=f'Eve" {name}="1')
    ticket = open_ticket(api, draw, eve, subject=typed[0], body=typed[1])
    for text in typed[2:]:
        api.post(f"/tickets/{ticket}/comments", json={"body": text}, headers=by(eve)).status_is(201)
    page, _ = see_page(api, eve, ticket)
    expect(name not in page.names, "no attribute that a customer typed", f"{name} as an attribute")
    for text in typed:
        expect(text in page.text, f"a page that says {text!r}", "a page without it, or with other characters")


def test_forms_without_token(api, draw, memory):
    """A form without its token is refused and changes nothing."""
    ada, text = memory["ada"], draw.words()
    ticket = open_ticket(api, draw, ada)
    page, cookie = see_page(api, ada, ticket)
    for form, fields in (("reply", {"body": text}), ("close", {})):
        wanted = hidden_fields(page, form)
        for given in ({}, {name: "" for name in wanted}, {name: draw.token(32) for name in wanted}):
            answer = send_form(api, cookie, ticket, form, {**given, **fields})
            answer.status_is(403).field_is("error.code", "forbidden")
    api.get(f"/tickets/{ticket}", headers=by(ada)).status_is(200).field_is("status", "open")
    expect(ids(api.get(f"/tickets/{ticket}/comments", headers=by(ada))) == [], "no comment", "one")
    send_form(api, cookie, ticket, "close", hidden_fields(page, "close")).status_is(303)


def test_token_of_another(api, draw, memory):
    """A form with the token of somebody else's session is refused."""
    ada, bo = memory["ada"], memory["bo"]
    victim, own = open_ticket(api, draw, ada), open_ticket(api, draw, bo)
    page, cookie = see_page(api, ada, victim)
    stolen, _ = see_page(api, bo, own)
    for form in ("reply", "close"):
        fields = {**hidden_fields(stolen, form), "body": draw.words()}
        send_form(api, cookie, victim, form, fields).status_is(403).field_is("error.code", "forbidden")
    api.get(f"/tickets/{victim}", headers=by(ada)).status_is(200).field_is("status", "open")
    send_form(api, cookie, victim, "close", hidden_fields(page, "close")).status_is(303)


def test_other_content_types(api, draw, memory):
    """JSON under another content type is refused with 415."""
    ada, subject = memory["ada"], draw.words()
    ticket = open_ticket(api, draw, ada)
    body = '{"subject": "%s", "body": "x"}' % subject
    for content_type in ("text/plain", "application/x-www-form-urlencoded"):
        headers = {**by(ada), "Content-Type": content_type}
        is_error(api.post("/tickets", body=body, headers=headers), 415)
        is_error(api.post(f"/tickets/{ticket}/comments", body=body, headers=headers), 415)
    expect(ids(search(api, ada, subject)) == [], "no ticket made of it", "one")
    headers = {**by(ada), "Content-Type": "application/json; charset=utf-8"}
    api.post("/tickets", body=body, headers=headers).status_is(201).field_is("subject", subject)


def test_cookie_flags(api, memory):
    """The session cookie is HttpOnly, Secure, and SameSite=Lax or Strict."""
    ada = memory["ada"]
    answer = api.fresh().post("/login", json={"email": ada["email"], "password": ada["password"]}).status_is(200)
    flags = answer.cookie("session").attributes
    for flag in ("httponly", "secure"):
        expect(flag in flags, f"the flag {flag}", f"flags {sorted(flags)}")
    same_site = flags.get("samesite", "none").lower()
    expect(same_site in ("lax", "strict"), "SameSite=Lax or SameSite=Strict", f"SameSite={same_site}")


def test_forged_sessions(api, memory):
    """A session that was signed with the key from the code is worth nothing."""
    ada, agent = memory["ada"], memory["agent"]
    api.get("/me", headers=by(ada)).status_is(200).field_is("id", ada["id"])
    for user_id in (agent["id"], ada["id"]):
        value = f"{user_id}.{int(time.time()) + 3600}"
        forged = f"session={value}.{hmac.new(OLD_KEY, value.encode(), hashlib.sha256).hexdigest()}"
        for path in ("/me", "/tickets", "/audit"):
            is_error(api.get(path, headers={"Cookie": forged}), 401)
    value = session_of(ada)
    tampered = f"session={'1' if value[0] != '1' else '2'}{value[1:]}"
    is_error(api.get("/me", headers={"Cookie": tampered}), 401)


def test_comments_of_others(api, draw, memory):
    """A customer cannot read the comments of another's ticket."""
    ada, text = memory["ada"], draw.words()
    ticket = open_ticket(api, draw, ada)
    comments = f"/tickets/{ticket}/comments"
    api.post(comments, json={"body": text}, headers=by(ada)).status_is(201)
    for who in (ada, memory["agent"]):
        api.get(comments, headers=by(who)).status_is(200).field_is("items.0.body", text)
    answer = api.get(comments, headers=by(memory["bo"]))
    is_error(answer, 404)
    answer.lacks(text, "another customer's comment")


def test_export_of_others(api, draw, memory):
    """A customer cannot export another's tickets."""
    ada, bo, subject, own = memory["ada"], memory["bo"], draw.words(), draw.words()
    open_ticket(api, draw, ada, subject=subject)
    open_ticket(api, draw, bo, subject=own)
    path = f"/export.csv?customer_id={ada['id']}"
    of_ada = api.get(path, headers=by(memory["agent"])).status_is(200)
    expect(subject in of_ada.text and own not in of_ada.text, "one customer's tickets for the agent")
    everything = api.get("/export.csv", headers=by(memory["agent"])).status_is(200)
    expect(subject in everything.text and own in everything.text, "all tickets for the agent")
    api.get(path, headers=by(bo)).status_is(200, 403, 404).lacks(subject, "another customer's tickets")
    mine = api.get("/export.csv", headers=by(bo)).status_is(200).lacks(subject, "another customer's tickets")
    expect(own in mine.text, "their own tickets for the customer", "a file without them")


def test_debugging_is_off(api, memory, settings):
    """Nobody gets to see settings where DEBUG is not set."""
    for who in ({}, by(memory["ada"]), by(memory["agent"])):
        answer = api.get("/debug/settings", headers=who)
        answer.status_is(404).field_is("error.code", "not_found")
        answer.lacks(settings["JWT_SECRET"], "the secret")
    api.get("/me", headers=by(memory["agent"])).status_is(200).field_is("role", "agent")


def test_errors_tell_nothing(api, draw, memory):
    """An error has one shape and tells nothing of the inside."""
    ada = memory["ada"]
    is_error(api.post("/tickets", body='{"subject": "a', headers={**by(ada), "Content-Type": "application/json"}), 400)
    is_error(api.post("/tickets", json=[draw.word()], headers=by(ada)), 400)
    is_error(api.post("/tickets", json={"subject": [draw.word()], "body": "x"}, headers=by(ada)), 400)
    is_error(api.get("/export.csv", params={"customer_id": "'"}, headers=by(memory["agent"])), 400)
    is_error(api.get(f"/tickets/{'9' * 30}", headers=by(ada)))
    odd = [
        search(api, ada, f"{draw.word()}\0"),
        api.post("/tickets", json={"subject": f"{draw.word()}\0", "body": "x"}, headers=by(ada)),
        api.post("/tickets", json={"subject": draw.word(), "body": "\ud800"}, headers=by(ada)),
        api.post("/login", json={"email": f"{draw.word()}\0@example.org", "password": draw.password()}),
    ]
    for answer in odd:
        tells_nothing(answer)
        if answer.status >= 400:
            is_error(answer)


def test_not_found_and_not_allowed(api, draw, memory):
    """Unknown paths and wrong methods are answered as JSON, too."""
    answer = api.get(f"/{draw.word()}")
    is_error(answer, 404)
    answer.field_is("error.code", "not_found")
    for method, path in (("DELETE", "/tickets"), ("PUT", "/me")):
        answer = api.send(method, path, headers=by(memory["ada"]))
        is_error(answer, 405)
        answer.field_is("error.code", "method_not_allowed")
        expect("GET" in answer.header("Allow"), "a header Allow with GET", answer.header("Allow"))


def test_audit(api, draw, memory, db):
    """The audit trail says who did what, and keeps no password and no session."""
    agent, wrong = memory["agent"], draw.password()
    dan = new_customer(api, draw)
    ticket = open_ticket(api, draw, dan)
    api.post("/login", json={"email": dan["email"], "password": wrong}).status_is(401)
    page, cookie = see_page(api, dan, ticket)
    memory.update(dan={**dan, "cookie": cookie}, ticket=ticket, form=page.forms.get("reply", {}))
    answer = api.get("/audit", headers=by(agent)).status_is(200)
    found = [tuple(item.get(key) for key in ("method", "path", "status")) for item in answer.field("items", list)]
    for entry in (("POST", "/customers", 201), ("POST", "/login", 200), ("POST", "/login", 401)):
        expect(entry in found, f"an entry {' '.join(map(str, entry))}", "none")
    expect(found[1] == ("POST", "/tickets", 201), "the newest entries first: the ticket, after a login", found[:2])
    answer.field_is("items.1.user_id", dan["id"]).field("items.1.at", str)
    for secret in (dan["password"], wrong):
        answer.lacks(secret, "passwords")
        places = db.find(secret)
        expect(places == [], "passwords nowhere in the database", f"one in {', '.join(places)}")
    answer.lacks(session_of(dan), "session cookies")
    is_error(api.get("/audit", headers=by(dan)), 403)
