def page_of(rows, page, per_page):
    return [row for i, row in enumerate(rows) if i // per_page + 1 == page]
