"""Books and their copies."""

from flask import Blueprint, Response, jsonify, request

from library import queries
from library.db import transaction, unique
from library.errors import found
from library.shapes import book_json, copy_json
from library.validation import Body, Page

routes = Blueprint("books", __name__)


@routes.post("/books")
def add_book() -> tuple[Response, int]:
    body = Body()
    title, author = body.text("title"), body.text("author")
    with transaction() as connection:
        book_id = queries.add_book(connection, title, author)
        book = found(queries.find_book(connection, book_id), "book")
    return jsonify(book_json(book)), 201


@routes.get("/books")
def list_books() -> Response:
    page = Page.from_query()
    with transaction() as connection:
        books = queries.list_books(connection, request.args.get("q", "").replace("\0", ""), page)
    return jsonify(page.answer([book_json(book) for book in books]))


@routes.get("/books/<int:book_id>")
def show_book(book_id: int) -> Response:
    with transaction() as connection:
        return jsonify(book_json(found(queries.find_book(connection, book_id), "book")))


@routes.post("/books/<int:book_id>/copies")
def add_copy(book_id: int) -> tuple[Response, int]:
    barcode = Body().text("barcode", longest=40)
    with unique("barcode_taken", "Another copy has this barcode."), transaction() as connection:
        found(queries.find_book(connection, book_id), "book")
        copy_id = queries.add_copy(connection, book_id, barcode)
        copy = found(queries.find_copy(connection, copy_id), "copy")
    return jsonify(copy_json(copy)), 201


@routes.get("/copies/<int:copy_id>")
def show_copy(copy_id: int) -> Response:
    with transaction() as connection:
        return jsonify(copy_json(found(queries.find_copy(connection, copy_id), "copy")))
