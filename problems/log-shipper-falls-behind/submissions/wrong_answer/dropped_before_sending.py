# mistake: Lines are dropped only when a batch is sent, after those of the batch are taken. The oldest ones were gone long before.
# fails: one line more than the buffer holds
def shipped(events, capacity, batch):
    buffer = []
    batches = []
    dropped = 0
    for event in events:
        if event:
            buffer.append(event)
        elif buffer:
            sent, buffer = buffer[:batch], buffer[batch:]
            batches.append([dropped] + sent)
            dropped = max(0, len(buffer) - capacity)
            buffer = buffer[dropped:]
    return batches
