"""The same accounts and tokens, after the service was started anew."""


def test_after_restart(api, memory):
    """After a restart every spelling of an address leads to the same account."""
    person = memory["person"]
    api.get("/me", token=memory["token"]).status_is(200).field_is("id", memory["id"])
    for typed in (person["email"], person["email"].title(), f"{person['email'].upper()} "):
        said = {"email": typed, "password": person["password"]}
        token = api.post("/login", json=said).status_is(200).field("token", str)
        api.get("/me", token=token).status_is(200).field_is("id", memory["id"])
