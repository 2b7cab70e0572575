"""What a file says of itself: document information, XMP, colour profile, viewer preferences, page labels and outline.

Says nothing that nobody gave: an author who is not named is left out, and so is the day.
"""

from pathlib import Path

from agreement.pdf.engine import Body, Sheet, Stream
from agreement.pdf.meta import Meta
from agreement.pdf.syntax import reference, text_string, xml_text
from agreement.typeset.boxes import Bookmark, Document

_PROFILE = Path(__file__).with_name("srgb.icc")
_PREFERENCES = "<</DisplayDocTitle true/Duplex/DuplexFlipLongEdge/PrintScaling/None>>"

_UA_SCHEMA = """<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>"""
"""What PDF/A wants to know of the one property that it does not know."""


def write_about(sheet: Sheet, document: Document, meta: Meta) -> None:
    """Write metadata, colour profile, viewer preferences and page labels."""
    sheet.set_info(Body(_info(document, meta)))
    xmp = Stream(_xmp(document, meta).encode("utf-8"), "/Type/Metadata/Subtype/XML", deflate=False)
    sheet.set_catalog("Metadata", reference(sheet.add(xmp)))
    profile = sheet.add(Stream(_PROFILE.read_bytes(), "/N 3"))
    sheet.set_catalog(
        "OutputIntents",
        "[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB IEC61966-2.1)"
        f"/Info(sRGB IEC61966-2.1)/DestOutputProfile {reference(profile)}>>]",
    )
    sheet.set_catalog("ViewerPreferences", _PREFERENCES)
    if document.page_labels:
        labels = " ".join(f"{page}<</P{text_string(label)}>>" for page, label in enumerate(document.page_labels))
        sheet.set_catalog("PageLabels", f"<</Nums[{labels}]>>")


def bookmark_page(sheet: Sheet, bookmarks: tuple[Bookmark, ...], page: int) -> None:
    """Bind the bookmarks of the page at hand to it."""
    for place, bookmark in enumerate(bookmarks):
        if bookmark.page == page:
            sheet.bookmarkPage(f"b{place}", fit="XYZ", left=0, top=round(bookmark.y, 2), zoom=0)


def write_outline(sheet: Sheet, bookmarks: tuple[Bookmark, ...]) -> None:
    """Write the outline in the order of the bookmarks; a level is at most one deeper than the one before it."""
    above = -1
    for place, bookmark in enumerate(bookmarks):
        above = max(0, min(bookmark.level, above + 1))
        sheet.addOutlineEntry(bookmark.title, f"b{place}", above)


def _info(document: Document, meta: Meta) -> str:
    day = f"D:{meta.date:%Y%m%d}000000Z" if meta.date else ""
    entries = {
        "Title": document.title,
        "Author": meta.author,
        "Subject": meta.subject,
        "Keywords": ", ".join(meta.keywords),
        "Creator": meta.producer,
        "Producer": meta.producer,
        "CreationDate": day,
        "ModDate": day,
    }
    return f"<<{''.join(f'/{key}{text_string(value)}' for key, value in entries.items() if value)}>>"


def _xmp(document: Document, meta: Meta) -> str:
    """Write the metadata that PDF/A and PDF/UA read, in agreement with the document information."""
    day = f"{meta.date:%Y-%m-%d}T00:00:00Z" if meta.date else ""
    keywords = ", ".join(meta.keywords)
    lines = [
        f"<dc:title>{_alternatives(document.title, document.lang)}</dc:title>",
        f"<dc:language><rdf:Bag><rdf:li>{xml_text(document.lang)}</rdf:li></rdf:Bag></dc:language>",
        meta.author and f"<dc:creator><rdf:Seq><rdf:li>{xml_text(meta.author)}</rdf:li></rdf:Seq></dc:creator>",
        meta.subject and f"<dc:description>{_alternatives(meta.subject, document.lang)}</dc:description>",
        keywords and f"<pdf:Keywords>{xml_text(keywords)}</pdf:Keywords>",
        f"<pdf:Producer>{xml_text(meta.producer)}</pdf:Producer>",
        f"<xmp:CreatorTool>{xml_text(meta.producer)}</xmp:CreatorTool>",
        day and f"<xmp:CreateDate>{day}</xmp:CreateDate><xmp:ModifyDate>{day}</xmp:ModifyDate>",
        "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>",
    ]
    return "\n".join(
        [
            '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>',
            '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">',
            '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"'
            ' xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"'
            ' xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"'
            ' xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"'
            ' xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"'
            ' xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">',
            *(line for line in lines if line),
            _UA_SCHEMA,
            "</rdf:Description></rdf:RDF></x:xmpmeta>",
            '<?xpacket end="r"?>',
        ]
    )


def _alternatives(text: str, lang: str) -> str:
    said = f'<rdf:li xml:lang="{xml_text(lang)}">{xml_text(text)}</rdf:li>' if lang else ""
    return f'<rdf:Alt><rdf:li xml:lang="x-default">{xml_text(text)}</rdf:li>{said}</rdf:Alt>'
