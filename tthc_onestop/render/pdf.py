"""The one seam to the PDF engine. It draws what it is given and computes nothing."""

import base64
import io
import logging
import threading
from datetime import datetime

logging.getLogger("weasyprint.progress").setLevel(logging.WARNING)  # eight lines a page

# Pango and the engine's caches are not known to be safe for threads. Drawing holds the
# interpreter's lock nearly all the time anyway, so taking turns costs nothing.
_turn = threading.Lock()


def html_to_pdf(html: str, created: datetime, *more: str) -> bytes:
    """The PDF of a page written in HTML. The same arguments give the same bytes.

    Nothing is fetched: a picture, font or style sheet is inside the HTML or a ``data:`` URI.

    :param created: the moment that the PDF says it was made, naive UTC
    :param more: pages that follow in the same file, each laid out and counted by itself
    :raises ValueError: the HTML refers to something outside it
    """
    # half a second that a server which draws nothing does not need
    from weasyprint import HTML
    from weasyprint.urls import FatalURLFetchingError, URLFetcher

    nothing_outside = URLFetcher(allowed_protocols={"data"}, fail_on_errors=True)
    with _turn:
        try:
            documents = [
                HTML(string=text, url_fetcher=nothing_outside).render() for text in (html, *more)
            ]
            document = documents[0].copy([page for each in documents for page in each.pages])
            document.metadata.created = f"{created:%Y-%m-%dT%H:%M:%SZ}"
            return document.write_pdf(pdf_identifier=True)  # True: a digest of the content
        except FatalURLFetchingError as error:  # not an Exception, nobody would expect it
            raise ValueError(f"a page may not refer to anything outside it: {error}") from error


def qr_svg(text: str) -> str:
    """A QR code with its quiet zone, as the ``data:`` URI of an SVG picture of any size."""
    import qrcode
    from qrcode.image.svg import SvgPathImage

    code = qrcode.QRCode(image_factory=SvgPathImage, border=4)
    code.add_data(text)
    svg = io.BytesIO()
    code.make_image().save(svg)
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.getvalue()).decode()}"


def qr_png(text: str) -> str:
    """A QR code as the ``data:`` URI of a bitmap, for papers with many: drawn in no time."""
    import qrcode

    # any mask can be read; to look for the best one takes six times as long
    code = qrcode.QRCode(border=4, box_size=4, mask_pattern=0)
    code.add_data(text)
    png = io.BytesIO()
    code.make_image().save(png)
    return f"data:image/png;base64,{base64.b64encode(png.getvalue()).decode()}"
