#!/usr/bin/env python3
"""Checks that the DOCX of a document looks like its PDF.

    parity.py [--min 99] [--total-only] [--keep DIR] DIR

DIR holds pairs NAME.pdf and NAME.docx.  LibreOffice converts every DOCX
(without NAME.docx, a NAME.lo.pdf is taken as already converted), and the two
PDFs of each pair must have
  1. the same words in the same order, and the same page number on each page;
  2. the same bold and italic letters;
  3. the same number of pages, each with the same orientation;
  4. at least MIN per cent of the lines beginning and ending at the same words,
     or differing only by a known quirk of LibreOffice (see below).

Exit code: 0 all this holds; 1 something differs; 2 it could not be checked
(a tool is missing, a DOCX does not convert, a file has no partner).

How a PDF is read (the same way for both):
  - Glyphs are taken in the order of the content stream.  A segment is a run
    of glyphs on one baseline; it ends at a new baseline, at a vertical rule,
    or at a gap without a space glyph (a gap between columns: the stretched
    blanks of justified lines do have their space glyphs).  Smaller raised
    glyphs, the marks of footnotes, stay in the segment they touch.
  - Page numbers (digits alone, centred in the top margin) and footnotes
    (small text below a short rule at the left edge) are set aside, each page.
  - A segment between drawn rules belongs to a table cell.  Cells are read by
    rows, each cell by lines.  Header rows repeated at the top of a page are
    set aside, so that a table broken elsewhere does not hide other findings.
  - Segments side by side without rules (letterhead, signature block) make a
    zone, which goes on downwards as long as one vertical gutter stays free.
    A zone is read column by column; everything else from top to bottom.
This gives three sequences of words per document: body, footnotes, repeated
table headers.  A word is cut after / - . and the like, where a line may break
inside it, so that a break there is not taken for another word.  NBSP is a
blank, letters are in NFC.

How two PDFs are compared: the sequences are aligned word by word (difflib).
Words left over which stand at the same place of the same page in both PDFs
are paired, too: the reading order is guessed, the place on paper is not.
What then remains differs.  A line of the first PDF is equal when the words
at its start and end are start and end of one line in the second.

Known differences: two line breaks of LibreOffice are not those of Word.  Word
is the one to be like, so lines which differ for this alone count as equal;
they are in a column of their own and listed as notes.
  - Italic overhang: where a line would end in italic letters, LibreOffice
    keeps a twelfth of the type size free for their overhang, so that a word
    which fits by less goes to the next line (SwTextGuess::Guess).  Known is a
    PDF line ending in italics, with so little to spare (its natural width,
    the blanks not stretched, against that of the column), where the DOCX
    line from the same word on lacks just the last word.
  - Hyphen after a digit: LibreOffice does not break between the hyphen and
    the letter of «19-NQ/TW», Word does.  Known is a PDF line ending in digit
    and hyphen, where the DOCX line from the same word on ends before «19-».
The lines after such a line are known, too, up to the next one which begins at
the same word in both.  All this only where it can be made sure that nothing
else is different: the edges of the column are the same in both (the right
one shared by other lines of the page), the words are as wide, and each DOCX
line out of step holds as many of them as fit into that column.

Limits: text must run from left to right and upright; emphasis comes from the
font names; underlines are not compared, positions neither; another type face
or size is noted, but allowed.
"""

import argparse
import difflib
import functools
import multiprocessing
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import unicodedata
import zipfile
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

try:
    from pdfminer.converter import PDFLayoutAnalyzer
    from pdfminer.layout import LTChar, LTFigure, LTLine, LTRect
    from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
    from pdfminer.pdfpage import PDFPage
except ImportError:
    PDFLayoutAnalyzer = object

# Lengths in points unless they are named EM (parts of the type size).
COLUMN_GAP_EM = 0.8  # a wider gap without a space glyph parts two columns
WORD_GAP_EM = 0.25  # a wider gap parts two words
SAME_BASELINE_EM = 0.15
RAISED_EM = (0.1, 0.6)  # a mark is raised by so much of its neighbour
SMALLER = 0.85  # and smaller than this share of it
SIZE_TOLERANCE = 0.6
RULE_TOUCH = 2.0  # rules this near meet
RULE_WIDTH = 2.5  # a filled rectangle this thin is a rule
ROW_TOLERANCE = 4.0  # cells whose tops are this near are one row
GUTTER = 3.0  # the least free width between the columns of a zone
TOP_MARGIN = 62.0  # page numbers have their baseline in this strip
SAME_PLACE = 6.0  # words this near in the two PDFs are in one place
SHOWN = 5  # differences of each kind shown per file
# For the known differences:
OVERHANG_EM = 1 / 12  # what LibreOffice keeps free after italics
SLACK_TOLERANCE = (0.2, 0.4)  # a line may be too wide, or leave more free, by this
SAME_EDGE = 0.1  # lines of the first PDF this near each other are at one edge
SAME_EDGE_LINES = 3  # and it takes so many of them on a page
SAME_WIDTH = 1.2  # the letters of a line, in both PDFs (differs most by footnote marks)
SAME_LEFT = 0.5  # lines of the two PDFs beginning this near begin at one edge
# LibreOffice rounds the blanks of justified lines: each may end short by this,
SHORT, LONG = 1.5, 0.5
SHORT_EDGE = 0.6  # but some on each page only by this
BLANK_EM = 0.25
ITALIC_OVERHANG, HYPHEN_AFTER_DIGIT = "italic overhang", "hyphen after a digit"
BODY, FOOTNOTES, HEADERS = "body", "footnotes", "repeated table headers"
STREAMS = (BODY, FOOTNOTES, HEADERS)
EXPORT = 'pdf:writer_pdf_Export:{"ExportFormFields":{"type":"boolean","value":"false"}}'

