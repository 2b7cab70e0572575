"""A laid-out document becomes the bytes of a PDF: accessible (PDF/UA-1), lasting (PDF/A-2a), the same each time.

The only room that knows ReportLab. It must not know of families, promises or how a page is laid out: it draws the boxes
that it is given and marks them with the roles that they carry. ReportLab is imported when somebody first asks for
`draw`: to read a document aloud takes none of it.
"""

TYPE_CHECKING = False  # type checkers take it for True; the real one would import typing

__all__ = ["Meta", "draw", "read_aloud"]

if TYPE_CHECKING:
    from agreement.pdf.aloud import read_aloud
    from agreement.pdf.drawing import draw
    from agreement.pdf.meta import Meta
else:
    _HOMES = {"Meta": "meta", "draw": "drawing", "read_aloud": "aloud"}

    def __getattr__(name):
        from importlib import import_module

        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        found = globals()[name] = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
        return found
