"""Large cases. Each is (name, args); the reference answers them. Same seed, same data."""


def generate(rng):
    # A tree is a block number (a leaf) or a pair [left, right]; None is an absent child. Contents that are equal get the same
    # hash and contents that differ get different ones: numbers are given out in turn and then scrambled one to one.
    def hashed(tree):
        known = hashed.known

        def node(t):
            if t is None:
                return None
            if isinstance(t, int):
                key, left, right = t, None, None
            else:
                left, right = node(t[0]), node(t[1])
                key = (left and left[0], right and right[0])
            if key not in known:
                known[key] = (len(known) + 1) * 2_654_435_761 % 2**32
            return known[key], left, right

        return node(tree)

    hashed.known = {}

    def level_order(root):
        row, values = [root], []
        for t in row:
            values.append(t and t[0])
            if t is not None:
                row += t[1:]
        while values and values[-1] is None:
            values.pop()
        return values

    def case(ours, theirs):
        return {"ours": level_order(hashed(ours)), "theirs": level_order(hashed(theirs))}

    def block():
        return rng.randrange(10**9)

    def full(leaves):
        if leaves == 1:
            return block()
        return [full(leaves // 2), full(leaves - leaves // 2)]

    def ragged(leaves):
        if leaves == 1:
            return rng.choice([block(), block(), block(), [None, block()], [block(), None]])
        cut = rng.randrange(1, leaves)
        return [ragged(cut), ragged(leaves - cut)]

    def changed(t, chance):
        """The same tree after some time: blocks changed, branches gone, blocks split."""
        if t is None:
            return None
        if isinstance(t, int):
            if rng.random() >= chance:
                return t
            return rng.choice([block(), block(), [block(), block()]])
        if rng.random() < chance / 8:
            return block()
        left, right = changed(t[0], chance), changed(t[1], chance)
        if rng.random() < chance / 8 and left is not None and right is not None:
            return [None, right] if rng.random() < 0.5 else [left, None]
        return [left, right]

    def spine(levels, bottom):
        for i in range(levels):
            side = block() if i % 3 else None
            bottom = [bottom, side] if i % 2 else [side, bottom]
        return bottom

    t = ragged(12)
    yield "a dozen blocks", case(changed(t, 0.3), t)
    t = ragged(60)
    yield "60 blocks, a tenth changed", case(changed(t, 0.1), changed(t, 0.1))
    t = ragged(1_000)
    yield "1,000 blocks, both sides changed", case(changed(t, 0.05), changed(t, 0.05))
    t = spine(390, full(100))
    yield "a path of 390 nodes above the blocks", case(changed(t, 0.02), t)
    t = full(20_000)
    yield "20,000 blocks, all equal", case(t, t)
    t = full(15_000)
    yield "15,000 blocks, few changed", case(changed(t, 0.001), t)
    yield "15,000 blocks, all different", case(full(15_000), full(15_000))
    yield "20,000 blocks, we have none", case(None, full(20_000))
