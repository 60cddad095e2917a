# mistake: If the first word does not fit, nothing is kept of it.
# fails: one word that is too long
def push_text(text, max_bytes):
    if len(text.encode()) <= max_bytes:
        return text
    kept, used = [], 3
    for word in text.split(" "):
        need = len(word.encode()) + (1 if kept else 0)
        if used + need > max_bytes:
            break
        used += need
        kept.append(word)
    return " ".join(kept) + "…"
