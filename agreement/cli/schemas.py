"""For maintainers: write the JSON Schemas of the files that people write, from their forms.

    python -m agreement.cli.schemas

An editor reads them to complete words and to explain each on hover. A test says when they are stale.
"""

import json
from pathlib import Path
from typing import Any

from agreement.cli.sentences import tell
from agreement.form import Kind
from agreement.library.load import Library, load_library
from agreement.place import folder

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[str, str]:
    """Return the schemas as text, by the names of their files in the folder of clauses."""
    from agreement.household.family import FAMILY_FORM
    from agreement.library import forms
    from agreement.library.lint_rules import RULES_FORM
    from agreement.library.pages import ages_form, page_form

    library = load_library()
    told = _meanings(library)
    kinds: dict[str, tuple[str, Kind]] = {
        "bands": ("The age bands, youngest first", forms.bands_form()),
        "sections": ("The parts of the sheet in print order", forms.sections_form(library.bands)),
        "topics": ("What clauses are about, in print order", forms.topics_form(library.sections)),
        "clause": ("One promise of the library", library.clause_form),
        "pack": ("A choice of clauses to start from", forms.pack_form(library.bands)),
        "country": ("A country's paper and help lines", forms.country_form()),
        "help-lines": ("The help lines that several countries have in common", forms.help_lines_form()),
        "page": ("An extra page in one language", page_form(library.bands)),
        "page-ages": ("The ages that the laws of countries name", ages_form()),
        "rules": ("The wording rules of a language", RULES_FORM),
        "family": ("A family file", FAMILY_FORM),
    }
    made = {f"{name}.schema.json": _text(title, kind.schema(), told) for name, (title, kind) in kinds.items()}
    return made | {"words.schema.json": _text("The fixed words of the sheet in one language", _words(library), told)}


def _meanings(library: Library) -> dict[str, str]:
    """Return what the ids of bands and sections mean, in English."""
    meanings = {name: band.label.get("en", name) for name, band in library.bands.items()}
    for name, section in library.sections.items():
        headings = section.heading.get("en", {})
        meanings[name] = f"the part headed “{next(iter([*headings.values()][::-1]), name)}”"
    return meanings


def _words(library: Library) -> dict[str, Any]:
    """Describe a words file by the keys of the English one."""
    from agreement.library.phrases import read_phrases

    words = read_phrases([base / "words" / "en.yaml" for base in library.folders])
    line: dict[str, Any] = {"type": ["string", "array"]}
    names = {"type": "object", "additionalProperties": {"type": "string"}}
    own = {
        key: (names if isinstance(value, dict) else line) | {"description": _sample(value)}
        for key, value in words.items()
        if key != "bands"
    }
    bands = {
        name: {"type": "object", "description": f"words for {label} where they differ", "properties": own}
        for name, label in ((band.id, band.label.get("en", band.id)) for band in library.bands.values())
    }
    whole = {"type": "object", "description": "words that an age band has of its own", "properties": bands}
    return {"type": "object", "properties": own | {"bands": whole}, "required": sorted(own)}


def _sample(value: object) -> str:
    if isinstance(value, dict):
        value = [f"{name}: {said}" for name, said in value.items()]
    return "English: " + (" / ".join(map(str, value)) if isinstance(value, list | tuple) else str(value))


def _text(title: str, schema: dict[str, Any], meanings: dict[str, str]) -> str:
    whole = {"$schema": DIALECT, "title": title} | _described(schema, meanings)
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _described(schema: Any, meanings: dict[str, str]) -> Any:
    """Give each allowed word its meaning, and each allowed key its own entry, so that an editor offers them."""
    if isinstance(schema, list):
        return [_described(part, meanings) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if "const" in schema and not schema.get("description"):
        return schema | {"description": meanings.get(schema["const"], schema["const"])}
    keys = schema.get("propertyNames", {}).get("enum")
    if keys:
        inner = _described(schema["additionalProperties"], meanings)
        properties = {key: inner | {"description": meanings.get(key, key)} for key in keys}
        return {"type": "object", "properties": properties, "additionalProperties": False}
    return {key: _described(part, meanings) for key, part in schema.items()}


def main() -> None:
    """Write every schema that differs and name it."""
    base: Path = folder("clauses")
    for name, text in schemas().items():
        path = base / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8", newline="\n")
            tell(f"{path} is new.")


if __name__ == "__main__":
    main()
