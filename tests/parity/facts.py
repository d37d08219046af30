#!/usr/bin/env python3
"""Checks that the formatting which a DOCX states is what the PDF of the same document shows.

    facts.py [--shown 10] DIR

DIR holds pairs NAME.pdf and NAME.docx.  Where parity.py lays the DOCX out with LibreOffice and compares two PDFs, this
tool lays nothing out: it reads the facts that the DOCX states and measures them in the PDF.  Word's file can therefore
be wrong in a way that LibreOffice happens to hide, and is found here.

What a DOCX states.  For each paragraph the effective properties: document defaults, table style, chain of paragraph
styles (basedOn), character style, direct properties.  For each paragraph its column, too: the text area of its section,
or the cell of its table less the margins of the cell.

How a paragraph is found in the PDF.  The glyphs of a page that stand in the column of the paragraph are put into lines
by their baselines.  The paragraph is found where some lines following each other have exactly its letters (blanks
aside), searched for from the place of the paragraph before it (for cells: before it in the column).  Thus each letter
of the DOCX has its glyph.  Repeated header rows, footnotes and page numbers are set aside.

What is compared
  face      size, bold and italic of each letter; numbers of footnotes are raised and in order
  edges     where each line starts and ends, by alignment, indents, first-line indent, cell and page margins
  pitch     baseline to baseline inside a paragraph
  gap       from the last line of a paragraph to the first line of the next one of the same page: spaces before and
            after, pitch, rules, spacers, rows of tables with their margins, lines and vertical alignment
  page      size of the paper; top margin: where text starts on a page; bottom margin: that none stands below it
  header    page numbers: face, centre, height; first-page header and footer
  rule      paragraph borders: place and length of the drawn line; none is drawn that the DOCX does not have
  cell      vertical lines of tables stand where the grid has its columns
  outline   outline levels: the bookmarks of the PDF
  link      hyperlinks: the links of the PDF
  native    that the DOCX is a native file of Word: named Vietnamese styles based on one, no direct fonts and sizes,
            language, tables of exact widths with header rows, real footnotes, hyperlinks, fields, restarted page
            numbers, no automatic numbers, no underscores for rules, no blanks for places

Known and allowed: the numbers of footnotes are smaller; the blanks for number and date are of the width that fits the
PDF; a spacer of one point (style `Dòng đệm`) stands where Word wants a paragraph; Typst drops the leading above the
first line of a page, within the tolerance of gaps.

Exit code: 0 no difference; 1 differences, or fewer than 95 % of the paragraphs of two words or more found; 2 it could
not be checked.
"""

import argparse
import itertools
import re
import sys
import unicodedata
import zipfile
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree

try:
    from pdfminer.converter import PDFLayoutAnalyzer
    from pdfminer.layout import LTChar, LTCurve, LTFigure, LTLine, LTRect
    from pdfminer.pdfdocument import PDFDocument, PDFNoOutlines
    from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
    from pdfminer.pdfpage import PDFPage
    from pdfminer.pdfparser import PDFParser
    from pdfminer.pdftypes import resolve1
except ImportError:
    PDFLayoutAnalyzer = object

# Tolerances in points.
SIZE, EDGE, PITCH, GAP, LENGTH, NUMBER = 0.05, 0.6, 0.15, 1.0, 0.5, 1.5
MATCHED = 0.95  # least share of paragraphs of two words or more that are found

# Times New Roman and faces of its metrics, in em: below the baseline; a single-spaced line.
DESCENT, SINGLE = 0.21631, 1.1499
MARK = 0.75  # numbers of footnotes are smaller than this share of the text beside them
WINDOW = 3  # pages in which a paragraph is searched for
FAMILY = "Times New Roman"
BASE, RULE, SPACER, COLUMNS = "Văn bản", "Nét kẻ", "Dòng đệm", "Bảng không viền"
APPENDIX = "Phụ lục"
LETTERHEAD = ("Cơ quan chủ quản", "Cơ quan ban hành")
TITLES = ("Phần và Chương", "Mục và Tiểu mục", "Mục I", "Khoản 1 có tiêu đề", "Khoản 1.1 có tiêu đề", APPENDIX)

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


class Unchecked(Exception):
    """The check could not be made; the message says why."""


# ------------------------------------------------------------------- the PDF


@dataclass
class Glyph:
    text: str
    x0: float
    x1: float
    y: float  # baseline, from the top of the page
    size: float
    bold: bool
    italic: bool


@dataclass
class Line:
    page: int
    y: float
    glyphs: list  # of the text
    marks: list = field(default_factory=list)  # numbers of footnotes

    @property
    def place(self):
        return (self.page, self.y)

    @property
    def text(self):
        return "".join(g.text for g in self.glyphs)

    @property
    def x0(self):
        return min(g.x0 for g in self.glyphs + self.marks)

    @property
    def x1(self):
        return max(g.x1 for g in self.glyphs + self.marks)


@dataclass
class Page:
    width: float
    height: float
    glyphs: list
    level: list  # horizontal rules (x0, x1, y)
    upright: list  # vertical rules (x, y0, y1)
    boxes: list  # drawn rectangles (x0, y0, x1, y1)
    links: list
    notes: list = field(default_factory=list)  # glyphs of footnotes
    separators: list = field(default_factory=list)


class Collector(PDFLayoutAnalyzer):
    """Keeps the objects of a page."""

    def receive_layout(self, ltpage):
        self.page = ltpage


def flatten(container):
    for item in container:
        if isinstance(item, LTFigure):
            yield from flatten(item)
        else:
            yield item


def read_pdf(path):
    """The pages, the bookmarks (level, title) and the names of the fonts."""
    with path.open("rb") as file:
        document = PDFDocument(PDFParser(file))
        manager = PDFResourceManager()
        collector = Collector(manager, laparams=None)
        interpreter = PDFPageInterpreter(manager, collector)
        pages, fonts = [], set()
        for source in PDFPage.create_pages(document):
            interpreter.process_page(source)
            pages.append(read_page(collector.page, source, fonts))
        try:
            outline = [(level, title) for level, title, *_ in document.get_outlines()]
        except PDFNoOutlines:
            outline = []
    if not pages:
        raise Unchecked(f"{path.name} has no pages")
    return pages, outline, fonts


def read_page(layout, source, fonts):
    height = layout.height
    page = Page(layout.width, height, [], [], [], [], uris(source))
    for item in flatten(layout):
        if isinstance(item, LTChar):
            fonts.add(item.fontname)
            text = compact(item.get_text())
            if text:
                bold, italic = "Bold" in item.fontname, "Italic" in item.fontname
                page.glyphs.append(Glyph(text, item.x0, item.x1, height - item.matrix[5], item.size, bold, italic))
        elif isinstance(item, (LTLine, LTRect, LTCurve)):
            add_drawn(page, item, height)
    return page


def add_drawn(page, item, height):
    x0, x1, top, bottom = item.x0, item.x1, height - item.y1, height - item.y0
    if bottom - top < 2:
        page.level.append((x0, x1, (top + bottom) / 2))
    elif x1 - x0 < 2:
        page.upright.append(((x0 + x1) / 2, top, bottom))
    else:
        page.boxes.append((x0, top, x1, bottom))


