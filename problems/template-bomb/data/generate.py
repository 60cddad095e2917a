"""Large cases. Each is (name, args); the reference answers them. Same seed, same data."""


def generate(rng):
    def text():
        return "abcdefghij"[: rng.randint(0, 10)]

    def case(templates, start="t0", limit=10**15):
        names = list(templates)
        rng.shuffle(names)
        return {"templates": {name: templates[name] for name in names}, "start": start, "limit": limit}

    def layers(depth, width, parts, share):
        """`depth` layers of `width` templates; each includes templates of the next layer."""
        templates = {"t0": ["@a0n%d" % i for i in range(min(width, 50))]}
        for d in range(depth):
            for w in range(width):
                row = []
                for _ in range(parts):
                    if d + 1 < depth and rng.random() < share:
                        row.append("@a%dn%d" % (d + 1, rng.randrange(width)))
                    else:
                        row.append(text())
                templates["a%dn%d" % (d, w)] = row
        return templates

    def doubling(levels, last):
        templates = {"t%d" % i: ["@t%d" % (i + 1)] * 2 for i in range(levels - 1)}
        templates["t%d" % (levels - 1)] = last
        return templates

    yield "four layers of three templates", case(layers(4, 3, 4, 0.5))
    yield "six layers, few includes", case(layers(6, 5, 4, 0.3), limit=4_000)
    yield "200 templates in a row", case(
        {"t%d" % i: [text(), "@t%d" % (i + 1)] for i in range(199)} | {"t199": ["end"]})
    yield "45 templates, each includes the next twice", case(doubling(45, ["12345"]))
    yield "45 templates, each includes the next twice, no text", case(doubling(45, []))
    yield "a bomb of 200 levels", case(doubling(200, ["x"]), limit=10**15)
    yield "one template included 50,000 times", case({"t0": ["@t1"] * 50_000, "t1": ["0123456789"]}, limit=500_000)
    yield "100 layers of 100 templates", case(layers(100, 100, 5, 0.25))
    deep = layers(100, 100, 5, 0.4)
    for w in range(100):
        deep["a99n%d" % w].append("@a90n0")
    yield "a circle at the bottom of 100 layers", case(deep)
    lone = layers(20, 500, 5, 0.3)
    lone |= {"x%d" % i: ["@x%d" % ((i + 1) % 150), "@t0"] for i in range(150)}
    yield "10,000 templates and a circle outside", case(lone)
