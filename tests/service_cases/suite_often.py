def test_first(api):
    """It answers."""
    api.get("/found").status_is(200)


def test_second(api):
    """It answers again."""
    api.get("/found").status_is(200)


def test_third(api):
    """And again."""
    api.get("/found").status_is(200)


def test_fourth(api):
    """And once more."""
    api.get("/found").status_is(200)


def test_fifth(api):
    """And a last time."""
    api.get("/found").status_is(200)
