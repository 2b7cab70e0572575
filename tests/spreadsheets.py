"""Writes the smallest XLSX and ODS files that a spreadsheet program would open, and an XLS file. Knows no roster."""

import zipfile
import zlib
from base64 import b85decode
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
Cell = str | float | None


def column(number: int) -> str:
    """Return A for 0, AA for 26."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def sheet_xml(rows: Sequence[Sequence[Cell]]) -> str:
    """Return a worksheet with these rows."""
    written = []
    for at, row in enumerate(rows, 1):
        cells = "".join(_cell(f"{column(place)}{at}", cell) for place, cell in enumerate(row) if cell is not None)
        written.append(f'<row r="{at}">{cells}</row>')
    return f'<?xml version="1.0"?><worksheet xmlns="{_MAIN}"><sheetData>{"".join(written)}</sheetData></worksheet>'


def _cell(place: str, cell: str | float) -> str:
    if isinstance(cell, str):
        return f'<c r="{place}" t="inlineStr"><is><t>{escape(cell)}</t></is></c>'
    return f'<c r="{place}"><v>{cell}</v></c>'


def write_xlsx(path: Path, sheet: str) -> Path:
    """Write an XLSX file of one worksheet."""
    return _write_book(path, {"S": sheet}, ())


def write_book(path: Path, sheets: Mapping[str, Sequence[Sequence[Cell]]], hidden: Sequence[str] = ()) -> Path:
    """Write an XLSX file of several worksheets, some of which nobody sees."""
    return _write_book(path, {name: sheet_xml(rows) for name, rows in sheets.items()}, hidden)


def _write_book(path: Path, sheets: Mapping[str, str], hidden: Sequence[str]) -> Path:
    named = dict(enumerate(sheets, 1))
    parts = "".join(
        f'<Override PartName="/xl/worksheets/sheet{at}.xml" ContentType="{_TYPES}.worksheet+xml"/>' for at in named
    )
    hide = ' state="hidden"'
    listed = "".join(
        f'<sheet name="{name}" sheetId="{at}" r:id="r{at}"{hide * (name in hidden)}/>' for at, name in named.items()
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>{parts}</Types>',
        )
        packed.writestr("_rels/.rels", _relations(["xl/workbook.xml"], "officeDocument"))
        packed.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>',
        )
        targets = [f"worksheets/sheet{at}.xml" for at in named]
        packed.writestr("xl/_rels/workbook.xml.rels", _relations(targets, "worksheet"))
        for target, name in zip(targets, sheets, strict=True):
            packed.writestr(f"xl/{target}", sheets[name])
    return path


def _relations(targets: Sequence[str], kind: str) -> str:
    each = "".join(
        f'<Relationship Id="r{at}" Type="{_OFFICE}/{kind}" Target="{target}"/>' for at, target in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_RELS}">{each}</Relationships>'


def write_ods(path: Path, rows: Sequence[Sequence[str]]) -> Path:
    """Write an ODS file of one table of texts."""
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>'
            for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    names = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
        for short, long in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("mimetype", kind)
        packed.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>',
        )
        packed.writestr(
            "content.xml",
            f'<office:document-content {names}><office:body><office:spreadsheet><table:table table:name="S">{cells}'
            "</table:table></office:spreadsheet></office:body></office:document-content>",
        )
    return path


def write_xls(path: Path) -> Path:
    """Write an XLS file (BIFF8, made by xlwt): names and an age, an age too many, a date and a formula for a name."""
    path.write_bytes(zlib.decompress(b85decode("".join(_XLS.split()))))
    return path


_XLS = """
c-rk)O-vI(6#izr{Ugv8EE+JuhQule2jj&HR0uzpwn06p#6*iUgrKddT;!lAa@1%%X}pl&!3*lepXfnv9!xNLFflQqdgMf+i80Xiy|+^+hzU
)U1hZc=Z)V=iH}g7g=I!jho2{OkdR(8!8nnZOg5`&&M5ieEi<J<l-Lkk?%zczB2U`k$A34(F#*3=AUiKmTI}Zbo%-1A=FO*K=Jd)W=I<krA6
dO{CZD=E@aE~+r)QMF!BF~82Ci0>5d@1sfXs(NFqrP*hAG5J!^Fh6fj~k8B766a?R5+hRvmdp1!@KzMO=b6Wqa!z*I=jUh8q7*egB;qM&ZKi
(58^&5fD?q)M548;YYt&@_B6g*5#U?#RKJQi`pwlVkp9PNz4s4#A31TY{<dKP<FHQ4A(^BA-DKK(;pif|C0=t}Cg1lA=Pry!lBsiPQpQud>;
gK5SoUY<-9Yl^LVAp9@pP6BL~@8ke7J%GzXXcVsz6aC2dI+dAc9h^mSYs6DHk6syiW}D#ZHN4T#T?EA-maPSh&IrA_t_!Es|zNvoQ9Fyegya
lybeuF!iK7+E=R!JrmOBnzTk~o&$mpu{|Z_y;Po@Km4p=@@uS#$}_$BvGB~t*c2LRi3W+!zX`Oc7IpUy<9V!@D;;h=i>&)C^!SXBw%yXt$sm
?^!3otO?HaF+TCN#-t(dLWVJl&~bblpmUbjmI*O(pEY-1g^A#As1+n(`gwjt~r%4WO7mK8Sla7l>myk!X6C2X&r&0N#pgI%JtZRHDq-Q>p(g
$_ysJ|4te9;Dr<!4tNR;`9nC;J|?c2M!!KaNuAwpyWDdU%X9y4d;uZSAW-8qEv7`ll-?hf-L<;>7}w88On3GSl0g84!0_fr8dYZelKJkquFy
9!GPE?Quh9(S2I=me>O}E{k<bp?)-&v?EJ^`{{kYC<wy
"""
