"""Large cases. Each is (name, args); the reference answers them. Same seed, same data."""


def generate(rng):
    def slots(n, ids, empty):
        return [None if rng.random() < empty else rng.randrange(ids) for _ in range(n)]

    yield "200 slots, half of them empty", {"slots": slots(200, 300, 0.5), "done": rng.sample(range(300), 60)}
    yield "5,000 slots, ids from 0 to 9", {"slots": slots(5_000, 10, 0.2), "done": [0, 3, 4]}
    yield "5,000 events, none is done", {"slots": rng.sample(range(9_000), 5_000), "done": []}
    yield "399,999 empty slots before one event", {"slots": [None] * 399_999 + [7], "done": []}
    yield "100,000 events, 50,000 done ids", {"slots": rng.sample(range(200_000), 100_000), "done": rng.sample(range(200_000), 50_000)}
    yield "100,000 slots, one event in all of them", {"slots": [5] * 100_000, "done": [5]}
    yield "100,000 slots, every third is empty", {"slots": [None if i % 3 == 0 else i for i in range(100_000)], "done": [1, 2, 4, 5]}
