"""How many sheets a second `batch` makes, beside two peers that make the same agreement, and what it costs.

Peers: (a) ReportLab's own platypus, one document a family, untagged, without fields, fonts cached; (b) Typst, tagged,
PDF/UA-1 and PDF/A-2a, without fields. All names differ. Everything runs in one process on one core, in turn, so that
a busy machine slows all alike; medians of five.
"""

import io
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

from agreement import Adult, Child, Choices, Household, load_library
from agreement.batch import Crew, Making, made, make_each
from agreement.batch.workers import usual_jobs
from agreement.household.roster_rows import Entry
from agreement.make import compose_all

CHECKOUT = Path(__file__).resolve().parents[2]
DAY = date(2026, 3, 12)
MAKING = Making(date=DAY)
ROUNDS = 5
OURS, PEERS = 200, 4
DISK_COUNT = 10_000


def spelt(at: int) -> str:
    """Return a number in letters, as the end of a name."""
    return "".join("aeioulnrst"[int(digit)] for digit in str(at))


def entries(first: int, count: int) -> Iterator[Entry]:
    """Yield households whose names all differ."""
    for at in range(first, first + count):
        end = spelt(at)
        people = (Adult(f"Ana{end}"), Adult(f"Joe{end}"))
        yield Entry((at + 2,), Household(f"Rivera{end}", (Child(f"Maya{end}", 9),), people), Choices(), f"{at // 25}A")


def run() -> None:
    """Print all figures."""
    ours, platypus, typst = _rates()
    print(f"in memory, one core, medians of {ROUNDS}", flush=True)
    print(f"  batch {ours:8.0f} a second")
    print(f"  platypus, untagged, no fields {platypus:6.1f} a second: batch is {ours / platypus:5.1f} x (limit 25)")
    if typst:
        print(f"  Typst, tagged, no fields      {typst:6.1f} a second: batch is {ours / typst:5.1f} x (limit 18)")
    else:
        print("  Typst: not installed (pip install typst)")
    _print_deflate()
    _print_jobs()
    _print_growth()
    _print_size()
    _print_memory()
    _print_merged()


def _rates() -> tuple[float, float, float]:
    plain, printed = _platypus(), _typst()
    for _ in make_each(entries(0, 3), MAKING):
        pass
    rates: list[list[float]] = [[], [], []]
    for turn in range(ROUNDS):
        first = 1000 * (turn + 1)
        rates[0].append(_rate(partial(_make_all, first, OURS), OURS))
        rates[1].append(_rate(partial(_repeat, plain, first), PEERS))
        if printed:
            rates[2].append(_rate(partial(_repeat, printed, first), PEERS))
    medians = [statistics.median(found) if found else 0.0 for found in rates]
    return medians[0], medians[1], medians[2]


def _make_all(first: int, count: int) -> None:
    assert sum(1 for done in make_each(entries(first, count), MAKING) if done.pdf) == count


def _repeat(make: Callable[[int], bytes], first: int) -> None:
    for at in range(PEERS):
        make(first + at)


def _rate(work: Callable[[], object], count: int) -> float:
    began = time.perf_counter()
    work()
    return count / (time.perf_counter() - began)


def _texts(number: int) -> tuple[str, list[tuple[str, list[tuple[str, str]]]], list[str]]:
    """Return title, sections of promise pairs, and the rest of one agreement's words."""
    (entry,) = entries(number, 1)
    (agreement,) = compose_all(entry.household, entry.choices, library=load_library(), date=DAY)

    def words(term: object) -> str:
        return "".join(getattr(part, "text", "") or getattr(part, "value", "") or "_____" for part in term.sentence)  # type: ignore[attr-defined]

    sections = []
    for section in (*agreement.sections, agreement.together, agreement.steps, agreement.broken, agreement.signing):
        children, adults = list(map(words, section.children)), list(map(words, section.adults))
        count = max(len(children), len(adults))
        children += [""] * (count - len(children))
        adults += [""] * (count - len(adults))
        sections.append((section.heading, list(zip(children, adults, strict=True))))
    rest = [agreement.how_to, *agreement.pledge, agreement.card.heading, agreement.card.line]
    rest += [f"{contact.label} {contact.contact}" for contact in agreement.card.contacts]
    return f"{agreement.title} {agreement.family_name}", sections, rest


