"""Many tasks: pages, their order, searches. The service was killed and started again before."""

from suite import expect


def make(api, assignee, titles, **fields):
    return [
        api.post("/tasks", json={"title": title, "assignee": assignee, **fields}).status_is(201).field("id")
        for title in titles
    ]


def page(api, **params):
    """The ids of a page, and its `next`."""
    answer = api.get("/tasks", params=params).status_is(200)
    return [item["id"] for item in answer.field("items", list)], answer.field("next")


def walk(api, **params):
    """The ids of all pages, one after the other."""
    ids, following = page(api, **params)
    pages = 1
    while following is not None:
        expect(pages < 20, "an end of the pages", "a 'next' on every page")
        more, following = page(api, **params, cursor=following)
        ids, pages = ids + more, pages + 1
    return ids


def are(found, wanted):
    expect(found == wanted, f"tasks {wanted}", f"tasks {found}")


def test_pages(api, draw):
    """Pages follow each other without gap or repetition; the last has no next."""
    assignee = draw.name() + draw.token(4)
    ids = make(api, assignee, [draw.words() for _ in range(22)])
    first, following = page(api, assignee=assignee)
    are(first, ids[:20])
    expect(isinstance(following, str), "next as a text", f"next = {following!r}")
    second, following = page(api, assignee=assignee, cursor=following)
    are(second, ids[20:])
    expect(following is None, "next = null on the last page", f"next = {following!r}")
    first, following = page(api, assignee=assignee, limit=11)
    second, following = page(api, assignee=assignee, limit=11, cursor=following)
    are(first + second, ids)
    expect(following is None, "next = null on a last page that is full", f"next = {following!r}")
    are(walk(api, assignee=assignee, limit=3), ids)
    are(page(api, assignee=assignee, limit=50)[0], ids)


def test_changes_do_not_move(api, draw, memory):
    """Changing a task does not move it in the list."""
    assignee = draw.name() + draw.token(4)
    ids = make(api, assignee, [draw.words() for _ in range(5)])
    api.patch(f"/tasks/{ids[1]}", json={"status": "done", "priority": 5}).status_is(200)
    api.put(f"/tasks/{ids[0]}", json={"title": draw.words(), "assignee": assignee}).status_is(200)
    are(walk(api, assignee=assignee), ids)
    memory["assignee"], memory["order"] = assignee, ids


def test_deletes_during_a_walk(api, draw):
    """A walk misses no task while others are deleted."""
    assignee = draw.name() + draw.token(4)
    ids = make(api, assignee, [draw.words() for _ in range(9)])
    first, following = page(api, assignee=assignee, limit=3)
    are(first, ids[:3])
    for gone in (ids[0], ids[2], ids[4]):
        api.delete(f"/tasks/{gone}").status_is(204)
    second, following = page(api, assignee=assignee, limit=3, cursor=following)
    are(second, [ids[3], ids[5], ids[6]])
    third, following = page(api, assignee=assignee, limit=3, cursor=following)
    are(third, ids[7:])
    expect(following is None, "next = null on the last page", f"next = {following!r}")


def test_search_is_text(api, draw):
    """Quotes, % and _ in a title or a search stand for themselves."""
    assignee = f"O'{draw.word()}\"; --"
    for letter in ("%", "_", "'", "\\", '"'):
        title = f"{draw.word()}{letter}{draw.token(4)}"
        found = make(api, assignee, [title, title.replace(letter, "x"), title.replace(letter, "")])
        are(page(api, assignee=assignee, q=title.upper())[0], found[:1])
    are(page(api, assignee=assignee, q="' OR '1'='1")[0], [])
    are(page(api, assignee="' OR '1'='1")[0], [])


def test_bad_parameters(api, draw):
    """A wrong limit, status or cursor gets 422 with its name."""
    assignee = draw.name() + draw.token(4)
    ids = make(api, assignee, [draw.words(), draw.words()])
    are(page(api, assignee=assignee, limit=1)[0], ids[:1])
    for params in (
        {"limit": "0"},
        {"limit": "51"},
        {"limit": "-1"},
        {"limit": "ten"},
        {"status": draw.word()},
        {"cursor": draw.word()},
        {"limit": "0", "status": draw.word()},
    ):
        answer = api.get("/tasks", params=params).status_is(422).field_is("error", "invalid")
        found = set(answer.field("fields", dict))
        expect(found == set(params), f"wrong fields: {', '.join(params)}", f"wrong fields: {', '.join(found)}")
