"""The help lines that several countries have in common: one file, which only those countries read.

It knows no list of countries: each country's own file names the lines that were confirmed for it.
"""

from collections.abc import Sequence
from pathlib import Path

from agreement.form import Found, suggestion
from agreement.library.clause import HelpLine
from agreement.library.forms import help_lines_form
from agreement.library.load import help_line
from agreement.source import read_source, where_of

FILE = "help-lines.yaml"


def shared_lines(folders: Sequence[Path], names: Sequence[str]) -> tuple[HelpLine, ...]:
    """Return the shared help lines of these ids, in this order; an upper folder's line hides the one below.

    Raises InputError with everything that is wrong in the files, and with each id that no file has.
    """
    found = Found("C")
    known: dict[str, HelpLine] = {}
    for path in (folder / FILE for folder in folders):
        if path.exists():
            values = help_lines_form().read(read_source(path), found)
            found.stop()
            known |= {str(line["id"]): help_line(line) for line in (values or {})["help_lines"]}
    for name in names:
        if name not in known:
            found.add(where_of(name), 212, f'there is no shared help line "{name}".', suggestion(name, known))
    found.stop()
    return tuple(known[name] for name in names)