def uris(source):
    out = []
    for annotation in resolve1(source.annots) or []:
        action = resolve1(resolve1(annotation).get("A"))
        if action and action.get("URI"):
            out.append(resolve1(action["URI"]).decode("utf-8"))
    return out


def compact(text):
    return "".join(unicodedata.normalize("NFC", text).split()).replace("\u200b", "").replace("\u2011", "-")


def set_notes_aside(page, left, width, size):
    """Footnotes: the lines in their size below a short rule that begins at the left margin."""
    for rule in sorted(page.level, key=lambda r: r[2]):
        x0, x1, y = rule
        below = sorted((g for g in page.glyphs if g.y > y), key=lambda g: g.y)
        notes = list(itertools.takewhile(lambda g: g.size < MARK * size or abs(g.size - size) < SIZE, below))
        if abs(x0 - left) < 1 and 0.15 * width < x1 - x0 < 0.4 * width and notes:
            page.notes, page.separators = notes, [rule]
            taken = {id(g) for g in notes}
            page.glyphs = [g for g in page.glyphs if id(g) not in taken]
            return


def lines_of(number, glyphs, x0, x1):
    """The lines of a column from top to bottom."""
    lines = []
    for glyph in sorted((g for g in glyphs if x0 - 1 <= (g.x0 + g.x1) / 2 <= x1 + 1), key=lambda g: g.y):
        if lines and glyph.y - lines[-1].y < 0.3:
            lines[-1].glyphs.append(glyph)
        else:
            lines.append(Line(number, glyph.y, [glyph]))
    for line in lines:
        line.glyphs.sort(key=lambda g: g.x0)
    marked = {id(raised) for raised in lines if take_marks(raised, lines)}
    return [n for n in lines if id(n) not in marked]


def take_marks(raised, lines):
    """Whether a line is but the raised numbers of footnotes of a line below it, which then gets them."""
    if not raised.text.isdigit():
        return False
    mark = raised.glyphs[0]
    for line in lines:
        size = line.glyphs[0].size
        beside = any(min(abs(g.x1 - mark.x0), abs(mark.x1 - g.x0)) < 0.3 * size for g in line.glyphs)
        if 0.5 < line.y - raised.y < 0.6 * size and mark.size < MARK * size and beside:
            line.marks = raised.glyphs
            return True
    return False


# ------------------------------------------------------------------ the DOCX


@dataclass
class Section:
    width: float
    height: float
    turned: bool
    top: float
    bottom: float
    left: float
    right: float
    header: float
    footer: float
    start: str
    title: bool
    parts: dict  # ("header" or "footer", type) -> name of the part

    @property
    def edges(self):
        return (self.left, self.width - self.right)


@dataclass
class Letter:
    text: str
    size: float
    bold: bool
    italic: bool


@dataclass(eq=False)
class Par:
    element: object
    name: str  # of its style
    props: dict
    letters: list
    breaks: set  # counts of letters before line breaks
    notes: list  # ids of footnotes
    size: float  # of the largest letter, or of the paragraph mark
    words: int
    section: Section
    x0: float = 0.0
    x1: float = 0.0
    picture: float = 0.0  # height
    row: object = None  # of the table it stands in
    lines: list = field(default_factory=list)  # of the PDF
    segment: int = 0  # places of one segment can be compared
    first: float = 0.0  # baselines as the DOCX lays them out
    last: float = 0.0
    top: float = 0.0  # of its upper border

    @property
    def text(self):
        return "".join(letter.text for letter in self.letters)

    @property
    def pitch(self):
        line, rule = self.props["line"], self.props["rule"]
        if self.picture and rule == "auto":  # it stands on the baseline
            return self.picture + DESCENT * self.size
        if rule == "exact":
            return line
        single = round(20 * self.size * SINGLE)
        own = int(single * line * 20 / 240) / 20 if rule == "auto" else single / 20
        return max(own, line) if rule == "atLeast" else own

    def border(self, side):
        """Thickness and distance of a border of the paragraph."""
        found = self.props["borders"].get(side)
        return found if found else (0.0, 0.0)

    def __str__(self):
        text = " ".join("".join(self.element.itertext()).split())
        return f"{self.name} “{text[:40]}{'…' if len(text) > 40 else ''}”"


@dataclass(eq=False)
class Cell:
    x0: float
    x1: float
    blocks: list
    merge: str  # "", "restart" or "continue"
    align: str


@dataclass(eq=False)
class Row:
    cells: list
    header: bool
    fixed: bool  # does not split
    height: float


@dataclass(eq=False)
class Table:
    element: object
    style: str
    rows: list
    margins: dict
    borders: dict  # side -> thickness

    @property
    def line(self):
        return max(self.borders.values(), default=0.0)


PLAIN = {"jc": "left", "left": 0, "right": 0, "first": 0, "before": 0, "after": 0, "line": 12.0, "rule": "auto",
         "outline": 9, "borders": {}}


def points(value, unit=20):
    return int(value) / unit


def switch(element):
    return element.get(W + "val", "1") not in ("0", "false", "off", "none")


def paragraph_properties(ppr):
    """What one w:pPr says."""
    out = {}
    for e in ppr if ppr is not None else ():
        tag, get = e.tag.removeprefix(W), lambda name, e=e: e.get(W + name)
        if tag == "jc":
            out["jc"] = {"both": "justify", "start": "left", "end": "right"}.get(get("val"), get("val"))
        elif tag == "ind":
            for name, key in (("start", "left"), ("left", "left"), ("end", "right"), ("right", "right")):
                if get(name) is not None:
                    out[key] = points(get(name))
            if get("firstLine") is not None:
                out["first"] = points(get("firstLine"))
            if get("hanging") is not None:
                out["first"] = -points(get("hanging"))
        elif tag == "spacing":
            out |= {key: points(get(key)) for key in ("before", "after", "line") if get(key) is not None}
            if get("lineRule") is not None:
                out["rule"] = get("lineRule")
        elif tag == "outlineLvl":
            out["outline"] = int(get("val"))
        elif tag == "pBdr":
            out["borders"] = {
                b.tag.removeprefix(W): (points(b.get(W + "sz", 0), 8), float(b.get(W + "space", 0)))
                for b in e if b.get(W + "val") not in ("nil", "none")
            }
    return out


def run_properties(rpr):
    """What one w:rPr says."""
    out = {}
    for e in rpr if rpr is not None else ():
        tag = e.tag.removeprefix(W)
        if tag in ("b", "i", "caps"):
            out[tag] = switch(e)
        elif tag == "sz":
            out["sz"] = points(e.get(W + "val"), 2)
    return out


def parse(part, data):
    try:
        return ElementTree.fromstring(data)
    except ElementTree.ParseError as error:
        raise ValueError(f"{part} is not well-formed XML: {error}") from error


