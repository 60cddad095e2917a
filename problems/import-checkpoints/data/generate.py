"""Large cases. Each is (name, args); the reference answers them. Same seed, same data."""


def generate(rng):
    def case(n, longest, dearest, max_lost_s):
        return {"step_s": [rng.randint(0, longest) for _ in range(n)],
                "save_s": [rng.randint(1, dearest) for _ in range(n)],
                "max_lost_s": max_lost_s}

    yield "twelve steps", case(12, 9, 9, 20)
    yield "twelve steps, dear checkpoints", case(12, 9, 1_000, 15)
    yield "sixteen steps, short stretches", case(16, 9, 20, 10)
    yield "60 steps, stretches of about 30", case(60, 10, 50, 150)
    yield "250 steps, short stretches", case(250, 100, 1_000, 300)
    yield "250 steps, long stretches", case(250, 1_000, 10**6, 40_000)
    yield "250 steps, almost no limit", case(250, 10**6, 10**6, 10**8)
    long = case(250, 10, 100, 200)
    long["step_s"][249] = 201
    yield "250 steps, the last one is too long", long
