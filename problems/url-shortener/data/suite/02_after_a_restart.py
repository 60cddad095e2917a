"""The service was killed and started again."""

from suite import expect


def test_kept(api, memory):
    """A restart loses no link and no visit."""
    link, before = memory["busy"], memory["visits"]
    found = api.get(f"/links/{link['code']}").status_is(200).field("visits", int)
    expect(found == before, f"{before} visits", f"{found} visits")
    api.get(f"/{link['code']}").status_is(302).header_is("Location", link["url"])
    api.get(f"/links/{link['code']}").status_is(200).field_is("visits", before + 1)


def test_gone(api, draw, memory):
    """After a restart what was gone is gone, and an old token still deletes."""
    url = f"https://example.org/{draw.word()}"
    for link in (memory["deleted"], memory["visited"]):
        api.get(f"/{link['code']}").status_is(410)
        api.post("/links", json={"url": url, "code": link["code"]}).status_is(409)
    link = memory["busy"]
    api.delete(f"/links/{link['code']}", token=link["token"]).status_is(204)
    api.get(f"/{link['code']}").status_is(410)
