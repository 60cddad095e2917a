# mistake: A line is dropped when the new one fills the buffer. Exactly `capacity` lines fit.
# fails: one line
from collections import deque


def shipped(events, capacity, batch):
    buffer = deque()
    dropped = 0
    batches = []
    for event in events:
        if event:
            buffer.append(event)
            if len(buffer) >= capacity:
                buffer.popleft()
                dropped += 1
        elif buffer:
            sent = [dropped]
            while buffer and len(sent) <= batch:
                sent.append(buffer.popleft())
            batches.append(sent)
            dropped = 0
    return batches
