"""Large cases. Each is (name, args); the reference answers them. Same seed, same data."""


def generate(rng):
    def case(n, m, longest, highest=1_000):
        profile = [rng.randint(0, highest) for _ in range(n)]
        return {"profile": profile, "windows": [[rng.randrange(n), rng.randint(0, longest)] for _ in range(m)]}

    yield "a day of five slots", case(5, 60, 25, 9)
    yield "a day of 24 hours", case(24, 100, 30)
    yield "a day of 1,440 minutes", case(1_440, 300, 5_000)
    yield "many days", case(100, 300, 10**9)
    yield "150,000 windows on a day of 100,000 slots", case(100_000, 150_000, 100_000)
    yield "150,000 windows of up to a billion slots", case(1_000, 150_000, 10**9)
