"""The same agreement without pages: one HTML file, or plain text, for who reads neither paper nor PDF.

Made from the Agreement alone. Knows nothing of type, layout or PDF; nothing from outside is loaded, no script runs.
"""

from agreement.twin.html import write_html
from agreement.twin.text import write_text

__all__ = ["write_html", "write_text"]
