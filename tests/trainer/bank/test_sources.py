"""Answers of several files travel as one text, and a path leads nowhere but below the service's folder."""

from __future__ import annotations

import json
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.bank.sources import DEEPEST, MOST_BYTES, MOST_FILES, pack, path_complaint, unpack
from trainer.errors import InputError

FIRST = string.ascii_letters + string.digits + "_"
parts = st.builds(
    lambda first, rest: (first + rest).replace("..", "._"),
    st.sampled_from(FIRST),
    st.text(FIRST + "._-", max_size=12),
)
paths = st.lists(parts, min_size=1, max_size=DEEPEST).map("/".join)
texts = st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",)), max_size=200)


def clash(files: dict[str, str]) -> bool:
    return any(other.startswith(f"{path}/") for path in files for other in files)


@given(st.dictionaries(paths, texts, min_size=1, max_size=8).filter(lambda files: not clash(files)))
def test_files_come_back_as_they_were(files: dict[str, str]) -> None:
    assert unpack(pack(files)) == {path: text.lstrip("\ufeff") for path, text in files.items()}


@given(st.dictionaries(paths, texts, min_size=1, max_size=8))
def test_the_order_of_files_does_not_show(files: dict[str, str]) -> None:
    assert pack(dict(reversed(files.items()))) == pack(files)


@given(st.text(max_size=60) | st.recursive(st.none() | st.booleans() | st.text(), st.lists).map(json.dumps))
def test_what_is_no_files_is_refused_in_words(source: str) -> None:
    with pytest.raises(InputError, match=r"."):
        unpack(source)


@given(st.lists(st.sampled_from(["..", ".", "", "~", "a", ".env", "a b", "C:", "\\", "é", "a\n"]), min_size=1))
def test_no_path_leads_out(found: list[str]) -> None:
    path = "/".join(found)
    assert bool(path_complaint(path)) == (set(found) != {"a"} or len(found) > DEEPEST)


@pytest.mark.parametrize(
    "path",
    ["../app.py", "/app.py", "a/../b.py", "a//b.py", "a/", "", ".env", "a/.b", "a..py", "app.py\n", "a\\b", "x" * 81],
)
def test_a_path_that_is_refused_is_named(path: str) -> None:
    with pytest.raises(InputError, match="no folder above, no dot first") as refused:
        unpack(pack({path: "x"}))
    assert repr(path[:80]) in str(refused.value)


def test_folders_lie_in_each_other_up_to_four() -> None:
    assert unpack(pack({"a/b/c/d/e.py": ""}))
    with pytest.raises(InputError, match="at most 4 folders lie in each other"):
        unpack(pack({"a/b/c/d/e/f.py": ""}))


def test_a_file_is_no_folder() -> None:
    with pytest.raises(InputError, match="a/b is a file and a folder at once: rename one"):
        unpack(pack({"a/b": "x", "a/b/c/d.py": "y"}))


def test_too_many_files_are_counted() -> None:
    assert len(unpack(pack({f"f{n}": "" for n in range(MOST_FILES)}))) == MOST_FILES
    with pytest.raises(InputError, match="There are 61 files; at most 60"):
        unpack(pack({f"f{n}": "" for n in range(MOST_FILES + 1)}))


def test_the_size_is_that_of_the_texts_together() -> None:
    half = "é" * (MOST_BYTES // 4)
    assert unpack(pack({"a": half, "b": half}))
    with pytest.raises(InputError, match="more than 64 KB together"):
        unpack(pack({"a": half, "b": half + "x"}))


@pytest.mark.parametrize("content", ["null", "7", "[]", '{"b": "c"}', '"a\\u0000b"', '"\\ud800"', '"\\udc00x"'])
def test_only_texts_can_be_kept(content: str) -> None:
    with pytest.raises(InputError, match=r"app\.py: only text can be kept"):
        unpack(f'{{"app.py": {content}}}')


@pytest.mark.parametrize(
    ("source", "words"),
    [("", "no JSON"), ("{", "no JSON"), ("[" * 100_000, "no JSON"), ("9" * 5000, "no JSON"),
     ("{}", "There are no files"), ('["app.py"]', "There are no files"), ("null", "There are no files")],
)  # fmt: skip
def test_what_cannot_be_read_says_why(source: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        unpack(source)
