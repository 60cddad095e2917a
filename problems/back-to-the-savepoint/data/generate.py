"""Large cases. Each is (name, args); the reference answers them. Same seed, same data."""


def generate(rng):
    def mixed(n, names, back=0.15, release=0.15, unknown=0.0):
        """Statements that keep to the rules, but for a share of unknown names."""
        statements, open_names = [], []
        for number in range(1, n + 1):
            dice = rng.random()
            if dice < unknown:
                statements.append("release nothere")
            elif dice < 0.3:
                open_names.append(rng.choice(names))
                statements.append(f"savepoint {open_names[-1]}")
            elif open_names and dice < 0.3 + back + release:
                goes = dice < 0.3 + release
                name = rng.choice(open_names[-3:])
                while open_names[-1] != name:
                    open_names.pop()
                if goes:
                    open_names.pop()
                statements.append(f"release {name}" if goes else f"rollback to {name}")
            else:
                statements.append(f"insert {number}")
        return {"statements": statements}

    letters = list("abcdefgh")
    yield "200 statements, three names", mixed(200, letters[:3])
    yield "2,000 statements, eight names", mixed(2_000, letters, 0.1, 0.2)
    yield "2,000 statements, one is unknown", mixed(2_000, letters, unknown=0.0005)
    yield "2,000 statements, hardly any goes back", mixed(2_000, letters, 0.01, 0.05)
    inserts = [f"insert {i}" for i in range(1, 100_001)]
    nested = ["savepoint a"] * 20_000 + ["insert 200000", "rollback to a"]
    yield "20,000 rows, then 20,000 savepoints", {"statements": inserts[:20_000] + nested}
    again = [s for i in range(10_000) for s in (f"insert {200_000 + i}", "rollback to a")]
    yield "10,000 rows, then 10,000 rollbacks", {"statements": inserts[:10_000] + ["savepoint a"] + again}
    on_top = [s for i in range(33_000) for s in ("savepoint top", inserts[i], "release top")]
    yield "33,000 releases on top of 100,000 savepoints", {"statements": ["savepoint deep"] * 100_000 + on_top}
    stack = ["savepoint b"] + ["savepoint a"] * 99_998
    yield "a stack of 99,999 savepoints, gone at once", {"statements": stack + inserts[:99_999] + ["release b"]}
    yield "100,000 rows, then an abort", {"statements": inserts + ["savepoint a", "release a", "release a"]}
