"""Make a family's social media agreement as a PDF.

The public names and nothing else. Each is looked up where it lives when somebody first asks for it, so that a program
that only wants the version, or the help text, does not pay for fonts and PDF.
"""

__version__ = "0.1.0"

TYPE_CHECKING = False  # type checkers take it for True; the real one would import typing

__all__ = [
    "Adult",
    "AgreementError",
    "AppRow",
    "Child",
    "Choices",
    "Entry",
    "FontError",
    "Household",
    "InputError",
    "LayoutError",
    "Library",
    "Made",
    "Making",
    "OutputError",
    "OwnRule",
    "Problem",
    "TrustedAdult",
    "Where",
    "__version__",
    "load_family",
    "load_library",
    "make_each",
    "make_pdf",
]

if TYPE_CHECKING:
    from agreement.batch.making import Made, Making, make_each
    from agreement.errors import AgreementError, FontError, InputError, LayoutError, OutputError, Problem, Where
    from agreement.household import Adult, AppRow, Child, Choices, Household, OwnRule, TrustedAdult, load_family
    from agreement.household.roster_rows import Entry
    from agreement.library import Library, load_library
    from agreement.make import make_pdf
else:
    _HOMES = {
        "agreement.batch.making": ("Made", "Making", "make_each"),
        "agreement.household.roster_rows": ("Entry",),
        "agreement.errors": (
            "AgreementError",
            "FontError",
            "InputError",
            "LayoutError",
            "OutputError",
            "Problem",
            "Where",
        ),
        "agreement.household": (
            "Adult",
            "AppRow",
            "Child",
            "Choices",
            "Household",
            "OwnRule",
            "TrustedAdult",
            "load_family",
        ),
        "agreement.library": ("Library", "load_library"),
        "agreement.make": ("make_pdf",),
    }

    def __getattr__(name):
        from importlib import import_module

        for home, names in _HOMES.items():
            if name in names:
                found = getattr(import_module(home), name)
                globals()[name] = found
                return found
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

    def __dir__():
        return sorted({*globals(), *__all__})
