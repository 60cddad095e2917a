"""Large cases. Each is (name, args); the reference answers them. Same seed, same data."""


def generate(rng):
    def rows(n, longest):
        checks, good = [], True
        while len(checks) < n:
            checks += [good] * rng.randint(1, longest)
            good = not good
        return checks[:n]

    yield "200 checks, a coin each", {"checks": [rng.random() < 0.5 for _ in range(200)], "fall": 2, "rise": 3}
    yield "1,000 checks in short rows", {"checks": rows(1_000, 6), "fall": 4, "rise": 4}
    yield "2,000 checks, few failures", {"checks": [rng.random() < 0.9 for _ in range(2_000)], "fall": 2, "rise": 5}
    yield "2,000 checks, many failures", {"checks": [rng.random() < 0.2 for _ in range(2_000)], "fall": 5, "rise": 2}
    yield "3,000 checks, good and bad in turn", {"checks": [i % 2 == 0 for i in range(3_000)], "fall": 2, "rise": 1}
    yield "200,000 good checks, large thresholds", {"checks": [True] * 200_000, "fall": 100_000, "rise": 100_000}
    yield "200,000 checks in long rows", {"checks": rows(200_000, 2_000), "fall": 900, "rise": 1_100}
