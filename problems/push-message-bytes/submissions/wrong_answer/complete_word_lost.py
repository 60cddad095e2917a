# mistake: After the cut the last word is always dropped, also when it was complete.
# fails: the words fit to the last byte
def push_text(text, max_bytes):
    raw = text.encode()
    if len(raw) <= max_bytes:
        return text
    kept = raw[: max_bytes - 3].decode(errors="ignore")
    if " " in kept:
        kept = kept.rsplit(" ", 1)[0]
    return kept + "…"
