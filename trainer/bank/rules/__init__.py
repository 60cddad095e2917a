"""The rules of `trainer bank check`: small functions that look at a problem and yield what they found."""

from collections.abc import Mapping

from trainer.bank.rules.base import Facts, Finder, Result, Rule
from trainer.bank.rules.comparing import comparison
from trainer.bank.rules.examples import examples
from trainer.bank.rules.limits import time_limit
from trainer.bank.rules.programs import kills, mistakes, programs, starter
from trainer.bank.rules.questions import chance, questions
from trainer.bank.rules.repeatable import repeatable
from trainer.bank.rules.services import answers_nothing, listens
from trainer.bank.rules.texts import cases, columns, editorial, hints, leak, markdown

_ALL = (Rule("cases", cases), Rule("markdown", markdown))
_PROGRAMS = (Rule("programs", programs), Rule("starter", starter))
_SERVICES = (Rule("programs", programs), Rule("starter", listens), Rule("strawmen", answers_nothing))

BEFORE: Mapping[str, tuple[Rule, ...]] = {
    "function": (
        *_ALL,
        Rule("compare", comparison),
        Rule("repeatable", repeatable),
        Rule("hints", hints),
        Rule("editorial", editorial),
        Rule("examples", examples),
        Rule("leak", leak),
        *_PROGRAMS,
    ),
    "sql": (*_ALL, Rule("hints", hints), Rule("columns", columns), *_PROGRAMS),
    "service": (*_ALL, Rule("hints", hints), *_SERVICES),
    "debug": (*_ALL, Rule("hints", hints), *_SERVICES),
    "quiz": (*_ALL, Rule("questions", questions), Rule("chance", chance)),
}
"""By kind, rules that need no verdicts of the package's programs: they run first, cheap ones before dear ones."""

_VERDICTS = (Rule("time limit", time_limit), Rule("kills", kills, True), Rule("mistakes", mistakes, True))

AFTER: Mapping[str, tuple[Rule, ...]] = {
    "function": _VERDICTS,
    "sql": _VERDICTS,
    "service": _VERDICTS[1:],
    "debug": _VERDICTS[1:],
    "quiz": (),
}
"""By kind, rules over the verdicts of all programs."""

__all__ = ["AFTER", "BEFORE", "Facts", "Finder", "Result", "Rule"]
