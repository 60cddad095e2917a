"""The service was killed and started again."""


def test_kept(api, memory):
    """After a restart every name is as it was written."""
    for one in [memory["json"], *memory["wider"]]:
        answer = api.get(f"/people/{one['email']}").status_is(200)
        answer.field_is("name", one["name"]).field_is("town", one["town"])
