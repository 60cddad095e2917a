"""After the service was killed and started again."""

from urllib.parse import urlencode


def send_form(api, cookie, ticket, form, fields):
    headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    return api.post(f"/tickets/{ticket}/{form}", body=urlencode(fields), headers=headers)


def test_after_a_restart(api, draw, memory):
    """Sessions and forms from before a restart are still good."""
    dan, ticket, text = memory["dan"], memory["ticket"], draw.words()
    cookie = {"Cookie": dan["cookie"]}
    api.get("/me", headers=cookie).status_is(200).field_is("id", dan["id"])
    fields = {**memory["form"], "body": text}
    send_form(api, dan["cookie"], ticket, "reply", fields).status_is(303)
    api.get(f"/tickets/{ticket}/comments", headers=cookie).status_is(200).field_is("items.0.body", text)
    send_form(api, dan["cookie"], ticket, "reply", {"body": text}).status_is(403)