ZERO_WIDTH = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"))
HYPHENS = {0x2010: "-", 0x2011: "-", 0x00AD: "-"}
BREAK_AFTER = set("/-–—.?&=_:")
NBSP = "\u00a0"


class Unchecked(Exception):
    """The comparison could not be made; the message says why."""


# ---------------------------------------------------------------- the pieces


@dataclass
class Glyph:
    text: str
    x0: float
    x1: float
    y: float  # the baseline
    size: float
    font: tuple  # family, emphasis: "0" none, "1" bold, "2" italic, "3" both

    @property
    def blank(self):
        return self.text.isspace()


@dataclass
class Word:
    text: str
    emphasis: str  # one sign per letter, as in Glyph
    family: str
    size: float
    glued: object  # True: no blank before it; None: not known (line start, mark)
    page: int
    x: float
    y: float
    x1: float
    gap: object = None  # natural width of the blanks before it; None: not known
    bound: bool = False  # these are NBSP


@dataclass
class Segment:
    glyphs: list

    def __post_init__(self):
        self.size = 0.0
        self.measure(self.glyphs)

    def measure(self, added):
        for glyph in added:
            # Marks are smaller than the text, so the largest glyph has the baseline.
            if glyph.size > self.size:
                self.size, self.y = glyph.size, glyph.y
        self.x0 = min(g.x0 for g in self.glyphs)
        self.x1 = max(g.x1 for g in self.glyphs)

    def add(self, glyph):
        self.glyphs.append(glyph)
        self.x1 = max(self.x1, glyph.x1)
        if glyph.size > self.size:
            self.size, self.y = glyph.size, glyph.y

    # The strip which counts for "side by side"; lower than the line, so that
    # tightly set lines below each other do not touch.
    @property
    def top(self):
        return self.y + 0.65 * self.size

    @property
    def bottom(self):
        return self.y - 0.15 * self.size

    @property
    def middle(self):
        return self.y + 0.25 * self.size

    @property
    def text(self):
        return "".join(g.text for g in self.glyphs)


@dataclass
class Rule:
    at: float  # x of a vertical rule, y of a horizontal one
    start: float
    end: float

    def spans(self, value):
        return self.start - RULE_TOUCH <= value <= self.end + RULE_TOUCH


@dataclass
class Table:
    rows: list  # each a list of cells, each a list of lines
    edges: list  # left edges of the columns
    x0: float
    x1: float
    top: float
    bottom: float


@dataclass
class Page:
    width: float
    height: float
    number: str = ""
    blocks: list = field(default_factory=list)  # Table or a line (list of Word)
    footnotes: list = field(default_factory=list)  # lines

    @property
    def landscape(self):
        return self.width > self.height


@dataclass
class Stream:
    """One sequence of words; lines are pairs (first word, last word)."""

    words: list = field(default_factory=list)
    lines: list = field(default_factory=list)

    def add(self, line):
        if line:
            start = len(self.words)
            self.words += line
            self.lines.append((start, len(self.words) - 1))


@dataclass
class Document:
    pages: list
    streams: dict


# ------------------------------------------------------------ reading a PDF


class Collector(PDFLayoutAnalyzer):
    """Keeps the objects of a page in the order of the content stream."""

    def receive_layout(self, ltpage):
        self.page = ltpage


def flatten(container):
    for item in container:
        if isinstance(item, LTFigure):
            yield from flatten(item)
        else:
            yield item


def clean(text):
    if text == NBSP:
        return text
    text = "".join(" " if ch.isspace() else ch for ch in text.translate(ZERO_WIDTH))
    text = text.translate(HYPHENS)
    # Ligatures are a matter of the font, not of the text.
    return "".join(unicodedata.normalize("NFKC", c) if "\ufb00" <= c <= "\ufb06" else c for c in text)


@functools.cache
def font_of(fontname):
    """Family and emphasis by the name of a font, e.g. ABCDEF+TimesNewRomanPS-BoldMT."""
    name = fontname.split("+")[-1].lower()
    bold = bool(re.search("bold|black|heavy", name))
    italic = bool(re.search("italic|oblique", name))
    family = re.split("[-,]", name)[0].replace(" ", "")
    # These two have the same widths and stand for each other.
    family = re.sub("^(timesnewroman(ps)?(mt)?|liberationserif)$", "times", family)
    return family, str(bold + 2 * italic)


def glyphs_of(items):
    for item in items:
        if isinstance(item, LTChar):
            text = clean(item.get_text())
            if text:
                yield Glyph(text, item.x0, item.x1, item.matrix[5], item.size, font_of(item.fontname))


def raw_rules(items):
    """All (vertical?, Rule) drawn on the page."""
    for item in items:
        if not isinstance(item, (LTLine, LTRect)):
            continue
        x0, x1, y0, y1 = item.x0, item.x1, item.y0, item.y1
        if x1 - x0 <= RULE_WIDTH < y1 - y0:
            yield True, Rule((x0 + x1) / 2, y0, y1)
        elif y1 - y0 <= RULE_WIDTH < x1 - x0:
            yield False, Rule((y0 + y1) / 2, x0, x1)
        elif isinstance(item, LTRect) and item.stroke:
            yield from ((True, Rule(x, y0, y1)) for x in (x0, x1))
            yield from ((False, Rule(y, x0, x1)) for y in (y0, y1))


def joined_rules(rules):
    """Rules drawn in pieces, cell by cell, put together."""
    done = []
    for rule in sorted(rules, key=lambda r: (round(r.at), r.start)):
        # Rounding may part two pieces of one rule: look at a few neighbours.
        for other in reversed(done[-8:]):
            if abs(other.at - rule.at) <= 1 and other.spans(rule.start):
                other.end = max(other.end, rule.end)
                break
        else:
            done.append(Rule(rule.at, rule.start, rule.end))
    return sorted(done, key=lambda r: r.at)


