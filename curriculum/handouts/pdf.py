"""A handout that is printed here, as a PDF on letter paper: its name, then its text.

It says nothing of the clinic or the program: it lies about at home.
"""

from __future__ import annotations

import logging
import unicodedata
from datetime import datetime
from importlib.resources import files

from django.utils import translation
from django.utils.translation import gettext as _
from fpdf import FPDF
from fpdf.enums import XPos, YPos

from curriculum.handouts.markup import Block, BlockKind, blocks_of

# Source Sans Pro (SIL Open Font License) from its wheel: Latin with all accents, Greek, Cyrillic.
FONT = files("font_source_sans_pro") / "files"
FACES = {"": "SourceSansPro-Regular.ttf", "B": "SourceSansPro-Semibold.ttf"}
FAMILY = "sans"
UNKNOWN_LETTER = "?"
# What joins or turns other letters, and is none itself.
NO_LETTERS = ("Cc", "Cf", "Mn")
# Millimeters.
MARGIN, FOOT, INDENT, LINE, WRITING_LINE, GAP = 20, 20, 6, 6.4, 10, 3
# Points: large enough to read without glasses.
TEXT, HEADING, NAME, SMALL = 12.5, 15, 22, 9
POINT_MARK = "•"

# It would tell the log which letters a text is made of.
logging.getLogger("fontTools").setLevel(logging.WARNING)


class _Sheet(FPDF):
    """Letter paper with the number of each page at its foot, where there are several."""

    def footer(self) -> None:
        self.set_y(-FOOT + 5)
        self.set_font(FAMILY, "", SMALL)
        words = _("Page %(page)s of %(pages)s") % {"page": self.page_no(), "pages": "{nb}"}
        self.cell(0, LINE, words, align="R")


def page_pdf(name: str, text: str, *, made_at: datetime) -> bytes:
    """Return the page as a PDF, on as many sheets as it takes."""
    pdf = _opened(name)
    try:
        letters = frozenset(pdf.fonts[FAMILY].cmap)  # type: ignore[union-attr]
        _write(pdf, _readable(name, letters), style="B", size=NAME, leading=10)
        pdf.ln(GAP)
        for block in blocks_of(text):
            _draw(pdf, block, letters)
        pdf.set_creation_date(made_at)
        return bytes(pdf.output())
    finally:
        for font in pdf.fonts.values():
            font.close()  # type: ignore[union-attr]


def _opened(name: str) -> _Sheet:
    pdf = _Sheet(format="letter", unit="mm")
    pdf.set_margins(MARGIN, MARGIN, MARGIN)
    pdf.set_auto_page_break(True, margin=FOOT)
    pdf.set_title(name)
    pdf.set_lang(translation.get_language() or "en")
    for style, face in FACES.items():
        pdf.add_font(FAMILY, style, str(FONT / face))
    pdf.add_page()
    return pdf


def _draw(pdf: _Sheet, block: Block, letters: frozenset[int]) -> None:
    lines = [_readable(line, letters) for line in block.lines]
    if block.kind is BlockKind.HEADING:
        _keep_room(pdf, 2 * WRITING_LINE)
        pdf.ln(GAP)
        _write(pdf, lines[0], style="B", size=HEADING, leading=7.5)
    elif block.kind is BlockKind.LINES:
        for _line in lines:
            _writing_line(pdf)
    elif block.kind is BlockKind.POINTS:
        for line in lines:
            _point(pdf, line)
    else:
        _write(pdf, "\n".join(lines))
    pdf.ln(GAP)


def _write(
    pdf: _Sheet, text: str, *, style: str = "", size: float = TEXT, leading: float = LINE
) -> None:
    pdf.set_font(FAMILY, style, size)
    pdf.multi_cell(0, leading, text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _point(pdf: _Sheet, text: str) -> None:
    _keep_room(pdf, LINE)
    pdf.set_font(FAMILY, "", TEXT)
    pdf.cell(INDENT, LINE, POINT_MARK)
    pdf.multi_cell(0, LINE, text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _writing_line(pdf: _Sheet) -> None:
    _keep_room(pdf, WRITING_LINE)
    pdf.set_y(pdf.get_y() + WRITING_LINE)
    pdf.set_draw_color(125, 119, 108)
    pdf.set_line_width(0.25)
    pdf.line(MARGIN, pdf.get_y(), pdf.w - MARGIN, pdf.get_y())


def _keep_room(pdf: _Sheet, height: float) -> None:
    """Go to a new sheet where this one has less room than so many millimeters."""
    if pdf.will_page_break(height):
        pdf.add_page()


def _readable(text: str, letters: frozenset[int]) -> str:
    """Return the text in letters that the type has."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(_letter(each, letters) for each in composed)


def _letter(letter: str, letters: frozenset[int]) -> str:
    if ord(letter) in letters:
        return letter
    parts = [each for each in unicodedata.normalize("NFKD", letter) if ord(each) in letters]
    is_letter = unicodedata.category(letter) not in NO_LETTERS
    return "".join(parts) or (UNKNOWN_LETTER if is_letter else "")
