# mistake: The words fill all the bytes and the dots come on top.
# fails: one byte is missing for the second word
def push_text(text, max_bytes):
    raw = text.encode()
    if len(raw) <= max_bytes:
        return text
    kept = raw[:max_bytes].decode(errors="ignore")
    if text[len(kept)] != " " and " " in kept:
        kept = kept[: kept.rindex(" ")]
    return kept.rstrip(" ") + "…"
