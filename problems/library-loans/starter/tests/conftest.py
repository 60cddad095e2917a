"""Tests that need PostgreSQL run where TEST_DATABASE_URL is set. They empty that database."""

import os

import psycopg
import pytest

from library import create_app
from library.config import Settings


@pytest.fixture
def client():
    url = os.environ.get("TEST_DATABASE_URL")
    if not url:
        pytest.skip("TEST_DATABASE_URL is not set")
    app = create_app(Settings(database_url=url))
    with psycopg.connect(url) as connection:
        connection.execute("TRUNCATE books, copies, members, loans, payments CASCADE")
    return app.test_client()


@pytest.fixture
def shelf(client):
    """Makes a book with so many copies; gives its id and theirs."""

    def make(copies=1):
        book = client.post("/books", json={"title": "Dune", "author": "Frank Herbert"}).json
        barcodes = [f"{book['id']}-{number}" for number in range(copies)]
        made = [client.post(f"/books/{book['id']}/copies", json={"barcode": barcode}).json for barcode in barcodes]
        return book["id"], [copy["id"] for copy in made]

    return make


@pytest.fixture
def member(client):
    """Makes a member; gives the id."""

    def make(name):
        return client.post("/members", json={"name": name, "email": f"{name}@example.org"}).json["id"]

    return make
