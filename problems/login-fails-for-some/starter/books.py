"""The books on people's lists."""


def add(conn, account_id, title):
    return conn.execute(
        "INSERT INTO books (account_id, title) VALUES (%s, %s) RETURNING id, title", (account_id, title.strip())
    ).fetchone()


def of(conn, account_id):
    """The books of one account, the first one added first."""
    return conn.execute("SELECT id, title FROM books WHERE account_id = %s ORDER BY id", (account_id,)).fetchall()
