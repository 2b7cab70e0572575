"""The rules of the house that neither ruff nor mypy nor import-linter keeps."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import CHECKOUT

PACKAGE = CHECKOUT / "agreement"
MODULES = sorted(PACKAGE.rglob("*.py"))
MOST_LINES = 300
VAGUE_WORDS = {"template", "item", "data", "manager", "util", "helper", "process", "handle"}
CLOCKS_AND_DICE = {"time", "random", "secrets", "uuid"}
CLOCK_READERS = {"now", "utcnow", "today"}
OUTSIDE_CALLS = {"print", "input", "breakpoint", "exit", "quit"}
OUTSIDE_ATTRIBUTES = {("sys", "exit"), ("sys", "stdout"), ("sys", "stderr"), ("sys", "stdin"), ("os", "urandom")}


def name_of(module: Path) -> str:
    return module.relative_to(CHECKOUT).as_posix()


every_module = pytest.mark.parametrize("module", MODULES, ids=name_of)


def reaches_outside(tree: ast.AST) -> Iterator[str]:
    """Yield each place in `tree` that prints, exits, reads the clock or throws dice, as "line: what"."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            for name in [node.module or ""] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names]:
                if name.partition(".")[0] in CLOCKS_AND_DICE:
                    yield f"{node.lineno}: import {name}"
        if isinstance(node, ast.Call):
            called = node.func
            if isinstance(called, ast.Name) and called.id in OUTSIDE_CALLS:
                yield f"{node.lineno}: {called.id}()"
            if isinstance(called, ast.Attribute) and called.attr in CLOCK_READERS:
                yield f"{node.lineno}: .{called.attr}()"
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            pair = (node.value.id, node.attr)
            if pair in OUTSIDE_ATTRIBUTES:
                yield f"{node.lineno}: {'.'.join(pair)}"


def words_of(name: str) -> set[str]:
    """Split a name in snake_case or CamelCase into its words, plurals made singular."""
    words = re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)
    return {word.lower() for word in words} | {word.lower().removesuffix("s") for word in words}


def named_in(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.lineno, node.name


def test_there_is_a_house() -> None:
    assert PACKAGE / "__init__.py" in MODULES
    assert len(MODULES) > 5


@pytest.mark.parametrize("name", ["clauses", "fonts"])
def test_a_checkout_has_one_copy_of_the_data(name: str) -> None:
    assert (CHECKOUT / name).is_dir()
    assert not (PACKAGE / name).exists(), f"agreement/{name} is for wheels; in a checkout it would hide {name}/"


@every_module
def test_no_file_is_too_long(module: Path) -> None:
    lines = len(module.read_text(encoding="utf-8").splitlines())
    assert lines <= MOST_LINES, f"{name_of(module)} has {lines} lines; something in it wants a file of its own"


@every_module
def test_every_module_says_what_it_is_for(module: Path) -> None:
    doc = ast.get_docstring(ast.parse(module.read_text(encoding="utf-8")))
    assert doc, f"{name_of(module)} has no docstring"


@every_module
def test_only_the_command_line_reaches_outside(module: Path) -> None:
    if PACKAGE / "cli" in module.parents:
        return
    found = list(reaches_outside(ast.parse(module.read_text(encoding="utf-8"))))
    assert not found, f"{name_of(module)} reaches outside: {found}"


@every_module
def test_names_say_what_things_are(module: Path) -> None:
    path_words = {word for part in module.relative_to(PACKAGE).with_suffix("").parts for word in words_of(part)}
    assert not path_words & VAGUE_WORDS, f"{name_of(module)}: the file wants another name"
    tree = ast.parse(module.read_text(encoding="utf-8"))
    vague = [f"{line}: {name}" for line, name in named_in(tree) if words_of(name) & VAGUE_WORDS]
    assert not vague, f"{name_of(module)}: these want other names: {vague}"


@pytest.mark.parametrize(
    "code",
    [
        "print('hello')",
        "from datetime import date\nday = date.today()",
        "import datetime\nday = datetime.datetime.now(datetime.UTC)",
        "import time",
        "from random import choice",
        "import sys\nsys.exit(1)",
        "import sys\nsys.stderr.write('oh')",
        "import os\nkey = os.urandom(8)",
        "exit()",
    ],
)
def test_the_check_sees_what_reaches_outside(code: str) -> None:
    assert list(reaches_outside(ast.parse(code)))


@pytest.mark.parametrize("name", ["page_data", "FontManager", "string_utils", "handle_row", "Items", "PDFHelper"])
def test_the_check_sees_vague_names(name: str) -> None:
    assert words_of(name) & VAGUE_WORDS


@pytest.mark.parametrize("name", ["date_on_sheet", "updated", "AppRow", "handled_by_hand", "place", "utility_pole"])
def test_the_check_leaves_good_names(name: str) -> None:
    assert not words_of(name) & VAGUE_WORDS


def test_the_public_names_are_those_promised() -> None:
    import agreement

    homes: dict[str, tuple[str, ...]] = vars(agreement)["_HOMES"]
    lazy = {name: home for home, names in homes.items() for name in names}
    tree = ast.parse((PACKAGE / "__init__.py").read_text(encoding="utf-8"))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    typed = {alias.name: node.module for node in imports for alias in node.names}
    del typed["import_module"]
    assert lazy == typed, "what type checkers see and what programs get are not the same"
    assert sorted(lazy) == sorted(set(agreement.__all__) - {"__version__"})
    for name, home in lazy.items():
        assert getattr(agreement, name).__module__.startswith(home)


def test_a_name_that_nobody_promised_is_refused() -> None:
    import agreement

    wrong = "make_coffee"
    with pytest.raises(AttributeError, match=wrong):
        getattr(agreement, wrong)


@pytest.mark.slow
def test_the_package_alone_imports_next_to_nothing() -> None:
    code = "import sys; before = set(sys.modules); import agreement; print(sorted(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", code], cwd=CHECKOUT, capture_output=True, text=True, check=True)
    assert ast.literal_eval(done.stdout) == ["agreement"]
