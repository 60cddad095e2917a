"""Large cases. Each is (name, calls); the reference answers them. Same seed, same data."""


def generate(rng):
    def mixed(n, keys, longest):
        calls = [["Customers"]]
        for _ in range(n):
            what = rng.choices(["contact", "find", "keys", "total"], [6, 2, 2, 1])[0]
            if what == "contact":
                calls.append([what, [f"k{rng.randrange(keys)}" for _ in range(rng.randint(1, longest))]])
            elif what == "find":
                calls.append([what, f"k{rng.randrange(keys)}"])
            elif what == "keys":
                calls.append([what, rng.randint(1, keys)])
            else:
                calls.append([what])
        return calls

    def alone(n):
        return [["Customers"]] + [["contact", [f"k{i}"]] for i in range(1, n + 1)]

    yield "60 calls, 30 keys", mixed(60, 30, 2)
    yield "300 calls, 200 keys", mixed(300, 200, 3)
    yield "1,000 calls, 1,500 keys", mixed(1_000, 1_500, 2)

    def row(n):
        """Each contact joins all behind it with the next smaller number, so the lost numbers form one long row."""
        return alone(n) + [["contact", [f"k{i}", f"k{i + 1}"]] for i in range(n - 1, 0, -1)]

    yield "20,000 customers join from the last to the first", row(20_000) + [["find", "k20000"], ["keys", 20_000], ["total"]]
    last = [f"k{i}" for i in range(15_000, 14_995, -1)]
    yield "15,000 customers in a row, the last one is asked for again and again", row(15_000) + [["contact", last] for _ in range(25_000)]
    yield "40,000 calls, 50,000 keys", mixed(40_000, 50_000, 3)
