# mistake: The oldest line is taken from the front of a list, and each time all the others move: O(n · capacity).
# fails: 500,000 lines waiting, each new one drops one
def shipped(events, capacity, batch):
    buffer = []
    dropped = 0
    batches = []
    for event in events:
        if event:
            if len(buffer) == capacity:
                buffer.pop(0)
                dropped += 1
            buffer.append(event)
        elif buffer:
            sent = [dropped]
            while buffer and len(sent) <= batch:
                sent.append(buffer.pop(0))
            batches.append(sent)
            dropped = 0
    return batches
