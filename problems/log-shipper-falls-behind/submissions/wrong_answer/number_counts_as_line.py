# mistake: The number at the front counts as one of the lines, so each batch has a line too few.
# fails: one line
from collections import deque


def shipped(events, capacity, batch):
    buffer = deque()
    dropped = 0
    batches = []
    for event in events:
        if event:
            if len(buffer) == capacity:
                buffer.popleft()
                dropped += 1
            buffer.append(event)
        elif buffer:
            sent = [dropped]
            while buffer and len(sent) < batch:
                sent.append(buffer.popleft())
            batches.append(sent)
            dropped = 0
    return batches
