#!/usr/bin/env bash
# whatthepatch: of a unified diff of several files only the first is read, unless lines of git, svn or diff -r stand between.
#
# Expected: `diff -u` of two files, one after the other in one text, is a patch of two files: `patch` and `git apply` take it so.
# Happens: parse_patch gives one diff, of the first file, and says nothing of the second; its lines are not an error either.
# Seen with: whatthepatch 1.0.7. Source: whatthepatch/patch.py, where a text is split at the first sort of header that fits, and
#   plain unified heads are tried without being split at.
# Why it matters here: a student's answer that is judged from such a diff would be judged without half of it. The command counts
#   the heads itself and refuses what was not read whole.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check whatthepatch==1.0.7

cat >"$folder/try.py" <<'PYTHON'
from importlib.metadata import version

import whatthepatch

ONE = "--- a/app.py\n+++ b/app.py\n@@ -1 +1,2 @@\n first\n+second\n"
TWO = "--- a/more.py\n+++ b/more.py\n@@ -1 +1 @@\n-x = 1\n+x = 2\n"
GIT = "diff --git a/{0} b/{0}\nindex 1..2 100644\n"


def files(text):
    return [diff.header.new_path for diff in whatthepatch.parse_patch(text)]


print("whatthepatch", version("whatthepatch"))
plain, git = files(ONE + TWO), files(GIT.format("app.py") + ONE + GIT.format("more.py") + TWO)
print("plain unified:   ", plain)
print("with git's lines:", git)
assert git == ["app.py", "more.py"]
assert plain == ["app.py"], "this has changed: see the head of this script"
PYTHON
"$folder/venv/bin/python" "$folder/try.py"
