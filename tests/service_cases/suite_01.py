from suite import expect, sample


@sample
def test_kept(api, draw, memory):
    """A note is kept."""
    memory["text"] = draw.words()
    memory["id"] = api.post("/notes", json={"text": memory["text"]}).status_is(201).field("id", int)


def test_comes_back(api, memory):
    """It comes back."""
    api.get(f"/notes/{memory['id']}").status_is(200).field_is("text", memory["text"])


def test_nothing_found(api):
    """Nothing was found."""
    found = api.get("/found").status_is(200).list()
    expect(found == [], "[]", found)
