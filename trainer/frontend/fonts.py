"""Make the two Latin fonts smaller: the weights that pages use, without ligatures and the like.

They are most of what a first visit downloads beside the editor. Other scripts are fetched by those who read them, and
stay whole.
"""

from __future__ import annotations

from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

FEATURES = {"inter": ("kern", "tnum"), "jetbrains-mono": ()}
"""What is kept of a font's features. `tnum` gives figures one width; code shows what was typed, without ligatures.
Letters and their marks are put together by browsers themselves where the font has a sign for both."""
WEIGHTS = (400, 620)
"""From regular to the boldest that the style sheets name."""
FILE = "{}-latin-wght-normal.woff2"


def subset_fonts(packages: Path, target: Path) -> None:
    """Write the smaller fonts to `target`, each under the name that it has in its package."""
    target.mkdir(parents=True, exist_ok=True)
    for family, features in FEATURES.items():
        name = FILE.format(family)
        subset(packages / family / "files" / name, target / name, features)


def subset(source: Path, target: Path, features: tuple[str, ...]) -> None:
    """All characters of a font in fewer weights and with these features only."""
    options = Options()
    options.layout_features, options.notdef_outline = list(features), True
    with TTFont(source, recalcTimestamp=False) as font:  # the same bytes each time: their hash is the name
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=font.getBestCmap().keys())
        subsetter.subset(font)
        smaller = instancer.instantiateVariableFont(font, {"wght": WEIGHTS})
        smaller.flavor = "woff2"
        smaller.save(target, reorderTables=False)
