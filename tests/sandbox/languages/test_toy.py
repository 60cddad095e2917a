"""Another language is one more folder, and nothing else of the program knows it.

`tests.toy_language` holds all of it: what the language is, its image, a compiler and an interpreter.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from sandbox.backends.image_store import ImageStore
from tests.toy_language import lay_toy

SCRIPT = """
import json, sys
from pathlib import Path
from sandbox import Case, Job, Sandbox, parse_signature
from sandbox.backend import usual_spec
from sandbox.backends.docker import DockerBackend
from sandbox.images import build
from sandbox.languages import languages
from sandbox.steps import Steps
from trainer.bank.package import read_package
from tests.factories import make_package

image = build("toy", Steps(log=Path(sys.argv[1])))
signature = parse_signature("half_square(a: int, b: int) -> int")
cases = (Case("one", (3, 1), 8), Case("two", (5, 0), 25))
programs = {
    "right": "half_square(a b): a a * b b * -\\n",
    "wrong": "half_square(a b): a b +\\n",
    "misspelt": "half_square(a b): a c +\\n",
    "empty stack": "half_square(a b): +\\n",
}
said = {}
for boxes in ("single", "kept"):
    sandbox = Sandbox(DockerBackend(boxes=boxes), {})
    for name, source in programs.items():
        judgement = sandbox.judge(Job("toy", source, signature, cases))
        said[f"{name}, {boxes}"] = [str(judgement.verdict), [str(r.run.status) for r in judgement.results]]
        said[f"{name}, output"] = judgement.compile_output
    sandbox.close()
package = make_package()
problem = read_package(package.files, package.slug)
found = {
    "image": image,
    "said": said,
    "languages": list(languages()),
    "starter": problem.starters["toy"],
    "memory": usual_spec("toy").memory_mib,
}
print("\\n" + json.dumps(found))
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return lay_toy(tmp_path / "languages")


@pytest.mark.engine
def test_a_folder_is_a_language(place: Path, images: None, tmp_path: Path) -> None:
    env = {**os.environ, "TRAINER_LANGUAGES_PATH": str(place)}
    command = [sys.executable, "-c", SCRIPT, str(tmp_path / "build.log")]
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    store = ImageStore()
    store.remove(found["image"])
    store.close()
    assert found["languages"][0] == "python"
    assert "toy" in found["languages"]
    assert found["starter"].startswith("double(")
    assert found["memory"] == 256 + 32
    for boxes in ("single", "kept"):
        assert found["said"][f"right, {boxes}"] == ["accepted", ["returned"] * 2]
        assert found["said"][f"wrong, {boxes}"] == ["wrong answer", ["returned"] * 2]
        assert found["said"][f"misspelt, {boxes}"] == ["compile error", ["not compiled", "not run"]]
        assert found["said"][f"empty stack, {boxes}"] == ["run-time error", ["died"] * 2]
    assert found["said"]["misspelt, output"] == "line 1: c?"
