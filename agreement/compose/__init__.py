"""What this family's agreement says: select, wording, then Agreement > Section > Term.

Text only: nothing here knows about pages, fonts or coordinates.
"""

from agreement.compose.agreement import Agreement
from agreement.compose.compose import compose

__all__ = ["Agreement", "compose"]
