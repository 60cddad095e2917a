"""Large cases. Each is (name, args); the reference answers them. Same seed, same data."""


def generate(rng):
    def requests(n, keys, bodies, without=0.0):
        """n requests; each has no key with probability `without`."""
        return {
            "keys": ["" if rng.random() < without else f"k{rng.randrange(keys)}" for _ in range(n)],
            "bodies": [rng.choice(bodies) for _ in range(n)],
        }

    fresh = [f"k{i}" for i in range(100_000)]
    rng.shuffle(fresh)
    yield "200 requests, 20 keys", requests(200, 20, ["tea", "milk", ""], 0.1)
    yield "1,000 requests, two bodies", requests(1_000, 300, ["x", "y"])
    yield "2,000 requests, half without a key", requests(2_000, 500, ["x", "y", ""], 0.5)
    yield "2,000 requests of one key", requests(2_000, 1, ["x", "y", "z"])
    yield "100,000 different keys", {"keys": fresh, "bodies": ["x"] * 100_000}
    yield "100,000 requests, 50,000 keys", requests(100_000, 50_000, ["x", "y"])
    yield "100,000 requests without a key", {"keys": [""] * 100_000, "bodies": ["x"] * 100_000}
    yield "all 50,000 orders sent twice", {"keys": fresh[:50_000] * 2, "bodies": ["x"] * 100_000}