class Docx:
    """A DOCX with its effective properties."""

    def __init__(self, path):
        with zipfile.ZipFile(path) as archive:
            self.parts = {n: archive.read(n) for n in archive.namelist()}
        self.trees = {n: parse(n, d) for n, d in self.parts.items() if n.endswith((".xml", ".rels"))}
        self.document = self.trees["word/document.xml"]
        styles = self.trees["word/styles.xml"]
        self.styles = {s.get(W + "styleId"): s for s in styles.iter(W + "style")}
        paragraphs = {i: s for i, s in self.styles.items() if s.get(W + "type") == "paragraph"}
        self.default = next((i for i, s in paragraphs.items() if s.get(W + "default")), None)
        self.defaults = styles.find(f"{W}docDefaults")
        self.sections, self.blocks = [], []
        self.read_body()
        self.notes = {
            n.get(W + "id"): self.read_blocks(n, self.sections[0], *self.sections[0].edges)
            for n in self.trees.get("word/footnotes.xml", ()) if not n.get(W + "type")
        }

    def targets(self, part):
        """Relationships of a part: id -> (target, whether it is outside)."""
        path = PurePosixPath(part)
        tree = self.trees.get(f"{path.parent}/_rels/{path.name}.rels", ())
        out = {}
        for e in tree:
            target, outside = e.get("Target"), e.get("TargetMode") == "External"
            if not outside:
                target = target.lstrip("/") if target.startswith("/") else f"{path.parent}/{target}"
            out[e.get("Id")] = (target, outside)
        return out

    def name(self, style_id):
        """Name of a style; of a style that Word has itself, its Vietnamese alias."""
        style = self.styles.get(style_id)
        if style is None:
            return ""
        alias = style.find(W + "aliases")
        return (alias if alias is not None else style.find(W + "name")).get(W + "val")

    def chain(self, style_id):
        """A style and those it is based on, the base first."""
        out = []
        while style_id in self.styles and self.styles[style_id] not in out:
            out.insert(0, self.styles[style_id])
            base = out[0].find(W + "basedOn")
            style_id = base.get(W + "val") if base is not None else None
        return out

    # ---- sections and blocks

    def read_body(self):
        body = self.document.find(W + "body")
        waiting = []
        for child in body:
            setup = child if child.tag == W + "sectPr" else child.find(f"{W}pPr/{W}sectPr")
            if child.tag != W + "sectPr":
                waiting.append(child)
            if setup is not None:
                section = self.read_section(setup)
                self.sections.append(section)
                self.blocks += self.read_blocks(waiting, section, *section.edges)
                waiting = []

    def read_section(self, setup):
        size, margin = setup.find(W + "pgSz"), setup.find(W + "pgMar")
        number = setup.find(W + "pgNumType")
        parts = dict(self.sections[-1].parts) if self.sections else {}
        targets = self.targets("word/document.xml")
        for e in setup:
            if e.tag in (W + "headerReference", W + "footerReference"):
                kind = e.tag.removeprefix(W).removesuffix("Reference")
                parts[kind, e.get(W + "type")] = targets[e.get(R + "id")][0]
        return Section(
            points(size.get(W + "w")), points(size.get(W + "h")), size.get(W + "orient") == "landscape",
            *(points(margin.get(W + n)) for n in ("top", "bottom", "left", "right", "header", "footer")),
            number.get(W + "start") if number is not None else None, setup.find(W + "titlePg") is not None, parts,
        )

    def read_blocks(self, parent, section, x0, x1, table=None, row=None):
        out = []
        for e in parent:
            if e.tag == W + "p":
                par = self.read_par(e, section, table)
                par.x0, par.x1, par.row = x0, x1, row
                out.append(par)
            elif e.tag == W + "tbl":
                out.append(self.read_table(e, section, x0, x1))
            elif e.tag == W + "sdt":
                out += self.read_blocks(e.find(W + "sdtContent"), section, x0, x1, table, row)
        return out

    def read_par(self, e, section, table):
        ppr = e.find(W + "pPr")
        named = e.find(f"{W}pPr/{W}pStyle")
        style = named.get(W + "val") if named is not None else self.default
        chains = (self.chain(table) if table else []) + self.chain(style)
        props = dict(PLAIN)
        default = self.defaults.find(f"{W}pPrDefault/{W}pPr")
        for source in [default, *(s.find(W + "pPr") for s in chains), ppr]:
            props |= paragraph_properties(source)
        face = {"b": False, "i": False, "sz": 10.0, "caps": False}
        face |= run_properties(self.defaults.find(f"{W}rPrDefault/{W}rPr"))
        for s in chains:
            face |= run_properties(s.find(W + "rPr"))
        par = Par(e, self.name(style), props, [], set(), [], face["sz"], 0, section)
        text = "".join(self.read_runs(e, face, par))
        par.words = len(text.split())
        extent = e.find(f".//{W}drawing//{{*}}extent")
        par.picture = points(extent.get("cy"), 12700) if extent is not None else 0.0
        if par.letters:
            par.size = max(letter.size for letter in par.letters)
        return par

    def read_runs(self, parent, face, par):
        """Adds the letters of the runs; yields their text with blanks."""
        for e in parent:
            if e.tag == W + "r":
                yield from self.read_run(e, face, par)
            elif e.tag in (W + "hyperlink", W + "sdt", W + "sdtContent", W + "ins", W + "smartTag", W + "fldSimple"):
                yield from self.read_runs(e, face, par)

    def read_run(self, run, face, par):
        rpr = run.find(W + "rPr")
        own = dict(face)
        kind = rpr.find(W + "rStyle") if rpr is not None else None
        if kind is not None:
            said = {}
            for style in self.chain(kind.get(W + "val")):
                said |= run_properties(style.find(W + "rPr"))
            # Bold and italic of paragraph style and character style cancel out each other (17.7.3).
            own |= {k: face[k] != v if k in ("b", "i", "caps") else v for k, v in said.items()}
        own |= run_properties(rpr)
        for e in run:
            tag = e.tag.removeprefix(W)
            if tag == "footnoteReference":
                par.notes.append(e.get(W + "id"))
            elif tag in ("br", "cr"):
                par.breaks.add(len(par.letters))
                yield "\n"
            elif tag == "tab":
                yield "\t"
            elif tag in ("t", "noBreakHyphen"):
                text = "-" if tag == "noBreakHyphen" else e.text or ""
                text = text.upper() if own["caps"] else text
                par.letters += [Letter(c, own["sz"], own["b"], own["i"]) for c in compact(text)]
                yield text

    def read_table(self, e, section, x0, x1):
        properties = e.find(W + "tblPr")
        style = properties.find(W + "tblStyle")
        style = style.get(W + "val") if style is not None else None
        sources = [s.find(W + "tblPr") for s in self.chain(style)] + [properties]
        margins = {"top": 0.0, "left": 5.4, "bottom": 0.0, "right": 5.4}
        borders, jc, indent = {}, "left", 0.0
        for source in (s for s in sources if s is not None):
            for m in source.find(W + "tblCellMar") or ():
                margins[m.tag.removeprefix(W)] = points(m.get(W + "w"))
            for b in source.find(W + "tblBorders") or ():
                drawn = b.get(W + "val") not in ("nil", "none")
                borders[b.tag.removeprefix(W)] = points(b.get(W + "sz", 0), 8) if drawn else 0.0
            if source.find(W + "jc") is not None:
                jc = source.find(W + "jc").get(W + "val")
            if source.find(W + "tblInd") is not None:
                indent = points(source.find(W + "tblInd").get(W + "w"))
        grid = [points(g.get(W + "w")) for g in e.find(W + "tblGrid")]
        spare = x1 - x0 - sum(grid)
        left = x0 + {"center": spare / 2, "right": spare, "end": spare}.get(jc, indent)
        edges = [left, *(left + s for s in itertools.accumulate(grid))]
        table = Table(e, self.name(style), [], margins, borders)
        for tr in e.findall(W + "tr"):
            table.rows.append(self.read_row(tr, section, edges, style, margins))
        return table

    def read_row(self, tr, section, edges, style, margins):
        said = {p.tag.removeprefix(W): p for p in tr.find(W + "trPr") or ()}
        height = points(said["trHeight"].get(W + "val")) if "trHeight" in said else 0.0
        row = Row([], "tblHeader" in said, "cantSplit" in said, height)
        column = 0
        for tc in tr.findall(W + "tc"):
            tcpr = tc.find(W + "tcPr")
            get = lambda name, tcpr=tcpr: tcpr.find(W + name) if tcpr is not None else None
            span = int(get("gridSpan").get(W + "val")) if get("gridSpan") is not None else 1
            merge = get("vMerge").get(W + "val", "continue") if get("vMerge") is not None else ""
            align = get("vAlign").get(W + "val") if get("vAlign") is not None else "top"
            x0, x1 = edges[column], edges[min(column + span, len(edges) - 1)]
            blocks = self.read_blocks(tc, section, x0 + margins["left"], x1 - margins["right"], style, row)
            row.cells.append(Cell(x0, x1, blocks, merge, align))
            column += span
        return row


