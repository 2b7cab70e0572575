"""The same without pages: a PDF's words as one HTML file, or plain text, for who reads neither paper nor PDF.

Made from agreements and extra pages alone, in the course that paper gives them. Knows nothing of type, layout or PDF;
nothing from outside is loaded, no script runs.
"""

from agreement.twin.articles import Article, articles_of
from agreement.twin.html import write_html
from agreement.twin.text import write_text

__all__ = ["Article", "articles_of", "write_html", "write_text"]
