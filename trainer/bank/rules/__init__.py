"""The rules of `trainer bank check`: small functions that look at a problem and yield what they found."""

from trainer.bank.rules.base import Facts, Finder, Result, Rule
from trainer.bank.rules.examples import examples
from trainer.bank.rules.limits import time_limit
from trainer.bank.rules.programs import kills, mistakes, programs, starter
from trainer.bank.rules.texts import cases, columns, editorial, hints, leak, markdown

BEFORE = (
    Rule("cases", cases),
    Rule("markdown", markdown),
    Rule("hints", hints),
    Rule("editorial", editorial),
    Rule("examples", examples),
    Rule("columns", columns),
    Rule("leak", leak),
    Rule("programs", programs),
    Rule("starter", starter),
)
"""Rules that need no verdicts of the package's programs: they run first, cheap ones before dear ones."""

AFTER = (Rule("time limit", time_limit), Rule("kills", kills), Rule("mistakes", mistakes))
"""Rules over the verdicts of all programs."""

__all__ = ["AFTER", "BEFORE", "Facts", "Finder", "Result", "Rule"]
