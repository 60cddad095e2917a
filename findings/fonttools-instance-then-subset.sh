#!/usr/bin/env bash
# fontTools: a font whose axis was limited cannot be subset before it was written and read again.
#
# Expected: instancing and subsetting both take a TTFont and leave one, so they can be done in either order.
# Happens: the instancer drops the variations of glyphs that have none in the new range (a space, for example), and the
#   subsetter then looks for them in the same table: KeyError. Subsetting first and instancing afterwards works, and so does
#   writing the instance to a file between the two, where reading it again fills in what was dropped.
# Seen with: fontTools 4.68.0, Inter as packed in @fontsource-variable/inter 5.3.0. Source: fontTools/varLib/instancer, where
#   `gvar.variations` loses glyphs, and fontTools/subset, where it is read for each glyph that is kept.
# Why it matters here: the fonts of the pages are cut to the weights and characters in use while the bundle is built; in the
#   natural order (first the weights, then the glyphs) the build stops.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check fonttools==4.68.0 brotli==1.2.1
npm install --silent --no-audit --no-fund --prefix "$folder" @fontsource-variable/inter@5.3.0 >"$folder/npm.log"

cat >"$folder/try.py" <<'PYTHON'
import io
import sys
from importlib.metadata import version

from fontTools.subset import Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

path = sys.argv[1]


def subset(font):
    subsetter = Subsetter()
    subsetter.populate(unicodes=font.getBestCmap().keys())
    subsetter.subset(font)
    return font


def limit(font):
    return instancer.instantiateVariableFont(font, {"wght": (400, 620)})


def read_again(font):
    file = io.BytesIO()
    font.save(file)
    file.seek(0)
    return TTFont(file)


print("fontTools", version("fonttools"))
try:
    subset(limit(TTFont(path)))
    first = "works"
except KeyError as error:
    first = f"KeyError {error}"
print("limited, then subset:            ", first)
print("limited, read again, then subset:", len(subset(read_again(limit(TTFont(path)))).getGlyphOrder()), "glyphs")
print("subset, then limited:            ", len(limit(subset(TTFont(path))).getGlyphOrder()), "glyphs")
assert first.startswith("KeyError"), "this has changed: see the head of this script"
PYTHON
"$folder/venv/bin/python" "$folder/try.py" "$folder/node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2"
