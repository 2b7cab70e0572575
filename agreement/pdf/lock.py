"""A finished PDF behind a password: AES-256 as in PDF 2.0 (revision 6), open to screen readers as before.

What is encrypted cannot be PDF/A, so the file no longer says that it is. It is never the same bytes twice. Knows
pikepdf, which is not installed by default, and nothing of how a PDF is drawn.
"""

from io import BytesIO

from agreement.errors import OutputError


def lock(pdf: bytes, password: str) -> bytes:
    """Return a PDF that opens only with `password`. Raises OutputError when pikepdf is not installed."""
    if not password:
        raise OutputError("The password is empty. Write one behind --password, or leave the option out.")
    try:
        import pikepdf
    except ImportError as error:
        told = "A password needs pikepdf, which is not installed: pip install 'family-agreement[password]'"
        raise OutputError(told) from error
    locked = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as document:
        with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as about:
            for key in ("pdfaid:part", "pdfaid:conformance"):
                about.pop(key, None)
        document.save(
            locked,
            encryption=pikepdf.Encryption(
                owner=password, user=password, R=6, allow=pikepdf.Permissions(accessibility=True)
            ),
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    return locked.getvalue()
