# mistake: A full buffer drops the new line. The statement drops the oldest one.
# fails: one line more than the buffer holds
from collections import deque


def shipped(events, capacity, batch):
    buffer = deque()
    dropped = 0
    batches = []
    for event in events:
        if event:
            if len(buffer) == capacity:
                dropped += 1
            else:
                buffer.append(event)
        elif buffer:
            sent = [dropped]
            while buffer and len(sent) <= batch:
                sent.append(buffer.popleft())
            batches.append(sent)
            dropped = 0
    return batches
