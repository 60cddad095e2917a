"""Large cases. Each is (name, calls); the reference answers them. Same seed, same data."""


def generate(rng):
    def mixed(n, paths, digests, weights):
        calls = [["BlobStore"]]
        for _ in range(n):
            path = f"p/{rng.randrange(paths)}"
            call = rng.choices([["put", path, f"{rng.randrange(digests):x}"], ["delete", path], ["blobs"]], weights)[0]
            calls.append(call)
        return calls

    yield "300 calls, five paths, four contents", mixed(300, 5, 4, (5, 3, 2))
    yield "2,000 calls, forty paths, one content", mixed(2_000, 40, 1, (4, 4, 1))
    yield "2,000 calls, two paths, many contents", mixed(2_000, 2, 500, (8, 1, 2))
    full = [["BlobStore"]] + [["put", f"p/{i}", f"{i:x}"] for i in range(30_000)]
    renewed = [["put", f"p/{i}", f"{i + 40_000:x}"] for i in range(29_900)]
    yield "30,000 paths, then each gets a new content", full + renewed + [["blobs"]]
    yield "30,000 paths, counted again and again", full + [["blobs"]] * 29_900
    shared = [["put", f"p/{i}", "ff"] for i in range(20_000)] + [["delete", f"p/{i}"] for i in range(20_000)]
    yield "20,000 paths to one content, deleted", [["BlobStore"], *shared, ["blobs"]]
