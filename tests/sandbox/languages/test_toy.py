"""Another language is one more folder, and nothing else of the program knows it.

The folder holds all of it: what the language is, its image, and a compiler and an interpreter for programs like
`double(n): n 2 *`, written behind each other.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from sandbox.backends.image_store import ImageStore

DOCKERFILE = Path("sandbox/languages/python/Dockerfile")

LANGUAGE = """
from sandbox.languages.language import Language, Literals, Needs

LANGUAGE = Language(
    name="toy",
    title="Toy",
    ending="toy",
    version="1",
    lexer="text",
    comment="#",
    starter=lambda signature: f"{signature.name}({' '.join(p.name for p in signature.parameters)}): 0\\n",
    literals=Literals(null="-", true="1", false="0", text=str),
    time_factor=3.0,
    needs=Needs(memory_mib=32, pids=16, scratch_mib=24, programs_in_scratch=True),
)
"""

SERVE = """
from sandbox.executables.run import Executable
from sandbox.harness.programs import serve_programs

PYTHON, TOY = "/usr/bin/python3", "/harness/toy.py"


def main():
    runner = Executable(lambda bounds: (PYTHON, "-I", TOY, "run"), lambda bounds: (PYTHON, "-I", TOY, "compile"))
    serve_programs(runner, about={"toy": "1"})
"""

TOY = """
import json, operator, os, shutil, subprocess, sys

OPERATORS = {"+": operator.add, "-": operator.sub, "*": operator.mul}


def read(fd):
    with open(fd, "rb") as file:
        return file.read()


def report(**content):
    os.write(3, json.dumps(content).encode())


def compiled(source, name):
    code = {}
    for number, line in enumerate(source.splitlines(), 1):
        head, found, body = line.partition(":")
        called, _, rest = head.partition("(")
        names = rest.rstrip(")").split()
        for word in body.split():
            if not (word in OPERATORS or word in names or word.isdigit()):
                return {"type": "UnknownWord", "message": word, "line": number, "trace": f"line {number}: {word}?"}
        code[called] = [names, body.split()]
    os.write(4, json.dumps(code[name]).encode())


def value(names, words, arguments):
    stack, known = [], dict(zip(names, arguments))
    for word in words:
        if word in OPERATORS:
            second, first = stack.pop(), stack.pop()
            stack.append(OPERATORS[word](first, second))
        else:
            stack.append(known[word] if word in known else int(word))
    return stack.pop()


given = json.loads(read(5))
if sys.argv[1] == "compile":
    if error := compiled(given["source"], given["signature"]["name"]):
        report(status="not compiled", error=error)
else:
    shutil.copy("/bin/true", "/tmp/made")
    subprocess.check_call(["/tmp/made"])  # what lies in scratch may be executed, as the language asks for
    report(status="returned", value=value(*json.loads(read(6)), given["arguments"]))
"""

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
    folder = tmp_path / "languages" / "toy"
    folder.mkdir(parents=True)
    dockerfile = DOCKERFILE.read_text().replace("sandbox.languages.python", "sandbox.languages.toy")
    dockerfile = dockerfile.replace("COPY shared/", "COPY executables/*.py /harness/executables/\nCOPY shared/")
    texts = {"language.py": LANGUAGE, "serve.py": SERVE, "toy.py": TOY, "Dockerfile": dockerfile}
    for name, text in texts.items():
        (folder / name).write_text(text)
    return folder.parent


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
