"""Large cases. Each is (name, args); the reference answers them. Same seed, same data."""


def generate(rng):
    def logs(n, step, max_delay_s, arrive=0.9, foreign=0.1):
        """n webhooks: each arrives with probability `arrive`; foreign lines come on top."""
        now, sent, received = 0, [], []
        for _ in range(n):
            now += rng.randint(0, step)
            sent.append(now)
            if rng.random() < arrive:
                received.append(now + rng.randint(0, max_delay_s + 1))
            if rng.random() < foreign:
                received.append(rng.randint(0, now + 1))
        return {"sent": sent, "received": sorted(received)[:200_000], "max_delay_s": max_delay_s}

    yield "200 webhooks, close together", logs(200, 2, 4)
    yield "500 webhooks, many foreign lines", logs(500, 3, 3, 0.7, 0.9)
    yield "1,000 webhooks, most are lost", logs(1_000, 4, 2, 0.2, 0.3)
    yield "1,000 webhooks, long delays", logs(1_000, 2, 300)
    yield "400,000 webhooks in one second, all arrive", {"sent": [7] * 400_000, "received": [8] * 400_000, "max_delay_s": 1}
    yield "200,000 webhooks, a few are lost", logs(200_000, 2, 50, 0.97, 0.02)
    yield "200,000 webhooks, all lines are too early", {"sent": [9] * 200_000, "received": [8] * 200_000, "max_delay_s": 5}
    yield "100,000 webhooks, many foreign lines", logs(100_000, 1, 3, 0.6, 0.8)
