"""What this family's agreement says: select, wording, then Agreement > Section > Term.

Text only: nothing here knows about pages, fonts or coordinates.
"""

from agreement.compose.agreement import Agreement
from agreement.compose.compose import compose
from agreement.compose.notes import notes

__all__ = ["Agreement", "compose", "notes"]
