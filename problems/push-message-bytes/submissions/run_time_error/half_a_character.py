# mistake: The bytes are cut inside a character, and half a character cannot be decoded.
# fails: the cut falls inside a character
def push_text(text, max_bytes):
    raw = text.encode()
    if len(raw) <= max_bytes:
        return text
    kept = raw[: max_bytes - 3].decode()
    if text[len(kept)] != " " and " " in kept:
        kept = kept[: kept.rindex(" ")]
    return kept + "…"
