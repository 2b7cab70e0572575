"""Read the library from its folder, and a school's own folder laid over it.

Everything small (bands, sections, topics, packs, countries, fixed words) is read when first asked for; a clause file is
parsed when somebody asks for that clause, so that one sheet does not pay for the whole library.
"""

import os
import re
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from agreement.errors import InputError, Where
from agreement.form import Found, Kind, Record, suggestion
from agreement.library import forms
from agreement.library.clause import Band, Blank, Clause, Country, HelpLine, Pack, Section, Topic
from agreement.library.phrases import Phrases, read_phrases
from agreement.library.shelf import Shelf
from agreement.place import folder
from agreement.source import Text, read_source

BLANK = re.compile(r"\{([a-z_][a-z0-9_]*)\}")
BRACES = re.compile(r"[{}]")
LAST = 100
KEPT_APART = {"packs", "countries", "words", "rules", "pages"}
"""Folders beside those of the topics, which hold no clauses."""
_USUAL_BYTES = 8192
_CORE = re.compile(rb"^core:[ \t]*true", re.MULTILINE)


def load_library(*overlays: str | Path) -> "Library":
    """Return the built-in library with the clause folders of `overlays` laid over it, the last one on top.

    Raises InputError when a folder does not exist. Files are read, and their mistakes raised, when they are needed.
    """
    folders = [folder("clauses"), *map(Path, overlays)]
    found = Found("C")
    for path in folders:
        if not path.is_dir():
            found.add(
                Where(str(path)), 201, "there is no such folder of clauses.", "Name a folder that holds clause files."
            )
    found.stop()
    return Library(tuple(folders))


