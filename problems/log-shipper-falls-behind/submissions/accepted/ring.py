def shipped(events, capacity, batch):
    ring = [0] * min(capacity, max(1, len(events)))
    places = len(ring)
    oldest = held = dropped = 0
    batches = []
    for event in events:
        if event != 0:
            if held == capacity:
                oldest = (oldest + 1) % places
                held -= 1
                dropped += 1
            ring[(oldest + held) % places] = event
            held += 1
        elif held > 0:
            sent = [dropped]
            dropped = 0
            while held > 0 and len(sent) <= batch:
                sent.append(ring[oldest])
                oldest = (oldest + 1) % places
                held -= 1
            batches.append(sent)
    return batches
