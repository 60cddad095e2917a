def test_kept(api, draw, memory):
    """A note is kept."""
    memory["text"] = draw.words()
    memory["id"] = api.post("/notes", json={"text": memory["text"]}).status_is(201).field("id", int)


def test_comes_back_often(api, memory):
    """It comes back, however often one asks."""
    answers = [api.get(f"/notes/{memory['id']}").status_is(200) for _ in range(14)]
    for answer in answers:
        answer.field_is("text", memory["text"])
