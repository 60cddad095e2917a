"""Large cases. Each is (name, args); the reference answers them. Same seed, same data."""


def generate(rng):
    def case(alerts, quiet_s):
        rng.shuffle(alerts)
        return {"starts": [s for s, _ in alerts], "ends": [e for _, e in alerts], "quiet_s": quiet_s}

    def scattered(n, until, longest):
        starts = [rng.randint(0, until) for _ in range(n)]
        return [(s, s + rng.randint(0, longest)) for s in starts]

    yield "200 alerts in a short time", case(scattered(200, 1_500, 8), 2)
    yield "1,500 alerts, many exactly on the edge", case([(10 * i, 10 * i + rng.randint(3, 6)) for i in range(1_500)], 5)
    yield "1,000 alerts, all of equal length", case([(9 * i, 9 * i + 4) for i in range(1_000)], 3)
    yield "1,000 alerts, each inside the one before", case([(i, 9_000 - i) for i in range(1_000)], 0)
    yield "20,000 alerts, none belong together", case([(9 * i, 9 * i + rng.randint(0, 5)) for i in range(20_000)], 2)
    yield "20,000 alerts in one incident", case(scattered(20_000, 100_000, 30_000), 300)
    yield "20,000 alerts over a long time", case(scattered(20_000, 999_000_000, 9_000), 1_000)
