# mistake: The words are split at every white space, so line breaks and tabs become spaces.
# fails: a line break is no space
def push_text(text, max_bytes):
    if len(text.encode()) <= max_bytes:
        return text
    kept, used = [], 3
    words = text.split()
    for word in words:
        need = len(word.encode()) + (1 if kept else 0)
        if used + need > max_bytes:
            break
        used += need
        kept.append(word)
    if kept:
        return " ".join(kept) + "…"
    return words[0].encode()[: max_bytes - 3].decode(errors="ignore") + "…"
