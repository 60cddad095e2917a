def test_remembered(api, memory):
    """What comes is remembered."""
    memory["texts"] = [api.get("/notes/1").status_is(200).field("text", str) for _ in range(6)]
