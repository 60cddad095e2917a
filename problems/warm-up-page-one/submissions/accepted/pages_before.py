def page_of(rows, page, per_page):
    """Return the rows of one page. Pages are numbered from 1."""
    start = (page - 1) * per_page
    return rows[start:start + per_page]
