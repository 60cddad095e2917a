"""Large cases. Each is (name, args); the reference answers them. Same seed, same data."""


def generate(rng):
    def day(n, step, work, max_wait_s, late_allowed):
        now, arrivals = 0, []
        for _ in range(n):
            now += rng.randint(0, step)
            arrivals.append(now)
        work_s = [rng.randint(1, work) for _ in range(n)]
        return {"arrivals": arrivals, "work_s": work_s, "max_wait_s": max_wait_s, "late_allowed": late_allowed}

    yield "30 jobs, short waits", day(30, 3, 12, 4, 0)
    yield "60 jobs, five may be late", day(60, 2, 20, 3, 5)
    yield "200 jobs, waits on the edge", day(200, 1, 4, 6, 10)
    yield "500 jobs, nobody may wait", day(500, 4, 300, 0, 0)
    yield "1,000 jobs, one in a hundred may be late", day(1_000, 5, 200, 30, 10)
    yield "20,000 jobs, half of them at once", {
        "arrivals": list(range(0, 100_000, 10)) + [200_000] * 10_000,
        "work_s": [9] * 10_000 + [rng.randint(500, 1_000) for _ in range(10_000)],
        "max_wait_s": 300,
        "late_allowed": 500,
    }
    yield "20,000 jobs through the day", day(20_000, 3, 4_000, 60, 200)
