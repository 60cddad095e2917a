"""Large cases. Each is (name, args); the reference answers them. Same seed, same data."""


def generate(rng):
    def ring(n, highest, observers=0.0):
        return {"priorities": [0 if rng.random() < observers else rng.randint(1, highest) for _ in range(n)]}

    yield "200 nodes, many equal ones", ring(200, 5)
    yield "1,000 nodes, half of them observers", ring(1_000, 400, 0.5)
    yield "1,000 nodes, nearly all observers", ring(1_000, 30, 0.98)
    yield "2,000 nodes", ring(2_000, 10**9)
    yield "200,000 falling priorities", {"priorities": list(range(200_000, 0, -1))}
    yield "200,000 nodes, the strongest in the middle", {"priorities": [*range(100_000, 0, -1), 300_000, *range(299_999, 200_000, -1)]}
    yield "200,000 equal priorities", {"priorities": [7] * 200_000}
