"""Links are made, visited, counted and deleted; they expire; Redis forgets."""

import re
import time

import redis
from suite import expect, in_time, sample, wait_until

CODE = re.compile(r"[A-Za-z0-9_-]{6,20}")
LIFE_S = 2
MARGIN_S = 0.4


def page(draw):
    return (
        f"https://{draw.token(8)}.example.org/{draw.word()}?ref={draw.token(6)}&next=%2Fhome#part-{draw.number(1, 99)}"
    )


def own_code(draw):
    return f"{draw.choice('Sale', 'News', 'Talk')}_{draw.token(8)}"


def create(api, **body):
    return api.post("/links", json=body)


def new_link(api, draw, **more):
    """A link that is wanted here: its code, URL and token."""
    answer = create(api, url=page(draw), **more).status_is(201)
    return {name: answer.field(name, str) for name in ("code", "url", "token")}


def leads(api, link):
    return api.get(f"/{link['code']}").status_is(302).header_is("Location", link["url"])


def visits(api, link):
    return api.get(f"/links/{link['code']}").status_is(200).field("visits", int)


def is_refused(answer, status, field=None):
    answer.status_is(status)
    expect(answer.field("error", str).strip(), "words in error", "an empty text")
    if field is not None:
        answer.field_is("field", field)


def is_gone(api, link):
    is_refused(api.get(f"/{link['code']}"), 410)
    is_refused(api.get(f"/links/{link['code']}"), 410)


def store(settings):
    return redis.Redis.from_url(settings["REDIS_URL"])


def short_link(api, draw, **more):
    """A link that ends soon, and by when it is there."""
    return {**new_link(api, draw, expires_in_s=LIFE_S, **more), "made_by": time.monotonic()}


def wait_for_end(link):
    wait_until(link["made_by"] + LIFE_S + MARGIN_S)


@sample
def test_create(api, draw, memory):
    """A link is created: it gets a code and a token."""
    url = page(draw)
    answer = create(api, url=url).status_is(201).field_is("url", url)
    code, token = answer.field("code", str), answer.field("token", str)
    expect(CODE.fullmatch(code), "a code of 6 to 20 letters, digits, '_' and '-'", code)
    expect(len(token) >= 16, "a token of at least 16 characters", f"one of {len(token)}")
    memory["link"] = {"code": code, "url": url, "token": token}


@sample
def test_visit(api, draw, memory):
    """A visit is sent on with 302, and no cache may keep that."""
    answer = leads(api, memory["link"])
    kept = answer.header("Cache-Control")
    expect("no-store" in kept.lower(), "Cache-Control: no-store", f"Cache-Control: {kept}")
    is_refused(api.get(f"/{own_code(draw)}"), 404)


@sample
def test_visits(api, draw):
    """Visits are counted, questions are not."""
    link = new_link(api, draw)
    api.get(f"/links/{link['code']}").status_is(200).field_is("url", link["url"]).field_is("visits", 0)
    for _ in range(3):
        leads(api, link)
    answer = api.get(f"/links/{link['code']}").status_is(200)
    answer.field_is("code", link["code"]).field_is("visits", 3).lacks(link["token"], "the token")


@sample
def test_own_code_and_lifetime(api, draw, memory):
    """A link may have a code of its own and a lifetime."""

    def visit():
        code = own_code(draw)
        link = short_link(api, draw, code=code)
        expect(link["code"] == code, f"code {code}", link["code"])
        leads(api, link)
        return link

    memory["visited"] = in_time(LIFE_S, visit)
    memory["unvisited"] = short_link(api, draw)


def test_not_json(api, draw):
    """A body that is no JSON object is refused with 400."""
    new_link(api, draw)
    for body in ('{"url": "https://example.org/', f'["{page(draw)}"]', f'"{page(draw)}"', ""):
        is_refused(api.post("/links", body=body, headers={"Content-Type": "application/json"}), 400)


def test_schemes(api, draw):
    """Only http and https lead anywhere, and only to a host."""
    for url in (page(draw), f"http://{draw.token(6)}.example.org", f"HTTPS://{draw.token(6)}.example.org/A"):
        create(api, url=url).status_is(201)
    host = f"{draw.token(6)}.example.org"
    other_schemes = [
        f"javascript:alert('https://{host}')",
        f"ftp://{host}/",
        f"httpx://{host}/",
        f"data:text/html,{host}",
    ]
    no_host = [f"//{host}/", f"/{draw.word()}", host, f"https:{host}", "https://", f"https:///{draw.word()}", ""]
    for url in (*other_schemes, *no_host, draw.number(1, 999), None, [page(draw)]):
        is_refused(create(api, url=url), 422, "url")
    is_refused(create(api, code=own_code(draw)), 422, "url")


def test_characters(api, draw):
    """A URL with a space or a line break, or of 2,001 characters, is refused."""
    start = f"https://{draw.token(6)}.example.org/"
    link = {"url": start.ljust(2000, "a")}
    link["code"] = create(api, url=link["url"]).status_is(201).field("code", str)
    leads(api, link)
    spaced = [f"{start}a b", f" {start}", f"{start}\n", f"{start}\r\nSet-Cookie: seen=1", f"{start}\ta", f"{start}ä"]
    for url in (*spaced, start.ljust(2001, "a")):
        is_refused(create(api, url=url), 422, "url")


