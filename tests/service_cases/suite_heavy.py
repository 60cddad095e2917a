def test_many_at_once(api):
    """Many answers are held at once."""
    held = [api.get("/notes/1").status_is(200).json for _ in range(16)]
    assert len(held) == 16


def test_afterwards(api):
    """It goes on."""
    api.get("/found").status_is(200)
