"""Large cases. Each is (name, args); the reference answers them. Same seed, same data."""


def generate(rng):
    def mixed(n, ready, capacity, batch):
        events = [0 if rng.random() < ready else rng.randint(1, 10**6) for _ in range(n)]
        return {"events": events, "capacity": capacity, "batch": batch}

    def lines(n):
        return list(range(1, n + 1))

    yield "200 events, a small buffer", mixed(200, 0.2, 5, 3)
    yield "2,000 events, often ready", mixed(2_000, 0.5, 4, 2)
    yield "2,000 events, seldom ready", mixed(2_000, 0.02, 30, 40)
    yield "2,000 events, a buffer of one", mixed(2_000, 0.3, 1, 7)
    yield "500,000 lines waiting, each new one drops one", {"events": lines(999_990) + [0] * 7, "capacity": 500_000, "batch": 4}
    yield "20,000 lines waiting, sent one by one", {"events": lines(20_000) + [0] * 20_000, "capacity": 1_000_000, "batch": 1}
    yield "100,000 lines in one batch", {"events": lines(100_000) + [0], "capacity": 100_000, "batch": 1_000_000}
