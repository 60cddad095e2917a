"""Large cases. Each is (name, args); the reference answers them. Same seed, same data."""

NAMES = ["token", "Password", "pin", "api_key", "X-Secret"]


def generate(rng):
    def word(letters, longest):
        return "".join(rng.choice(letters) for _ in range(rng.randint(1, longest)))

    def parameter():
        secret = rng.random() < 0.4
        name = rng.choice(NAMES) if secret else rng.choice([word("abcdefgh", 6), "pin_code", "old-token"])
        if rng.random() < 0.3:
            name = name.upper()
        shape = rng.random()
        if shape < 0.1:
            return name
        return name + "=" + ("" if shape < 0.2 else word("abc123=?/", 8))

    def url(n, path="/api/v1"):
        return path + "?" + "&".join(parameter() for _ in range(n))

    yield "10 parameters", {"url": url(10), "names": NAMES}
    yield "50 parameters, one secret name", {"url": url(50), "names": ["pin"]}
    yield "500 parameters", {"url": url(500), "names": NAMES}
    yield "5,000 parameters", {"url": url(5_000), "names": NAMES[:2]}
    yield "20 secret names", {"url": url(5_000), "names": NAMES + [f"{name}{i}" for i in range(3) for name in NAMES]}
    yield "one value of 190,000 characters", {"url": "/a?x=1&token=" + "ab=" * 63_000 + "&y=2", "names": ["token"]}
    yield "a path of 190,000 characters", {"url": "/" + "token=1&" * 23_000 + "?token=1", "names": ["token"]}
    yield "49,000 parameters without a value", {"url": "/a?" + "&".join(["pin"] * 49_000), "names": ["pin"]}
    yield "30,000 secrets", {"url": "/a?" + "&".join(["pin=1"] * 30_000), "names": ["pin"]}
