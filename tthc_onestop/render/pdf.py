"""The one seam to the PDF engine. It draws what it is given and computes nothing."""

import base64
import io
import logging
import threading
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from html import escape

logging.getLogger("weasyprint.progress").setLevel(logging.WARNING)  # eight lines a page

# Pango and the engine's caches are not known to be safe for threads. Drawing holds the
# interpreter's lock nearly all the time anyway, so taking turns costs nothing.
_turn = threading.Lock()


def html_to_pdf(html: str, created: datetime, copies: Sequence[str] = ("",)) -> bytes:
    """The PDF of a page written in HTML. The same arguments give the same bytes.

    Nothing is fetched: a picture, font or style sheet is inside the HTML or a ``data:`` URI.

    :param created: the moment that the PDF says it was made, naive UTC
    :param copies: what stands over each copy in the file, in the upper left corner; laid out once
    :raises ValueError: the HTML refers to something outside it
    """
    # half a second that a server which draws nothing does not need
    from weasyprint import HTML
    from weasyprint.urls import FatalURLFetchingError, URLFetcher

    nothing_outside = URLFetcher(allowed_protocols={"data"}, fail_on_errors=True)
    with _turn:
        try:
            document = HTML(string=html, url_fetcher=nothing_outside).render(font_config=_fonts())
            pages = document.pages
            document = document.copy(pages * len(copies))
            document.metadata.created = f"{created:%Y-%m-%dT%H:%M:%SZ}"
            pdf = document.write_pdf(pdf_identifier=True)  # True: a digest of the content
        except FatalURLFetchingError as error:  # not an Exception, nobody would expect it
            raise ValueError(f"a page may not refer to anything outside it: {error}") from error
    return _labelled(pdf, len(pages), copies) if any(copies) else pdf


@lru_cache(maxsize=1)
def _fonts():
    """The fonts of the machine, looked up once: it takes as long as a tenth of a slip."""
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


def _labelled(pdf: bytes, pages: int, copies: Sequence[str]) -> bytes:
    """The PDF with a word in the corner of every page of each copy."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    for number, page in enumerate(writer.pages):
        width, height = (f"{side / 72}in" for side in page.mediabox[2:])
        label = PdfReader(io.BytesIO(_label(copies[number // pages], width, height)))
        page.merge_page(label.pages[0])
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@lru_cache(maxsize=32)
def _label(text: str, width: str, height: str) -> bytes:
    return html_to_pdf(
        f"<style>@page {{ size: {width} {height}; margin: 4mm 16mm }}"
        "body { margin: 0; font: italic 9pt Tinos, 'Liberation Serif', serif }</style>"
        f"<p>{escape(text)}</p>",
        datetime(2000, 1, 1),
    )


def qr_png(text: str) -> str:
    """A QR code with its quiet zone, as the ``data:`` URI of a bitmap: drawn in no time."""
    import qrcode

    # any mask can be read; to look for the best one takes six times as long
    code = qrcode.QRCode(border=4, box_size=4, mask_pattern=0)
    code.add_data(text)
    png = io.BytesIO()
    code.make_image().save(png)
    return f"data:image/png;base64,{base64.b64encode(png.getvalue()).decode()}"
