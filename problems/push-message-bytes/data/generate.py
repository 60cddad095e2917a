"""Large cases. Each is (name, args); the reference answers them. Same seed, same data."""


def generate(rng):
    letters = "abcdeäöüßжлф日本🚀"

    def text(words, longest, alphabet=letters):
        return " ".join("".join(rng.choice(alphabet) for _ in range(rng.randint(1, longest))) for _ in range(words))

    for words, longest, max_bytes in (30, 5, 100), (60, 3, 151), (8, 30, 60), (100, 9, 700), (400, 6, 1_999):
        yield f"{words} words in {max_bytes} bytes", {"text": text(words, longest), "max_bytes": max_bytes}
    yield "250,000 words of one letter", {"text": text(250_000, 1, "жлфю"), "max_bytes": 40}
    yield "one word of 500,000 letters", {"text": "ж" * 500_000, "max_bytes": 100}
    yield "500,000 characters that fit", {"text": text(250_000, 1, "ab"), "max_bytes": 500_000}
