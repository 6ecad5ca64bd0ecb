"""Letter paper to write on: type that holds every Latin name, text cut to its room or carried over.

On one page by hand (`y` and `BOTTOM`), or on as many as it takes (`room`, `flow`).
"""

from __future__ import annotations

import logging
import unicodedata
from collections.abc import Callable, Sequence
from datetime import datetime
from importlib.resources import files
from typing import Any

from django.utils import translation
from fpdf import FPDF
from fpdf.enums import XPos, YPos

from attendance.papers.line_breaks import broken
from programs.disclosing.notice import present_notice

# Source Sans Pro (SIL Open Font License) from its wheel: Latin with all accents, Greek, Cyrillic.
FONT = files("font_source_sans_pro") / "files"
FACES = {"": "SourceSansPro-Regular.ttf", "B": "SourceSansPro-Semibold.ttf"}
FAMILY = "sans"
# What stands for a letter that the type does not have.
UNKNOWN_LETTER = "?"
# What joins or turns other letters, and is none itself: controls, formats, variation selectors.
NO_LETTERS = ("Cc", "Cf", "Mn")
CUT = "…"
# Millimeters: a letter page with a margin all round.
WIDTH, MARGIN, BOTTOM = 216, 15, 258
ROOM = WIDTH - 2 * MARGIN
INK, SOFT, LINE, PAPER = (28, 37, 36), (71, 81, 79), (205, 198, 186), (255, 255, 255)
BAR, TRACK = (42, 121, 117), (236, 232, 224)
# A point in millimeters, and the lines of a text from one to the next.
POINT, LEADING = 0.3528, 1.3
# The notice of what leaves: in points, and how far above the page's end.
NOTICE_SIZE, NOTICE_UP = 6.5, 6.6
# What the PDF replaces by the number of its pages.
PAGES = "{nb}"

# It would tell the log which letters a name is made of.
logging.getLogger("fontTools").setLevel(logging.WARNING)

Draw = Callable[["Paper"], None]


class _Document(FPDF):
    """A PDF that asks for what stands at each page's foot."""

    at_foot: Callable[[], None] | None = None

    def footer(self) -> None:
        if self.at_foot:
            self.at_foot()


