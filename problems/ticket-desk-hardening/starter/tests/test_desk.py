import csv
import io

from desk.pages import rich


def open_ticket(client, subject="Printer on fire", body="It burns.", **more):
    return client.post("/tickets", json={"subject": subject, "body": body, **more}).json


def test_nobody_gets_in_without_a_session(app):
    answer = app.test_client().get("/tickets")
    assert (answer.status_code, answer.json["error"]["code"]) == (401, "login_required")


def test_a_wrong_password_is_refused(app, customer):
    customer("ada")
    answer = app.test_client().post("/login", json={"email": "ada@example.org", "password": "something else"})
    assert answer.status_code == 401


def test_customers_see_their_own_tickets_and_agents_all(customer, agent):
    ada, bo = customer("ada"), customer("bo")
    ticket = open_ticket(ada)
    assert ada.get(f"/tickets/{ticket['id']}").json["subject"] == "Printer on fire"
    assert bo.get(f"/tickets/{ticket['id']}").status_code == 404
    assert bo.get("/tickets").json["items"] == []
    assert len(agent.get("/tickets").json["items"]) == 1


def test_search_looks_into_subject_and_text(customer):
    ada = customer("ada")
    ticket = open_ticket(ada)
    open_ticket(ada, subject="Something else")
    assert [found["id"] for found in ada.get("/search?q=PRINTER").json["items"]] == [ticket["id"]]
    assert len(ada.get("/search?q=burns").json["items"]) == 2


def test_internal_notes_are_for_agents(customer, agent):
    ada = customer("ada")
    ticket = open_ticket(ada)
    agent.post(f"/tickets/{ticket['id']}/comments", json={"body": "An old customer.", "internal": True})
    assert ada.get(f"/tickets/{ticket['id']}/comments").json["items"] == []
    assert len(agent.get(f"/tickets/{ticket['id']}/comments").json["items"]) == 1


def test_the_export_is_a_csv_file(customer):
    ada = customer("ada")
    open_ticket(ada, subject='Paper, "A4"', priority=1)
    rows = list(csv.DictReader(io.StringIO(ada.get("/export.csv").text)))
    assert [(row["subject"], row["priority"]) for row in rows] == [('Paper, "A4"', "1")]


def test_typed_text_keeps_its_lines_and_links():
    assert rich("see\nhttps://desk.example/help") == (
        'see<br>\n<a href="https://desk.example/help">https://desk.example/help</a>'
    )
