"""What can be promised: clauses, topics, packs, help lines and age bands, read from YAML.

This room knows no family and no page.
"""

from agreement.library.clause import Band, Blank, Clause, Country, HelpLine, Pack, Section, Topic
from agreement.library.load import Library, load_library

__all__ = ["Band", "Blank", "Clause", "Country", "HelpLine", "Library", "Pack", "Section", "Topic", "load_library"]
