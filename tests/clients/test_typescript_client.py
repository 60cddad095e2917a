"""A program goes by the types that `openapi-typescript` makes of the description, and sits an interview."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from tests.clients.conftest import FORMAT, KINDS, Candidate
from tests.clients.packages import FOLDER, node
from trainer.frontend import bundle

PROGRAM = FOLDER / "sit.ts"
COMPILER = bundle.MODULES / "typescript" / "bin" / "tsc"
OPTIONS = {
    "strict": True,
    "noUncheckedIndexedAccess": True,
    "exactOptionalPropertyTypes": True,
    "noUnusedLocals": True,
    "target": "es2023",
    "lib": ["es2023", "dom", "dom.iterable"],
    "module": "esnext",
    "moduleResolution": "bundler",
    "noEmit": True,
    "types": [],
}


def test_types_hold_the_program_and_find_what_the_api_does_not_have(
    modules: Path, description: Path, tmp_path: Path
) -> None:
    generator = modules / "openapi-typescript" / "bin" / "cli.js"
    asked = ("--output", "description.d.ts", "--default-non-nullable", "false")  # a default is no duty to send it
    made = node(generator, description, *asked, folder=tmp_path)
    assert made.returncode == 0, made.stderr
    wrong = tmp_path / "wrong.ts"
    wrong.write_text(PROGRAM.read_text().replace("report.tasks", "report.results"))
    options = OPTIONS | {"paths": {"description": ["./description.d.ts"], "*": [f"{modules}/*"]}}
    told = {"compilerOptions": options, "files": [str(PROGRAM), str(wrong)]}
    (tmp_path / "tsconfig.json").write_text(json.dumps(told))
    said = node(COMPILER, "--project", "tsconfig.json", folder=tmp_path).stdout.splitlines()
    assert len(said) == 1, said
    assert said[0].startswith("wrong.ts(")
    assert "Property 'results' does not exist" in said[0]


def test_the_program_sits_an_interview(
    modules: Path, make_candidate: Callable[[str], Candidate], tmp_path: Path
) -> None:
    who = make_candidate("typescript@example.org")
    done = node(PROGRAM, who.url, who.key, FORMAT, json.dumps(who.answers), folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == {
        "verdicts": dict.fromkeys(KINDS, "accepted"),
        "ending": "handed in",
        "score": 100,
        "waiting": 0,
        "words": {"words": who.answers["question"]},
    }