class Rules:
    """The rules of a page, and which cell a point is in."""

    def __init__(self, items):
        found = list(raw_rules(items))
        self.vertical = joined_rules(r for vertical, r in found if vertical)
        self.horizontal = joined_rules(r for vertical, r in found if not vertical)
        self.xs = [r.at for r in self.vertical]

    def part(self, x0, x1, y):
        """Is there a vertical rule between x0 and x1 at height y?"""
        first = bisect_right(self.xs, x0 - 0.5)
        for rule in self.vertical[first:]:
            if rule.at > x1 + 0.5:
                return False
            if rule.spans(y):
                return True
        return False

    def cell(self, x, y):
        """(left, top, right, bottom) of the cell around a point, or None."""
        beside = [r for r in self.vertical if r.start <= y <= r.end]
        left = [r for r in beside if r.at <= x]
        right = [r for r in beside if r.at > x]
        if not left or not right:
            return None
        left, right = left[-1], right[0]
        # Only a rule over the whole width ends a cell: an underline does not.
        across = [r for r in self.horizontal if r.spans(left.at) and r.spans(right.at)]
        above = [r.at for r in across if r.at > y]
        below = [r.at for r in across if r.at <= y]
        # A row broken at the end of a page may lack its rule there.
        top = above[0] if above else max(left.end, right.end)
        bottom = below[-1] if below else min(left.start, right.start)
        return left.at, top, right.at, bottom

    def separators(self, width):
        """Short rules which belong to no table, from the top of the page down."""
        for rule in reversed(self.horizontal):
            touched = any(v.spans(rule.at) and rule.spans(v.at) for v in self.vertical)
            if not touched and 30 <= rule.end - rule.start <= 0.6 * width:
                yield rule


def is_mark(a, b):
    """Is one of two neighbours a raised mark beside the other?"""
    small, large = sorted((a, b), key=lambda g: g.size)
    lowest, highest = RAISED_EM
    return small.size < SMALLER * large.size and lowest < (small.y - large.y) / large.size < highest


def same_line(segment, glyph):
    if abs(glyph.y - segment.y) <= SAME_BASELINE_EM * max(glyph.size, segment.size):
        return True
    return is_mark(segment, glyph)


def continues(segment, glyph, rules):
    last = segment.glyphs[-1]
    size = max(segment.size, glyph.size)
    gap = glyph.x0 - last.x1
    if gap < -0.5 * size or not same_line(segment, glyph):
        return False
    if gap > COLUMN_GAP_EM * size and not last.blank and not glyph.blank:
        return False
    # Trailing blanks of a cell may reach over the rule: look from the last letter.
    return not (rules.vertical and (gap > 1 or last.blank) and rules.part(inked_end(segment), glyph.x0, segment.middle))


def inked_end(segment):
    for glyph in reversed(segment.glyphs):
        if not glyph.blank:
            return glyph.x1 - 1
    return segment.x0


def segments_of(glyphs, rules):
    found = []
    for glyph in glyphs:
        if found and continues(found[-1], glyph, rules):
            found[-1].add(glyph)
        elif not glyph.blank:
            found.append(Segment([glyph]))
    for segment in found:
        while segment.glyphs[-1].blank:
            segment.glyphs.pop()
        segment.measure([])
    return found


def join_touching(segments, rules):
    """Puts together what the content stream has apart, but the page has not."""
    done = []
    for segment in sorted(segments, key=lambda s: (s.x0, -s.y)):
        for other in reversed(done):
            size = max(other.size, segment.size)
            near = -0.3 * size <= segment.x0 - other.x1 <= 0.35 * size
            if near and same_line(other, segment) and not rules.part(other.x1 - 1, segment.x0, other.middle):
                if segment.x0 - other.x1 > WORD_GAP_EM * size:
                    other.glyphs.append(Glyph(" ", other.x1, segment.x0, other.y, other.size, segment.glyphs[0].font))
                other.glyphs += segment.glyphs
                other.measure(segment.glyphs)
                break
        else:
            done.append(segment)
    return done


# ------------------------------------------------------- segments into lines


def words_of(segment, page):
    words, letters, blanks, glued, last = [], [], [], None, None

    def flush():
        if letters:
            words.append(word_of(letters, glued, page))
            set_gap(words, blanks)
            letters.clear()
            blanks.clear()

    for glyph in segment.glyphs:
        if glyph.blank:
            flush()
            blanks.append(glyph)
            glued = False
        else:
            if last is not None and not last.blank:
                if glyph.x0 - last.x1 > WORD_GAP_EM * glyph.size:
                    flush()
                    glued = False
                elif is_mark(last, glyph):
                    flush()
                    glued = None
                elif letters and last.text[-1] in BREAK_AFTER and glyph.text[0].isalnum():
                    flush()
                    glued = True
            letters.append(glyph)
        last = glyph
    flush()
    if words:
        words[0].glued = None
    return words


def set_gap(words, blanks):
    """The width of a blank is that of its glyph, however far a justified line
    stretches it."""
    if len(words) > 1:
        before, word = words[-2:]
        word.gap = sum(g.x1 - g.x0 for g in blanks) if blanks else word.x - before.x1
        word.bound = bool(blanks) and all(g.text == NBSP for g in blanks)


def word_of(letters, glued, page):
    text = "".join(g.text for g in letters)
    emphasis = "".join(g.font[1] * len(g.text) for g in letters)
    composed = unicodedata.normalize("NFC", text)
    if len(composed) != len(text):
        emphasis = emphasis[0] * len(composed)
    first = letters[0]
    end = max(g.x1 for g in letters)
    return Word(composed, emphasis, first.font[0], first.size, glued, page, first.x0, first.y, end)


