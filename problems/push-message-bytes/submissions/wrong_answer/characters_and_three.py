# mistake: The room for the dots is right, but the text is measured in characters.
# fails: an accent makes the text too long
def push_text(text, max_bytes):
    if len(text) <= max_bytes:
        return text
    room = max_bytes - 3
    kept = text[:room]
    if text[room] != " ":
        if " " in kept:
            kept = kept[: kept.rindex(" ")]
    return kept + "…"
