"""Which codes of problems the program can give, read from its source and from the wording rules."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent / "agreement"
_CODE = re.compile(r"[SFCR]\d{3}")


def codes_in(*rooms: str) -> set[str]:
    """Return the codes that the given files and folders of the package can give; all of it when none is named."""
    found: set[str] = set()
    for path in sorted(PACKAGE.rglob("*.py")):
        place = path.relative_to(PACKAGE)
        if not rooms or place.parts[0] in rooms:
            found |= set(_codes_of(ast.parse(path.read_text("utf-8")), place.parts[0]))
    if not rooms or "library" in rooms:
        found |= set(_codes_of_rules())
    return found


def _codes_of_rules() -> Iterator[str]:
    for path in sorted((PACKAGE.parent / "clauses" / "rules").glob("*.yaml")):
        yield from re.findall(r"^    code: (C3\d\d)$", path.read_text("utf-8"), re.MULTILINE)


def _codes_of(tree: ast.AST, room: str) -> Iterator[str]:
    groups = {"form.py": "FC", "library": "C"}.get(room, "F")
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _CODE.fullmatch(node.value):
            yield node.value
        elif (
            isinstance(node, ast.Constant)
            and type(node.value) is int
            and 100 <= node.value <= 399
            and _is_code(node, tree)
        ):
            yield from (f"{group}{node.value}" for group in groups)


def _is_code(number: ast.Constant, tree: ast.AST) -> bool:
    """Tell whether a number is what `found.add(where, number, ...)` or a function that ends there is given."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and number in node.args:
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            return name == "add" or name.startswith("_note")
    return False