def lines_of(segments, page):
    """Lines of one column, from top to bottom."""
    rows = []
    for segment in sorted(segments, key=lambda s: -s.y):
        if rows and same_line(rows[-1][0], segment):
            rows[-1].append(segment)
        else:
            rows.append([segment])
    for row in rows:
        row.sort(key=lambda s: s.x0)
    return [[word for segment in row for word in words_of(segment, page)] for row in rows]


def table_groups(cells):
    """Cells which touch each other, one group per table."""
    groups = []
    for cell in sorted(cells, key=lambda c: (-c[1], c[0])):
        touching = [g for g in groups if any(touch(cell, other) for other in g)]
        merged = [cell] + [c for g in touching for c in g]
        groups = [g for g in groups if g not in touching] + [merged]
    return groups


def touch(a, b):
    near = ROW_TOLERANCE
    return a[0] <= b[2] + near and b[0] <= a[2] + near and a[3] <= b[1] + near and b[3] <= a[1] + near


def table_of(cells, contents, page):
    """A Table of the cells (left, top, right, bottom) with their segments."""
    rows = []
    for cell in sorted(cells, key=lambda c: -c[1]):
        if rows and rows[-1][0][1] - cell[1] <= ROW_TOLERANCE:
            rows[-1].append(cell)
        else:
            rows.append([cell])
    return Table(
        [[lines_of(contents[c], page) for c in sorted(row)] for row in rows],
        sorted({round(c[0]) for c in cells}),
        min(c[0] for c in cells),
        max(c[2] for c in cells),
        max(c[1] for c in cells),
        min(c[3] for c in cells),
    )


def split_tables(segments, rules, page):
    """Segments outside of ruled cells, and the tables."""
    loose, contents = [], defaultdict(list)
    for segment in segments:
        cell = rules.cell((segment.x0 + segment.x1) / 2, segment.middle)
        if cell:
            contents[cell].append(segment)
        else:
            loose.append(segment)
    tables = [table_of(group, contents, page) for group in table_groups(contents)]
    return loose, tables


def columns_of(blocks):
    """Blocks grouped by the free vertical gutters between them."""
    columns, right = [], None
    for block in sorted(blocks, key=lambda b: b.x0):
        if right is None or block.x0 > right + GUTTER:
            columns.append([])
            right = block.x1
        columns[-1].append(block)
        right = max(right, block.x1)
    return columns


def bands_of(blocks):
    """Blocks grouped by the free horizontal strips between them."""
    bands, bottom = [], None
    for block in sorted(blocks, key=lambda b: -b.top):
        if bottom is None or block.top < bottom:
            bands.append([])
            bottom = block.bottom
        bands[-1].append(block)
        bottom = min(bottom, block.bottom)
    return bands


def in_reading_order(blocks, page):
    """Tables and lines, as described at the top of this file."""
    bands = bands_of(blocks)
    while bands:
        zone = bands.pop(0)
        if one_row(zone) and len(columns_of(zone)) > 1 and not (bands and len(columns_of(zone + bands[0])) > 1):
            # A line with a blank left in it, not two columns.
            yield from column(zone, page)
            continue
        if len(columns_of(zone)) > 1:
            while bands and len(columns_of(zone + bands[0])) > 1:
                zone += bands.pop(0)
        for part in columns_of(zone):
            yield from column(part, page)


def one_row(blocks):
    return all(isinstance(b, Segment) and same_line(blocks[0], b) for b in blocks)


def column(blocks, page):
    """Tables and lines of one column from top to bottom."""
    run = []
    for block in sorted(blocks, key=lambda b: -b.top):
        if isinstance(block, Segment):
            run.append(block)
        else:
            yield from lines_of(run, page)
            run = []
            yield block
    yield from lines_of(run, page)


# ------------------------------------------------------------ whole documents


def take_page_number(segments, page):
    for segment in segments:
        centre = (segment.x0 + segment.x1) / 2
        highest = all(segment is s or s.top < segment.bottom for s in segments)
        central = abs(centre - page.width / 2) < 0.15 * page.width
        if segment.text.strip().isdigit() and segment.y > page.height - TOP_MARGIN and central and highest:
            page.number = segment.text.strip()
            return [s for s in segments if s is not segment]
    return segments


def take_footnotes(segments, rules, page, body_size, index):
    for rule in rules.separators(page.width):
        below = [s for s in segments if s.y < rule.at]
        small = all(s.size <= 0.92 * body_size for s in below)
        if below and small and abs(min(s.x0 for s in below) - rule.start) < 20:
            page.footnotes = lines_of(below, index)
            return [s for s in segments if s.y >= rule.at]
    return segments


def page_layouts(path):
    manager = PDFResourceManager()
    collector = Collector(manager, laparams=None)
    interpreter = PDFPageInterpreter(manager, collector)
    with open(path, "rb") as file:
        for page in PDFPage.get_pages(file):
            interpreter.process_page(page)
            yield collector.page


def read_pdf(path):
    raw = []
    for layout in page_layouts(path):
        items = list(flatten(layout))
        rules = Rules(items)
        segments = join_touching(segments_of(glyphs_of(items), rules), rules)
        raw.append((Page(layout.width, layout.height), rules, segments))
    sizes = [s.size for _, _, segments in raw for s in segments for _ in s.glyphs]
    if not sizes:
        raise Unchecked(f"{path.name}: there is no text in it")
    body_size = statistics.median(sizes)
    for index, (page, rules, segments) in enumerate(raw, 1):
        segments = take_page_number(segments, page)
        segments = take_footnotes(segments, rules, page, body_size, index)
        loose, tables = split_tables(segments, rules, index)
        page.blocks = list(in_reading_order(loose + tables, index))
    pages = [page for page, _, _ in raw]
    return Document(pages, streams_of(pages))


