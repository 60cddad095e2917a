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
            batches.append([dropped] + [buffer.popleft() for _ in range(min(batch, len(buffer)))])
            dropped = 0
    return batches
