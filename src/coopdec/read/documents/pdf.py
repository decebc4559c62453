"""PDF: ruled and unruled tables, page after page, in memory of one page."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO, cast

from coopdec.errors import DataError
from coopdec.model import Finding, Position, Severity
from coopdec.read.documents import Document, DocumentFormat
from coopdec.read.documents._flow import Flow
from coopdec.read.documents._pages import PageText
from coopdec.read.documents._pdf_page import read_page
from coopdec.read.documents._refuse import refused
from coopdec.read.personal import shown

if TYPE_CHECKING:
    from io import BufferedReader

    from pdfplumber.pdf import PDF

__all__ = ["FORMAT"]

#: A PDF without any table is looked through for fiches so far.
_PROSE = 100
#: A finding shows so much of what a form holds.
_SHOWN = 200


def _fits(head: bytes) -> float:
    # Some servers put a few bytes before the header; readers look through the first 1024.
    return 1.0 if b"%PDF-" in head[:1024] else 0.0


def _read(stream: BinaryIO, name: str) -> Document:
    pdf = _open(stream, name)
    flow = Flow(name=name)
    document = Document([], flow.paragraphs, flow.findings, len(pdf.pages))
    document.tables = flow.tables(_pages(pdf, name, document.findings))
    document.prose = lambda: Flow(name=name).prose(islice(_pages(pdf, name, []), _PROSE))
    return document


def _open(stream: BinaryIO, name: str) -> PDF:
    import logging

    import pdfplumber
    from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect

    # Its remarks on damaged PDFs are for whoever listens to the log, not for the terminal.
    logging.getLogger("pdfminer").addHandler(logging.NullHandler())
    try:
        pdf = pdfplumber.open(cast("BufferedReader", stream))
        if not pdf.pages:
            raise refused("document-truncated", name, format="PDF")
    except DataError:
        raise
    except Exception as error:
        causes = (error, error.__cause__, *error.args)
        if any(isinstance(c, PDFPasswordIncorrect | PDFEncryptionError) for c in causes):
            raise refused("document-encrypted", name) from error
        raise refused("document-truncated", name, format="PDF") from error
    return pdf


def _pages(pdf: PDF, name: str, findings: list[Finding]) -> Iterator[PageText]:
    """Page by page; what a page took in memory is given back before the next."""
    read = words = unreadable = 0
    for page in pdf.pages:
        where = Position(name, page=page.page_number)
        try:
            text = read_page(page)
        except Exception:  # noqa: BLE001  as above; the other pages can still be read
            findings.append(Finding("pdf-page-unreadable", Severity.FATAL, where))
            unreadable += 1
            continue
        finally:
            page.close()
        read += 1
        words += 0 if text.image else len(text.lines) + len(text.tables)
        if text.image:
            findings.append(Finding("pdf-page-scanned", Severity.WARNING, where))
        if text.fields:
            findings.append(Finding("pdf-form", Severity.WARNING, where, {
                "n": len(text.fields), "words": shown(text.fields, _SHOWN)}))
        if text.lost:
            findings.append(Finding("broken-character", Severity.WARNING, where))
        yield text
    if words == 0 and unreadable == 0:
        findings[:] = [f for f in findings if f.code != "pdf-page-scanned"]
        raise refused("pdf-scanned", name)


FORMAT = DocumentFormat("pdf", (".pdf",), _fits, _read, "pdf")