def row_text(row):
    return [[word.text for word in line] for cell in row for line in cell]


def repeated_rows(table, header, edges):
    """How many rows at the top of a table repeat the given ones."""
    if not set(edges) & set(table.edges):
        return 0
    count = 0
    for row, known in zip(table.rows, header):
        if row_text(row) != row_text(known):
            break
        count += 1
    return count


def streams_of(pages):
    streams = {name: Stream() for name in STREAMS}
    previous = None  # the table at the end of the page before
    for page in pages:
        for place, block in enumerate(page.blocks):
            if not isinstance(block, Table):
                streams[BODY].add(block)
                continue
            count = 0
            if place == 0 and previous is not None:
                count = repeated_rows(block, previous.rows, previous.edges)
            for index, row in enumerate(block.rows):
                for cell in row:
                    for line in cell:
                        streams[HEADERS if index < count else BODY].add(line)
        for line in page.footnotes:
            streams[FOOTNOTES].add(line)
        last = page.blocks[-1] if page.blocks else None
        previous = last if isinstance(last, Table) else None
    return streams


# ----------------------------------------------------------------- comparing


@dataclass
class Report:
    name: str
    words: int = 0
    wrong_words: int = 0
    wrong_emphasis: int = 0
    pages: tuple = (0, 0)
    lines: int = 0
    equal_lines: int = 0
    known_lines: int = 0
    moved_lines: int = 0
    word_messages: list = field(default_factory=list)
    emphasis_messages: list = field(default_factory=list)
    line_messages: list = field(default_factory=list)
    page_messages: list = field(default_factory=list)
    type_messages: list = field(default_factory=list)
    known_messages: dict = field(default_factory=lambda: {ITALIC_OVERHANG: [], HYPHEN_AFTER_DIGIT: []})
    error: str = ""

    @property
    def percent(self):
        return 100.0 * (self.equal_lines + self.known_lines) / self.lines if self.lines else 100.0

    def faults(self):
        return self.wrong_words + self.wrong_emphasis + len(self.page_messages)


def changed_blocks(a, b):
    """Aligns two lists of texts: (equal?, a from, a to, b from, b to)."""
    start, end = 0, 0
    shorter = min(len(a), len(b))
    # Equal ends are found at once; difflib is slow on long texts.
    while start < shorter and a[start] == b[start]:
        start += 1
    while end < shorter - start and a[-1 - end] == b[-1 - end]:
        end += 1
    yield True, 0, start, 0, start
    matcher = difflib.SequenceMatcher(None, a[start : len(a) - end], b[start : len(b) - end], autojunk=False)
    for tag, a1, a2, b1, b2 in matcher.get_opcodes():
        yield tag == "equal", a1 + start, a2 + start, b1 + start, b2 + start
    yield True, len(a) - end, len(a), len(b) - end, len(b)


@dataclass
class Alignment:
    same: dict = field(default_factory=dict)  # word of a: word of b
    near: dict = field(default_factory=dict)  # differing words in the same position
    blocks: list = field(default_factory=list)  # differing (words of a, words of b)


def align(a, b):
    result = Alignment()
    for equal, a1, a2, b1, b2 in changed_blocks([w.text for w in a], [w.text for w in b]):
        if equal:
            result.same.update(zip(range(a1, a2), range(b1, b2)))
        elif a2 > a1 and b2 > b1:
            result.near[a1] = b1
            result.near[a2 - 1] = b2 - 1
            if a2 - a1 == b2 - b1:
                result.near.update(zip(range(a1, a2), range(b1, b2)))
        if not equal:
            result.blocks.append((list(range(a1, a2)), list(range(b1, b2))))
    pair_by_place(result, a, b)
    return result


def pair_by_place(result, a, b):
    """Pairs words left over which stand at one place of the page in both."""
    left = defaultdict(list)
    for _, theirs in result.blocks:
        for j in theirs:
            left[b[j].page, b[j].text].append(j)
    for ours, _ in result.blocks:
        for i in ours:
            candidates = left[a[i].page, a[i].text]
            for j in candidates:
                if abs(a[i].x - b[j].x) <= SAME_PLACE and abs(a[i].y - b[j].y) <= SAME_PLACE:
                    result.same[i] = j
                    candidates.remove(j)
                    break
    paired = set(result.same.values())
    result.blocks = [
        ([i for i in ours if i not in result.same], [j for j in theirs if j not in paired])
        for ours, theirs in result.blocks
    ]


# ------------------------------------------------------- known differences


class Edges:
    """Where the lines of each page begin and end."""

    def __init__(self, document):
        self.left, self.right = defaultdict(list), defaultdict(list)
        for stream in document.streams.values():
            for start, end in stream.lines:
                first, last = stream.words[start], stream.words[end]
                self.left[first.page].append(first.x)
                self.right[last.page].append(last.x1)


def count_between(values, low, high):
    return sum(low <= value <= high for value in values)


@dataclass
class OutOfStep:
    """The lines since a known difference, until both PDFs are in step again."""

    kind: str
    right: float  # edge of the column
    justified: bool
    left: object = None  # of the lines after the first


