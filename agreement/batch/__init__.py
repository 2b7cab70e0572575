"""Many agreements: a roster's households made one by one, in processes or on a cluster, into files and print files.

This room knows entries of a roster, bytes and folders. It must not know how a sheet is laid out, and asks nobody.
"""

from agreement.batch.making import Made, Making, check_entry, make_each
from agreement.batch.workers import Crew, made
from agreement.household.roster_rows import Entry

__all__ = ["Crew", "Entry", "Made", "Making", "check_entry", "made", "make_each"]
