"""Where each line stands: type, lines, blocks, pages. It knows paper and fonts, and nothing of PDF."""

from agreement.typeset.layout import lay_out

__all__ = ["lay_out"]
