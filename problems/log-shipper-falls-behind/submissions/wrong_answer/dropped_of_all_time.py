# mistake: The number of dropped lines is not set back, so each batch reports all that were ever dropped.
# fails: a buffer of one line
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
            while buffer and len(sent) <= batch:
                sent.append(buffer.popleft())
            batches.append(sent)
    return batches
