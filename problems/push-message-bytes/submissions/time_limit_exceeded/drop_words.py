# mistake: One word is taken away and all that is left is encoded and measured again: O(n²).
# fails: 250,000 words of one letter
def push_text(text, max_bytes):
    if len(text.encode()) <= max_bytes:
        return text
    while " " in text:
        text = text[: text.rindex(" ")]
        if len(text.encode()) + 3 <= max_bytes:
            return text + "…"
    while len(text.encode()) + 3 > max_bytes:
        text = text[:-1]
    return text + "…"