def pars_of(blocks):
    for block in blocks:
        if isinstance(block, Par):
            yield block
        else:
            for row in block.rows:
                for cell in row.cells:
                    yield from pars_of(cell.blocks)


def tables_of(blocks):
    for block in blocks:
        if isinstance(block, Table):
            yield block
            for row in block.rows:
                for cell in row.cells:
                    yield from tables_of(cell.blocks)


# ------------------------------------------------------------------ matching


class Matcher:
    """Finds the lines of paragraphs."""

    def __init__(self, pages):
        self.pages = pages
        self.cache = {}

    def lines(self, number, par):
        key = (number, round(par.x0), round(par.x1), par.section.top)
        if key not in self.cache:
            glyphs = [g for g in self.pages[number].glyphs if g.y > par.section.top]
            self.cache[key] = lines_of(number, glyphs, par.x0, par.x1)
        return self.cache[key]

    def ahead(self, start, par):
        for number in range(start[0], min(start[0] + WINDOW, len(self.pages))):
            yield from (n for n in self.lines(number, par) if n.place > start)

    def find(self, par, start, repeated=()):
        """The lines behind `start` that have just the letters of the paragraph."""
        text, ahead = par.text, list(self.ahead(start, par))
        for at, line in enumerate(ahead):
            if text.startswith(line.text):
                found, got = [], ""
                for n in ahead[at:]:
                    if found and n.page != found[-1].page and n.text in repeated:
                        continue  # a header row above the rest of a cell
                    if not text.startswith(got + n.text) or len(got) == len(text):
                        break
                    found.append(n)
                    got += n.text
                if got == text:
                    return found
        return []

    def blocks(self, blocks, start):
        """Finds paragraphs one after the other; where the last one ends."""
        for block in blocks:
            if isinstance(block, Table):
                start = self.table(block, start)
            elif block.letters:
                block.lines = self.find(block, start)
                start = block.lines[-1].place if block.lines else start
        return start

    def table(self, table, start):
        """Each column is a flow of its own."""
        ends = {}
        repeated = defaultdict(set)
        furthest = start
        for row in table.rows:
            for cell in row.cells:
                key = (round(cell.x0), round(cell.x1))
                place = max([e for (a, b), e in ends.items() if a < key[1] - 1 and b > key[0] + 1], default=start)
                for block in cell.blocks:
                    if isinstance(block, Table):
                        place = self.table(block, place)
                    elif block.letters:
                        block.lines = self.find(block, place, repeated[key])
                        place = block.lines[-1].place if block.lines else place
                        if row.header:
                            repeated[key] |= {n.text for n in block.lines}
                ends[key] = place
                furthest = max(furthest, place)
        return furthest


def find_text(text, lines):
    for at in range(len(lines)):
        for end in range(at + 1, len(lines) + 1):
            if "".join(n.text for n in lines[at:end]) == text:
                return lines[at:end]
    return []


def match_notes(docx, pages):
    """Footnotes in the order of their references."""
    left = [n for number, page in enumerate(pages) for n in lines_of(number, page.notes, 0, page.width)]
    found = [p for owner in pars_of(docx.blocks) for i in owner.notes for p in pars_of(docx.notes.get(i, ()))]
    for par in found:
        par.lines = find_text(par.text, left)
        if par.lines:
            left = left[left.index(par.lines[-1]) + 1 :]
    return found


# -------------------------------------------------------- layout of the DOCX


class Layout:
    """Where the DOCX puts baselines, given how many lines each paragraph has.  Heights that are not known start a new
    segment; places of different segments are not compared."""

    def __init__(self):
        self.segment = 0

    def unknown(self):
        self.segment += 1
        return 0.0

    def blocks(self, blocks, y):
        """Lays out blocks from y on; where they end."""
        for block in blocks:
            y = self.table(block, y) if isinstance(block, Table) else self.par(block, y)
        return y

    def par(self, par, y):
        y += par.props["before"]
        par.top = y
        y += sum(par.border("top"))
        if par.letters and not par.lines:
            y = self.unknown()
        count = max(len(par.lines), 1)
        # The one-point spacer is known and allowed.
        height = 0.0 if par.name == SPACER and par.pitch <= 1.0 else count * par.pitch
        descent = DESCENT * par.size
        par.segment = self.segment
        par.first = y + par.pitch - descent
        par.last = y + height - descent
        return y + height + sum(par.border("bottom")) + par.props["after"]

    def table(self, table, y):
        air = table.margins["top"] + table.margins["bottom"]
        heights, contents = [], []
        for row in table.rows:
            content = {}
            for cell in row.cells:
                before = self.segment
                content[cell] = self.blocks(cell.blocks, 0.0) if cell.merge != "continue" else 0.0
                content[cell] = content[cell] if self.segment == before else None
            known = None not in content.values()
            plain = [content[c] for c in row.cells if not c.merge] or [0.0]
            heights.append(max(row.height, max(plain) + air) + table.line if known else None)
            contents.append(content)
        stretched = self.stretch(table, heights, contents, air)
        for index, row in enumerate(table.rows):
            if heights[index] is None:
                y = self.unknown()
                for cell in row.cells:
                    for par in pars_of(cell.blocks):
                        par.segment = -1
                continue
            for cell in row.cells:
                self.shift(table, cell, contents[index][cell], y, stretched.get(cell, heights[index]))
            y += heights[index]
        return y + table.line

    @staticmethod
    def stretch(table, heights, contents, air):
        """Merged cells: what they need more goes to their last row.  Heights of merged cells."""
        out = {}
        for index, row in enumerate(table.rows):
            for cell in (c for c in row.cells if c.merge == "restart"):
                end = index + 1
                while end < len(table.rows) and any(
                    c.merge == "continue" and abs(c.x0 - cell.x0) < 0.1 for c in table.rows[end].cells
                ):
                    end += 1
                if None in heights[index:end]:
                    heights[index] = None
                    continue
                missing = contents[index][cell] + air + table.line - sum(heights[index:end])
                heights[end - 1] += max(missing, 0.0)
                out[cell] = sum(heights[index:end])
        return out

    def shift(self, table, cell, content, y, height):
        room = height - table.line - table.margins["top"] - table.margins["bottom"] - content
        by = y + table.line + table.margins["top"] + {"center": room / 2, "bottom": room}.get(cell.align, 0.0)
        for par in pars_of(cell.blocks):
            par.first, par.last, par.top, par.segment = par.first + by, par.last + by, par.top + by, self.segment


