def test_survives(api, memory):
    """It survives a restart."""
    api.get(f"/notes/{memory['id']}").status_is(200).field_is("text", memory["text"])


def test_still_nothing(api):
    """Still nothing was found."""
    assert api.get("/found").status_is(200).list() == [], "something was found"
