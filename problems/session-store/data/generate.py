"""Large cases. Each is (name, calls); the reference answers them. Same seed, same data."""


def generate(rng):
    def mixed(idle_s, per_user, users, n, step, weights=(4, 8, 1, 2)):
        calls, now, opened = [["SessionStore", idle_s, per_user]], 0, 0
        for _ in range(n):
            now += rng.randint(0, step)
            what = rng.choices(("open", "touch", "close", "live"), weights)[0]
            if what == "open":
                calls.append(["open", now, f"u{rng.randrange(users)}", f"s{opened}"])
                opened += 1
            elif what == "live":
                calls.append(["live", now])
            else:
                calls.append([what, now, f"s{max(0, opened - rng.randint(1, 4 * users))}"])
        return calls

    def logins(n, users, per_user, idle_s):
        return [["SessionStore", idle_s, per_user]] + [["open", i, f"u{i % users}", f"s{i}"] for i in range(n)]

    yield "300 calls, four users", mixed(9, 2, 4, 300, 2)
    yield "1,500 calls, many exactly on the edge", mixed(3, 3, 3, 1_500, 1)
    yield "1,500 calls, one session for each user", mixed(40, 1, 20, 1_500, 2)
    yield "1,500 calls, nothing ever expires", mixed(10**9, 3, 8, 1_500, 3)
    counted = [["SessionStore", 10**9, 5]]
    for i in range(15_000):
        counted += [["open", i, f"u{i}", f"s{i}"], ["live", i]]
    yield "15,000 users, counted after each login", counted
    yield "one user with 10,000 live sessions", logins(25_000, 1, 10_000, 10**9)
    touches = [["touch", 2_000 + i, f"s{rng.randrange(2_000)}"] for i in range(15_000)]
    yield "15,000 touches of 2,000 sessions", logins(2_000, 500, 4, 9_000) + touches + [["live", 40_000]]
    yield "15,000 sessions expire at once", logins(15_000, 4_500, 4, 50_000) + [["live", 500_000], ["open", 500_000, "u1", "z"], ["live", 500_000]]
    yield "20,000 calls, 300 users", mixed(2_000, 3, 300, 20_000, 2)
