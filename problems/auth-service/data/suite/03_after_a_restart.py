"""The service was killed once more. What was answered before must still hold."""


def refresh(api, token):
    return api.post("/refresh", json={"refresh_token": token})


def test_going_on(api, memory):
    """Accounts, access tokens and sessions outlive a restart."""
    person = memory["going on"]
    api.get("/me", token=person["access_token"]).status_is(200).field_is("id", person["id"])
    refresh(api, person["refresh_token"]).status_is(200)
    body = {"email": person["email"], "password": person["password"]}
    api.post("/login", json=body).status_is(200)
    api.post("/signup", json=body).status_is(409).field_is("error", "email_taken")


def test_ended(api, memory):
    """Sessions that were ended stay so, and a used token still betrays a thief."""
    refresh(api, memory["ended"]).status_is(401).field_is("error", "invalid_refresh_token")
    refresh(api, memory["used"]).status_is(401).field_is("error", "invalid_refresh_token")
    refresh(api, memory["after it"]).status_is(401).field_is("error", "invalid_refresh_token")
