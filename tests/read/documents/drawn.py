"""Words drawn on the pages of a PDF, as the tests place them."""

from __future__ import annotations

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas

BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=9, leading=11)
HEAD = ["Région", "Chef de file", "Partenaire", "Titre du projet"]


def words(canvas: Canvas, y: float, cells: list[str]) -> None:
    canvas.setFont("Helvetica", 9)
    for x, cell in zip((54, 154, 284, 414), cells, strict=True):
        canvas.drawString(x, y, cell)
