"""A roster from disk: whatever an office exports becomes columns that are understood and rows that know their place.

Opening reads the header only; rows come one by one and are never kept. This module knows files and columns; what a row
says of a family is in roster_rows.py.
"""

import stat
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, NoReturn
from zipfile import BadZipFile

from agreement.errors import Where
from agreement.form import suggestion
from agreement.household.roster_columns import Columns, read_columns
from agreement.household.roster_head import LOOKED_AT, Asked, choose_sheet, header_of
from agreement.household.roster_text import MAX_BYTES, TableRow, encoding_of, plain_class, refuse, text_rows
from agreement.source import Text

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TOLD = {"utf-8-sig": "UTF-8", "utf-8": "UTF-8", "cp1252": "Windows-1252", "mac-roman": "Mac Roman"}


class Source(NamedTuple):
    """A file of some kind: "text" in an encoding, "sheet" with the name of one, or "oneroster"."""

    path: Path
    name: str
    kind: str
    encoding: str = ""
    sheet: str = ""
    of_several: bool = False

    def rows(self, wanted: str = "") -> Iterator[TableRow]:
        """Yield the rows, the header and what stands over it first."""
        if self.kind == "text":
            return text_rows(self.path, self.name, self.encoding)
        if self.kind == "oneroster":
            from agreement.household.roster_oneroster import oneroster_rows

            return oneroster_rows(self.path, self.name, wanted)
        from agreement.household.roster_sheets import sheet_rows

        return sheet_rows(self.path, self.name, self.sheet)


class Roster(NamedTuple):
    """A roster whose header is understood, and stands in the row `header`. `told` says what kind of file it is."""

    source: Source
    columns: Columns
    wanted: str
    header: int

    @property
    def name(self) -> str:
        return self.source.name

    @property
    def told(self) -> str:
        if self.source.kind == "text":
            return f"text, {_TOLD.get(self.source.encoding, 'UTF-16')}"
        if self.source.kind == "oneroster":
            return "OneRoster"
        return f'spreadsheet, sheet "{self.source.sheet}"' if self.source.of_several else "spreadsheet"

    def rows(self) -> Iterator[TableRow]:
        """Yield the rows under the header that are not empty, those of the wanted class if one is wanted."""
        place = next((column.place for column in self.columns.read if column.meaning == "class"), -1)
        wanted = plain_class(self.wanted)
        for row in self.source.rows(self.wanted):
            if row.number <= self.header:
                continue
            if row.problem is None and not any(cell and not cell.isspace() for cell in row.cells):
                continue
            if wanted and row.problem is None:
                here = row.cells[place] if 0 <= place < len(row.cells) else ""
                if plain_class(here) != wanted:
                    continue
            yield row

    def classes(self) -> set[str]:
        """Return the names of the classes in the rows."""
        place = next((column.place for column in self.columns.read if column.meaning == "class"), -1)
        found = (row.cells[place] for row in self.rows() if 0 <= place < len(row.cells))
        return {" ".join(name.split()) for name in found if name.strip()}

    def refuse_as_empty(self, rows: str = "") -> NoReturn:
        """Tell why there is no row to make a sheet of; `rows` are those that were asked for. Raises InputError."""
        where = Where(self.name)
        if self.wanted:
            classes = sorted(self._replace(wanted="").classes())
            said = f'no row is of class "{self.wanted[:60]}"' + (" and among those asked for." if rows else ".")
            known = suggestion(Text(self.wanted, where), classes)
            refuse(where, "R106", said, known if classes else 'Say which column it is: --column class="...".')
        if rows:
            mend = "Rows count as in the spreadsheet, the header included."
            refuse(where, "R106", f"no row is among --rows {rows[:60]}.", mend)
        refuse(where, "R105", "there is no row under the headers.", "It needs a line of headers and a row a child.")


def open_roster(
    path: str | Path,
    *,
    asked: Mapping[str, str] | None = None,
    blanks: Sequence[str] = (),
    wanted: str = "",
    sheet: str = "",
) -> Roster:
    """Open a CSV, TSV, XLSX, XLS or ODS file, or a OneRoster set (a folder or a zip), and read its header.

    `asked` maps meanings to headers, as --column does; `blanks` are the names of blanks that a column may fill;
    `wanted` is the class whose rows are read, `sheet` the name of a sheet where there are several. Raises InputError.
    """
    path = Path(path)
    asking = Asked(asked or {}, blanks)
    source = _on_sheet(_source(path, path.name or str(path)), sheet, asking)
    header = header_of(source.rows(), asking)
    if header is None:
        refuse(Where(source.name), "R105", "the roster is empty.", "It needs a line of headers and a row a child.")
    if source.kind == "text" and {"sourcedid", "givenname"} <= {cell.strip().lower() for cell in header.cells}:
        said = "this is the list of users of a OneRoster set: teachers and parents stand in it, too."
        refuse(Where(source.name), "R104", said, "Name the folder, or the zip, that it lies in.")
    columns = read_columns(header.cells, asking.columns, blanks, Where(source.name, header.number))
    return Roster(source, columns, wanted, header.number)


def _on_sheet(source: Source, wanted: str, asking: Asked) -> Source:
    """Return the source with the sheet that is wanted, or the one that holds children. Raises InputError."""
    where = Where(source.name)
    if source.kind != "sheet":
        if wanted:
            refuse(where, "R107", "this file has no sheets.", "Leave --sheet-name out.")
        return source
    from agreement.household.roster_sheets import sheets_ahead

    sheets = sheets_ahead(source.path, source.name, LOOKED_AT)
    names = [name for name, _ in sheets]
    source = source._replace(of_several=len(names) > 1)
    if not wanted:
        return source._replace(sheet=choose_sheet(sheets, asking, source.name))
    found = [name for name in names if plain_class(name) == plain_class(wanted)]
    if not found:
        refuse(where, "R107", f'there is no sheet "{wanted[:60]}".', suggestion(Text(wanted, where), names))
    return source._replace(sheet=found[0])


def _source(path: Path, name: str) -> Source:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode) and not stat.S_ISDIR(status.st_mode):
            refuse(
                Where(name), "R101", "this is a pipe or a device.", "A roster is read twice: save it as a file first."
            )
        return _kind_of(path, name, status.st_size)
    except FileNotFoundError:
        refuse(Where(name), "R101", "there is no such file.", "Look at the spelling and the folder.")
    except BadZipFile as error:
        refuse(Where(name), "R104", f"the file is broken: {error}.", "Save or export it anew.")
    except (OSError, ValueError) as error:
        refuse(Where(name), "R101", f"the file cannot be read: {getattr(error, 'strerror', '') or error}.")


def _kind_of(path: Path, name: str, size: int) -> Source:
    from agreement.household.roster_oneroster import is_oneroster

    if path.is_dir():
        if is_oneroster(path):
            return Source(path, name, "oneroster")
        refuse(Where(name), "R101", "this is a folder without a users.csv.", "Name the roster inside it.")
    if size > MAX_BYTES:
        refuse(Where(name), "R102", f"the file is larger than {MAX_BYTES:,} bytes.", "Split it, class by class.")
    with path.open("rb") as stream:
        start = stream.read(8)
    if start.startswith(b"PK") and is_oneroster(path):
        return Source(path, name, "oneroster")
    if start.startswith(b"PK") or start == _OLE:
        return Source(path, name, "sheet")
    return Source(path, name, "text", encoding_of(path, name))
