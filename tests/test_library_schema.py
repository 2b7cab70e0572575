"""The schemas are those that the forms give, and say something about every value."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from agreement.cli.schemas import schemas
from tests.command import CHECKOUT

MADE = schemas()


@pytest.mark.parametrize("name", MADE)
def test_schema_is_fresh(name: str) -> None:
    stale = "python -m agreement.cli.schemas writes it anew"
    assert (CHECKOUT / "clauses" / name).read_text("utf-8") == MADE[name], stale


def test_there_is_one_for_each_kind_of_file() -> None:
    assert {path.name for path in (CHECKOUT / "clauses").glob("*.schema.json")} == set(MADE)


def undescribed(schema: Any, path: str = "") -> Iterator[str]:
    if isinstance(schema, list):
        for number, part in enumerate(schema):
            yield from undescribed(part, f"{path}[{number}]")
    elif isinstance(schema, dict):
        if "const" in schema and not schema.get("description"):
            yield path
        for key, part in schema.get("properties", {}).items():
            if not part.get("description"):
                yield f"{path}.{key}"
        for key, part in schema.items():
            yield from undescribed(part, f"{path}/{key}")


@pytest.mark.parametrize("name", MADE)
def test_every_value_is_described(name: str) -> None:
    assert list(undescribed(json.loads(MADE[name]))) == []


def test_clause_files_name_a_schema_that_is_there() -> None:
    for path in sorted((CHECKOUT / "clauses").glob("*/*.yaml")):
        first = path.read_text("utf-8").splitlines()[0]
        if "$schema=" in first:
            assert (path.parent / first.partition("$schema=")[2]).resolve().is_file(), path
