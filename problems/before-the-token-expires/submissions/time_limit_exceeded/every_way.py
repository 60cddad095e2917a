# mistake: All the ways are tried one after the other: exponential.
# fails: 40 layers of three services
def fastest(services, links, issuers, ttl_ms, renew_ms, start, target):
    leaving = [[] for _ in range(services)]
    for a, b, ms in links:
        leaving[a].append((b, ms))
    best = None

    def walk(service, time, age, renewed, visited):
        nonlocal best
        if best is not None and time >= best:
            return
        if service == target:
            best = time
            return
        if service in issuers and service not in renewed:
            walk(service, time + renew_ms, 0, renewed | {service}, {service})
        for b, ms in leaving[service]:
            if b not in visited and age + ms <= ttl_ms:
                walk(b, time + ms, age + ms, renewed, visited | {b})

    walk(start, 0, 0, frozenset(), {start})
    return best
