"""Large cases. Each is (name, calls); the reference answers them. Same seed, same data."""


def generate(rng):
    def mixed(n, window_s, percent, step, values, asked=0.4):
        calls, now = [["Latencies", window_s, percent]], 0
        for _ in range(n):
            now += rng.randint(0, step)
            calls.append(["percentile", now] if rng.random() < asked else ["record", now, rng.choice(values)])
        return calls

    def latency():
        return min(60_000, int(rng.lognormvariate(5, 1.5)))

    yield "300 calls, three values", mixed(300, 12, 50, 2, [1, 2, 3])
    yield "1,000 calls, many equal latencies", mixed(1_000, 40, 90, 1, [5, 5, 5, 7, 9])
    yield "1,000 calls, a share of 29 per cent", mixed(1_000, 300, 29, 1, range(60_001))
    yield "2,000 calls, the window empties often", mixed(2_000, 5, 75, 3, range(100), 0.6)
    calls, now = [["Latencies", 20_000, 95]] + [["record", i, latency()] for i in range(20_000)], 20_000
    for now in range(20_000, 39_900):
        calls += [["record", now, latency()], ["percentile", now]]
    yield "20,000 samples, asked after each new one", calls
    rising = [["Latencies", 10_000, 50]]
    for now in range(20_000):
        rising += [["record", now, 40_000 + now], ["percentile", now]]
    yield "latencies rise for hours", rising
