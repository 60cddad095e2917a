# mistake: A batch without lines is sent when the buffer is empty.
# fails: the server is ready and nothing was written
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
        else:
            sent = [dropped]
            while buffer and len(sent) <= batch:
                sent.append(buffer.popleft())
            batches.append(sent)
            dropped = 0
    return batches
