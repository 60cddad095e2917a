"""More small cases. Each is (name, args); the reference answers them. Same seed, same data."""


def generate(rng):
    for page in (1, 2, 5, 10, 11):
        rows = [rng.randint(1, 999) for _ in range(97)]
        yield f"97 rows in tens, page {page}", {"rows": rows, "page": page, "per_page": 10}
    for per_page in (1, 7, 50):
        rows = [rng.randint(1, 999) for _ in range(200)]
        yield f"200 rows, page 4 of {per_page}-row pages", {"rows": rows, "page": 4, "per_page": per_page}
