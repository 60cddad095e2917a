# mistake: One is taken off the start instead of off the page's number, so the start is right only for one row a page.
# fails: all rows fit on page one
def page_of(rows, page, per_page):
    """Return the rows of one page. Pages are numbered from 1."""
    start = page * per_page - 1
    return rows[start:start + per_page]
