#!/usr/bin/env bash
# CPython before 3.11.8: `ast.parse` raises SystemError where another syntax tree is made while it makes its own.
#
# Expected: parsing is a function of its text, so threads may parse at the same time, and what a finalizer parses does not
#   matter to what was being parsed when it ran.
# Happens: how deep the tree is, is counted in one place for the whole interpreter. A finalizer that runs in the midst of
#   `ast.parse`, or a thread that is given its turn there, parses something of its own and leaves the counter changed; the
#   first one then says "AST constructor recursion depth mismatch". The text is valid, and parses the next time.
# Seen with: Debian's python3.11-minimal 3.11.2; also 3.11.7. Source: https://github.com/python/cpython/issues/106905
# Why it matters here: a judge parses in many threads, and Debian 12 has 3.11.2: one problem in some thousands could not be read.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
for package in python3.11-minimal libpython3.11-minimal libpython3.11-stdlib; do
    apt-get download -qq "$package=3.11.2-*" 2>/dev/null
    dpkg-deb --extract "$package"_*.deb root
done

cat >try.py <<'PYTHON'
import ast
import gc
import sys

TEXT = "\n".join(f"x{n} = [{n}, {{'a': {n}}}, ({n},)]" for n in range(400))


class ParsesWhenCollected:
    def __init__(self):
        self.me = self

    def __del__(self):
        parse_deeper(5)


def parse_deeper(calls):
    return parse_deeper(calls - 1) if calls else ast.parse("y = 1")


def parse(tries, thing):
    raised = set()
    for _ in range(tries):
        thing()
        gc.set_threshold(10)
        try:
            ast.parse(TEXT)
        except SystemError as error:
            raised.add(str(error).partition(" (")[0])
        gc.set_threshold(700)
    return raised


print("CPython", sys.version.split()[0])
print("nothing is parsed meanwhile:", parse(20, object) or "no error")
print("a finalizer parses meanwhile:", parse(20, ParsesWhenCollected) or "no error")
PYTHON
PYTHONHOME="$folder/root/usr" root/usr/bin/python3.11 -I try.py | tee seen
diff seen - <<'SEEN'
CPython 3.11.2
nothing is parsed meanwhile: no error
a finalizer parses meanwhile: {'AST constructor recursion depth mismatch'}
SEEN