# -------------------------------------------------------------------- checks


class Report:
    """Counts checks and keeps differences."""

    def __init__(self):
        self.checks = Counter()
        self.differences = []
        self.missing = []  # paragraphs not found
        self.ragged = defaultdict(list)  # by style: whether lines of flush left paragraphs end short of the edge
        self.pars = self.matched = self.wordy = self.wordy_matched = 0

    def check(self, kind, ok, where, stated, shown=""):
        self.checks[kind] += 1
        if not ok:
            self.differences.append((kind, f"{where}: {stated}" + (f"; PDF {shown}" if shown != "" else "")))

    def close(self, kind, where, what, stated, shown, tolerance):
        ok = abs(stated - shown) <= tolerance + 1e-6
        self.check(kind, ok, where, f"DOCX {what} {stated:.2f}", f"{shown:.2f}")

    def count(self, par):
        self.pars += 1
        self.matched += bool(par.lines)
        if par.words >= 2:
            self.wordy += 1
            self.wordy_matched += bool(par.lines)


def check_face(report, par):
    glyphs = [(g, c) for n in par.lines for g in n.glyphs for c in g.text]
    wrong = None
    for letter, (glyph, _) in zip(par.letters, glyphs):
        stated = (round(letter.size, 2), letter.bold, letter.italic)
        shown = (round(glyph.size, 2), glyph.bold, glyph.italic)
        if abs(letter.size - glyph.size) > SIZE or stated[1:] != shown[1:]:
            wrong = wrong or (letter.text, stated, shown)
    at = f" at “{wrong[0]}”" if wrong else ""
    face = lambda f: f"{f[0]} pt{' bold' * f[1]}{' italic' * f[2]}"
    stated, shown = (face(wrong[1]), face(wrong[2])) if wrong else ("", "")
    report.check("face", not wrong, f"{par}{at}", f"DOCX {stated}", shown)


def check_edges(report, par):
    p = par.props
    left, right = par.x0 + p["left"], par.x1 - p["right"]
    done = 0
    for index, line in enumerate(par.lines):
        done += len(line.text)
        start = left + (p["first"] if index == 0 else 0.0)
        ends = index + 1 == len(par.lines) or done in par.breaks
        where = f"{par} line {index + 1}, page {line.page + 1}"
        if p["jc"] in ("left", "justify"):
            report.close("edges", where, "start", start, line.x0, EDGE)
        if p["jc"] == "right" or (p["jc"] == "justify" and not ends):
            report.close("edges", where, "end", right, line.x1, EDGE)
        if p["jc"] == "center":
            report.close("edges", where, "centre", (start + right) / 2, (line.x0 + line.x1) / 2, EDGE)
        if p["jc"] == "left" and not ends:
            report.ragged[par.name].append(abs(line.x1 - right) > 0.05)


def check_ragged(report):
    """Lines of flush left paragraphs do not all end at the right edge."""
    for name, ends in report.ragged.items():
        if len(ends) > 2:
            report.check("edges", any(ends), f"style {name}", "DOCX alignment left", "justified")


def check_lines(report, par):
    """What a paragraph that was found is to be by itself."""
    if par.lines:
        check_face(report, par)
        check_edges(report, par)
        check_pitch(report, par)


def check_pitch(report, par):
    for a, b in itertools.pairwise(par.lines):
        if a.page == b.page:
            report.close("pitch", f"{par}, page {a.page + 1}", "pitch", par.pitch, b.y - a.y, PITCH)


def check_marks(report, par, order):
    shown = "".join(g.text for n in par.lines for g in n.marks)
    stated = "".join(str(order[i]) for i in par.notes)
    report.check("face", stated == shown, str(par), f"DOCX footnotes {stated!r}", repr(shown))


def gaps_apply(a, b):
    """Whether both stand in rows that are not split over pages."""
    rows = [r for r in {a.row, b.row} if r]
    for row in rows:
        pages = {n.page for c in row.cells for p in pars_of(c.blocks) for n in p.lines}
        if len(pages) > 1:
            return False
    return True


def check_gaps(report, blocks):
    found = [p for p in pars_of(blocks) if p.lines]
    for a, b in itertools.pairwise(found):
        end, start = a.lines[-1], b.lines[0]
        if end.page == start.page and a.segment == b.segment >= 0 and gaps_apply(a, b):
            where = f"{a} → {b}, page {end.page + 1}"
            report.close("gap", where, "distance", b.first - a.last, start.y - end.y, GAP)


def check_both_gaps(report, blocks):
    """Word and LibreOffice do not agree on what becomes of a space after and a space before that meet."""
    for a, b in itertools.pairwise(blocks):
        if isinstance(a, Par) and isinstance(b, Par):
            after, before = a.props["after"], b.props["before"]
            stated = f"space after {after} meets space before {before}"
            report.check("gap", not (after and before), f"{a} → {b}", stated)
    for table in (b for b in blocks if isinstance(b, Table)):
        for row in table.rows:
            for cell in row.cells:
                check_both_gaps(report, cell.blocks)


def owners_of_pages(docx, pages):
    """The section of each page and the first page of each section."""
    first = {}
    for par in pars_of(docx.blocks):
        if par.lines:
            first.setdefault(id(par.section), par.lines[0].page)
    owners, current = [], docx.sections[0]
    starts = {page: s for s in docx.sections if (page := first.get(id(s))) is not None}
    for number in range(len(pages)):
        current = starts.get(number, current)
        owners.append(current)
    return owners, set(starts)


def check_pages(report, docx, pages, owners, starts):
    tops = defaultdict(list)
    for par in pars_of(docx.blocks):
        for index, line in enumerate(par.lines):
            tops[line.page].append((line.y, par, index))
    for number, (page, section) in enumerate(zip(pages, owners)):
        where = f"page {number + 1}"
        report.close("page", where, "width", section.width, page.width, EDGE)
        report.close("page", where, "height", section.height, page.height, EDGE)
        report.check("page", section.turned == (page.width > page.height), where, f"DOCX landscape {section.turned}")
        body = [g for g in page.glyphs + page.notes if g.y > section.top]
        lowest = max((g.y + DESCENT * g.size for g in body), default=0.0)
        limit = page.height - section.bottom
        report.check("page", lowest <= limit + EDGE, where, f"DOCX bottom of text area {limit:.2f}", f"{lowest:.2f}")
        highest = min((g.y for g in page.glyphs if g.y > section.top), default=0.0)
        if tops[number] and min(t[0] for t in tops[number]) < highest + 5:
            check_top(report, docx, number in starts, *min(tops[number], key=lambda t: t[0]), where)


