"""Large cases. Each is (name, calls); the reference answers them. Same seed, same data."""


def generate(rng):
    def mixed(n, names, span, weights):
        calls = [["Reminders"]]
        for i in range(n):
            name, second = f"r{rng.randrange(names)}", rng.randint(0, span)
            calls.append(rng.choices([["set", name, second], ["cancel", name], ["take", second], ["next_at"]], weights)[0])
        return calls

    yield "300 calls, four names", mixed(300, 4, 12, (5, 2, 3, 2))
    yield "2,000 calls, equal times everywhere", mixed(2_000, 60, 3, (5, 1, 3, 1))
    yield "2,000 calls, many cancelled", mixed(2_000, 100, 500, (4, 4, 1, 2))
    seconds = list(range(30_000))
    rng.shuffle(seconds)
    filled = [["Reminders"]] + [["set", f"r{i}", 1_000 + second] for i, second in enumerate(seconds)]
    taken = [call for i in range(30_000) for call in (["take", 40_000], ["next_at"])]
    yield "30,000 reminders taken one by one", filled + taken
    moved = [call for i in range(30_000) for call in (["set", f"r{i}", 1_000_000 - i], ["next_at"])]
    yield "30,000 reminders moved one by one", filled + moved
    yield "20,000 moves of one reminder", [["Reminders"]] + [["set", "a", i] for i in range(20_000)] + [["take", 10**9]] * 2