def _personal(text: str, number: int) -> str:
    """Turn the words of household 0 into those of another one."""
    for name in ("Rivera", "Maya", "Ana", "Joe"):
        text = text.replace(name + spelt(0), name + spelt(number))
    return text


def _platypus() -> Callable[[int], bytes]:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

    fonts = CHECKOUT / "fonts" / "atkinson"
    pdfmetrics.registerFont(TTFont("Regular", str(fonts / "AtkinsonHyperlegibleNext-Regular.ttf")))
    pdfmetrics.registerFont(TTFont("Bold", str(fonts / "AtkinsonHyperlegibleNext-Bold.ttf")))
    body = ParagraphStyle("body", fontName="Regular", fontSize=11, leading=14)
    head = ParagraphStyle("head", fontName="Bold", fontSize=14, leading=17)
    title, sections, rest = _texts(0)
    people = [name + spelt(0) for name in ("Maya", "Ana", "Joe")]

    def make(number: int) -> bytes:
        out = io.BytesIO()
        story: list[object] = [Paragraph(_personal(title, number), head)]
        for heading, pairs in sections:
            story.append(Paragraph(heading, head))
            rows = [[Paragraph(child, body), "O", Paragraph(adult, body), "O O"] for child, adult in pairs]
            story.append(Table(rows, colWidths=[200, 30, 200, 60]))
        story += [Paragraph(_personal(words, number), body) for words in rest]
        story += [Paragraph(f"{_personal(name, number)} ____________________", body) for name in people]
        SimpleDocTemplate(out, leftMargin=40, rightMargin=40, topMargin=36, bottomMargin=36).build(story)
        return out.getvalue()

    return make


def _typst() -> Callable[[int], bytes] | None:
    try:
        import typst
    except ImportError:
        return None
    title, sections, rest = _texts(0)
    lines = [
        "#let name = sys.inputs.name",
        "#set document(title: name, date: datetime(year: 2026, month: 3, day: 12))",
        '#set text(lang: "en", size: 11pt, font: "Atkinson Hyperlegible Next")',
        '#set page(paper: "us-letter", margin: 36pt)',
        f"= #name\n{_typed(title)}",
    ]
    for heading, pairs in sections:
        lines.append(f"== {_typed(heading)}")
        cells = "".join(f"[{_typed(child)}], [O], [{_typed(adult)}], [O O],\n" for child, adult in pairs)
        lines.append(f"#grid(columns: (1fr, 20pt, 1fr, 40pt), gutter: 6pt,\n{cells})")
    lines += [_typed(words) + "\n" for words in rest]
    folder = Path(tempfile.mkdtemp())
    source = folder / "sheet.typ"
    source.write_text("\n".join(lines), encoding="utf-8")
    compiler = typst.Compiler(str(source), font_paths=[str(CHECKOUT / "fonts")], ignore_system_fonts=True)

    def make(number: int) -> bytes:
        inputs = {"name": f"Rivera{spelt(number)}"}
        pdf = compiler.compile(format="pdf", sys_inputs=inputs, pdf_standards=["ua-1", "a-2a"])
        assert isinstance(pdf, bytes), "one file"
        return pdf

    make(0)
    return make


def _typed(text: str) -> str:
    return "".join(f"\\{mark}" if mark in "\\#$*_`<>@[]~=+-/" else mark for mark in text)


class _TimedZlib:
    """The module of zlib for who asks for it by that name, with its time added up."""

    def __init__(self) -> None:
        self.took = 0.0

    def compress(self, data: bytes, level: int = -1) -> bytes:
        began = time.perf_counter()
        packed = zlib.compress(data, level)
        self.took += time.perf_counter() - began
        return packed

    def __getattr__(self, name: str) -> object:
        return getattr(zlib, name)


def _print_deflate() -> None:
    from unittest.mock import patch

    timed = _TimedZlib()
    with patch("agreement.pdf.die.zlib", timed):
        began = time.perf_counter()
        _make_all(30_000, 1000)
        whole = time.perf_counter() - began
    print(f"share of time in deflate: {timed.took / whole:4.0%}")


def _print_jobs() -> None:
    count = 20_000
    rates = []
    for jobs in (1, 2):
        began = time.perf_counter()
        assert sum(1 for done in made(entries(50_000, count), MAKING, Crew(jobs)) if done.pdf) == count
        rates.append(count / (time.perf_counter() - began))
    print(f"two processes {rates[1] / rates[0]:5.2f} x one, {count} sheets, start included (limit 1.70)")


