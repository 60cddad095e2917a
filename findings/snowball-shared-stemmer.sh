#!/usr/bin/env bash
# snowballstemmer: a stemmer that two threads share gives one the stem of the other's word, or raises IndexError.
#
# Expected: `stemWord(word)` takes a text and returns a text, so one stemmer at module level serves all threads of a server.
# Happens: the pure Python stemmer keeps the word, its ends and the cursor on itself while it works. A thread that comes
#   meanwhile replaces them: "idempotency" may come back as "cach", or as an error about an index.
# Seen with: snowballstemmer 3.1.1, Python 3.11. Source: snowballstemmer/basestemmer.py, set_current and stemWord.
# Why it matters here: searches of many students stem at once, and stems are remembered: one that was wrong stayed wrong.
#   One lock guards the stemmer.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check snowballstemmer==3.1.1

cat >"$folder/try.py" <<'PYTHON'
import sys
import threading
from importlib.metadata import version

import snowballstemmer

WORDS = ["idempotency", "caching", "transactions", "scheduling", "pagination", "dependencies"] * 400
RIGHT = {word: snowballstemmer.stemmer("english").stemWord(word) for word in set(WORDS)}


def wrong(make):
    """How many answers of four threads are not what one alone gets."""
    found = []

    def work(stem):
        for word in WORDS:
            try:
                right = stem(word) == RIGHT[word]
            except IndexError:
                right = False
            if not right:
                found.append(word)

    threads = [threading.Thread(target=work, args=(make(),)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(found)


print("snowballstemmer", version("snowballstemmer"), "Python", sys.version.split()[0])
sys.setswitchinterval(1e-6)
shared = snowballstemmer.stemmer("english").stemWord
print("one for all threads, wrong answers:", "some" if wrong(lambda: shared) else "none")
print("one for each thread, wrong answers:", "some" if wrong(lambda: snowballstemmer.stemmer("english").stemWord) else "none")
PYTHON

seen=$("$folder/venv/bin/python" "$folder/try.py")
echo "$seen"
grep -qxF 'one for all threads, wrong answers: some' <<<"$seen"
grep -qxF 'one for each thread, wrong answers: none' <<<"$seen"
