# mistake: A batch takes the whole buffer. It may take at most `batch` lines.
# fails: batches of one line
def shipped(events, capacity, batch):
    buffer = []
    batches = []
    for event in events:
        if event:
            buffer.append(event)
        elif buffer:
            kept = buffer[-capacity:]
            batches.append([len(buffer) - len(kept)] + kept)
            buffer = []
    return batches