class Paper:
    """Pages, written from top to bottom; `y` is where the next thing goes, in millimeters.

    `head` and `foot` are drawn on every page.
    """

    # How a page lies, and where it ends: another kind of paper says otherwise.
    orientation = "portrait"
    bottom: float = BOTTOM

    def __init__(
        self, *, title: str, size: float, head: Draw | None = None, foot: Draw | None = None
    ) -> None:
        self.size, self.head = size, head
        self.type = (size, False, False)
        self.pdf = _Document(format="letter", unit="mm")
        self.pdf.set_auto_page_break(False)
        self.pdf.set_margins(MARGIN, MARGIN, MARGIN)
        self.pdf.c_margin = 0
        self.pdf.set_title(title)
        self.pdf.set_lang(translation.get_language() or "en")
        for style, name in FACES.items():
            self.pdf.add_font(FAMILY, style, str(FONT / name))
        self.letters = frozenset(self.pdf.fonts[FAMILY].cmap)  # type: ignore[union-attr]
        self.notice, self.noticed_on = present_notice(), 0
        self.pdf.at_foot = lambda: self._foot(foot)
        self.turn()

    def content(self, *, made_at: datetime) -> bytes:
        """Return the pages as a PDF."""
        self.pdf.set_creation_date(made_at)
        return bytes(self.pdf.output())

    def _foot(self, foot: Draw | None) -> None:
        """Draw the foot, and under it the notice of what leaves, where the page has it not yet."""
        if foot:
            foot(self)
        if self.notice is None:
            return
        noticed = self.noticed_on == self.number
        words = [self.notice.rests_on] if noticed else [self.notice.words, self.notice.rests_on]
        self.set_type(size=NOTICE_SIZE, soft=True)
        self.write(
            " ".join(filter(None, words)),
            x=MARGIN,
            y=self.pdf.h - NOTICE_UP,
            width=self.pdf.w - 2 * MARGIN,
            most=2,
        )

    def close(self) -> None:
        """Close the type's files."""
        for font in self.pdf.fonts.values():
            font.close()  # type: ignore[union-attr]

    def turn(self) -> None:
        """Go to a new page, below its head, in the same type."""
        size, bold, soft = self.type
        self.pdf.add_page(orientation=self.orientation)
        self.y = float(MARGIN)
        if self.head:
            self.head(self)
        self.set_type(size=size, bold=bold, soft=soft)

    def room(self, height: float) -> None:
        """Go to a new page where this one has less room than so many millimeters."""
        if self.y + height > self.bottom:
            self.turn()

    @property
    def number(self) -> int:
        """The number of the present page, from 1."""
        return self.pdf.page_no()

    @property
    def line_height(self) -> float:
        """The height of a line of ordinary text, in millimeters."""
        return self.size * POINT * LEADING

    def readable(self, text: str) -> str:
        """Return the text in letters that the type has, in one line."""
        composed = unicodedata.normalize("NFC", " ".join(text.split()))
        return "".join(map(self._letter, composed))

    def _letter(self, letter: str) -> str:
        if ord(letter) in self.letters:
            return letter
        parts = [
            each for each in unicodedata.normalize("NFKD", letter) if ord(each) in self.letters
        ]
        is_letter = unicodedata.category(letter) not in NO_LETTERS
        return "".join(parts) or (UNKNOWN_LETTER if is_letter else "")

    def set_type(
        self, *, size: float | None = None, bold: bool = False, soft: bool = False
    ) -> None:
        """Choose the type of what is written next."""
        self.type = (size or self.size, bold, soft)
        self.pdf.set_font(FAMILY, "B" if bold else "", size or self.size)
        self.pdf.set_text_color(*(SOFT if soft else INK))

    def lines_of(self, text: str, *, width: float, most: int) -> list[str]:
        """Return the text broken into lines of the present type; a cut shows as three dots."""
        lines = self._broken(self.readable(text), width)
        if len(lines) <= most:
            return lines
        last = lines[most - 1].rstrip()
        while last and self.pdf.get_string_width(last + CUT) > width:
            last = last[:-1].rstrip()
        return [*lines[: most - 1], last + CUT]

    def _broken(self, text: str, width: float) -> list[str]:
        widths: Any = self.pdf.current_font.cw  # type: ignore[union-attr]
        # Of a thousandth of the type's size, in millimeters.
        scale = self.pdf.font_size / 1_000
        return broken(text, width, lambda part: scale * sum(widths[ord(each)] for each in part))

    def write(
        self, text: str, *, x: float, y: float, width: float, most: int = 1, align: str = "L"
    ) -> float:
        """Write the text, in at most so many lines, and return how high it stands."""
        if self.notice and text == self.notice.words:
            self.noticed_on = self.number
        lines = self.lines_of(text, width=width, most=most)
        for number, line in enumerate(lines):
            self._line(line, x, y + number * self._leading, width, align)
        return self._leading * len(lines)

    def flow(self, text: str, *, x: float = MARGIN, width: float = ROOM) -> None:
        """Write the whole text, over as many pages as it takes; line breaks stay."""
        for part in text.strip().splitlines():
            for line in self._broken(self.readable(part), width) or [""]:
                self.room(self._leading)
                self._line(line, x, self.y, width, "L")
                self.y += self._leading

    @property
    def _leading(self) -> float:
        """From one line of the present type to the next."""
        return self.pdf.font_size_pt * POINT * LEADING

    def _line(self, line: str, x: float, y: float, width: float, align: str) -> None:
        self.pdf.set_xy(x, y)
        self.pdf.cell(width, self._leading, line, align=align, new_x=XPos.LEFT, new_y=YPos.TOP)

    def heading(self, text: str) -> None:
        """Write a heading over a line across the page."""
        self.y += self.line_height * 0.7
        self.set_type(size=self.size + 1.5, bold=True)
        self.y += self.write(text, x=MARGIN, y=self.y, width=ROOM) + 0.6
        self.rule()

    def loud(self, text: str) -> None:
        """Write white on a dark bar across the page: what nobody may overlook."""
        self.set_type(size=self.size + 4, bold=True)
        height = self._leading + 2
        self.pdf.set_fill_color(*INK)
        self.pdf.rect(MARGIN, self.y, ROOM, height, style="F")
        self.pdf.set_text_color(*PAPER)
        self.write(text, x=MARGIN + 3, y=self.y + 1, width=ROOM - 6)
        self.y += height + 2
        self.set_type()

    def rule(self, *, x: float = MARGIN, width: float = ROOM) -> None:
        """Draw a thin line, across the page where nothing else is said."""
        self.pdf.set_draw_color(*LINE)
        self.pdf.set_line_width(0.2)
        self.pdf.line(x, self.y, x + width, self.y)
        self.y += 1.2

    def bar(self, *, x: float, y: float, width: float, share: float, aim: float) -> None:
        """Draw a bar filled to `share` with a mark at `aim`, both parts of one."""
        height = self.line_height * 0.45
        top = y + (self.line_height - height) / 2
        self.pdf.set_fill_color(*TRACK)
        self.pdf.rect(x, top, width, height, style="F")
        self.pdf.set_fill_color(*BAR)
        self.pdf.rect(x, top, width * share, height, style="F")
        self.pdf.set_draw_color(*INK)
        self.pdf.set_line_width(0.4)
        self.pdf.line(x + width * aim, top - 0.5, x + width * aim, top + height + 0.5)

    def columns(self, lines: Sequence[tuple[str, float, float, str]]) -> None:
        """Write one line of cells, each (text, x, width, alignment), and go below it."""
        for text, x, width, align in lines:
            self.write(text, x=x, y=self.y, width=width, align=align)
        self.y += self.line_height
