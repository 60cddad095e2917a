# mistake: The slice ends at per_page, which is how many rows a page has, not where it ends.
# fails: a page in the middle
def page_of(rows, page, per_page):
    """Return the rows of one page. Pages are numbered from 1."""
    start = (page - 1) * per_page
    return rows[start:per_page]
