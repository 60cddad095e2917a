"""Java, as the rest of the program sees it."""

from __future__ import annotations

import json

from sandbox.languages.java.names import spell
from sandbox.languages.language import Language, Literals, Needs
from sandbox.signature import NODES, Calls, Function, Type

_TYPES = {"int": "long", "float": "double", "bool": "boolean", "str": "String", "None": "void"}
_PARTS = {**_TYPES, "int": "Long", "float": "Double", "bool": "Boolean", "None": "Void"}
"""A part of another type, and what may be null, is an object."""
_NOTHING_YET = {
    "int": "0",
    "float": "0.0",
    "bool": "false",
    "str": '""',
    "list": "new ArrayList<>()",
    "dict": "new LinkedHashMap<>()",
}
_EXPLAINED = {
    "ListNode": "// A ListNode has value and next, which is null at the end: new ListNode(value, next).\n",
    "TreeNode": "// A TreeNode has value, left and right, or null for them: new TreeNode(value, left, right)\n",
}
_ARRAYS = "// A parameter or an answer may be an array instead of a List, and int instead of long.\n"
_RESERVED_WORDS = """
    _ abstract assert boolean break byte case catch char class const continue default do double else enum extends false
    final finally float for goto if implements import instanceof int interface long native new null package private
    protected public return short static strictfp super switch synchronized this throw throws transient true try void
    volatile while
"""
"""What nothing may be called."""
_OF_EVERY_OBJECT = "clone finalize getClass hashCode notify notifyAll toString wait"
"""What no method may be called that returns something else, or would be called by the library as well."""
_ERRORS = """
    ArithmeticException ArrayIndexOutOfBoundsException ArrayStoreException AssertionError ClassCastException
    CloneNotSupportedException CompletionException ConcurrentModificationException DateTimeException
    DateTimeParseException DuplicateFormatFlagsException EOFException EmptyStackException Error Exception
    ExceptionInInitializerError ExecutionException FileNotFoundException IOException IllegalAccessException
    IllegalArgumentException IllegalFormatException IllegalMonitorStateException IllegalStateException
    IndexOutOfBoundsException InputMismatchException InterruptedException InvocationTargetException
    MissingFormatArgumentException NegativeArraySizeException NoClassDefFoundError NoSuchElementException
    NoSuchFieldException NoSuchMethodException NullPointerException NumberFormatException OutOfMemoryError
    PatternSyntaxException ReflectiveOperationException RejectedExecutionException RuntimeException SecurityException
    StackOverflowError StringIndexOutOfBoundsException Throwable TimeoutException UncheckedIOException
    UnknownFormatConversionException UnsupportedOperationException
    """


def starter(signature: Calls) -> str:
    """Code that defines what the signature names, and is wrong."""
    functions = [signature] if isinstance(signature, Function) else [signature.constructor, *signature.methods]
    types = [type_ for one in functions for type_ in (one.returns, *(p.type for p in one.parameters))]
    used = {part.name for type_ in types for part in type_.parts()}
    head = "import java.util.*;\n\n" if used & {"list", "dict"} else ""
    notes = "".join(_EXPLAINED[name] for name in NODES if name in used) + _ARRAYS * ("list" in used)
    return head + notes + ("\n" if notes else "") + _class(signature)


def _class(signature: Calls) -> str:
    if isinstance(signature, Function):
        name, functions = "Solution", [_method(signature)]
    else:
        name = signature.name
        head = f"{name}({_parameters(signature.constructor)}) {{"
        functions = [[head, "", "}"], *(_method(method) for method in signature.methods)]
    bodies = "\n\n".join("\n".join(f"    {line}" for line in lines) for lines in functions)
    return f"class {name} {{\n{bodies}\n}}\n".replace("    \n", "\n")


def _method(function: Function) -> list[str]:
    name = own(function.name, f"{_RESERVED_WORDS} {_OF_EVERY_OBJECT}")
    head = f"{written(function.returns)} {name}({_parameters(function)}) {{"
    body = "" if function.returns.name == "None" else f"    return {_NOTHING_YET.get(function.returns.name, 'null')};"
    return [head, body, "}"]


def _parameters(function: Function) -> str:
    return ", ".join(f"{written(one.type)} {own(one.name)}" for one in function.parameters)


def written(type_: Type, *, is_part: bool = False) -> str:
    """A type as Java writes it: List<Long>. Lists rather than arrays: they nest, hold null, and grow in place."""
    match type_.name, type_.of:
        case "list", Type() as part:
            return f"List<{written(part, is_part=True)}>"
        case "dict", Type() as part:
            return f"Map<String, {written(part, is_part=True)}>"
        case "optional", Type() as part:
            return written(part, is_part=True)
    if type_.name in NODES:
        return type_.name
    return (_PARTS if is_part else _TYPES)[type_.name]


def own(name: str, taken: str = _RESERVED_WORDS) -> str:
    spelled = spell(name)
    return f"{spelled}_" if spelled in taken.split() else spelled


def change(name: str, type_: str) -> str:
    spelled = own(name)
    return {"list": f"{spelled}.set(0, …)", "dict": f"{spelled}.put(key, …)"}.get(type_, f"{spelled}.value = …")


LANGUAGE = Language(
    name="java",
    title="Java",
    ending="java",
    version="OpenJDK 17",
    lexer="java",
    comment="//",
    starter=starter,
    literals=Literals(null="null", true="true", false="false", text=lambda text: json.dumps(text, ensure_ascii=False)),
    spell=spell,
    change=change,
    needs=Needs(memory_mib=160, scratch_mib=32),
    holds=lambda type_: type_.name != "Json",
    errors=frozenset(_ERRORS.split()),
)