def check_top(report, docx, starts, y, par, index, where):
    """Where text starts on a page: known for a new section, for a paragraph that goes on, and for one without a space
    before that stands in no table and under no picture."""
    single = round(20 * par.size * SINGLE) / 20 - DESCENT * par.size
    flow = [p for p in pars_of(docx.blocks) if p.section is par.section]
    head, above = flow[0], flow[max(flow.index(par) - 1, 0)]
    if starts and head.segment == par.segment >= 0:
        stated = par.section.top + par.first - (head.top - head.props["before"])
        report.close("page", f"{where} {par}", "first baseline", stated, y, GAP)
    elif not starts and not par.row and (index or not par.props["before"] and not above.picture):
        report.close("page", f"{where} {par}", "first baseline", par.section.top + single, y, GAP)


def place_parts(docx, pages, owners, starts):
    """Header and footer of each page: (number of the page, "header" or "footer", its type, paragraphs, lines)."""
    for number, (page, section) in enumerate(zip(pages, owners)):
        kind = "first" if number in starts and section.title else "default"
        strip = [g for g in page.glyphs if g.y <= section.top]
        for where, glyphs in (("header", strip), ("footer", page.glyphs)):
            part = section.parts.get((where, kind))
            blocks = docx.read_blocks(docx.trees[part], section, *section.edges) if part else []
            lines = lines_of(number, glyphs, *section.edges)
            for par in (p for p in pars_of(blocks) if p.letters):
                number_here = kind == "default" and where == "header"
                par.lines = lines[:1] if number_here else find_text(par.text, lines)
            height = Layout().blocks(blocks, 0.0)
            Layout().blocks(blocks, section.header if where == "header" else section.height - section.footer - height)
            yield number, where, kind, list(pars_of(blocks)), lines, height


def check_parts(report, parts, owners, starts):
    """Page numbers on all pages but the first ones of sections, and the parts of first pages."""
    count = 0
    for number, where, kind, pars, lines, height in parts:
        section = owners[number]
        place = f"{where} of page {number + 1}"
        if where == "header":
            count = 1 if number in starts and section.start == "1" else count + 1
            text = "".join(p.text for p in pars) if kind == "first" else str(count)
            shown = "".join(n.text for n in lines)
            report.check("header", text == shown, place, f"DOCX {text!r}", repr(shown))
            end = section.header + height
            report.check("header", end <= section.top + EDGE, place, f"ends at {end:.2f}, in the text area")
        for par in (p for p in pars if p.letters):
            if where == "header" and kind == "default":
                check_number(report, par, place)
            else:
                report.count(par)
                report.check("header", bool(par.lines), f"{place} {par}", "not found in the PDF")
                check_lines(report, par)
            if par.lines:
                report.close("header", f"{place} {par}", "baseline", par.first, par.lines[0].y, NUMBER)


def check_number(report, par, where):
    report.check("header", par.props["jc"] == "center", where, "the number is not centred")
    for line in par.lines:
        letter, glyph = par.letters[0], line.glyphs[0]
        report.close("header", where, "size of the number", letter.size, glyph.size, SIZE)
        same = (letter.bold, letter.italic) == (glyph.bold, glyph.italic)
        report.check("header", same, where, f"DOCX bold {letter.bold}, italic {letter.italic}")
        report.close("header", where, "centre of the number", (par.x0 + par.x1) / 2, (line.x0 + line.x1) / 2, EDGE)


def anchor(par, flow):
    """A found paragraph near a rule, to know where on paper the rule is: (page, by how much to move)."""
    at = flow.index(par)
    near = sorted((p for p in flow if p.lines and p.segment == par.segment >= 0), key=lambda p: abs(flow.index(p) - at))
    before = [p for p in near if flow.index(p) < at] or near
    if not before:
        return None
    p = before[0]
    line, own = (p.lines[-1], p.last) if flow.index(p) < at else (p.lines[0], p.first)
    return line.page, line.y - own


def check_rules(report, docx, pages, parts):
    """Paragraph borders are drawn lines, and drawn lines are paragraph borders."""
    body = list(pars_of(docx.blocks))
    drawn = {(n, r) for n, page in enumerate(pages) for r in loose_rules(page)}
    ruled = [(p, body, anchor(p, body)) for p in body if p.name == RULE or "top" in p.props["borders"]]
    for number, _, _, pars, *_ in parts:
        ruled += [(p, pars, (number, 0.0)) for p in pars if p.name == RULE or "top" in p.props["borders"]]
    for par, flow, place in ruled:
        where = f"{par.name} after “{last_text(flow, par)}”"
        thickness = par.border("top")[0]
        report.check("rule", thickness > 0, where, "no upper border")
        if place is None:
            report.check("rule", False, where, "not found in the PDF")
            continue
        x0, x1 = par.x0 + par.props["left"], par.x1 - par.props["right"]
        if "left" in par.props["borders"]:
            check_box(report, par, where, pages[par.lines[0].page] if par.lines else pages[place[0]], x0, x1)
            continue
        y = par.top + thickness / 2 + place[1]
        on_page = [r for n, r in drawn if n == place[0]]
        nearest = min(on_page, key=lambda r: abs(r[2] - y) + abs(r[0] - x0) / 20 + abs(r[1] - x1) / 20, default=None)
        if nearest is None or abs(nearest[2] - y) > 12:
            report.check("rule", False, where, f"DOCX rule {x0:.2f}–{x1:.2f} at {y:.2f}, page {place[0] + 1}", "none")
            continue
        drawn.discard((place[0], nearest))
        where += f", page {place[0] + 1}"
        report.close("rule", where, "length", x1 - x0, nearest[1] - nearest[0], LENGTH)
        report.close("rule", where, "start", x0, nearest[0], EDGE)
        report.close("rule", where, "height on the page", y, nearest[2], GAP)
    for number, (x0, x1, y) in sorted(drawn):
        report.check("rule", False, f"page {number + 1}", "DOCX has no rule", f"{x0:.2f}–{x1:.2f} at {y:.2f}")


def last_text(flow, par):
    before = [p for p in flow[: flow.index(par)] if p.letters]
    return " ".join("".join(before[-1].element.itertext()).split())[:30] if before else ""


def check_box(report, par, where, page, x0, x1):
    if not par.lines:
        report.check("rule", False, where, f"box of {par} not found")
        return
    line = par.lines[0]
    around = [b for b in page.boxes if b[0] <= line.x0 and line.x1 <= b[2] and b[1] <= line.y <= b[3]]
    around += sides(page, line)
    if not around:
        report.check("rule", False, where, f"DOCX box {x0:.2f}–{x1:.2f}", "none")
        return
    box = min(around, key=lambda b: b[2] - b[0])
    # Word draws the borders at the sides around the text area of the paragraph; the drawn box is measured in the
    # middle of its lines.
    side = par.border("left")
    wide = x1 - x0 + 2 * side[1] + side[0]
    tall = par.pitch * len(par.lines) + sum(par.border("top")) + sum(par.border("bottom")) - side[0]
    report.close("rule", where, "width of the box", wide, box[2] - box[0], LENGTH + side[0])
    report.close("rule", where, "height of the box", tall, box[3] - box[1], GAP)


