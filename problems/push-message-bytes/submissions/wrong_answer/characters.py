# mistake: Characters are counted, not bytes.
# fails: one byte is missing for the second word
def push_text(text, max_bytes):
    if len(text) <= max_bytes:
        return text
    words = text.split(" ")
    kept = ""
    for word in words:
        longer = f"{kept} {word}" if kept else word
        if len(longer) + 1 > max_bytes:
            break
        kept = longer
    return (kept or text[: max_bytes - 1]) + "…"
