"""C++ as pages, packages and the bank see it, and what its compile step makes of a program."""

from __future__ import annotations

import pytest

from sandbox.languages import languages
from sandbox.languages.cpp.language import change, spell, starter
from sandbox.languages.cpp.program import declared, program_of
from sandbox.languages.cpp.serve import BESIDE_PROGRAM_MIB, complaints_of, not_compiled
from sandbox.signature import Function, Query, Type, parse_signature

HEAD = "#include <bits/stdc++.h>\nusing namespace std;\n\n"
FUNCTION = """\
// A ListNode has value and next, which is nullptr at the end: new ListNode(value, next).
vector<vector<string>> pageOf(ListNode* head, vector<optional<long long>>& pageSizes, map<string, bool>& default_) {
    return {};
}
"""
CLASS = """\
class Counter {
public:
    Counter(long long start) {

    }

    optional<long long> lastValue(string name) {
        return nullopt;
    }

    TreeNode* tree() {
        return nullptr;
    }

    void reset() {

    }
};
"""
SIGNATURE = {"name": "page_of", "parameters": [["rows", ["list", "int"]]], "returns": "int", "in_place": None}


def written(text: str) -> str:
    signature = parse_signature(text)
    assert not isinstance(signature, Query)
    return starter(signature).removeprefix(HEAD)


def test_a_starter_of_a_function_has_its_types_and_explains_nodes() -> None:
    text = "page_of(head: ListNode, page_sizes: list[int | None], default: dict[str, bool]) -> list[list[str]]"
    assert written(text) == FUNCTION


def test_a_starter_of_a_class_has_a_constructor_and_methods() -> None:
    text = (
        "class Counter:\n def __init__(self, start: int): ...\n def last_value(self, name: str) -> int | None: ...\n"
        " def tree(self) -> TreeNode | None: ...\n def reset(self): ..."
    )
    nodes = "// A TreeNode has value, left and right, or nullptr for them: new TreeNode(value, left, right).\n"
    assert written(text) == nodes + CLASS


def test_names_and_changes_are_written_as_is_usual() -> None:
    assert [spell(name) for name in ("page_of", "f", "a__b_2")] == ["pageOf", "f", "aB2"]
    assert [change("new", kind) for kind in ("list", "dict", "ListNode")] == [
        "new_[0] = …",
        "new_[key] = …",
        "new_->value = …",
    ]


def test_the_box_has_room_for_the_compiler_and_values_of_any_type_are_not_written_in_it() -> None:
    cpp = languages()["cpp"]
    assert cpp.needs.memory_mib == BESIDE_PROGRAM_MIB
    assert not cpp.can_answer(Function("f", (), Type("list", Type("Json"))))
    assert cpp.can_answer(Function("f", (), Type("list", Type("int"))))


def test_people_are_told_a_declaration() -> None:
    assert declared(SIGNATURE, "pageOf") == "long long pageOf(vector<long long>& rows)"


@pytest.mark.parametrize(
    ("source", "called"), [("int pageOf() {}", "pageOf"), ("int page_of(int x) {}", "page_of"), ("", "pageOf")]
)
def test_either_spelling_is_called(source: str, called: str) -> None:
    assert f"&::{called})" in program_of(source, SIGNATURE).text


SAID = """\
In file included from <command-line>:
main.cpp: In function 'f':
solution.cpp:3:7: error: 'x' was not declared in this scope
solution.cpp:3:7: note: suggested alternative: 'y'
In file included from /usr/include/c++/12/algorithm:60,
                 from /harness/harness.h:9,
                 from <command-line>:
/usr/include/c++/12/bits/stl_algo.h: In instantiation of 'void std::sort()':
solution.cpp:6:12:   required from here
/usr/include/c++/12/bits/stl_algo.h:1938:50: error: no match for 'operator<'
In file included from solution.cpp:9,
                 from main.cpp:2:
/etc/passwd:1:1: error: 'root' does not name a type
/etc/passwd:2:1: error: 'daemon' does not name a type
{standard input}:10: Error: no such instruction: `halt'
/etc/passwd:1: Error: junk at end of line, first unrecognized character is `root'
/usr/bin/ld: main.o: undefined reference to `g(int)'
"""


def test_complaints_are_told_where_the_program_caused_them_and_quote_no_other_file() -> None:
    assert list(complaints_of(SAID)) == [
        ("solution.cpp", 3, 7, "'x' was not declared in this scope"),
        ("solution.cpp", 6, 12, "no match for 'operator<' (in what is used here)"),
        ("solution.cpp", 9, None, "no C++ is included here"),
        ("", None, None, "no such instruction: `halt'"),
        ("", None, None, "undefined reference to `g(int)'"),
    ]


def test_what_does_not_fit_the_signature_is_told_as_a_declaration() -> None:
    program = program_of("", SIGNATURE)
    asked = "The problem asks for `long long pageOf(vector<long long>& rows)`"
    missing = not_compiled("runner.cpp:1:9: error: '::pageOf' has not been declared\n", program)
    assert (missing.kind, [one.message for one in missing.complaints]) == (
        "NotDefined",
        [f"{asked}, which is not defined."],
    )
    other = "runner.cpp:1:9:   required from here\n/harness/harness.h:9:9: error: invalid use of incomplete type\n"
    assert [one.message for one in not_compiled(other, program).complaints] == [f"{asked}."]
    assert [one.message for one in not_compiled("ld: secret", program).complaints] == [
        "The compiler refused the program."
    ]
