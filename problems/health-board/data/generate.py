"""Large cases. Each is (name, calls); the reference answers them. Same seed, same data."""


def generate(rng):
    def mixed(fall, rise, servers, n, fails):
        calls = [["HealthBoard", fall, rise]]
        for _ in range(n):
            server = f"s{rng.randrange(servers)}"
            calls.append(rng.choices([["report", server, rng.random() >= fails], ["is_up", server], ["up_count"]], [6, 1, 2])[0])
        return calls

    def reports(fall, rise, pairs):
        return [["HealthBoard", fall, rise]] + [["report", server, ok] for server, ok in pairs]

    yield "200 calls, three servers", mixed(2, 2, 3, 200, 0.5)
    yield "2,000 calls, forty servers", mixed(3, 2, 40, 2_000, 0.6)
    yield "2,000 calls, fall and rise of one", mixed(1, 1, 10, 2_000, 0.5)
    yield "2,000 calls, long rows", mixed(8, 12, 5, 2_000, 0.2)
    flips = []
    for _ in range(15_000):
        flips += [["report", f"s{rng.randrange(20_000)}", rng.random() < 0.5], ["up_count"]]
    yield "20,000 servers, counted after each report", reports(1, 1, [(f"s{i}", True) for i in range(20_000)]) + flips
    yield "25,000 reports of one server", reports(1000, 1000, [("a", i // 1500 % 2 == 1) for i in range(25_000)]) + [["up_count"]]
    yield "25,000 servers, all of them fail", reports(1, 1, [(f"s{i}", False) for i in range(25_000)]) + [["up_count"], ["is_up", "s77"]]
