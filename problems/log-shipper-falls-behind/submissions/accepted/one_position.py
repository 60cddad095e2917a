def shipped(events, capacity, batch):
    lines = []
    sent_to = first = 0
    batches = []
    for event in events:
        if event > 0:
            lines.append(event)
            first = max(first, len(lines) - capacity)
        elif first < len(lines):
            end = min(first + batch, len(lines))
            batches.append([first - sent_to, *lines[first:end]])
            sent_to = first = end
    return batches
