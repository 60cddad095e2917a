DOTS = "…"


def push_text(text, max_bytes):
    if size(text) <= max_bytes:
        return text
    room = max_bytes - size(DOTS)
    words = text.split(" ")
    kept = fitting(words, room, separator=1)
    if kept:
        return " ".join(words[:kept]) + DOTS
    return words[0][: fitting(words[0], room, separator=0)] + DOTS


def size(text):
    return len(text.encode())


def fitting(pieces, room, separator):
    """How many pieces from the beginning fit, with a separator between two."""
    used = -separator
    for i, piece in enumerate(pieces):
        used += separator + size(piece)
        if used > room:
            return i
    return len(pieces)
