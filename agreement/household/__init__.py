"""Who promises, and what they chose: people, the family file.

This room knows the library's ids only as words to be looked up later, and no page.
"""

from agreement.household.family import load_family, parse_family
from agreement.household.people import Adult, AppRow, Child, Choices, Household, OwnRule, TrustedAdult

__all__ = ["Adult", "AppRow", "Child", "Choices", "Household", "OwnRule", "TrustedAdult", "load_family", "parse_family"]
