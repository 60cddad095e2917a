"""Large cases. Each is (name, args); the reference answers them. Same seed, same data."""


def generate(rng):
    def web(n, m, scanners):
        links = set()
        while len(links) < m:
            a, b = rng.randrange(n), rng.randrange(n)
            if a != b:
                links.add((f"n{a}", f"n{b}"))
        names = [f"n{i}" for i in range(n)]
        return {"links": [list(link) for link in sorted(links)], "scanners": rng.sample(names, scanners), "start": "n0", "target": "n1"}

    def row(n, scanners):
        """Services in a row that can send both ways; the scanners are at the beginning, start and target at the end."""
        links = [[f"n{i}", f"n{i + 1}"] for i in range(n - 1)] + [[f"n{i + 1}", f"n{i}"] for i in range(n - 1)]
        rng.shuffle(links)
        return {"links": links, "scanners": [f"n{i}" for i in range(scanners)], "start": f"n{n - 1}", "target": f"n{n - 2}"}

    for n, m, scanners in (6, 10, 1), (12, 20, 2), (30, 60, 3), (300, 700, 4), (1_000, 2_500, 5):
        yield f"{n} services, {m} links", web(n, m, scanners)
    yield "a row of 18,000 services, one scanner at the far end", row(18_000, 1)
    yield "a row of 18,000 services, scanners at the far end", row(18_000, 5_000)
    many = web(18_000, 36_000, 17_000)
    many["links"] = [link for link in many["links"] if link[1] != "n1"]
    yield "18,000 services, the target is out of reach", many
