"""Tests that need PostgreSQL run where TEST_DATABASE_URL is set. They empty that database."""

import os

import psycopg
import pytest

from desk import create_app
from desk.config import Settings

AGENT = {"email": "agent@desk.example", "password": "an agent's password"}


@pytest.fixture
def app():
    url = os.environ.get("TEST_DATABASE_URL")
    if not url:
        pytest.skip("TEST_DATABASE_URL is not set")
    settings = Settings(database_url=url, agent_email=AGENT["email"], agent_password=AGENT["password"])
    create_app(settings)
    with psycopg.connect(url) as connection:
        connection.execute("TRUNCATE users, tickets, comments, audit CASCADE")
    return create_app(settings)


@pytest.fixture
def customer(app):
    """Makes a customer; gives a client who is logged in."""

    def make(name):
        person = {"name": name, "email": f"{name}@example.org", "password": f"{name}'s password"}
        client = app.test_client()
        client.post("/customers", json=person)
        client.post("/login", json=person)
        return client

    return make


@pytest.fixture
def agent(app):
    client = app.test_client()
    client.post("/login", json=AGENT)
    return client
