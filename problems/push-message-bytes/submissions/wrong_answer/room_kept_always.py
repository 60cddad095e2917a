# mistake: Room for the dots is kept also when the text fits as it is.
# fails: fits to the last byte
def push_text(text, max_bytes):
    room = max_bytes - 3
    if len(text.encode()) <= room:
        return text
    kept, used = [], 0
    for word in text.split(" "):
        need = len(word.encode()) + (1 if kept else 0)
        if used + need > room:
            break
        used += need
        kept.append(word)
    if kept:
        return " ".join(kept) + "…"
    return text.encode()[:room].decode(errors="ignore") + "…"
