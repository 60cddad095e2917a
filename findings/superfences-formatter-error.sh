#!/usr/bin/env bash
# pymdown-extensions: a custom fence whose formatter raises is shown as inline code, and nobody hears of the error.
#
# Expected: an exception of a formatter reaches whoever calls Markdown.convert, as one of an ordinary extension does.
# Happens: superfences catches it, takes the fence for none, and leaves it to the rest of Markdown: its backticks become
#   inline code in a paragraph. Nothing is raised, logged or warned.
# Seen with: pymdown-extensions 12.3, Markdown 3.11.3. Source: pymdownx/superfences.py, where a formatter is called.
# Why it matters here: a fault of our own in drawing a block turned a question into a line of code on the page, and every
#   test that only looked for errors passed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pymdown-extensions==12.3 markdown==3.11.3

cat >"$folder/try.py" <<'PYTHON'
from importlib.metadata import version

import markdown


def broken(source, language, css_class, options, md, **kwargs):
    raise KeyError("a fault of the formatter")


def converted(formatter):
    fences = [{"name": "question", "class": "question", "format": formatter}]
    options = {"pymdownx.superfences": {"custom_fences": fences}}
    text = "Before.\n\n```question\nname: one\n```\n"
    try:
        return markdown.markdown(text, extensions=["pymdownx.superfences"], extension_configs=options)
    except Exception as error:
        return f"raised {type(error).__name__}"


print("pymdown-extensions", version("pymdown-extensions"), "Markdown", version("markdown"))
print("works: ", converted(lambda source, *_, **__: f"<div>{source}</div>").replace("\n", " "))
print("raises:", converted(broken).replace("\n", " "))
PYTHON

seen=$("$folder/venv/bin/python" "$folder/try.py")
echo "$seen"
grep -q '^works: .*<div>name: one</div>' <<<"$seen"
grep -q '^raises: .*<code>' <<<"$seen"