def sides(page, line):
    """A box drawn as four lines around a line of text."""
    left = [u[0] for u in page.upright if u[0] <= line.x0 and u[1] <= line.y <= u[2]]
    right = [u[0] for u in page.upright if u[0] >= line.x1 and u[1] <= line.y <= u[2]]
    above = [r[2] for r in page.level if r[2] <= line.y and r[0] <= line.x0 and r[1] >= line.x1]
    below = [r[2] for r in page.level if r[2] >= line.y and r[0] <= line.x0 and r[1] >= line.x1]
    return [(max(left), max(above), min(right), min(below))] if left and right and above and below else []


def loose_rules(page):
    """Horizontal lines that belong to no table, box, footnote or underlined text."""
    for rule in page.level:
        x0, x1, y = rule
        touches = any(x0 - 1 <= u[0] <= x1 + 1 and u[1] - 1 <= y <= u[2] + 1 for u in page.upright)
        under = any(g.x0 < x1 and g.x1 > x0 and 0 < y - g.y < 0.2 * g.size for g in page.glyphs)
        if not touches and not under and rule not in page.separators:
            yield rule


def check_cells(report, docx, pages):
    """Cells of tables with lines: the lines at their sides."""
    for table in tables_of(docx.blocks):
        if not table.line:
            continue
        for row in table.rows:
            for cell in row.cells:
                for line in (p.lines[0] for p in pars_of(cell.blocks) if p.lines):
                    upright = [u[0] for u in pages[line.page].upright if u[1] - 1 <= line.y <= u[2] + 1]
                    for x in (cell.x0, cell.x1):
                        nearest = min(upright, key=lambda u, x=x: abs(u - x), default=0.0)
                        where = f"cell “{line.text[:20]}” page {line.page + 1}"
                        report.close("cell", where, "edge", x, nearest, EDGE)


def check_outline(report, docx, outline):
    stated = [(p.props["outline"] + 1, p.text) for p in pars_of(docx.blocks) if p.letters and p.props["outline"] < 9]
    shown = [(level, compact(title)) for level, title in outline]
    report.check("outline", len(stated) == len(shown), "outline", f"DOCX {len(stated)} titles", len(shown))
    for a, b in zip(stated, shown):
        report.check("outline", a == b, "outline", f"DOCX level {a[0]} {a[1][:40]!r}", f"level {b[0]} {b[1][:40]!r}")


def parts_of(docx):
    """The document, its notes, and the headers and footers that a section uses."""
    used = {"word/document.xml", "word/footnotes.xml"} | {p for s in docx.sections for p in s.parts.values()}
    return [(part, docx.trees[part]) for part in sorted(used & set(docx.trees))]


def check_links(report, docx, pages):
    stated = set()
    for part, tree in parts_of(docx):
        targets = docx.targets(part)
        linked = {t for e in tree.iter(W + "hyperlink") for t in e.iter(W + "t")}
        for e in tree.iter(W + "hyperlink"):
            target, outside = targets.get(e.get(R + "id"), ("", False))
            report.check("link", outside, "".join(e.itertext()), "hyperlink without an address")
            stated.add(target)
        for t in (t for t in tree.iter(W + "t") if t not in linked):
            bare = re.search(r"https?://\S+", t.text or "")
            report.check("link", not bare, part.removeprefix("word/"), f"no hyperlink at {bare and bare[0]}")
    shown = {u for page in pages for u in page.links}
    report.check("link", stated == shown, "links", f"DOCX {sorted(stated)}", sorted(shown))


# ------------------------------------------------- a native file of Word


def check_styles(report, docx):
    native = lambda ok, where, what: report.check("native", ok, where, what)
    defaults = docx.defaults.find(f"{W}rPrDefault/{W}rPr")
    fonts, lang = defaults.find(W + "rFonts"), defaults.find(W + "lang")
    for slot in ("ascii", "hAnsi", "eastAsia", "cs"):
        shown = fonts.get(W + slot) if fonts is not None else None
        native(shown == FAMILY, "defaults", f"font of {slot} is {shown}")
    native(lang is not None and lang.get(W + "val") == "vi-VN", "defaults", "language is not vi-VN")
    for style_id, style in docx.styles.items():
        name = docx.name(style_id)
        own = style.find(f"{W}rPr/{W}rFonts")
        native(own is None, f"style {name}", "has a font of its own")
        base = docx.chain(style_id)[:-1]
        if style.get(W + "type") == "paragraph" and name not in ("Normal", BASE):
            own_base = docx.name(base[-1].get(W + "styleId")) if base else ""
            native(own_base == BASE, f"style {name}", f"is based on {own_base or 'nothing'}, not on {BASE}")
            native(not name.isascii(), f"style {name}", "has no Vietnamese name")
        level = next((p["outline"] for p in (paragraph_properties(style.find(W + "pPr")),) if "outline" in p), 9)
        if name in TITLES:
            native(level < 9, f"style {name}", "has no outline level")
    for part, tree in parts_of(docx):
        check_part(native, docx, part, tree)


def check_part(native, docx, part, tree):
    part = part.removeprefix("word/")
    for e in tree.iter(W + "p"):
        style = e.find(f"{W}pPr/{W}pStyle")
        text = " ".join("".join(e.itertext()).split())
        name = docx.name(style.get(W + "val")) if style is not None else ""
        native(bool(name) and not name.isascii(), f"{part} “{text[:40]}”", f"paragraph of style {name or 'none'}")
        for tag in ("rFonts", "sz", "szCs"):
            native(e.find(f".//{W}rPr/{W}{tag}") is None, f"{part} “{text[:40]}”", f"direct w:{tag}")
        native(e.find(f".//{W}numPr") is None, f"{part} “{text[:40]}”", "automatic number")
        fillable = {t for s in e.iter(W + "sdt") for t in s.iter(W + "t")}
        plain = "".join(t.text or "" for t in e.iter(W + "t") if t not in fillable)
        native("___" not in plain, f"{part} “{text[:40]}”", "underscores for a rule")
        native(" " * 4 not in plain.replace("\u00a0", " "), f"{part} “{text[:40]}”", "more than three blanks in a row")
        native(e.find(f".//{W}tab") is None, f"{part} “{text[:40]}”", "tab")
    for number, e in enumerate(tree.iter(W + "sdt")):
        native(e.find(f"{W}sdtPr/{W}alias") is not None, f"{part} control {number + 1}", "has no name")