class KnownDifferences:
    """Says of the differing lines, taken one after another, which are known."""

    def __init__(self, alignment, a, b, edges_a, edges_b):
        self.a, self.b = a, b
        self.edges_a, self.edges_b = edges_a, edges_b
        self.same = alignment.same
        self.back = {j: i for i, j in alignment.same.items()}
        self.starts = [start for start, _ in b.lines]
        self.ends = dict(b.lines)
        self.line_starts = {start for start, _ in a.lines}
        self.run = None

    def kind(self, index):
        """The kind of the known difference, or None."""
        start, end = self.a.lines[index]
        if self.same.get(start) in self.ends:
            self.run = self.first(start, end)
        elif self.run and not self.goes_on(index):
            self.run = None
        return self.run and self.run.kind

    def first(self, start, end):
        """Is this difference, of a line in step, a quirk?"""
        words = self.a.words
        other = self.same[start]
        last = self.ends[other]
        if not self.same_words(start, end) or not last < self.same[end]:
            return None
        # Only what hangs together goes to the next line.
        if not all(self.joined(j) for j in range(last + 2, self.same[end] + 1)):
            return None
        natural = self.natural(range(start, end + 1))
        right = self.right_edge(words[end])
        if natural is None or right is None:
            return None
        slack = right - words[start].x - natural
        kind = self.quirk(end, slack)
        justified = right - words[end].x1 <= SAME_EDGE
        lefts = self.edges_a.left[words[start].page]
        x = words[start].x
        if not justified and count_between(lefts, x - SAME_EDGE, x + SAME_EDGE) < SAME_EDGE_LINES:
            return None  # it may be centred
        run = OutOfStep(kind, right, justified)
        return run if kind and self.same_column(run, words[start], (other, last)) else None

    def quirk(self, end, slack):
        last = self.a.words[end]
        too_wide, more = SLACK_TOLERANCE
        if slack < -too_wide:
            return None
        if re.search(r"\d-$", last.text):
            after = self.same.get(end + 1)
            letter = after == self.same[end] + 1 and self.b.words[after].text[0].isalpha()
            if letter and self.joined(after):
                return HYPHEN_AFTER_DIGIT
        overhang = self.overhang(last)
        return ITALIC_OVERHANG if overhang and slack <= overhang + more else None

    @staticmethod
    def overhang(word):
        """What LibreOffice keeps free at the end of a line ending in this word."""
        return OVERHANG_EM * word.size if word.emphasis[-1] in "23" else 0.0

    def goes_on(self, index):
        """Does this line, not in step, differ only because one before it did?"""
        words, run = self.a.words, self.run
        start, end = self.a.lines[index]
        before = words[self.a.lines[index - 1][1]]
        if not self.same_words(start, end):
            return False
        line = self.line_at(self.same[start])
        first, last = self.b.lines[line]
        if run.left is None:
            run.left = words[start].x
        if abs(words[start].x - run.left) > SAME_LEFT or abs(self.b.words[first].x - run.left) > SAME_LEFT:
            return False
        # The line before must be full: else the paragraph ended there.
        if before.x1 + self.blank(start) + self.letters(self.a, start) <= run.right:
            return False
        if last >= self.same[end]:
            return last == self.same[end]  # in step again
        if self.line_at(self.same[end]) > line + 1:
            return False
        return self.same_column(run, words[start], (first, last), run.left) and self.is_full(run, first, last)

    def is_full(self, run, first, last):
        """Does this DOCX line hold as many words as LibreOffice could put in it?"""
        after = last + 1
        while self.joined(after + 1) and after + 1 not in self.ends:
            after += 1
        ours = [self.back.get(j) for j in range(first, after + 1)]
        if None in ours or ours != list(range(ours[0], ours[-1] + 1)):
            return False
        natural, longer = self.natural(ours[: last + 1 - first]), self.natural(ours)
        if natural is None or longer is None:
            return False
        width = run.right - run.left
        reserved = self.overhang(self.a.words[ours[-1]])
        too_wide, more = SLACK_TOLERANCE
        return natural <= width + too_wide and longer > width - reserved - more

    def same_column(self, run, word, line, left=None):
        first, last = (self.b.words[j] for j in line)
        if abs(first.x - (word.x if left is None else left)) > SAME_LEFT:
            return False
        rights = self.edges_b.right[first.page]
        if count_between(rights, run.right - SHORT_EDGE, run.right + LONG) < 2:
            return False
        short = SHORT + self.overhang(last)
        return not run.justified or -short <= last.x1 - run.right <= LONG

    def right_edge(self, last):
        """The nearest right edge of the page which this line may end at."""
        ends = self.edges_a.right[last.page]
        for x in sorted(ends):
            if x >= last.x1 - SAME_EDGE and count_between(ends, x - SAME_EDGE, x + SAME_EDGE) >= SAME_EDGE_LINES:
                return x
        return None

    def same_words(self, start, end):
        """Are the words of this line in the DOCX as they are here, also in width?"""
        other = self.same.get(start)
        if other is None or any(self.same.get(i) != other + i - start for i in range(start, end + 1)):
            return False
        wider = sum(self.letters(self.b, self.same[i]) - self.letters(self.a, i) for i in range(start, end + 1))
        return abs(wider) <= SAME_WIDTH

    @staticmethod
    def letters(stream, index):
        return stream.words[index].x1 - stream.words[index].x

    def joined(self, j):
        """Is there no place to break before this DOCX word?"""
        if j >= len(self.b.words):
            return False
        ours = self.back.get(j)
        word = self.a.words[ours] if ours is not None else None
        return self.b.words[j].glued is True or (word is not None and (word.glued is True or word.bound))

    def blank(self, i):
        """The gap before a word, also one at the start of a line."""
        word = self.a.words[i]
        if word.gap is not None:
            return word.gap
        glued = i in self.same and self.b.words[self.same[i]].glued is True
        return 0.0 if glued else BLANK_EM * word.size

    def natural(self, ours):
        """Width of words of the PDF as one line, no blank stretched."""
        words = [self.a.words[i] for i in ours]
        if any(w.gap is None and i not in self.line_starts for i, w in zip(ours, words)):
            return None  # pieces side by side
        return sum(self.letters(self.a, i) for i in ours) + sum(self.blank(i) for i in ours[1:])

    def line_at(self, j):
        return bisect_right(self.starts, j) - 1


