"""Large cases. Each is (name, args); the reference answers them. Same seed, same data."""


def generate(rng):
    # A node is [value, left, right]; level_order turns it into the list that the cases hold.
    def level_order(root):
        root[0] = 0
        row, values = [root], []
        for node in row:
            if node is None:
                values.append(None)
            else:
                values.append(node[0])
                row += node[1:]
        while values and values[-1] is None:
            values.pop()
        return values

    def grown(n, most):
        """n nodes, each hung at a free place that is drawn at random."""
        root = [0, None, None]
        places = [(root, 1), (root, 2)]
        for _ in range(n - 1):
            i = rng.randrange(len(places))
            places[i], places[-1] = places[-1], places[i]
            parent, side = places.pop()
            parent[side] = [rng.randint(0, most), None, None]
            places += [(parent[side], 1), (parent[side], 2)]
        return root

    def full(levels, least, most):
        value = rng.randint(least, most)
        if levels == 1:
            return [value, None, None]
        return [value, full(levels - 1, least, most), full(levels - 1, least, most)]

    def chain(levels, bottom, side):
        """A path of `levels` nodes above `bottom`; side(i) is what hangs at its other side."""
        for i in range(levels):
            value = rng.randint(1, 20)
            bottom = [value, bottom, side(i)] if i % 2 else [value, side(i), bottom]
        return bottom

    def server(value):
        return [value, None, None]

    yield "30 nodes", {"root": level_order(grown(30, 20)), "tolerance_ms": 15}
    yield "300 nodes", {"root": level_order(grown(300, 30)), "tolerance_ms": 60}
    yield "3,000 nodes", {"root": level_order(grown(3_000, 3)), "tolerance_ms": 12}
    yield "400 levels, one server", {"root": level_order(chain(399, server(5), lambda i: None)), "tolerance_ms": 0}
    yield "a comb of 400 levels", {
        "root": level_order(chain(399, server(5), lambda i: server(rng.randint(9 * i, 12 * i + 10)))), "tolerance_ms": 600}
    yield "32,768 servers, all in step", {"root": level_order(full(16, 5, 9)), "tolerance_ms": 64}
    def branch(i):
        if 0 < i < 64 and i % 4 == 0:
            return full(12, 0, 50)
        return server(rng.randint(1, 9)) if i % 40 == 1 else None

    yield "65,000 nodes below 320 levels", {
        "root": level_order(chain(384, full(12, 0, 50), branch)), "tolerance_ms": 150}
    yield "70,000 nodes, grown at random", {"root": level_order(grown(70_000, 9)), "tolerance_ms": 40}