class Library:
    """All that can be promised. Mappings keep the order of the files; clauses are in order of their ids."""

    def __init__(self, folders: tuple[Path, ...], files: tuple[Path, ...] = ()) -> None:
        self.folders = folders
        self.files = files
        self._phrases: dict[str, dict[str, Any]] = {}

    @cached_property
    def bands(self) -> Mapping[str, Band]:
        """The age bands, youngest first."""
        read = self._laid("bands.yaml", forms.bands_form())
        return {name: Band(name, **_without(values, "description")) for name, values in read}

    @cached_property
    def sections(self) -> Mapping[str, Section]:
        """The parts of the sheet in print order."""
        read = self._laid("sections.yaml", forms.sections_form(self.bands))
        return {
            name: Section(name, values["form"], values.get("icon", ""), self._by_band(values["heading"]))
            for name, values in read
        }

    @cached_property
    def topics(self) -> Mapping[str, Topic]:
        """The topics in print order."""
        read = self._laid("topics.yaml", forms.topics_form(self.sections))
        return {name: Topic(name, **_without(values)) for name, values in read}

    @cached_property
    def packs(self) -> Mapping[str, Pack]:
        """The packs in order of their ids."""
        return Shelf(self._paths_in("packs"), self._pack)

    @cached_property
    def countries(self) -> Mapping[str, Country]:
        """The countries that have help lines, in order of their ids."""
        return Shelf(self._paths_in("countries"), self._country)

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages that the fixed words of the sheet are written in."""
        return tuple(sorted(self._paths_in("words")))

    @cached_property
    def clauses(self) -> Shelf[Clause]:
        """The clauses in order of their ids; a file of an upper folder hides the one of the same name below."""
        paths = {path.stem: path for base in self.folders for path in clause_files(base)}
        paths |= {path.stem: path for path in self.files}
        return Shelf(paths, self._read_clause)

    @cached_property
    def core(self) -> tuple[str, ...]:
        """The ids of the clauses that every agreement carries. Raises InputError where another file hides one."""
        found = Found("C")
        self.note_hidden_core(found)
        found.stop()
        marked = [name for name, path in self.clauses.paths.items() if is_core(path)]
        return tuple(name for name in marked if self.clauses[name].core)

    def note_hidden_core(self, found: Found) -> None:
        """Note each file of an upper folder that hides a core clause and is not core itself."""
        for base in self.folders[:-1] if not self.files else self.folders:
            for path in clause_files(base):
                shown = self.clauses.paths[path.stem]
                if shown != path and is_core(path) and not is_core(shown):
                    said = f'"{path.stem}" is in every agreement, and this file hides it.'
                    found.add(Where(str(shown), 1, 1), 217, said, "Give it `core: true`, or another id.")

    def current(self, name: str) -> str:
        """Return the id that stands for `name` now: itself, the clause that replaces it, or "" when there is none."""
        if name in self.clauses:
            return name
        return next((clause.id for clause in self.clauses.values() if name in clause.replaces), "")

    def phrases(self, language: str, band: str = "") -> Phrases:
        """Return the fixed words of the sheet in a language, as said to a band when it has words of its own."""
        if language not in self._phrases:
            self._phrases[language] = read_phrases([base / "words" / f"{language}.yaml" for base in self.folders])
        return Phrases(language, self._phrases[language], band)

    def band_of(self, age_years: int) -> Band | None:
        """Return the band of an age, or None when the sheet is not made for it."""
        return next((band for band in self.bands.values() if band.first_age <= age_years <= band.last_age), None)

    def _read_clause(self, path: Path) -> Clause:
        found = Found("C")
        values = self.clause_form.read(read_source(path), found)
        if values is None:
            found.stop()
        assert values is not None
        clause = None if found.problems else self.clause_of(values, path, found)
        found.stop()
        assert clause is not None
        return clause

    @cached_property
    def clause_form(self) -> Record:
        """The shape of a clause file, with the bands, sections and topics of this library."""
        return forms.clause_form(
            self.bands, self.sections, {name: t.label.get("en", "") for name, t in self.topics.items()}
        )

    def with_file(self, path: Path) -> "Library":
        """Return this library with one more clause file, wherever it lies, over all others."""
        return Library(self.folders, (*self.files, path))

    def clause_of(self, values: dict[str, Any], path: Path, found: Found) -> Clause:
        """Return the clause that `clause_form` read without a mistake; notes an id or a blank that does not fit."""
        if values["id"] != path.stem:
            found.add(
                values["id"].where, 202, f'the id is "{values["id"]}" and the file is "{path.name}".', "Make them one."
            )
        blanks = {name: Blank(name, **_without(inner)) for name, inner in values.get("blanks", {}).items()}
        text = self._by_band(values["text"])
        _check_blanks(text, blanks, found)
        topic = self.topics[values["topic"]]
        place = values.get("place") or ("together" if values["who"] == "everyone" else topic.section)
        return Clause(
            id=str(values["id"]),
            topic=topic.id,
            who=str(values["who"]),
            core=values.get("core", False),
            place=str(place),
            order=values.get("order", LAST),
            title=values["title"],
            text=text,
            blanks=blanks,
            why=values["why"],
            talk=values.get("talk", {}),
            sources=tuple(_without(source) for source in values.get("sources", ())),
            conflicts=values.get("conflicts", ()),
            replaces=values.get("replaces", ()),
            status=str(values["status"]),
            reviewed=values.get("reviewed", {}),
            where=values[""],
        )

    def _by_band(self, tongues: Mapping[str, str | Mapping[str, str]]) -> dict[str, dict[str, str]]:
        """Spell out "one wording for all ages" as one a band."""
        return {
            str(language): dict.fromkeys(self.bands, words) if isinstance(words, str) else dict(words)
            for language, words in tongues.items()
        }

    def _pack(self, path: Path) -> Pack:
        values = _read(path, forms.pack_form(self.bands))
        return Pack(
            str(values["id"]),
            values["label"],
            values["description"],
            values.get("ages", ()),
            values["clauses"],
            values.get("sides", 2),
        )

    def _country(self, path: Path) -> Country:
        values = _read(path, forms.country_form())
        lines = tuple(map(help_line, values.get("help_lines", ())))
        if "shared" in values:
            from agreement.library.shared import shared_lines

            lines = (*shared_lines(self.folders, values["shared"]), *lines)
        return Country(
            id=str(values["id"]),
            name=values["name"],
            territory=str(values["territory"]),
            paper=str(values["paper"]),
            help_lines=lines,
            card=values["card"],
            qr=values.get("qr", ""),
            names={line.id: line for line in lines},
        )

    def _laid(self, name: str, kind: Kind) -> list[tuple[str, dict[str, Any]]]:
        laid: dict[str, dict[str, Any]] = {}
        for path in (base / name for base in self.folders):
            if path.exists():
                laid |= {str(key): values for key, values in _read(path, kind).items()}
        return list(laid.items())

    def _paths_in(self, name: str) -> dict[str, Path]:
        return {path.stem: path for base in self.folders for path in _yaml_files(base / name)}


def clause_files(base: Path) -> list[Path]:
    """Return the clause files of a folder, sorted: those in the folders of its topics."""
    topics = sorted(entry.name for entry in os.scandir(base) if entry.is_dir() and entry.name not in KEPT_APART)
    return [path for topic in topics for path in _yaml_files(base / topic)]


def _yaml_files(folder: Path) -> list[Path]:
    """Return the YAML files of a folder, sorted; none where there is no such folder."""
    names = sorted(os.listdir(folder)) if folder.is_dir() else []
    return [folder / name for name in names if name.endswith(".yaml")]


def is_core(path: Path) -> bool:
    """Tell whether a clause file says that it is core, without reading it as YAML."""
    number = os.open(path, os.O_RDONLY)  # three times as fast as a stream, for 160 files
    try:
        text = os.read(number, _USUAL_BYTES)
        return bool(_CORE.search(text)) or (len(text) == _USUAL_BYTES and bool(_CORE.search(path.read_bytes())))
    finally:
        os.close(number)


def _read(path: Path, kind: Kind) -> Any:
    found = Found("C")
    values = kind.read(read_source(path), found)
    found.stop()
    return values


def _without(values: Mapping[str, Any], *dropped: str) -> dict[str, Any]:
    """Drop the place of the whole, and what only authors read."""
    return {key: value for key, value in values.items() if key and key not in dropped}


def help_line(values: Mapping[str, Any]) -> HelpLine:
    """Return the help line that was read without a mistake."""
    own = {key: value for key, value in values.items() if key not in {"", "for"}}
    plain = {key: str(value) if isinstance(value, str) else value for key, value in own.items()}
    return HelpLine(audience=values["for"], **plain)


def _check_blanks(text: Mapping[str, Mapping[str, str]], blanks: Mapping[str, Blank], found: Found) -> None:
    used: set[str] = set()
    for words in (words for bands in text.values() for words in bands.values()):
        names = BLANK.findall(words)
        used |= set(names)
        if BRACES.search(BLANK.sub("", words)):
            found.add(_place(words), 203, "there is a { or } that belongs to no blank.", "Write a blank as {bedtime}.")
        for name in names:
            if name not in blanks:
                found.add(
                    _place(words),
                    204,
                    f'the blank "{name}" is not declared.',
                    suggestion(name, blanks) or "Add it under blanks.",
                )
    for name, blank in blanks.items():
        if name not in used:
            found.add(_place(name), 205, f'the blank "{blank.id}" stands in no wording.', "Use it or take it out.")


def _place(value: object) -> Where:
    return value.where if isinstance(value, Text) else Where("clause")


__all__ = ["BLANK", "InputError", "Library", "load_library"]