def compare_streams(report, name, a, b, edges):
    alignment = align(a.words, b.words)
    report.words += len(a.words)
    compare_words(report, name, alignment, a.words, b.words)
    compare_emphasis(report, alignment, a.words, b.words)
    compare_type(report, alignment, a.words, b.words)
    compare_lines(report, name, alignment, a, b, edges)


def compare_words(report, name, alignment, a, b):
    where = "" if name == BODY else f" ({name})"
    for ours, theirs in alignment.blocks:
        if ours or theirs:
            report.wrong_words += max(len(ours), len(theirs))
            report.word_messages.append(f"{excerpt(a, ours, 'PDF')}; {excerpt(b, theirs, 'DOCX')}{where}")
    for i, j in alignment.same.items():
        if None not in (a[i].glued, b[j].glued) and a[i].glued != b[j].glued:
            report.wrong_words += 1
            verb = "has a blank" if a[i].glued else "has no blank"
            report.word_messages.append(f"page {b[j].page}: the DOCX {verb} before {quote(context(b, j))}{where}")


def context(words, index):
    return words[max(0, index - 2) : index + 2]


def quote(words):
    text = ""
    for word in words:
        text += ("" if word.glued is True or not text else " ") + word.text
    return f"«{text}»" if len(text) <= 90 else f"«{text[:42]} … {text[-42:]}»"


def excerpt(words, indices, name):
    if not indices:
        return f"{name}: nothing"
    return f"{name} page {words[indices[0]].page}: {quote([words[i] for i in indices])}"


def emphasis_name(signs):
    names = {"0": "regular", "1": "bold", "2": "italic", "3": "bold italic"}
    return " + ".join(names[s] for s in dict.fromkeys(signs))


def compare_emphasis(report, alignment, a, b):
    for i, j in sorted(alignment.same.items()):
        if a[i].emphasis != b[j].emphasis:
            report.wrong_emphasis += 1
            report.emphasis_messages.append(
                f"page {a[i].page}: {quote([a[i]])} in {quote(context(a, i))}: "
                f"PDF {emphasis_name(a[i].emphasis)}, DOCX {emphasis_name(b[j].emphasis)}"
            )


def compare_type(report, alignment, a, b):
    """Only noted: another face or size often is why lines break elsewhere."""
    for i, j in sorted(alignment.same.items()):
        if a[i].family != b[j].family or abs(a[i].size - b[j].size) > SIZE_TOLERANCE:
            report.type_messages.append(
                f"page {a[i].page}: {quote([a[i]])} in {quote(context(a, i))}: "
                f"PDF {a[i].family} {a[i].size:.1f}, DOCX {b[j].family} {b[j].size:.1f}"
            )


def compare_lines(report, name, alignment, a, b, edges):
    where = "" if name == BODY else f" ({name})"
    place = {**alignment.near, **alignment.same}
    theirs = set(b.lines)
    starts = [start for start, _ in b.lines]
    known = KnownDifferences(alignment, a, b, *edges)
    report.lines += len(a.lines)
    for index, (start, end) in enumerate(a.lines):
        if (place.get(start), place.get(end)) in theirs:
            known.run = None
            report.equal_lines += 1
            report.moved_lines += a.words[start].page != b.words[place[start]].page
            continue
        found = [place[i] for i in range(start, end + 1) if i in place]
        other = "nothing alike"
        if found:
            first, last = b.lines[bisect_right(starts, found[0]) - 1]
            other = f"page {b.words[first].page} {quote(b.words[first : last + 1])}"
        kind = known.kind(index)
        report.known_lines += kind is not None
        messages = report.known_messages[kind] if kind else report.line_messages
        messages.append(
            f"PDF page {a.words[start].page} {quote(a.words[start : end + 1])}\n        DOCX {other}{where}"
        )


def compare_pages(report, a, b):
    report.pages = (len(a), len(b))
    if len(a) != len(b):
        report.page_messages.append(f"the PDF has {len(a)} pages, the DOCX {len(b)}")
    for index, (ours, theirs) in enumerate(zip(a, b), 1):
        if ours.landscape != theirs.landscape:
            names = ("upright", "landscape")
            report.page_messages.append(
                f"page {index}: PDF {names[ours.landscape]}, DOCX {names[theirs.landscape]}"
            )
        if ours.number != theirs.number:
            report.page_messages.append(
                f"page {index}: page number {ours.number or 'none'} in the PDF, {theirs.number or 'none'} in the DOCX"
            )


def compare(pair):
    name, first, second = pair
    report = Report(name)
    try:
        a, b = read_pdf(first), read_pdf(second)
    except Exception as error:  # a worker must not lose the other files
        report.error = f"{name}: cannot be read: {type(error).__name__}: {error}"
        return report
    compare_pages(report, a.pages, b.pages)
    edges = Edges(a), Edges(b)
    for stream in STREAMS:
        compare_streams(report, stream, a.streams[stream], b.streams[stream], edges)
    return report


# ------------------------------------------------------------- the command


def find_pairs(folder):
    """NAME: (PDF, DOCX or converted PDF) for all files of the folder."""
    if not folder.is_dir():
        raise Unchecked(f"{folder}: no such directory")
    pdfs = {p.stem: p for p in folder.glob("*.pdf") if not p.name.endswith(".lo.pdf")}
    others = {p.name[: -len(".lo.pdf")]: p for p in folder.glob("*.lo.pdf")}
    # The DOCX goes first: what was converted once may be older.
    others.update({p.stem: p for p in folder.glob("*.docx") if not p.name.startswith("~$")})
    single = sorted(set(pdfs) ^ set(others))
    if single:
        raise Unchecked("no partner (NAME.pdf and NAME.docx are needed) for: " + ", ".join(single))
    if not pdfs:
        raise Unchecked(f"{folder}: no pair NAME.pdf and NAME.docx")
    return {name: (pdfs[name], others[name]) for name in sorted(pdfs)}


