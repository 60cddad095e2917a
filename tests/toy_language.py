"""A whole programming language of a few lines, in a folder of its own: nothing of the program knows it.

Its programs are written like `double(n): n 2 *`, with operators behind what they work on.
"""

from __future__ import annotations

from pathlib import Path

NAME = "toy"
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


def lay_toy(folder: Path) -> Path:
    """Write the language below a folder, for TRAINER_LANGUAGES_PATH. Its image is another one for each folder."""
    place = folder / NAME
    place.mkdir(parents=True)
    dockerfile = DOCKERFILE.read_text().replace("sandbox.languages.python", f"sandbox.languages.{NAME}")
    dockerfile = dockerfile.replace("COPY shared/", "COPY executables/*.py /harness/executables/\nCOPY shared/")
    dockerfile += f"# of {folder}\n"
    texts = {"language.py": LANGUAGE, "serve.py": SERVE, "toy.py": TOY, "Dockerfile": dockerfile}
    for name, text in texts.items():
        (place / name).write_text(text)
    return folder
