"""Large cases. Each is (name, args); the reference answers them. Same seed, same data."""


def generate(rng):
    words = ["", "k", "on", "off", "level=1", "power=30", "[radio]", "name=a device with a long name"]

    def file(lines, choice=words):
        return [rng.choice(choice) for _ in range(lines)]

    def changed(old, share):
        new = []
        for line in old:
            chance = rng.random()
            if chance < share:
                new += rng.choice([[], [line, rng.choice(words)], [rng.choice(words)]])
            else:
                new.append(line)
        return new[:160]

    for number, hunk_bytes in enumerate((0, 2, 5, 9)):
        old = file(6)
        yield f"six lines, number {number + 1}", {"old": old, "new": changed(old, 0.5), "hunk_bytes": hunk_bytes}
    old = file(40)
    yield "40 lines, some are changed", {"old": old, "new": changed(old, 0.3), "hunk_bytes": 10}
    yield "160 lines, none in common", {"old": [f"old {i}" for i in range(160)], "new": [f"new line {i}" for i in range(160)], "hunk_bytes": 20}
    for share, hunk_bytes in (0.1, 12), (0.3, 25), (0.5, 8):
        old = file(160)
        yield f"160 lines, hunks of {hunk_bytes} bytes", {"old": old, "new": changed(old, share), "hunk_bytes": hunk_bytes}
    yield "160 lines of two kinds", {"old": file(160, ["", "x"]), "new": file(160, ["", "x"]), "hunk_bytes": 3}