def test_code_shape(api, draw):
    """A code of another shape is refused."""
    for code in (f"-{draw.token(4)}_", f"Z{draw.token(19)}"):
        leads(api, new_link(api, draw, code=code))
    word = draw.token(8)
    for code in (
        draw.token(5),
        draw.token(21),
        f"{word} a",
        f"{word}/a",
        f"{word}.a",
        f"{word}é",
        f"{word}\n",
        "",
        12345678,
    ):
        is_refused(create(api, url=page(draw), code=code), 422, "code")


def test_lifetime(api, draw):
    """A lifetime is whole seconds, from one second to a year."""
    for lifetime in (60, 31_536_000):
        leads(api, new_link(api, draw, expires_in_s=lifetime))
    for lifetime in (0, -60, 1.5, "60", True, 31_536_001, [60]):
        is_refused(create(api, url=page(draw), expires_in_s=lifetime), 422, "expires_in_s")


def test_code_taken(api, draw):
    """A taken code is refused, and its link stays as it was."""
    link = new_link(api, draw, code=own_code(draw))
    is_refused(create(api, url=page(draw), code=link["code"]), 409)
    leads(api, link)


def test_code_race(api, draw, rounds):
    """Of eight who want the same codes at the same moment, one gets each."""
    codes, pages = [own_code(draw) for _ in range(8)], [page(draw) for _ in range(8)]
    answers = rounds(8, 8, lambda turn, number, client: create(client, url=pages[number], code=codes[turn]))
    for code, found in zip(codes, answers, strict=True):
        statuses = sorted(answer.status for answer in found)
        expect(statuses == [201] + [409] * 7, "once 201 and seven times 409 for a code", ", ".join(map(str, statuses)))
        winner = next(url for url, answer in zip(pages, found, strict=True) if answer.status == 201)
        leads(api, {"code": code, "url": winner})


def test_same_url(api, draw):
    """The same URL twice makes two links, each with its own count."""
    first = new_link(api, draw)
    answer = create(api, url=first["url"]).status_is(201)
    second = {**first, "code": answer.field("code", str), "token": answer.field("token", str)}
    for name in ("code", "token"):
        expect(first[name] != second[name], f"another {name}", f"the same {name} again")
    leads(api, second)
    found = [visits(api, first), visits(api, second)]
    expect(found == [0, 1], "0 and 1 visits", f"{found[0]} and {found[1]}")


def test_asked_before(api, draw):
    """A code that was asked for in vain can still be taken."""
    code = own_code(draw)
    for _ in range(2):
        is_refused(api.get(f"/{code}"), 404)
        is_refused(api.get(f"/links/{code}"), 404)
    leads(api, new_link(api, draw, code=code))


def test_cached(api, draw, settings):
    """From the second visit on, the target comes from Redis."""
    link = new_link(api, draw)
    leads(api, link)
    before = store(settings).info("stats")["keyspace_hits"]
    for _ in range(3):
        leads(api, link)
    hits = store(settings).info("stats")["keyspace_hits"] - before
    expect(hits >= 3, "3 visits that find something in Redis (keyspace_hits)", f"{hits} that do")


def test_count_burst(api, draw, rounds, memory):
    """Of 40 visits in a burst, each is counted."""
    link = new_link(api, draw)
    leads(api, link)
    memory["busy"] = link
    rounds(5, 8, lambda _turn, _number, client: leads(client, link))
    found = visits(api, link)
    expect(found == 41, "41 visits: one, then 8 visitors with 5 each", f"{found} visits")


def test_token(api, draw):
    """Only a link's own token deletes it."""
    link, other = new_link(api, draw), new_link(api, draw)
    path = f"/links/{link['code']}"
    is_refused(api.delete(path), 401)
    is_refused(api.delete(path, token=draw.token(32)), 403)
    is_refused(api.delete(path, token=other["token"]), 403)
    leads(api, link)
    api.delete(path, token=link["token"]).status_is(204)


def test_token_kept(api, draw, db):
    """PostgreSQL has the link, but not the token."""
    word = draw.word()
    answer = create(api, url=f"https://example.org/{word}").status_is(201)
    expect(db.find(word), "a table that holds the URL", "none")
    places = db.find(answer.field("token", str))
    expect(not places, "the token in no column", f"the token in {', '.join(places)}")


def test_deleted(api, draw, memory):
    """A deleted link is gone at once, however often it was visited."""
    link = new_link(api, draw)
    for _ in range(3):
        leads(api, link)
    api.delete(f"/links/{link['code']}", token=link["token"]).status_is(204)
    memory["deleted"] = link
    is_gone(api, link)
    is_refused(api.delete(f"/links/{link['code']}", token=link["token"]), 410)


def test_never_again(api, draw, memory):
    """The code of a deleted link is never given out again."""
    link = memory["deleted"]
    is_refused(create(api, url=page(draw), code=link["code"]), 409)
    is_gone(api, link)


def test_expired_visited(api, memory):
    """An expired link is gone, though it was visited before."""
    wait_for_end(memory["visited"])
    is_gone(api, memory["visited"])


def test_expired_unvisited(api, draw, memory):
    """An expired link is gone, though nobody ever visited it, and its code stays taken."""
    link = memory["unvisited"]
    wait_for_end(link)
    is_gone(api, link)
    is_refused(create(api, url=page(draw), code=link["code"]), 409)


def test_redis_empty(api, memory, settings):
    """When Redis forgets everything, no link and no visit is lost."""
    link = memory["busy"]
    before = visits(api, link)
    store(settings).flushall()
    leads(api, link)
    found = visits(api, link)
    expect(found == before + 1, f"{before + 1} visits", f"{found} visits")
    is_gone(api, memory["deleted"])
    memory["visits"] = found
