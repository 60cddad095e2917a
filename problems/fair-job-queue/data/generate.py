"""Large cases. Each is (name, args); the reference answers them. Same seed, same data."""


def generate(rng):
    def jobs(n, tenants):
        return [(i + 1) * 1_000 + rng.choice(tenants) for i in range(n)]

    everyone = list(range(1_000))
    yield "60 jobs of four tenants", {"head": jobs(60, [3, 14, 159, 265]), "burst": 2}
    yield "400 jobs of five tenants", {"head": jobs(400, [1, 1, 1, 1, 2, 2, 3, 4, 5]), "burst": 1}
    yield "2,000 jobs of 30 tenants", {"head": jobs(2_000, everyone[:30]), "burst": 3}
    yield "5,000 jobs of 50 tenants, burst 7", {"head": jobs(5_000, everyone[:50]), "burst": 7}
    yield "50,000 jobs of one tenant", {"head": jobs(50_000, [42]), "burst": 1}
    yield "50,000 jobs in one round", {"head": jobs(50_000, everyone), "burst": 50_000}
    yield "50,000 jobs of 1,000 tenants", {"head": jobs(50_000, everyone), "burst": 1}
    yield "one tenant floods 49,000 jobs, then 999 others", {
        "head": jobs(49_000, [500]) + [(49_001 + i) * 1_000 + t for i, t in enumerate(everyone) if t != 500],
        "burst": 1,
    }
