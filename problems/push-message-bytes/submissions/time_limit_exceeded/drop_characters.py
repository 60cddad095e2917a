# mistake: The long first word loses one character after the other and is measured anew each time: O(n²).
# fails: one word of 500,000 letters
def push_text(text, max_bytes):
    if len(text.encode()) <= max_bytes:
        return text
    kept = ""
    used = 3
    for word in text.split(" "):
        used += len(word.encode())
        if used > max_bytes:
            break
        kept += word + " "
        used += 1
    if kept:
        return kept[:-1] + "…"
    first = text.split(" ")[0]
    while len((first + "…").encode()) > max_bytes:
        first = first[:-1]
    return first + "…"
