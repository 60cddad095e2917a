"""Large cases. Each is (name, args); the reference answers them. Same seed, same data."""


def generate(rng):
    def name(package, version):
        return f"p{package} {version}"

    def case(p, v, share, works):
        """Pairs of versions clash with probability `share`, but for one version of each package if there is to be an answer."""
        versions = [[name(i, k) for k in range(v, 0, -1)] for i in range(p)]
        for row in versions:
            rng.shuffle(row)
        spared = {rng.choice(row) for row in versions} if works else set()
        pairs = []
        for i in range(p):
            for a in versions[i]:
                for b in (b for row in versions[:i] for b in row):
                    if rng.random() < share and not {a, b} <= spared:
                        pairs.append(rng.sample([a, b], 2))
        rng.shuffle(pairs)
        return {"versions": versions, "clashes": pairs}

    def beginnings(args):
        """How many beginnings there are, and how many of them are complete."""
        against = {tuple(pair) for pair in args["clashes"]} | {tuple(pair[::-1]) for pair in args["clashes"]}
        parts, total = [[]], 0
        for row in args["versions"]:
            parts = [part + [x] for part in parts for x in row if not any((x, y) in against for y in part)]
            total += len(parts)
            assert total <= 20_000
        return total, len(parts)

    def promised(p, v, share, works):
        """A case that keeps the promise of the statement and has an answer, or has none."""
        for _ in range(20):
            args = case(p, v, share, works)
            total, complete = beginnings(args)
            if bool(complete) == works:
                return args
        raise ValueError((p, v, share, works))

    for number in range(4):
        yield f"four packages, number {number + 1}", promised(4, 3, 0.4, number != 2)
    yield "eight packages of four versions", promised(8, 4, 0.4, True)
    yield "seven packages of four versions", promised(7, 4, 0.5, False)

    yield "20 packages of six versions, the last one never fits", late(rng, name)
    yield "20 packages of six versions, many clashes", promised(20, 6, 0.42, False)
    yield "14 packages of twelve versions", promised(14, 12, 0.52, False)
    yield "12 packages of eight versions, one choice in millions", promised(12, 8, 0.44, True)


def late(rng, name):
    """Few beginnings in 20 packages: from package 2 on, versions fit only to those of their own number, and the last to none."""
    versions = [[name(i, k) for k in range(6)] for i in range(20)]
    pairs = [[versions[i][a], versions[i + 1][b]] for i in range(1, 19) for a in range(6) for b in range(6) if a != b]
    pairs += [[last, first] for last in versions[19] for first in versions[0]]
    rng.shuffle(pairs)
    return {"versions": versions, "clashes": pairs}
