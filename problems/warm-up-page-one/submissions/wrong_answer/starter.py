# mistake: The start counts pages from 0, but pages are numbered from 1.
# fails: the only row on the only page
def page_of(rows, page, per_page):
    """Return the rows of one page. Pages are numbered from 1."""
    start = page * per_page
    return rows[start:start + per_page]