def _print_growth() -> None:
    took = []
    for count in (1000, 20_000):
        began = time.perf_counter()
        assert sum(1 for done in make_each(entries(100_000, count), MAKING) if done.pdf) == count
        took.append((time.perf_counter() - began) / count)
    print(f"time a sheet at 20,000 {took[1] / took[0]:5.2f} x that at 1,000 (limit 1.10)")


def _print_size() -> None:
    files = [done.pdf for done in make_each(entries(0, 100), MAKING)]
    average = sum(map(len, files)) / len(files)
    print(f"a separate file with fields: {average / 1000:5.1f} KB on average (limit 25)")
    jobs = usual_jobs(DISK_COUNT)
    with tempfile.TemporaryDirectory() as folder:
        roster = Path(folder) / "roster.csv"
        ends = [spelt(at) for at in range(DISK_COUNT)]
        people = "".join(f"Maya{end},Rivera{end},9,{at // 25}A,Ana{end}\n" for at, end in enumerate(ends))
        roster.write_text(f"First,Last,Age,Class,Guardian 1\n{people}")
        rounds = [(_to_disk(roster), _bare(Path(folder), files)) for _ in range(3)]
    whole, bare = (statistics.median(rates) for rates in zip(*rounds, strict=True))
    ratios = sorted(ours / alone for ours, alone in rounds)
    print(f"roster to disk, {jobs} processes: {whole:5.0f} a second, the same bytes alone {bare:6.0f} (medians of 3)")
    print(f"  {ratios[1]:4.2f} of that (limit 0.60), from {ratios[0]:4.2f} to {ratios[-1]:4.2f}")


def _to_disk(roster: Path) -> float:
    """Return how many sheets a second a run writes from its start to when the disk has them."""
    out = roster.with_name("out")
    began = time.perf_counter()
    command = [sys.executable, "-m", "agreement", "batch", str(roster), "-o", str(out), "--quiet"]
    subprocess.run(command, check=True, capture_output=True, cwd=CHECKOUT)
    os.sync()
    rate = DISK_COUNT / (time.perf_counter() - began)
    shutil.rmtree(out)
    os.sync()
    return rate


def _bare(folder: Path, files: list[bytes]) -> float:
    """Return how many files of the same size a second can be written where nothing is made."""
    out = folder / "bare"
    out.mkdir()
    began = time.perf_counter()
    for number in range(DISK_COUNT):
        (out / f"{number}.pdf").write_bytes(files[number % len(files)])
    os.sync()
    rate = DISK_COUNT / (time.perf_counter() - began)
    shutil.rmtree(out)
    os.sync()
    return rate


def _peak_mb(code: str) -> float:
    """Return the peak of a process of its own; what getrusage says would be that of the process that began it."""
    told = "print(next(line for line in open('/proc/self/status') if line.startswith('VmHWM')).split()[1])"
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\n{told}"], cwd=CHECKOUT, capture_output=True, text=True, check=True
    )
    return float(done.stdout.split()[-1]) / 1000


def _print_memory() -> None:
    peaks = []
    for count in (1000, 100_000):
        code = f"from tests.bench.batch import *\nfor _ in make_each(entries(0, {count}), MAKING): pass"
        peaks.append(_peak_mb(code))
    ratio = peaks[1] / peaks[0]
    print(f"peak memory at 100,000 {peaks[1]:5.0f} MB (limit 150), {ratio:4.2f} x that at 1,000 (limit 1.20)")


def _print_merged() -> None:
    with tempfile.TemporaryDirectory() as folder:
        out = f"{folder}/all.pdf"
        code = (
            "from tests.bench.batch import *\nfrom agreement.batch.print_file import PrintOrder, print_files\n"
            f"for _ in print_files(Path({out!r}), entries(0, {{count}}), MAKING, PrintOrder()): pass"
        )
        began = time.perf_counter()
        small = _peak_mb(code.format(count=1000))
        took = time.perf_counter() - began
        size = os.path.getsize(out) / 1e6
        large = _peak_mb(code.format(count=100_000).replace(out, out + "2"))
    print(f"merged 1,000: {took:5.1f} s with start (limit 2), {size:5.1f} MB (limit 4), peak {small:4.0f} MB")
    print(f"merged 100,000: peak {large:4.0f} MB (limit 150), {large / small:4.2f} x that at 1,000 (limit 1.20)")
