"""Large cases. Each is (name, args); the reference answers them. Same seed, same data."""


def generate(rng):
    def case(n, links, issuers, ttl_ms, renew_ms, start=0, target=None):
        rng.shuffle(links)
        return {"services": n, "links": links, "issuers": issuers, "ttl_ms": ttl_ms, "renew_ms": renew_ms,
                "start": start, "target": n - 1 if target is None else target}

    def near(n, m, reach, longest):
        """Links between services whose numbers are close, so that the way is long. Each sends to the next one."""
        links = [[a, a + 1, rng.randint(1, longest)] for a in range(n - 1)]
        while len(links) < m:
            a = rng.randrange(n)
            b = min(n - 1, max(0, a + rng.randint(-reach, reach)))
            if a != b:
                links.append([a, b, rng.randint(1, longest)])
        return links

    for number in range(6):
        yield f"seven services, number {number + 1}", case(7, near(7, 13, 3, 9), sorted(rng.sample(range(7), 4)), 10 + number, rng.randint(0, 5))
    layers = [[3 * d + a, 3 * d + 3 + b, rng.randint(10, 20)] for d in range(39) for a in range(3) for b in range(3)]
    yield "40 layers of three services", case(120, layers, [40, 61, 85], 190, 30)
    yield "100 services, many renewals", case(100, near(100, 500, 6, 50), list(range(5, 100, 5)), 120, 20)
    yield "100 services, dear renewals", case(100, near(100, 500, 6, 50), list(range(5, 100, 5)), 140, 900)
    yield "1,000 services in a long row", case(1_000, near(1_000, 4_000, 10, 1_000), list(range(40, 1_000, 50)), 9_000, 500)
    wide = near(1_000, 3_980, 999, 10**6)
    yield "1,000 services, renewals cost nothing", case(1_000, wide, sorted(rng.sample(range(1_000), 20)), 10**9, 0)
    yield "1,000 services, out of reach", case(1_000, [link for link in wide if link[1] != 999], sorted(rng.sample(range(1_000), 20)), 10**7, 1)
