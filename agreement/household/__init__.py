"""Who promises, and what they chose: people, the family file.

This room knows the library's ids only as words to be looked up later, and no page. What reads a family file is imported
when somebody first asks for it: an empty sheet has none.
"""

from agreement.household.people import Adult, AppRow, Child, Choices, Household, OwnRule, TrustedAdult

TYPE_CHECKING = False  # type checkers take it for True; the real one would import typing

__all__ = ["Adult", "AppRow", "Child", "Choices", "Household", "OwnRule", "TrustedAdult", "load_family", "parse_family"]

if TYPE_CHECKING:
    from agreement.household.family import load_family, parse_family
else:

    def __getattr__(name):
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from agreement.household import family

        found = globals()[name] = getattr(family, name)
        return found