def check_tables(report, docx):
    for number, table in enumerate(tables_of(docx.blocks), 1):
        where = f"table {number}"
        native = lambda ok, what, where=where: report.check("native", ok, where, what)
        properties, e = table.element.find(W + "tblPr"), table.element
        layout, width = properties.find(W + "tblLayout"), properties.find(W + "tblW")
        native(layout is not None and layout.get(W + "type") == "fixed", "its layout is not fixed")
        grid = [int(g.get(W + "w")) for g in e.find(W + "tblGrid")]
        whole = int(width.get(W + "w")) if width is not None and width.get(W + "type") == "dxa" else None
        native(whole == sum(grid), f"width {whole}, columns {sum(grid)}")
        section = next(pars_of([table])).section
        left, right = section.edges
        native(sum(grid) <= round((right - left) * 20) + 1, f"width {sum(grid)} is more than that of the text area")
        native(not table.style.isascii(), f"style {table.style} has no Vietnamese name")
        for index, tr in enumerate(e.findall(W + "tr")):
            cells = sum(int(w.get(W + "w")) for w in tr.findall(f"{W}tc/{W}tcPr/{W}tcW"))
            native(cells == sum(grid), f"cells of row {index + 1} are {cells} wide, columns {sum(grid)}")
        for index, row in enumerate(table.rows):
            native(row.header == bool(index == 0 and table.line), f"row {index + 1} w:tblHeader is {row.header}")
            pages = {n.page for c in row.cells for p in pars_of(c.blocks) for n in p.lines}
            native(row.fixed or len(pages) > 1, f"row {index + 1} may split, and stands on one page")
        sides = ("top", "left", "bottom", "right", "insideH", "insideV")
        native(all(table.borders.get(s, 0.0) == table.line for s in sides), f"borders {table.borders}")
        native((table.line > 0) == (table.style != COLUMNS), f"{table.style} has lines of {table.line} pt")
        direct = [b for t in ("tblBorders", "tcBorders") for b in e.iter(W + t)]
        native(not direct, "direct borders")


def check_sections(report, docx):
    for number, section in enumerate(docx.sections, 1):
        native = lambda ok, what, number=number: report.check("native", ok, f"section {number}", what)
        native(section.title, "its first page has no header of its own")
        native(section.start == "1", "does not start at page 1")
        part = section.parts.get(("header", "default"))
        tree = docx.trees.get(part)
        codes = [e.text for e in tree.iter(W + "instrText")] if tree is not None else []
        codes += [e.get(W + "instr") for e in tree.iter(W + "fldSimple")] if tree is not None else []
        native(any((c or "").split()[:1] == ["PAGE"] for c in codes), "no PAGE field in its header")
        native(section.parts.get(("header", "first")) not in (None, part), "first page and others have one header")
    for section in docx.sections[1:]:
        first = next((p for p in pars_of(docx.blocks) if p.section is section and p.letters), None)
        # An appendix, or a text that is issued with a decision.
        starts = first is not None and first.name in (APPENDIX, *LETTERHEAD)
        report.check("native", starts, str(first), "section starts with neither an appendix nor a letterhead")


def check_notes(report, docx):
    references = [e.get(W + "id") for e in docx.document.iter(W + "footnoteReference")]
    same = sorted(references) == sorted(docx.notes)
    report.check("native", same, "footnotes", f"references {references}, notes {list(docx.notes)}")
    for i, blocks in docx.notes.items():
        e = next(pars_of(blocks)).element
        report.check("native", e.find(f".//{W}footnoteRef") is not None, f"footnote {i}", "has no number")


# ----------------------------------------------------------------- all of it


def check_pair(pdf, docx_path):
    report = Report()
    try:
        docx = Docx(docx_path)
        pages, outline, fonts = read_pdf(pdf)
    except Unchecked:
        raise
    except Exception as error:  # whatever a broken file makes the readers raise
        raise Unchecked(f"{type(error).__name__}: {error}") from error
    for name in sorted(fonts):
        known = any(f in name for f in ("Liberation", "Times", "Tinos"))
        report.check("face", known, name, f"DOCX {FAMILY}", name)
    notes = [p for blocks in docx.notes.values() for p in pars_of(blocks)]
    if notes:
        for page in pages:
            section = docx.sections[0]
            set_notes_aside(page, section.left, page.width - section.left - section.right, notes[0].size)
    Matcher(pages).blocks(docx.blocks, (0, 0.0))
    found_notes = match_notes(docx, pages)
    Layout().blocks(docx.blocks, 0.0)
    order = {i: n for n, i in enumerate((i for p in pars_of(docx.blocks) for i in p.notes), 1)}
    for par in [*pars_of(docx.blocks), *found_notes]:
        if not par.letters:
            continue
        report.count(par)
        check_lines(report, par)
        if par.lines and par not in found_notes:
            check_marks(report, par, order)
    check_gaps(report, docx.blocks)
    check_both_gaps(report, docx.blocks)
    owners, starts = owners_of_pages(docx, pages)
    check_pages(report, docx, pages, owners, starts)
    parts = list(place_parts(docx, pages, owners, starts))
    check_parts(report, parts, owners, starts)
    check_rules(report, docx, pages, parts)
    check_cells(report, docx, pages)
    check_outline(report, docx, outline)
    check_links(report, docx, pages)
    check_styles(report, docx)
    check_tables(report, docx)
    check_sections(report, docx)
    check_notes(report, docx)
    check_ragged(report)
    report.missing = [str(p) for p in [*pars_of(docx.blocks), *found_notes] if p.words >= 2 and not p.lines]
    enough = report.wordy_matched >= MATCHED * report.wordy
    report.check("match", enough, f"{len(report.missing)} of {report.wordy} paragraphs", "not found in the PDF")
    return report


def pairs_of(folder):
    if not folder.is_dir():
        raise Unchecked(f"{folder} is not a folder")
    pdfs, docxs = ({p.stem: p for p in folder.glob(f"*.{e}")} for e in ("pdf", "docx"))
    if not pdfs or set(pdfs) != set(docxs):
        alone = sorted(set(pdfs) ^ set(docxs))
        raise Unchecked(f"no pairs in {folder}" if not alone else f"without partner: {', '.join(alone)}")
    return [(name, pdfs[name], docxs[name]) for name in sorted(pdfs)]


def show(name, report, shown):
    for text in report.missing[:shown]:
        print(f"  not found: {text}")
    for kind, text in report.differences[:shown]:
        print(f"  {kind}: {text}")
    if len(report.differences) > shown:
        kinds = Counter(k for k, _ in report.differences)
        print(f"  … {len(report.differences)} in all: " + ", ".join(f"{k} {n}" for k, n in kinds.most_common()))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--shown", type=int, default=10, help="differences shown per file")
    options = parser.parse_args()
    if PDFLayoutAnalyzer is object:
        raise Unchecked("pdfminer.six is missing: pip install -r requirements.txt")
    print(f"{'file':34}{'paragraphs':>11}{'matched':>9}{'checks':>9}{'differences':>13}")
    total, checks, unchecked = Counter(), Counter(), False
    for name, pdf, docx in pairs_of(options.folder):
        try:
            report = check_pair(pdf, docx)
        except Unchecked as error:
            print(f"{name[:33]:34}could not be checked: {error}")
            unchecked = True
            continue
        row = (report.pars, report.matched, sum(report.checks.values()), len(report.differences))
        print(f"{name[:33]:34}{row[0]:>11}{row[1]:>9}{row[2]:>9}{row[3]:>13}")
        show(name, report, options.shown)
        total.update(dict(zip("pmcd", row)))
        checks += report.checks
    print(f"{'all':34}{total['p']:>11}{total['m']:>9}{total['c']:>9}{total['d']:>13}")
    print("checks: " + ", ".join(f"{k} {n}" for k, n in checks.most_common()))
    return 2 if unchecked else 1 if total["d"] else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Unchecked as error:
        print(f"facts.py: {error}", file=sys.stderr)
        sys.exit(2)
