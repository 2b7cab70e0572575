"""An agreement as one HTML file: places to write are fields that a browser fills and prints; no script, nothing loaded.

Text from outside is data: every word goes through `escape`.
"""

from collections.abc import Iterator, Sequence
from html import escape
from itertools import count

from agreement.compose.agreement import Agreement, Hole, Sentence, Words
from agreement.compose.handout import Grid, Prose
from agreement.twin.articles import Article
from agreement.twin.parts import Block, Check, Entry, Group, Part
from agreement.typeset.scripts import likely_language

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ps", "ur", "yi"})
STYLE = """\
:root { color-scheme: light; }
body { margin: 0 auto; padding: 1rem; max-width: 42rem; font: 1.125rem/1.5 "Atkinson Hyperlegible Next", Verdana,
  sans-serif; color: #000; background: #fff; overflow-wrap: break-word; }
h1 { font-size: 2rem; line-height: 1.2; }
h2 { font-size: 1.375rem; line-height: 1.3; margin: 2rem 0 .5rem; }
ul, ol { padding-inline-start: 1.5rem; }
li { margin: .5rem 0; }
.pledge { border-block: .25rem solid #17616b; padding: .5rem 0 1rem; margin: 2rem 0; text-align: center; }
.pledge h2 { margin-top: .5rem; }
.card { border: .125rem solid #000; border-radius: .75rem; padding: 0 1rem; margin: 2rem 0; }
.checks label { display: inline-block; margin-inline-end: 1.25rem; padding: .25rem 0; }
input { font: inherit; color: #000; background: #fff; border: .0625rem solid #4a4a4a; border-radius: .25rem;
  min-height: 1.75rem; max-width: 100%; box-sizing: border-box; }
input[type=checkbox] { width: 1.5rem; height: 1.5rem; vertical-align: middle; accent-color: #000; }
li > input[type=text]:only-child { width: 100%; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: start; padding: .375rem; border-bottom: .0625rem solid #4a4a4a; }
td input { width: 100%; }
a { color: #003e66; }
.why { border-inline-start: .125rem solid #17616b; margin-inline-start: .25rem; padding-inline-start: .5rem; }
.box { display: inline-block; width: 1rem; height: 1rem; border: .0625rem solid #4a4a4a; vertical-align: middle; }
.line { display: inline-block; min-width: 8rem; border-bottom: .0625rem solid #4a4a4a; }
.spoken { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
article + article { margin-top: 4rem; }
@media print {
  body { max-width: none; padding: 0; }
  article + article { break-before: page; }
  li { break-inside: avoid; }
}
"""
CONTRAST = """\
input, .pledge, .card, .why, .box, th, td, .line { border-color: #000; border-width: .1875rem; }
th, td, .line { border-width: 0 0 .1875rem; }
.pledge { border-width: .375rem 0; }
a { color: #000; }
"""
LARGE = "body { font-size: 1.5rem; max-width: 56rem; }\n"


def write_html(articles: Sequence[Article], first: Agreement, *, fields: bool = True) -> str:
    """Return agreements and extra pages as one file that has the title, language and style of the `first` agreement.

    Without `fields`, places to write are lines for a pen.
    """
    title = f"{first.title} · {first.family_name}" if first.family_name else first.title
    turned = ' dir="rtl"' if first.language.split("-")[0] in RIGHT_TO_LEFT else ""
    style = STYLE + (CONTRAST if first.contrast else "") + (LARGE if first.large else "")
    writer = _Writer(fields)
    lines = [line for article in articles for line in writer.article(article, len(articles) > 1)]
    return "\n".join(
        [
            "<!DOCTYPE html>",
            f'<html lang="{escape(first.locale)}"{turned}>',
            "<head>",
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(title)}</title>",
            f"<style>\n{style}</style>",
            "</head>",
            "<body>",
            "<main>",
            *lines,
            "</main>",
            "</body>",
            "</html>",
            "",
        ]
    )


