# mistake: Every alert looks through all incidents so far: O(n²).
# fails: 20,000 alerts, none belong together
def digest(starts, ends, quiet_s):
    incidents = []
    for start, end in zip(starts, ends):
        merged, others = [start, end, 1], []
        for incident in incidents:
            if incident[0] <= end + quiet_s and start <= incident[1] + quiet_s:
                merged[0] = min(merged[0], incident[0])
                merged[1] = max(merged[1], incident[1])
                merged[2] += incident[2]
            else:
                others.append(incident)
        incidents = others + [merged]
    return sorted(incidents, key=lambda x: (-(x[1] - x[0]), -x[2], x[0]))
