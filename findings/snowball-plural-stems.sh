#!/usr/bin/env bash
# snowballstemmer: the English stemmer gives some words and their regular plurals two stems.
#
# Expected: "alias" and "aliases", "bus" and "buses", "trie" and "tries" have one stem each, as "query" and "queries" or
#   "cache" and "caches" do; plurals are what a stemmer is for.
# Happens: "alias" loses its last letter as if it were a plural itself and becomes "alia", while "aliases" becomes "alias".
#   "buses" keeps the e of its ending. "tries" is read as the plural of "try".
# Seen with: snowballstemmer 3.1.1. Source: its english_stemmer.py, steps 1a and 5 of the algorithm "English (Porter2)".
# Why it matters here: the search compares stems. Whoever looked for "tries" or "aliases" did not find the problem whose
#   title has the singular, so endings in "s" and "es" are taken off as well.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check snowballstemmer==3.1.1

cat >"$folder/try.py" <<'PYTHON'
from importlib.metadata import version

import snowballstemmer

stem = snowballstemmer.stemmer("english").stemWord
print("snowballstemmer", version("snowballstemmer"))
for one, many in [("query", "queries"), ("cache", "caches"), ("alias", "aliases"), ("bus", "buses"), ("trie", "tries")]:
    same = "same" if stem(one) == stem(many) else "two stems"
    print(f"{one} -> {stem(one)}, {many} -> {stem(many)}: {same}")
PYTHON

seen=$("$folder/venv/bin/python" "$folder/try.py")
echo "$seen"
grep -qxF 'query -> queri, queries -> queri: same' <<<"$seen"
grep -qxF 'cache -> cach, caches -> cach: same' <<<"$seen"
grep -qxF 'alias -> alia, aliases -> alias: two stems' <<<"$seen"
grep -qxF 'bus -> bus, buses -> buse: two stems' <<<"$seen"
grep -qxF 'trie -> trie, tries -> tri: two stems' <<<"$seen"
