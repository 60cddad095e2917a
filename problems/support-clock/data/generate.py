"""Large cases. Each is (name, args); the reference answers them. Same seed, same data."""


def generate(rng):
    def shifts(n, length, gap):
        now, opens, closes = rng.randint(0, gap), [], []
        for _ in range(n):
            opens.append(now)
            now += rng.randint(1, length)
            closes.append(now)
            now += rng.randint(0, gap)
        return opens, closes

    def case(plan, q, latest, allowed):
        opens, closes = plan
        return {
            "opens": opens,
            "closes": closes,
            "created": [rng.randint(0, latest or closes[-1] + 3) for _ in range(q)],
            "allowed_s": [rng.randint(1, allowed) for _ in range(q)],
        }

    yield "20 shifts, 200 tickets", case(shifts(20, 8, 6), 200, None, 40)
    yield "300 short shifts, ends hit often", case(shifts(300, 2, 2), 1_500, None, 30)
    yield "300 shifts, many without a gap", case(shifts(300, 9, 1), 1_500, None, 900)
    yield "100,000 shifts, tickets with much time", case(shifts(100_000, 3, 3), 20_000, 1_000, 200_000)
    yield "100,000 long shifts, tickets with little time", case(shifts(100_000, 6_000, 3_000), 10_000, None, 9_000)
    yield "one shift, 20,000 tickets", case(([5], [10**9 - 5]), 20_000, 10**9, 10**9)
