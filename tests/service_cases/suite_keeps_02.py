def test_the_same(api, memory):
    """It is the same after a restart."""
    for text in memory["texts"]:
        api.get("/notes/1").status_is(200).field_is("text", text)