def convert(documents, target):
    """Converts all DOCX at once; gives the PDF of each."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if not program:
        raise Unchecked("soffice (LibreOffice) is not installed")
    # LibreOffice takes a file it does not know for plain text.
    broken = [d.name for d in documents if not zipfile.is_zipfile(d)]
    if broken:
        raise Unchecked("not a DOCX: " + ", ".join(broken))
    with tempfile.TemporaryDirectory(prefix="parity-profile-") as profile:
        # A profile of its own, as two soffice of one profile would share one process.
        command = [program, f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", "--norestore"]
        command += ["--convert-to", EXPORT, "--outdir", str(target)] + [str(d) for d in documents]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=120 + 20 * len(documents))
        except subprocess.TimeoutExpired:
            raise Unchecked("soffice did not end in time") from None
    made = {d: target / f"{d.stem}.pdf" for d in documents}
    # The exit code says nothing: it is 0 even if a file could not be loaded.
    missing = [d.name for d, pdf in made.items() if not pdf.is_file() or not pdf.stat().st_size]
    if missing:
        raise Unchecked(f"soffice made no PDF of: {', '.join(missing)}\n{done.stderr.strip()}")
    return made


def print_report(report, width):
    print(
        f"{report.name:<{width}} {report.words:>7} {report.wrong_words:>7} {report.wrong_emphasis:>8} "
        f"{'/'.join(map(str, report.pages)):>7} {report.lines:>6} {report.equal_lines:>6} {report.known_lines:>6} "
        f"{cut(report.percent):>7} {report.moved_lines:>6}"
    )


def cut(percent):
    # Cut, not rounded: 99.996 must not read as 100.
    return f"{int(percent * 100) / 100:.2f}"


def print_messages(report, below):
    kinds = [
        ("pages", report.page_messages),
        ("words", report.word_messages),
        ("emphasis", report.emphasis_messages),
        # Few lines elsewhere are allowed, but it helps to see which.
        ("lines broken elsewhere" + (", too many" if below else ""), report.line_messages),
        ("note: other type face or size", report.type_messages),
    ]
    kinds += [(f"note: known difference ({kind})", found) for kind, found in report.known_messages.items()]
    for kind, messages in kinds:
        if messages:
            print(f"  {report.name}: {kind}: {len(messages)}")
            for message in messages[:SHOWN]:
                print(f"      {message}")


def total_of(reports):
    total = Report("total")
    for report in reports:
        for name in ("words", "wrong_words", "wrong_emphasis", "lines", "equal_lines", "known_lines", "moved_lines"):
            setattr(total, name, getattr(total, name) + getattr(report, name))
        total.pages = tuple(map(sum, zip(total.pages, report.pages)))
        total.page_messages += report.page_messages
    return total


def show(reports, least, total_only):
    """Prints everything; gives the names of what is below the limits."""
    total = total_of(reports)
    width = max(len(r.name) for r in reports + [total])
    print(f"{'':<{width}}   words  differ emphasis   pages  lines  equal  known       %  moved")
    for report in reports + [total]:
        print_report(report, width)
    print("pages: PDF/DOCX; equal: lines with the same words; known: lines differing by a quirk of LibreOffice;")
    print("%: equal and known; moved: equal lines on another page")
    failed = []
    for report in reports:
        below = report.percent < least
        print_messages(report, below and not total_only)
        if report.faults() or (below and not total_only):
            failed.append(report.name)
    if total.percent < least:
        failed.append(total.name)
    return failed


def parse_arguments():
    parser = argparse.ArgumentParser(description="Compares NAME.pdf with NAME.docx, laid out by LibreOffice.")
    parser.add_argument("--min", type=float, default=99.0, help="least per cent of equal and known lines (99)")
    parser.add_argument("--total-only", action="store_true", help="--min is for the total, not for each file")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep the converted files there, as NAME.lo.pdf")
    parser.add_argument("folder", type=Path, metavar="DIR")
    return parser.parse_args()


def run(arguments):
    if PDFLayoutAnalyzer is object:
        raise Unchecked("pdfminer.six is not installed; see requirements.txt")
    pairs = find_pairs(arguments.folder)
    with tempfile.TemporaryDirectory(prefix="parity-") as work:
        documents = [other for _, other in pairs.values() if other.suffix == ".docx"]
        made = convert(documents, Path(work)) if documents else {}
        jobs = [(name, pdf, made.get(other, other)) for name, (pdf, other) in pairs.items()]
        if arguments.keep:
            arguments.keep.mkdir(parents=True, exist_ok=True)
            for name, _, converted in jobs:
                target = arguments.keep / f"{name}.lo.pdf"
                if converted.resolve() != target.resolve():
                    shutil.copyfile(converted, target)
        with multiprocessing.Pool(min(len(jobs), multiprocessing.cpu_count())) as pool:
            reports = pool.map(compare, jobs, chunksize=1)
    errors = [report.error for report in reports if report.error]
    if errors:
        raise Unchecked("\n".join(errors))
    return show(reports, arguments.min, arguments.total_only)


def main():
    arguments = parse_arguments()
    try:
        failed = run(arguments)
    except Unchecked as problem:
        print(f"parity: {problem}", file=sys.stderr)
        return 2
    if failed:
        print(f"parity: below the limits: {', '.join(failed)}")
        return 1
    print("parity: all equal within the limits")
    return 0


if __name__ == "__main__":
    sys.exit(main())