class _Writer:
    """Writes articles one after the other; what it counts makes the ids of one file differ."""

    def __init__(self, fields: bool) -> None:
        self._fields = fields
        self._numbers = count(1)

    def article(self, article: Article, several: bool) -> Iterator[str]:
        """Yield the lines of one article, an element of its own where there are several."""
        if several:
            yield "<article>"
        for at, part in enumerate(article.parts):
            if at == 0:
                yield from self._part(part, "h1")
                continue
            kind = f' class="{part.kind}"' if part.kind else ""
            tag = "section" if part.heading else "div"
            yield f"<{tag}{kind}>"  # no landmark of its own: headings are enough to go by
            yield from self._part(part, "h2")
            yield f"</{tag}>"
        if article.end:
            yield f"<p>{escape(article.end)}</p>"
        if several:
            yield "</article>"

    def _part(self, part: Part, tag: str) -> Iterator[str]:
        heading = f"h{next(self._numbers)}"
        if part.heading:
            yield f'<{tag} id="{heading}">{escape(part.heading)}</{tag}>'
        for block in part.blocks:
            yield from self._block(block, heading)

    def _block(self, block: Block, heading: str) -> Iterator[str]:
        if isinstance(block, Prose):
            yield f"<p>{self._words(block.sentence)}</p>"
        elif isinstance(block, Grid):
            yield from self._table(block, heading)
        else:
            yield from self._group(block)

    def _group(self, group: Group) -> Iterator[str]:
        named = ""
        if group.caption:
            number = next(self._numbers)
            yield f'<p id="c{number}"><strong>{escape(group.caption)}</strong></p>'
            named = f' aria-labelledby="c{number}"'
        tag = "ol" if group.numbered else "ul"
        yield f"<{tag}{named}>"
        yield from (f"<li>{self._entry(entry)}</li>" for entry in group.entries)
        yield f"</{tag}>"

    def _entry(self, entry: Entry) -> str:
        words = self._words(entry.sentence)
        if entry.link:
            words = f'<a href="{escape(entry.link)}">{words}</a>'
        checks = "".join(map(self._check, entry.checks))
        between = "<br>" if entry.below else ""
        why = f'<div class="why">{escape(entry.why)}</div>' if entry.why else ""
        said = f"{self._tick(entry.tick)}{self._words(entry.label)}{between}{words}"
        return said + why + (f'<div class="checks">{checks}</div>' if checks else "")

    def _tick(self, label: str) -> str:
        if not label:
            return ""
        if not self._fields:
            return '<span class="box"></span> '
        return f'<input type="checkbox" aria-label="{escape(label)}"> '

    def _check(self, check: Check) -> str:
        name = _whole(check.name)
        if not self._fields:
            return f'<span class="line">{name}:</span> '
        return f'<label><input type="checkbox" aria-label="{escape(check.label)}"> {name}</label>'

    def _words(self, sentence: Sentence) -> str:
        return "".join(self._text(part) if isinstance(part, Words) else self._hole(part) for part in sentence)

    def _text(self, words: Words) -> str:
        text = escape(words.text)
        if words.lang:
            text = f'<span lang="{escape(words.lang)}">{text}</span>'
        if words.whose:
            text = _whole(words.text) if not words.lang else f"<bdi>{text}</bdi>"
        return f"<strong>{text}</strong>" if words.strong else text

    def _hole(self, hole: Hole) -> str:
        if hole.value:
            return f"<strong>{_whole(hole.value)}</strong>"
        return self._blank(hole.label)

    def _blank(self, label: str) -> str:
        if self._fields:
            return f'<input type="text" autocomplete="off" aria-label="{escape(label)}">'
        return f'<span class="line"><span class="spoken">({escape(label)})</span></span>'

    def _table(self, table: Grid, heading: str) -> Iterator[str]:
        yield f'<table aria-labelledby="{heading}">'
        headers = "".join(f'<th scope="col">{escape(header)}</th>' for header in table.headers)
        yield f"<thead><tr>{headers}</tr></thead>"
        yield "<tbody>"
        for number, row in enumerate(table.rows, start=1):
            cells = [
                f"<td>{_whole(cell)}</td>" if cell else f"<td>{self._blank(f'{header} {number}')}</td>"
                for header, cell in zip(table.headers, row, strict=True)
            ]
            yield f"<tr>{''.join(cells)}</tr>"
        yield "</tbody>"
        yield "</table>"


def _whole(text: str) -> str:
    """Write what people wrote: it keeps its direction to itself, and its language where its letters tell one."""
    language = likely_language(text)
    said = f' lang="{language}"' if language else ""
    return f"<bdi{said}>{escape(text)}</bdi>"
