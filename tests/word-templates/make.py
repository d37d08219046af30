#!/usr/bin/env python3
"""Makes the Word templates of this folder, good (01 … 10) and wrong (wrong/), by means that are not vanthu's own.

    python3 make.py            writes every file again (needs python-docx, docxtpl, pillow, soffice)
    python3 make.py check      renders 01 … 10 with docxtpl and looks for the sample's words; runs the validators
                               (openxml-audit, and ooxml-validator on the PATH or named by OOXML_VALIDATOR) where it finds them
"""
import io, os, pathlib, random, re, shutil, struct, subprocess, sys, tempfile, zipfile, zlib
from xml.etree import ElementTree

import docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as AL
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Cm, Mm, Pt
from docxtpl import DocxTemplate, RichText

HERE = os.path.dirname(os.path.abspath(__file__))
WRONG = os.path.join(HERE, "wrong")
# A profile of its own, so that a LibreOffice that somebody has open is left alone.
PROFILE = "-env:UserInstallation=" + pathlib.Path(tempfile.gettempdir(), "word-templates-profile").as_uri()
WHEN = (2026, 2, 15, 8, 0, 0)

# ---------------------------------------------------------------- raw WordprocessingML

NS = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "w10": "urn:schemas-microsoft-com:office:word",
}
XMLNS = " ".join(f'xmlns:{k}="{v}"' for k, v in NS.items()) + ' mc:Ignorable="w14 w15"'
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
WML = "application/vnd.openxmlformats-officedocument.wordprocessingml."
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
PAGE = ('<w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1134" w:right="851" w:bottom="1134" w:left="1701" w:header="567" w:footer="567" w:gutter="0"/>')


def esc(s):
    return s.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def rpr(b=False, i=False, u=False, sz=None, style=None, lang=None, extra=""):
    x = (f'<w:rStyle w:val="{style}"/>' if style else "") + ("<w:b/><w:bCs/>" if b else "")
    x += ("<w:i/><w:iCs/>" if i else "") + extra
    x += f'<w:sz w:val="{sz * 2:g}"/><w:szCs w:val="{sz * 2:g}"/>' if sz else ""
    x += ('<w:u w:val="single"/>' if u else "") + (f'<w:lang w:val="{lang}"/>' if lang else "")
    return f"<w:rPr>{x}</w:rPr>" if x else ""


def run(text, attrs="", **k):
    body = "".join("<w:tab/>" if t == "\t" else f'<w:t xml:space="preserve">{esc(t)}</w:t>'
                   for t in re.split("(\t)", text) if t)
    return f"<w:r{attrs}>{rpr(**k)}{body}</w:r>"


def par(*runs, style=None, jc=None, ppr="", before=None, after=None, first=None, right=None, attrs="", **k):
    x = (f'<w:pStyle w:val="{style}"/>' if style else "") + ppr
    if before is not None or after is not None:
        x += "<w:spacing" + (f' w:before="{before}"' if before is not None else "")
        x += (f' w:after="{after}"' if after is not None else "") + "/>"
    x += (f'<w:ind w:right="{right}"/>' if right else "") + (f'<w:ind w:firstLine="{first}"/>' if first is not None else "") + (f'<w:jc w:val="{jc}"/>' if jc else "")
    inner = "".join(r if r.startswith("<") else run(r, **k) for r in runs)
    return f"<w:p{attrs}>" + (f"<w:pPr>{x}</w:pPr>" if x else "") + inner + "</w:p>"


def cell(w, *paras, span=None, merge=None, borders="", va=None):
    x = f'<w:tcW w:w="{w}" w:type="dxa"/>' + (f'<w:gridSpan w:val="{span}"/>' if span else "")
    x += {None: "", "restart": '<w:vMerge w:val="restart"/>', "": "<w:vMerge/>"}[merge] + borders
    x += f'<w:vAlign w:val="{va}"/>' if va else ""
    return f"<w:tc><w:tcPr>{x}</w:tcPr>{''.join(paras) or '<w:p/>'}</w:tc>"


def row(*cells, pr=""):
    return "<w:tr>" + (f"<w:trPr>{pr}</w:trPr>" if pr else "") + "".join(cells) + "</w:tr>"


def table(grid, *rows, style=None, borders=False, jc=None, ind=None):
    x = (f'<w:tblStyle w:val="{style}"/>' if style else "") + f'<w:tblW w:w="{sum(grid)}" w:type="dxa"/>'
    x += (f'<w:jc w:val="{jc}"/>' if jc else "") + (f'<w:tblInd w:w="{ind}" w:type="dxa"/>' if ind is not None else "")
    if borders:
        x += "<w:tblBorders>" + "".join(
            f'<w:{e} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
            for e in ("top", "left", "bottom", "right", "insideH", "insideV")) + "</w:tblBorders>"
    x += '<w:tblLayout w:type="fixed"/><w:tblLook w:val="04A0"/>'
    g = "".join(f'<w:gridCol w:w="{c}"/>' for c in grid)
    return f"<w:tbl><w:tblPr>{x}</w:tblPr><w:tblGrid>{g}</w:tblGrid>{''.join(rows)}</w:tbl>"


def field(code, shown="1", **k):
    p = rpr(**k)
    return (f'<w:r>{p}<w:fldChar w:fldCharType="begin"/></w:r><w:r>{p}<w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
            f'<w:r>{p}<w:fldChar w:fldCharType="separate"/></w:r>' + run(shown, **k) + f'<w:r>{p}<w:fldChar w:fldCharType="end"/></w:r>')


STYLES = {  # name: (type, name, based on, pPr, rPr)
    "Normal": ("paragraph", "Normal", None, "", ""),
    "DefaultParagraphFont": ("character", "Default Paragraph Font", None, "", ""),
    "TableNormal": ("table", "Normal Table", None, "", ""),
    "NoList": ("numbering", "No List", None, "", ""),
    "Header": ("paragraph", "header", "Normal", '<w:tabs><w:tab w:val="center" w:pos="4677"/><w:tab w:val="right" w:pos="9355"/></w:tabs>', ""),
    "Footer": ("paragraph", "footer", "Normal", '<w:tabs><w:tab w:val="center" w:pos="4677"/><w:tab w:val="right" w:pos="9355"/></w:tabs>', ""),
}


def styles(extra=None, base=STYLES, size=14, defaults='<w:pPrDefault/>'):
    out = (f'{XML}<w:styles {XMLNS}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:eastAsia="Times New Roman" '
           f'w:hAnsi="Times New Roman" w:cs="Times New Roman"/><w:sz w:val="{size * 2}"/><w:szCs w:val="{size * 2}"/>'
           f'<w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>{defaults}</w:docDefaults>')
    for sid, (kind, name, based, ppr, rp) in {**base, **(extra or {})}.items():
        std = name in ("Normal", "Default Paragraph Font", "Normal Table", "No List")
        out += f'<w:style w:type="{kind}"' + (' w:default="1"' if std else "") + f' w:styleId="{sid}"><w:name w:val="{name}"/>'
        out += f'<w:basedOn w:val="{based}"/>' if based else ""
        out += "" if std and name != "Normal" else "<w:qFormat/>" if kind == "paragraph" else ""
        out += (f"<w:pPr>{ppr}</w:pPr>" if ppr else "") + (f"<w:rPr>{rp}</w:rPr>" if rp else "")
        if name == "Normal Table":
            out += ('<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>'
                    '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr>')
        out += "</w:style>"
    return out + "</w:styles>"


SETTINGS = ('<w:zoom w:percent="100"/>{before}<w:defaultTabStop w:val="720"/>{after}<w:characterSpacingControl w:val="doNotCompress"/>{notes}'
            '<w:compat>{compat}<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="{mode}"/></w:compat>')


FONT = '<w:font w:name="%s"><w:charset w:val="%s"/><w:family w:val="%s"/><w:pitch w:val="variable"/></w:font>'
FONTS = f'{XML}<w:fonts {XMLNS}>' + FONT % ("Times New Roman", "A3", "roman") + "</w:fonts>"
_FILL = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
_FONT = '<a:latin typeface="Times New Roman"/><a:ea typeface=""/><a:cs typeface=""/>'
THEME = (f'{XML}<a:theme xmlns:a="{NS["a"]}" name="Office"><a:themeElements><a:clrScheme name="Office">'
         + "".join(f'<a:{n}><a:srgbClr val="{c}"/></a:{n}>' for n, c in zip(
             "dk1 lt1 dk2 lt2 accent1 accent2 accent3 accent4 accent5 accent6 hlink folHlink".split(),
             "000000 FFFFFF 44546A E7E6E6 4472C4 ED7D31 A5A5A5 FFC000 5B9BD5 70AD47 0563C1 954F72".split()))
         + f'</a:clrScheme><a:fontScheme name="Office"><a:majorFont>{_FONT}</a:majorFont><a:minorFont>{_FONT}</a:minorFont></a:fontScheme>'
         f'<a:fmtScheme name="Office"><a:fillStyleLst>{_FILL * 3}</a:fillStyleLst><a:lnStyleLst>' + f'<a:ln w="6350">{_FILL}</a:ln>' * 3
         + "</a:lnStyleLst><a:effectStyleLst>" + "<a:effectStyle><a:effectLst/></a:effectStyle>" * 3
         + f"</a:effectStyleLst><a:bgFillStyleLst>{_FILL * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>")


class Raw:
    """A package written part by part."""

    def __init__(self, body, sect=PAGE, doc="word/document.xml", style=None, before="", after="", notes="", compat="", mode=15,
                 absolute=False, minimal=False, fonts=None):
        self.parts, self.over, self.rels, self.doc = {}, {}, {}, doc
        self.absolute = absolute
        self.rel("", "officeDocument", doc)
        self.rel("", "metadata/core-properties", "docProps/core.xml")
        self.rel("", "extended-properties", "docProps/app.xml")
        self.part("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml",
                  XML + '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
                  'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
                  'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:creator>Văn thư</dc:creator>'
                  '<dcterms:created xsi:type="dcterms:W3CDTF">2026-02-15T01:00:00Z</dcterms:created></cp:coreProperties>')
        self.part("docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml",
                  XML + '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
                  "<Application>Microsoft Office Word</Application><Company>Sở Nội vụ</Company><AppVersion>16.0000</AppVersion></Properties>")
        self.body, self.sect = body, sect
        self.add("styles", style or styles())
        self.add("settings", f"{XML}<w:settings {XMLNS}>" + SETTINGS.format(before=before, after=after, notes=notes, compat=compat, mode=mode) + "</w:settings>")
        if not minimal:
            self.add("fontTable", fonts or FONTS)
            self.add("theme", THEME, "theme/theme1.xml", "application/vnd.openxmlformats-officedocument.theme+xml")

    def part(self, path, ctype, data):
        self.parts[path] = data.encode() if isinstance(data, str) else data
        if ctype:
            self.over[path] = ctype

    def rel(self, src, kind, target, external=False):
        kind = kind if "://" in kind else (
            "http://schemas.openxmlformats.org/package/2006/relationships/" if kind.startswith("metadata/") else REL) + kind
        rs = self.rels.setdefault(src, [])
        rs.append((f"rId{len(rs) + 1}", kind, target, external))
        return rs[-1][0]

    def add(self, kind, data, name=None, ctype=None):
        """a part beside the document, related to it"""
        name = name or kind + ".xml"
        self.part("word/" + name, ctype or WML + re.sub(r"\d+$", "", kind) + "+xml", data)
        return self.rel(self.doc, kind, ("/word/" if self.absolute else "") + name)

    def save(self, path, stored=None, stream=False, document=None):
        d = document or f"{XML}<w:document {XMLNS}><w:body>{self.body}<w:sectPr>{self.sect}</w:sectPr></w:body></w:document>"
        self.part(self.doc, self.over.get(self.doc, WML + "document.main+xml"), d)
        types = (XML + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
                 '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                 '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
                 '<Default Extension="bin" ContentType="application/vnd.openxmlformats-officedocument.oleObject"/>'
                 + "".join(f'<Override PartName="/{p}" ContentType="{t}"/>' for p, t in self.over.items()) + "</Types>")
        files = {"[Content_Types].xml": types.encode()}
        for src, rs in self.rels.items():
            folder, base = os.path.split(src)
            files[os.path.join(folder, "_rels", base + ".rels")] = (
                XML + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                + "".join(f'<Relationship Id="{i}" Type="{k}" Target="{esc(t)}"' + (' TargetMode="External"' if e else "") + "/>"
                          for i, k, t, e in rs) + "</Relationships>").encode()
        files.update(self.parts)
        write_zip(path, files.items(), stored, stream)


class Pipe(io.RawIOBase):
    """An output that cannot seek: zipfile then writes data descriptors, as programs that stream do."""

    def __init__(self, f):
        self.f = f

    def writable(self):
        return True

    def write(self, b):
        return self.f.write(b)


def write_zip(path, files, stored=None, stream=False):
    with open(path, "wb") as f:
        with zipfile.ZipFile(Pipe(f) if stream else f, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as z:
            for name, data in files:
                info = zipfile.ZipInfo(name, WHEN)
                info.compress_type = zipfile.ZIP_STORED if name == stored else zipfile.ZIP_DEFLATED
                info.external_attr = 0o600 << 16
                z.writestr(info, data)


def hdr(kind, inner):
    return f"{XML}<w:{kind} {XMLNS}>{inner}</w:{kind}>"


NATION, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"


def letterhead(left=3600, right=5754, number="Số: {{ so }}/{{ ky_hieu }}", parent="{{ co_quan.chu_quan | hoa }}"):
    none = dict(after=0, jc="center")
    return table([left, right],
                 row(cell(left, par(parent, sz=13, **none), par("{{ co_quan.ten | hoa }}", b=True, sz=13, **none), par("_______", sz=8, **none)),
                     cell(right, par(NATION, b=True, sz=13, **none), par(MOTTO, b=True, sz=14, **none), par("____________________", sz=8, **none))),
                 row(cell(left, par(number, sz=13, **none)),
                     cell(right, par("{{ dia_danh }}, {{ ngay }}", i=True, sz=14, **none))), jc="center")


TITLE = (par("{{ loai | hoa }}", b=True, jc="center", before=240, after=0) + par("{{ trich_yeu }}", b=True, jc="center", after=0)
         + par("_________", jc="center", after=120, sz=8))
SENT_TO = (par("{%p if kinh_gui %}") + par("Kính gửi:", jc="center", before=120, after=0) + par("{%p for k in kinh_gui %}")
           + par("- {{ k }}{% if loop.last %}.{% else %};{% endif %}", jc="center", after=0) + par("{%p endfor %}") + par("{%p endif %}"))
STAMPS = (par("{%p if luu_hanh %}") + par("{{ luu_hanh | hoa }}", b=True, jc="right", after=120) + par("{%p endif %}"),
          par("{%p if do_khan %}") + par("{{ do_khan | hoa }}", b=True, jc="left", before=120, after=0) + par("{%p endif %}"))


def ending(left=4500, right=4854):
    z = dict(after=0)
    return table([left, right], row(
        cell(left, par("Nơi nhận:", b=True, i=True, sz=12, **z), par("{%p for n in noi_nhan %}", sz=11),
             par("- {{ n }}{% if loop.last %}.{% else %};{% endif %}", sz=11, **z), par("{%p endfor %}", sz=11),
             par("{%p if nguoi_soan %}", sz=11), par("{{ nguoi_soan }}", sz=11, **z), par("{%p endif %}", sz=11), par("", **z)),
        cell(right, par("{%p for q in ky.quyen_han %}"), par("{{ q | hoa }}", b=True, jc="center", **z), par("{%p endfor %}"),
             par("{{ ky.chuc_vu | hoa }}", b=True, jc="center", **z), *[par(jc="center", **z)] * 4,
             par("{{ ky.ho_ten }}", b=True, jc="center", **z))), jc="center")


ADDRESS = par("{%p for d in dia_chi %}") + par("{{ d }}", jc="center", sz=11, after=0) + par("{%p endfor %}")


def zone(name):
    return par("{{p %s }}" % name)


# ---------------------------------------------------------------- python-docx

def new_docx(size=14, margins=(20, 20, 30, 15)):
    d = docx.Document()
    f = d.styles["Normal"].font
    f.name, f.size = "Times New Roman", Pt(size)
    f.element.rPr.rFonts.set(qn("w:eastAsia"), "Times New Roman")
    f.element.rPr.rFonts.set(qn("w:cs"), "Times New Roman")
    lang = OxmlElement("w:lang")
    lang.set(qn("w:val"), "vi-VN")
    f.element.rPr.append(lang)
    d.styles["Normal"].paragraph_format.space_after = Pt(0)
    s = d.sections[0]
    s.page_width, s.page_height = Mm(210), Mm(297)
    s.top_margin, s.bottom_margin, s.left_margin, s.right_margin = map(Mm, margins)
    s.header_distance = s.footer_distance = Mm(10)
    return d


def put(where, text, align=None, b=None, i=None, size=None, before=0):
    p = where.paragraphs[0] if hasattr(where, "paragraphs") and len(where.paragraphs) == 1 and not where.paragraphs[0].runs \
        and not getattr(where.paragraphs[0], "used", False) and where._element.tag != qn("w:body") and not isinstance(where, docx.document.Document) \
        else where.add_paragraph()
    r = p.add_run(text)
    r.bold, r.italic = b, i
    if size:
        r.font.size = Pt(size)
    p.alignment, p.paragraph_format.space_before, p.paragraph_format.space_after = align, Pt(before), Pt(0)
    return p


def under(p, left, right):
    """a rule under a line, drawn as the bottom border of an indented empty paragraph"""
    ppr = p._p.get_or_add_pPr()
    ppr.append(parse_xml(f'<w:pBdr xmlns:w="{NS["w"]}"><w:bottom w:val="single" w:sz="6" w:space="1" w:color="auto"/></w:pBdr>'))
    p.paragraph_format.left_indent, p.paragraph_format.right_indent = Cm(left), Cm(right)
    b = ppr.find(qn("w:pBdr"))
    ppr.remove(b)
    ppr.insert_element_before(b, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


def page_field(p, code="PAGE"):
    for kind, text in (("begin", None), (None, code), ("end", None)):
        r = p.add_run()
        if kind:
            e = OxmlElement("w:fldChar")
            e.set(qn("w:fldCharType"), kind)
        else:
            e = OxmlElement("w:instrText")
            e.text = f" {text} "
        r._r.append(e)


def table_docx(d, widths):
    t = d.add_table(rows=1, cols=len(widths))
    t.alignment, t.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for c, w in enumerate(widths):
        t.columns[c].width = Mm(w)
        t.cell(0, c).width = Mm(w)
    return t


def save_docx(d, name):
    """python-docx's own package, less two parts of its default template (thumbnail, stylesWithEffects: the validators mind it)"""
    d.core_properties.author = "Văn thư"
    d.core_properties.comments = ""
    d.core_properties.created = d.core_properties.modified = __import__("datetime").datetime(*WHEN)
    for part in (d.part, d.part.package):
        for rid, rel in list(part.rels.items()):
            if rel.reltype.endswith(("/stylesWithEffects", "/thumbnail")):
                del part.rels[rid]
    buf = io.BytesIO()
    d.save(buf)
    with zipfile.ZipFile(buf) as z:
        write_zip(os.path.join(HERE, name), [(i.filename, z.read(i)) for i in z.infolist()])


def t01():
    d = new_docx()
    s = d.sections[0]
    s.different_first_page_header_footer = True
    put(s.first_page_header, "{{p dau_trang }}")
    put(s.first_page_footer, "{{p chan_trang }}")
    p = put(s.header, "", AL.CENTER)
    page_field(p)
    t = table_docx(d, [68, 102])
    left, right = t.rows[0].cells
    put(left, "{{ co_quan.chu_quan | upper }}", AL.CENTER, size=13)
    put(left, "{{ co_quan.ten | upper }}", AL.CENTER, b=True, size=13)
    under(put(left, "", size=4), 2.2, 2.2)
    put(left, "Số: {{ so }}/{{ ky_hieu }}", AL.CENTER, size=13, before=6)
    put(right, NATION, AL.CENTER, b=True, size=13)
    put(right, MOTTO, AL.CENTER, b=True, size=14)
    under(put(right, "", size=4), 2.1, 2.1)
    put(right, "{{ dia_danh }}, {{ ngay }}", AL.CENTER, i=True, before=6)
    put(d, "{%p if do_khan %}")
    put(d, "{{ do_khan | upper }}", b=True)
    put(d, "{%p endif %}")
    put(d, "")
    for z in ("ten_van_ban", "noi_dung", "cuoi_van_ban", "phu_luc"):
        put(d, "{{p %s }}" % z)
    save_docx(d, "01-thu-vien-python-docx.docx")


def t02():
    # First stage: the agency's IT officer keeps one parent form and lets docxtpl fill in what never changes; the tags that are
    # for the second stage are escaped as docxtpl has it: {_{ … }_}, {_% … %_}.
    d = new_docx()
    t = table_docx(d, [68, 102])
    left, right = t.rows[0].cells
    for line in ("{_%p if co_quan.chu_quan %_}", "{_{ co_quan.chu_quan|upper }_}", "{_%p endif %_}"):
        put(left, line, AL.CENTER, size=13)
    put(left, "{_{ co_quan.ten|upper }_}", AL.CENTER, b=True, size=13)
    put(left, "Số: {_% if so %_}{_{ so }_}{_% else %_}       {_% endif %_}/{_{ ky_hieu }_}", AL.CENTER, size=13, before=6)
    put(right, "{{ quoc_hieu_in_san }}", AL.CENTER, b=True, size=13)
    put(right, "{{ tieu_ngu_in_san }}", AL.CENTER, b=True, size=14)
    put(right, "{_{ dia_danh }_}, ngày {_{ ngay.ngay }_} tháng {_{ ngay.thang }_} năm {_{ ngay.nam }_}", AL.CENTER, i=True, before=6)
    put(d, "{_# Mẫu của Phòng Hành chính - Tổng hợp, sửa ngày 02/01/2026 #_}".replace("{_#", "{{ mo }}").replace("#_}", "{{ dong }}"))
    for line in ("{_%p if luu_hanh %_}", "{_{ luu_hanh|upper }_}", "{_%p endif %_}", "{_%p if do_khan %_}", "{_{ do_khan|upper }_}", "{_%p endif %_}"):
        put(d, line, b=True)
    put(d, "{_{ loai|upper }_}", AL.CENTER, b=True, before=12)
    p = put(d, "", AL.CENTER)
    p.add_run("{_{r trich_yeu }_}").bold = True
    for line in ("{_%p if kinh_gui and kinh_gui|length == 1 %_}", "Kính gửi: {_{ kinh_gui|first }_}", "{_%p elif kinh_gui %_}", "Kính gửi:",
                 "{_%p for k in kinh_gui %_}", "- {_{ k }_}{_% if not loop.last %_};{_% else %_}.{_% endif %_}", "{_%p endfor %_}", "{_%p endif %_}"):
        put(d, line, AL.CENTER, before=6)
    put(d, "{_{p noi_dung }_}")
    t = table_docx(d, [80, 90])
    left, right = t.rows[0].cells
    put(left, "Nơi nhận:", b=True, i=True, size=12)
    for line in ("{_%p for r in noi_nhan %_}", "- {_{ r }_}{_{ '.' if loop.last else ';' }_}", "{_%p endfor %_}",
                 "{_%p if nguoi_soan %_}", "{_{ nguoi_soan }_}", "{_%p endif %_}"):
        put(left, line, size=11)
    put(left, "", size=11)
    for line in ("{_%p for q in ky.quyen_han %_}", "{_{ q|upper }_}", "{_%p endfor %_}", "{_{ ky.chuc_vu|upper }_}", "", "", "", "", "{_{ ky.ho_ten }_}"):
        put(right, line, AL.CENTER, b=True)
    put(d, "{_%p if dia_chi %_}")
    put(d, "{_{ dia_chi|join('; ') }_}", AL.CENTER, size=11, before=6)
    put(d, "{_%p endif %_}")
    put(d, "{_{p phu_luc }_}")
    buf = io.BytesIO()
    d.save(buf)
    buf.seek(0)
    t = DocxTemplate(buf)
    t.render({"quoc_hieu_in_san": NATION, "tieu_ngu_in_san": MOTTO, "mo": "{#", "dong": "#}"})
    save_docx(t.docx, "02-docxtpl-hai-buoc.docx")


# ---------------------------------------------------------------- 03: rows

def t03():
    g = [900, 5400, 1300, 1754]
    head = row(*[cell(w, par(x, b=True, jc="center", sz=12, after=0), va="center")
                 for w, x in zip(g, ("STT", "Nơi nhận", "Số bản", "Ký nhận"))], pr="<w:cantSplit/><w:tblHeader/>")
    tag = lambda s: row(cell(sum(g), par(s, sz=12), span=4))
    c = lambda w, s, jc="center": cell(w, par(s, jc=jc, sz=12, after=0))
    body = (letterhead() + STAMPS[0] + STAMPS[1] + TITLE
            + table([1500, 7854],
                    row(cell(9354, par("{%tr for k in kinh_gui %}"), span=2)),
                    row(cell(1500, par("{% if loop.first %}Kính gửi:{% endif %}", after=0)),
                        cell(7854, par("- {{ k }}{% if loop.last %}.{% else %};{% endif %}", after=0))),
                    row(cell(9354, par("{%tr endfor %}"), span=2)), jc="center")
            + zone("noi_dung")
            + table([4500, 4854], row(
                cell(4500, par("Nơi nhận:", b=True, i=True, sz=12, after=0), par("- Như danh sách kèm theo.", sz=11, after=0),
                     par("{%p if nguoi_soan %}"), par("{{ nguoi_soan }}", sz=11, after=0), par("{%p endif %}"), par(after=0)),
                cell(4854, par("{%p for q in ky.quyen_han %}"), par("{{ q | hoa }}", b=True, jc="center", after=0), par("{%p endfor %}"),
                     par("{{ ky.chuc_vu | hoa }}", b=True, jc="center", after=0), *[par(after=0)] * 3,
                     par("{{ ky.ho_ten }}", b=True, jc="center", after=0))), jc="center")
            + par("DANH SÁCH NƠI NHẬN VĂN BẢN", b=True, jc="center", before=240, after=60)
            + par("(Kèm theo {{ loai }} số {{ so }}/{{ ky_hieu }} {{ ngay }} của {{ co_quan.ten }})", i=True, jc="center", after=120)
            + table(g, head, tag("{%tr for n in noi_nhan %}"),
                    row(c(g[0], "{{ loop.index }}"), c(g[1], "{{ n }}", "left"), c(g[2], "{% if loop.last %}02{% else %}01{% endif %}"), cell(g[3]),
                        pr="<w:cantSplit/>"),
                    tag("{%tr endfor %}"),
                    tag("{%tr if noi_nhan | length > 1 %}"),
                    row(cell(g[0] + g[1], par("Cộng: {{ noi_nhan | length }} nơi nhận", b=True, sz=12, after=0), span=2),
                        cell(g[2] + g[3], par(sz=12, after=0), span=2)),
                    tag("{%tr endif %}"), borders=True, jc="center")
            + ADDRESS + zone("phu_luc"))
    Raw(body).save(os.path.join(HERE, "03-bang-noi-nhan.docx"))


# ---------------------------------------------------------------- 04: logo

def logo():
    from PIL import Image, ImageDraw
    im = Image.new("P", (96, 96), 0)
    im.putpalette([255, 255, 255, 200, 16, 32, 255, 205, 0] + [0] * 759)
    dr = ImageDraw.Draw(im)
    dr.ellipse((4, 4, 92, 92), fill=1)
    import math
    pts = [(48 + (34 if k % 2 == 0 else 13) * math.sin(k * math.pi / 5), 48 - (34 if k % 2 == 0 else 13) * math.cos(k * math.pi / 5)) for k in range(10)]
    dr.polygon(pts, fill=2)
    buf = io.BytesIO()
    im.save(buf, "PNG", bits=2, optimize=True)
    buf.seek(0)
    return buf


def t04():
    d = new_docx(margins=(25, 20, 30, 20))
    s = d.sections[0]
    s.different_first_page_header_footer = True
    h = s.first_page_header
    t = h.add_table(1, 2, Mm(160))
    t.autofit = False
    for k, w in enumerate((22, 138)):
        t.columns[k].width = t.cell(0, k).width = Mm(w)
    t.cell(0, 0).paragraphs[0].add_run().add_picture(logo(), width=Mm(14))
    put(t.cell(0, 1), "CỔNG THÔNG TIN ĐIỆN TỬ - {{ co_quan.ten | hoa }}", b=True, size=11)
    put(t.cell(0, 1), "{% for d in dia_chi %}{{ d }}{% if not loop.last %} | {% endif %}{% endfor %}", size=11)
    h._element.remove(h.paragraphs[0]._p)  # the empty first paragraph python-docx makes; one has to follow the table
    h.add_paragraph()
    page_field(put(s.header, "", AL.CENTER))
    put(s.first_page_footer, "{{p chan_trang }}")
    for line in ("{%p if luu_hanh %}", "{{ luu_hanh | hoa }}", "{%p endif %}"):
        put(h, line, AL.RIGHT, b=True)
    put(d, "{{p dau_van_ban }}")
    put(d, "{{p noi_dung }}")
    t = table_docx(d, [85, 75])
    left, right = t.rows[0].cells
    put(left, "Nơi nhận:", b=True, i=True, size=12)
    for line in ("{%p for n in noi_nhan %}", "- {{ n }};", "{%p endfor %}", "{%p if nguoi_soan %}", "{{ nguoi_soan }}", "{%p endif %}"):
        put(left, line, size=11)
    left.paragraphs[-1].paragraph_format.space_after = Pt(0)
    put(left, "", size=11)
    put(right, "{% for q in ky.quyen_han %}{{ q | hoa }} {% endfor %}", AL.CENTER, b=True)
    put(right, "{{ ky.chuc_vu | hoa }}", AL.CENTER, b=True)
    p = put(right, "", AL.CENTER)
    p.add_run().add_picture(logo(), width=Mm(18))  # the same picture again, from the body: the place of the seal
    put(right, "{{ ky.ho_ten }}", AL.CENTER, b=True)
    put(d, "{{p phu_luc }}")
    ids = iter(range(1, 99))
    for root in (d.element, h._element):
        for e in root.iter(qn("wp:docPr")):
            n = next(ids)
            e.set("id", str(n))
            e.set("name", f"Biểu trưng {n}")
            e.set("descr", "Biểu trưng của cơ quan")
    save_docx(d, "04-bieu-trung.docx")


# ---------------------------------------------------------------- 05: LibreOffice

FODT = '''<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
 xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
 office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">
<office:meta><meta:creation-date>2026-02-15T08:00:00</meta:creation-date></office:meta>
<office:font-face-decls><style:font-face style:name="Times New Roman" svg:font-family="'Times New Roman'" style:font-family-generic="roman" style:font-pitch="variable"/></office:font-face-decls>
<office:styles>
 <style:default-style style:family="paragraph"><style:paragraph-properties fo:orphans="2" fo:widows="2"/><style:text-properties style:font-name="Times New Roman" style:font-name-asian="Times New Roman" style:font-name-complex="Times New Roman" fo:font-size="14pt" style:font-size-asian="14pt" style:font-size-complex="14pt" fo:language="vi" fo:country="VN"/></style:default-style>
 <style:style style:name="Standard" style:family="paragraph" style:class="text"/>
 <style:style style:name="Cơ_20_quan" style:display-name="Cơ quan" style:family="paragraph" style:parent-style-name="Standard"><style:paragraph-properties fo:text-align="center"/><style:text-properties fo:font-size="13pt"/></style:style>
 <style:style style:name="Tiêu_20_đề" style:display-name="Tiêu đề văn bản" style:family="paragraph" style:parent-style-name="Standard"><style:paragraph-properties fo:text-align="center" fo:margin-top="6pt"/><style:text-properties fo:font-weight="bold"/></style:style>
 <style:style style:name="Lời_20_văn" style:display-name="Lời văn" style:family="paragraph" style:parent-style-name="Standard"><style:paragraph-properties fo:text-align="justify" fo:text-indent="1.27cm" fo:margin-top="6pt"/></style:style>
 <style:style style:name="Nơi_20_nhận" style:display-name="Nơi nhận" style:family="paragraph" style:parent-style-name="Standard"><style:text-properties fo:font-size="11pt"/></style:style>
 <style:style style:name="Header" style:family="paragraph" style:parent-style-name="Standard" style:class="extra"><style:paragraph-properties fo:text-align="center"/></style:style>
 <style:style style:name="Footer" style:family="paragraph" style:parent-style-name="Standard" style:class="extra"/>
 <style:style style:name="Nhấn" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
</office:styles>
<office:automatic-styles>
 <style:style style:name="T1" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
 <style:style style:name="T2" style:family="text"><style:text-properties fo:font-style="italic"/></style:style>
 <style:style style:name="T3" style:family="text"><style:text-properties fo:language="en" fo:country="US"/></style:style>
 <style:style style:name="T4" style:family="text"><style:text-properties fo:font-weight="bold" fo:font-style="italic" fo:font-size="12pt"/></style:style>
 <style:style style:name="Tab" style:family="table"><style:table-properties style:width="16.5cm" table:align="center"/></style:style>
 <style:style style:name="Tab.A" style:family="table-column"><style:table-column-properties style:column-width="6.6cm"/></style:style>
 <style:style style:name="Tab.B" style:family="table-column"><style:table-column-properties style:column-width="9.9cm"/></style:style>
 <style:style style:name="Tab.C" style:family="table-cell"><style:table-cell-properties fo:padding="0.05cm" fo:border="none"/></style:style>
 <style:style style:name="Dau" style:family="paragraph" style:parent-style-name="Standard" style:master-page-name="Đầu"/>
 <style:page-layout style:name="pm1"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm" fo:margin-top="1cm" fo:margin-bottom="1cm" fo:margin-left="3cm" fo:margin-right="1.5cm"/><style:header-style><style:header-footer-properties fo:min-height="1cm" fo:margin-bottom="0.3cm"/></style:header-style><style:footer-style><style:header-footer-properties fo:min-height="1cm" fo:margin-top="0.3cm"/></style:footer-style></style:page-layout>
</office:automatic-styles>
<office:master-styles>
 <style:master-page style:name="Standard" style:page-layout-name="pm1">
  <style:header><text:p text:style-name="Header"><text:page-number text:select-page="current">2</text:page-number></text:p></style:header>
  <style:header-first><text:p text:style-name="Header">{{p dau_trang }}</text:p></style:header-first>
  <style:footer><text:p text:style-name="Footer">Số: {{ so }}/{{ ky_<text:span text:style-name="T3">hieu</text:span> }} - Trang <text:page-number text:select-page="current">2</text:page-number>/<text:page-count>3</text:page-count></text:p></style:footer>
  <style:footer-first><text:p text:style-name="Footer">{{p chan_trang }}</text:p></style:footer-first>
 </style:master-page>
</office:master-styles>
<office:body><office:text>
 <table:table table:name="Tiêu đề" table:style-name="Tab"><table:table-column table:style-name="Tab.A"/><table:table-column table:style-name="Tab.B"/>
  <table:table-row><table:table-cell table:style-name="Tab.C" office:value-type="string"><text:p text:style-name="Cơ_20_quan">{{ co_quan.chu_<text:span text:style-name="T3">quan</text:span> | hoa }}</text:p><text:p text:style-name="Cơ_20_quan"><text:span text:style-name="T1">{{ co_quan.ten </text:span><text:span text:style-name="Nhấn">| hoa }}</text:span></text:p><text:p text:style-name="Cơ_20_quan">Số: {{ so }}/{{ ky_hieu }}</text:p></table:table-cell>
  <table:table-cell table:style-name="Tab.C" office:value-type="string"><text:p text:style-name="Cơ_20_quan"><text:span text:style-name="T1">CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</text:span></text:p><text:p text:style-name="Cơ_20_quan"><text:span text:style-name="T1">Độc lập - Tự do - Hạnh phúc</text:span></text:p><text:p text:style-name="Cơ_20_quan"><text:span text:style-name="T2">{{ dia_danh }}, </text:span><text:span text:style-name="T2">{{ <text:bookmark-start text:name="ngay_ky"/>ngay<text:bookmark-end text:name="ngay_ky"/> }}</text:span></text:p></table:table-cell></table:table-row>
 </table:table>
 <text:p text:style-name="Standard">{%p if do_khan %}</text:p><text:p text:style-name="Standard"><text:span text:style-name="T1">{{ do_<text:span text:style-name="T3">khan</text:span> | hoa }}</text:span></text:p><text:p text:style-name="Standard">{%p endif %}</text:p>
 <text:p text:style-name="Tiêu_20_đề">{{ loai | hoa }}</text:p>
 <text:p text:style-name="Tiêu_20_đề">{{ trich_<text:span text:style-name="T2">yeu</text:span> }}</text:p>
 <text:p text:style-name="Lời_20_văn">{%p if kinh_gui %}</text:p><text:p text:style-name="Lời_20_văn">Kính gửi:<text:tab/>{% for k in kinh_gui %}{{ k }}{% if not <text:span text:style-name="T3">loop.last</text:span> %}; {% endif %}{% endfor %}</text:p><text:p text:style-name="Lời_20_văn">{%p endif %}</text:p>
 <text:p text:style-name="Lời_20_văn">{{p noi_<text:span text:style-name="T3">dung</text:span> }}</text:p>
 <table:table table:name="Ký" table:style-name="Tab"><table:table-column table:style-name="Tab.A"/><table:table-column table:style-name="Tab.B"/>
  <table:table-row><table:table-cell table:style-name="Tab.C" office:value-type="string"><text:p text:style-name="Nơi_20_nhận"><text:span text:style-name="T4">Nơi nhận:</text:span></text:p><text:p text:style-name="Nơi_20_nhận">{%p for n in noi_<text:span text:style-name="T3">nhan</text:span> %}</text:p><text:p text:style-name="Nơi_20_nhận">-<text:s text:c="1"/>{{ n }}{% if loop.last %}.{% else %};{% endif %}</text:p><text:p text:style-name="Nơi_20_nhận">{%p endfor %}</text:p><text:p text:style-name="Nơi_20_nhận">{{ nguoi_soan }}</text:p></table:table-cell>
  <table:table-cell table:style-name="Tab.C" office:value-type="string"><text:p text:style-name="Tiêu_20_đề">{% for q in ky.quyen_han %}{{ q | hoa }}{% if not loop.last %}<text:line-break/>{% endif %}{% endfor %}</text:p><text:p text:style-name="Tiêu_20_đề">{{ ky.chuc_vu | hoa }}</text:p><text:p text:style-name="Tiêu_20_đề"/><text:p text:style-name="Tiêu_20_đề"/><text:p text:style-name="Tiêu_20_đề">{{ ky.ho_ten }}</text:p></table:table-cell></table:table-row>
 </table:table>
 <text:p text:style-name="Standard">{{p phu_luc }}</text:p>
</office:text></office:body></office:document>'''


def soffice(data, src, *fmts):
    """converts data (named src) to each (filter, extension); gives the bytes"""
    out = []
    with tempfile.TemporaryDirectory() as tmp:
        with open(os.path.join(tmp, src), "wb") as f:
            f.write(data)
        for flt, ext in fmts:
            dest = os.path.join(tmp, "out-" + ext)
            subprocess.run(["soffice", PROFILE, "--headless", "--convert-to", flt, "--outdir", dest, os.path.join(tmp, src)],
                           check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=180)
            with open(os.path.join(dest, os.path.splitext(src)[0] + "." + ext), "rb") as f:
                out.append(f.read())
    return out


def t05():
    data, = soffice(FODT.encode(), "mau.fodt", ("docx:MS Word 2007 XML", "docx"))
    with open(os.path.join(HERE, "05-libreoffice.docx"), "wb") as f:
        f.write(data)


# ---------------------------------------------------------------- 06: text boxes

def textbox(n, content, x, y, w, h, line=True, name="Text Box"):
    """a floating text box, DrawingML with VML fallback, the content in both; millimetres"""
    e = lambda mm: int(mm * 36000)
    ln = '<a:ln w="12700"><a:solidFill><a:srgbClr val="000000"/></a:solidFill></a:ln>' if line else "<a:ln><a:noFill/></a:ln>"
    pt = lambda mm: f"{mm * 72 / 25.4:.1f}pt"
    inner = f"<w:txbxContent>{content}</w:txbxContent>"
    return ('<w:r><w:rPr><w:noProof/></w:rPr><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
            '<wp:anchor distT="0" distB="0" distL="114300" distR="114300" simplePos="0" relativeHeight="%d" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1">'
            '<wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="column"><wp:posOffset>%d</wp:posOffset></wp:positionH>'
            '<wp:positionV relativeFrom="paragraph"><wp:posOffset>%d</wp:posOffset></wp:positionV><wp:extent cx="%d" cy="%d"/>'
            '<wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/><wp:docPr id="%d" name="%s %d"/><wp:cNvGraphicFramePr/>'
            '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/>'
            '<wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="%d" cy="%d"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/>%s</wps:spPr>'
            '<wps:txbx>%s</wps:txbx><wps:bodyPr rot="0" vert="horz" wrap="square" lIns="36000" tIns="18000" rIns="36000" bIns="18000" anchor="t" anchorCtr="0"><a:noAutofit/></wps:bodyPr>'
            '</wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict>'
            '<v:rect id="hop%d" style="position:absolute;margin-left:%s;margin-top:%s;width:%s;height:%s;z-index:%d" filled="f" %s>'
            '<v:textbox inset="1mm,.5mm,1mm,.5mm">%s</v:textbox></v:rect></w:pict></mc:Fallback></mc:AlternateContent></w:r>'
            % (251650000 + n * 1024, e(x), e(y), e(w), e(h), n, name, n, e(w), e(h), ln, inner, n, pt(x), pt(y), pt(w), pt(h), 251650000 + n * 1024,
               'strokeweight="1pt"' if line else 'stroked="f"', inner))


def t06():
    z = dict(jc="center", after=0)
    left = (par("{{ co_quan.chu_quan | hoa }}", sz=13, **z) + par("{{ co_quan.ten | hoa }}", b=True, sz=13, **z)
            + par("Số: {{ so }}/{{ ky_hieu }}", sz=13, before=120, **z))
    right = (par(NATION, b=True, sz=13, **z) + par(MOTTO, b=True, sz=14, **z)
             + par("{{ dia_danh }}, {{ ngay }}", i=True, sz=14, before=120, **z))
    sign = (par("{%p for q in ky.quyen_han %}") + par("{{ q | hoa }}", b=True, **z) + par("{%p endfor %}")
            + par("{{ ky.chuc_vu | hoa }}", b=True, **z) + par(**z) * 3 + par("{{ ky.ho_ten }}", b=True, **z))
    body = (par(textbox(1, left, -5, 0, 68, 30, line=False), textbox(2, right, 63, 0, 104, 30, line=False), after=0)
            + par(after=0) * 5
            + par("{%p if luu_hanh %}") + par(textbox(3, par("{{ luu_hanh | hoa }}", b=True, **z), 95, -42, 65, 8, name="Dấu"), after=0) + par("{%p endif %}")
            + par("{%p if do_khan %}") + par(textbox(4, par("{{ do_khan | hoa }}", b=True, **z), 5, 0, 40, 8, name="Dấu"), after=240) + par("{%p endif %}")
            + zone("ten_van_ban") + zone("noi_dung")
            + par("Nơi nhận:", textbox(5, sign, 80, 0, 85, 50, line=False, name="Chữ ký"), b=True, i=True, sz=12, before=240, after=0)
            + par("{%p for n in noi_nhan %}") + par("- {{ n }}{% if loop.last %}.{% else %};{% endif %}", sz=11, after=0, right=4800)
            + par("{%p endfor %}") + par("{%p if nguoi_soan %}") + par("{{ nguoi_soan }}", sz=11, after=0) + par("{%p endif %}") + par(after=0) * 6
            + zone("phu_luc"))
    d = Raw(body, "")
    f = d.add("footer", hdr("ftr", par("{%p for d in dia_chi %}") + par("{{ d }}", jc="center", sz=11, after=0) + par("{%p endfor %}") + par(after=0)), "footer1.xml")
    h = d.add("header", hdr("hdr", par(textbox(6, par("{{ ky_hieu }}", sz=10, **z), 130, -3, 34, 8, name="Ký hiệu"), field("PAGE", "2"), jc="center", after=0)), "header1.xml")
    d.sect = (f'<w:headerReference w:type="default" r:id="{h}"/><w:footerReference w:type="first" r:id="{f}"/>' + PAGE + "<w:titlePg/>")
    d.save(os.path.join(HERE, "06-hop-van-ban.docx"))


# ---------------------------------------------------------------- 07: the worst runs

NOISE = random.Random(30)


def rs():
    return "".join(NOISE.choice("0123456789ABCDEF") for _ in range(8))


def messy(text, cuts, between=None, **k):
    """text as many runs, cut at the given places, with rsids and spelling marks between them"""
    marks = ['<w:proofErr w:type="spellStart"/>', '<w:proofErr w:type="spellEnd"/>', '<w:proofErr w:type="gramStart"/>', '<w:proofErr w:type="gramEnd"/>']
    out, at = "", 0
    for n, c in enumerate(list(cuts) + [len(text)]):
        kk = dict(k, lang=[None, "en-US", "fr-FR"][n % 3])
        if n % 4 == 3:
            kk["extra"] = "<w:noProof/>" + k.get("extra", "")
        out += run(text[at:c], f' w:rsidR="00{rs()[:6]}" w:rsidRPr="00{rs()[:6]}"', **kk)
        at = c
        if c < len(text):
            out += marks[n % 4] if between is None else (between.get(n, "") or marks[n % 4])
    out += "".join(marks[k] for k in range(4) if k % 2 and marks[k - 1] in out and marks[k] not in out)
    return out


CHANGE = 'w:author="Trần Thị Thu Hà" w:date="2026-02-10T09:30:00Z"'
IDS = iter(range(100, 10000))


def ins(inner):
    return f'<w:ins w:id="{next(IDS)}" {CHANGE}>{inner}</w:ins>'


def dele(text, **k):
    return f'<w:del w:id="{next(IDS)}" {CHANGE}><w:r>{rpr(**k)}<w:delText xml:space="preserve">{esc(text)}</w:delText></w:r></w:del>'


def t07(path="07-the-bi-cat-va-theo-doi-sua-doi.docx", astride=True):
    z = dict(jc="center", after=0, attrs=' w:rsidR="00A11B2C" w:rsidRDefault="00C3D4E5" w:rsidP="00F60718"')
    bm = {1: '<w:bookmarkStart w:id="1" w:name="_Hlk158900001"/>', 3: '<w:bookmarkEnd w:id="1"/>'}
    left = [
        par(messy("{{ co_quan.chu_quan | hoa }}", range(1, 27, 1)), **z),  # a run for each letter
        par(messy("{{ co_quan.ten | default(“Sở Nội vụ”) | hoa }}", [1, 2, 6, 13, 15, 24, 25, 30, 33, 38, 41, 43, 44], b=True), **z),
        par(run("Số: "), messy("{{ so }}", [2, 4, 6], bm), run("/"),
            # the tag begins in old text and ends in an insertion
            *([run("{{ ky_hieu "), ins(run("| replace(‘ ’, ‘’) }}"))] if astride else ["{{ ky_hieu | replace(‘ ’, ‘’) }}"]), **z),
    ]
    right = [
        par(NATION, b=True, sz=13, **z), par(MOTTO, b=True, **z),
        par(run("{{ ", i=True), dele("noi_ban_hanh", i=True), ins(run("dia_danh", i=True)), run(" }}, ", i=True), dele("ngày … tháng … năm 2025", i=True),
            ins(messy("{{ ngay }}", [1, 3, 7, 8], i=True)), **z),
    ]
    nb = "\u00a0"
    sent = (par(messy("{%p if kinh_gui %}", [2, 3, 6, 14, 17])) + par("Kính gửi:", jc="center", after=0)
            + par(messy("{%p for k in kinh_gui %}", [1, 4, 8, 13, 20, 23]))
            + par(messy("- {{" + nb + "k" + nb + "}}{% if loop.last %}.{% else %};{% endif %}", [3, 5, 7, 9, 13, 17, 22, 24, 28, 35, 38, 44]), jc="center", after=0)
            + par(messy("{%p endfor %}", [3, 4, 10])) + par(messy("{%p endif %}", [4, 9])))
    moved = run("{{ nguoi_soan }}", sz=11)
    noi_nhan = (par("Nơi nhận:", b=True, i=True, sz=12, after=0) + par(messy("{%p for n in noi_nhan %}", [2, 3, 7, 9, 12, 16, 18]), ppr="<w:keepNext/>")
                + par(messy("- {{ n | trim }}{{ “;” if not loop.last else “.” }}", [2, 4, 6, 8, 12, 15, 18, 20, 24, 29, 33, 39]), sz=11, after=0)
                + par(messy("{%p endfor %}", [1, 2, 3, 10, 12]))
                + par(f'<w:moveToRangeStart w:id="{next(IDS)}" {CHANGE} w:name="move1"/>', f'<w:moveTo w:id="{next(IDS)}" {CHANGE}>{moved}</w:moveTo>',
                      '<w:moveToRangeEnd w:id="%d"/>', after=0))
    noi_nhan = noi_nhan.replace('moveToRangeEnd w:id="%d"', 'moveToRangeEnd w:id="' + re.search(r'moveToRangeStart w:id="(\d+)"', noi_nhan)[1] + '"')
    mf = next(IDS)
    sign = (par(run("{%p for q in ky."), ins(run("quyen_han")), run(" %}"), **z) + par(messy("{{ q | hoa }}", [2, 5, 8], b=True), **z) + par("{%p endfor %}", **z)
            + par('<w:commentRangeStart w:id="0"/>', run("{{ ky.chuc_vu", b=True), '<w:commentRangeEnd w:id="0"/>',
                  '<w:r><w:commentReference w:id="0"/></w:r>', run(" | hoa }}", b=True), **z)
            + par(**z) * 3
            + par(messy("{{ ky.ho_ten }}", [3, 5, 6, 9, 12], {1: '<w:r><w:lastRenderedPageBreak/></w:r>'}, b=True), **z)
            + par(f'<w:moveFromRangeStart w:id="{mf}" {CHANGE} w:name="move1"/>', f'<w:moveFrom w:id="{next(IDS)}" {CHANGE}>{moved}</w:moveFrom>',
                  f'<w:moveFromRangeEnd w:id="{mf}"/>', after=0))
    new_par = lambda inner: (f'<w:p><w:pPr><w:jc w:val="center"/><w:rPr><w:ins w:id="{next(IDS)}" {CHANGE}/></w:rPr></w:pPr>{ins(inner)}</w:p>')
    fmt = (f'<w:p><w:pPr><w:spacing w:before="120" w:after="0"/><w:jc w:val="center"/><w:pPrChange w:id="{next(IDS)}" {CHANGE}><w:pPr><w:jc w:val="left"/></w:pPr></w:pPrChange></w:pPr>'
           f'<w:r><w:rPr><w:b/><w:bCs/><w:rPrChange w:id="{next(IDS)}" {CHANGE}><w:rPr><w:i/></w:rPr></w:rPrChange></w:rPr><w:t>{{{{ trich_</w:t></w:r>'
           '<w:r><w:rPr><w:b/><w:bCs/></w:rPr><w:t>yeu }}</w:t></w:r></w:p>')
    body = (table([3600, 5754], row(cell(3600, *left), cell(5754, *right)), jc="center")
            + new_par(run("{%p if do_khan %}")) + new_par(messy("{{ do_khan | hoa }}", [1, 5, 9, 13], b=True)) + new_par(run("{%p endif %}"))
            + par(messy("{%p if luu_hanh %}", [2, 8])) + par(messy("{{ luu_hanh | hoa }}", [4, 9, 14])) + par(messy("{%p endif %}", [2, 3, 4]))
            + par(messy("{{ loai | hoa }}", [1, 2, 3, 7, 8, 9, 10, 13, 15], b=True), jc="center", before=240, after=0)
            + fmt + sent
            + par(dele("{{ noi_dung_cu }}"), messy("{{p noi_dung }}", [1, 2, 3, 4, 7, 8, 12, 13, 14]))
            + table([4500, 4854], row(cell(4500, noi_nhan), cell(4854, sign)), jc="center")
            + par(messy("{% for d in dia_chi %}{{ d }}{% if not loop.last %}; {% endif %}{% endfor %}", [1, 5, 12, 19, 22, 24, 27, 29, 33, 43, 46, 50, 60, 68], {0: '<w:bookmarkStart w:id="2" w:name="dia_chi"/>', 9: '<w:bookmarkEnd w:id="2"/>'}, sz=11), jc="center")
            + par(messy("{{p phu_luc }}", [2, 3, 4, 7, 8])))
    rsids = '<w:rsids><w:rsidRoot w:val="00A11B2C"/><w:rsid w:val="00A11B2C"/><w:rsid w:val="00C3D4E5"/></w:rsids>'
    d = Raw(body, before="<w:proofState w:spelling=\"clean\" w:grammar=\"clean\"/><w:trackRevisions/>", notes="")
    d.parts["word/settings.xml"] = d.parts["word/settings.xml"].replace(b"</w:compat>", b"</w:compat>" + rsids.encode())
    d.add("comments", f'{XML}<w:comments {XMLNS}><w:comment w:id="0" {CHANGE} w:initials="TH">' + par(run("Chỗ này lấy chức vụ trong kế hoạch, đừng gõ tay {{ như mẫu cũ."))
          + "</w:comment></w:comments>")
    d.save(os.path.join(HERE, path), stream=True)


# ---------------------------------------------------------------- 08: headers, footers, notes

def t08():
    more = {
        "FootnoteText": ("paragraph", "footnote text", "Normal", '<w:spacing w:after="0"/>', '<w:sz w:val="20"/><w:szCs w:val="20"/>'),
        "FootnoteReference": ("character", "footnote reference", "DefaultParagraphFont", "", '<w:vertAlign w:val="superscript"/>'),
        "Hyperlink": ("character", "Hyperlink", "DefaultParagraphFont", "", '<w:color w:val="0000FF"/><w:u w:val="single"/>'),
        "NoiNhan": ("paragraph", "Nơi nhận (gạch đầu dòng)", "Normal", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="7"/></w:numPr><w:spacing w:after="0"/>', '<w:sz w:val="22"/><w:szCs w:val="22"/>'),
        "TieuDe": ("paragraph", "Tiêu đề văn bản", "Normal", '<w:spacing w:before="60" w:after="0"/><w:jc w:val="center"/>', "<w:b/><w:bCs/>"),
    }
    note = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="2"/></w:r>'
    z = dict(after=0)
    body = (zone("quoc_hieu") + par("{{ loai | hoa }}", style="TieuDe") + par(run("{{ trich_yeu }}"), note, style="TieuDe") + SENT_TO + zone("noi_dung")
            + table([4500, 4854], row(
                cell(4500, par("Nơi nhận:", b=True, i=True, sz=12, **z), par("{%p for n in noi_nhan %}"), par("{{ n }}{{ “.” if loop.last else “;” }}", style="NoiNhan"),
                     par("{%p endfor %}"), par("{{ nguoi_soan }}", sz=11, **z)),
                cell(4854, par("{%p for q in ky.quyen_han %}"), par("{{ q | hoa }}", b=True, jc="center", **z), par("{%p endfor %}"),
                     par("{{ ky.chuc_vu | hoa }}", b=True, jc="center", **z), *[par(jc="center", **z)] * 4, par("{{ ky.ho_ten }}", b=True, jc="center", **z))), jc="center")
            + zone("phu_luc"))
    notes = '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr><w:endnotePr><w:endnote w:id="-1"/><w:endnote w:id="0"/></w:endnotePr>'
    d = Raw(body, doc="word/document2.xml", style=styles(more), after="<w:evenAndOddHeaders/>", notes=notes, absolute=True)
    sep = lambda k: (f'<w:{k} w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:{k}>'
                     f'<w:{k} w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:{k}>')
    ref = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
    d.add("footnotes", f"{XML}<w:footnotes {XMLNS}>{sep('footnote')}<w:footnote w:id=\"2\">"
          + par(ref, run(" Toàn văn {{ loai | thuong }} “{{ trich_yeu }}” đăng tại trang thông tin điện tử của {{ co_quan.ten }}."), style="FootnoteText")
          + "</w:footnote></w:footnotes>")
    d.add("endnotes", f"{XML}<w:endnotes {XMLNS}>{sep('endnote')}</w:endnotes>")
    d.add("numbering", f'{XML}<w:numbering {XMLNS}><w:abstractNum w:abstractNumId="3"><w:multiLevelType w:val="hybridMultilevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/>'
          '<w:numFmt w:val="bullet"/><w:lvlText w:val="-"/><w:lvlJc w:val="left"/><w:pPr><w:tabs><w:tab w:val="num" w:pos="170"/></w:tabs><w:ind w:left="170" w:hanging="170"/></w:pPr>'
          '</w:lvl></w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="3"/></w:num></w:numbering>')
    refs = ""
    page = [run("Trang "), field("PAGE", "2"), run("/"), field("NUMPAGES", "3")]
    simple = '<w:fldSimple w:instr=" PAGE \\* MERGEFORMAT "><w:r><w:rPr><w:noProof/></w:rPr><w:t>2</w:t></w:r></w:fldSimple>'
    for kind, name, inner in (
            ("header", "header1.xml", par(simple, jc="center", style="Header")),
            ("header", "header2.xml", par(simple, jc="center", style="Header")),
            ("header", "header3.xml", zone("dau_trang")),
            ("footer", "footer1.xml", par(run("{{ ky_hieu }}\t\t", sz=11), *page, style="Footer")),
            ("footer", "footer2.xml", par(*page, run("\t\t{{ so }}/{{ ky_hieu }}", sz=11), style="Footer")),
            ("footer", "footer3.xml", zone("chan_trang") + par(
                run("Điện thoại: {{ dien_thoai | default(‘(0269) 3800 000’) }}; trang thông tin điện tử: ", sz=11),
                '<w:hyperlink r:id="rId1" w:history="1"><w:r><w:rPr><w:rStyle w:val="Hyperlink"/><w:sz w:val="22"/></w:rPr><w:t>https://sonoivu.gialai.gov.vn</w:t></w:r></w:hyperlink>',
                style="Footer", jc="center"))):
        i = d.add(kind, hdr(kind[:3].replace("hea", "hdr").replace("foo", "ftr"), inner), name)
        refs += f'<w:{kind}Reference w:type="{dict(zip("123", ("default", "even", "first")))[name[6]]}" r:id="{i}"/>'
    d.rel("word/footer3.xml", "hyperlink", "https://sonoivu.gialai.gov.vn/", True)
    d.sect = refs + PAGE + "<w:titlePg/>"
    d.save(os.path.join(HERE, "08-dau-trang-chan-trang-chu-thich.docx"), stored="word/document2.xml")


# ---------------------------------------------------------------- 09: columns, nested tables, content controls

def sdt(inner, alias, tag, kind="<w:text/>"):
    return f'<w:sdt><w:sdtPr><w:alias w:val="{alias}"/><w:tag w:val="{tag}"/><w:id w:val="{zlib.crc32(tag.encode()) % 10 ** 8 + 1}"/>{kind}</w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>'


def t09():
    z = dict(jc="center", after=0)
    tag = lambda s, w=300: cell(w, par(s, sz=8))
    box = '<w:tcBorders>' + "".join(f'<w:{e} w:val="single" w:sz="8" w:space="0" w:color="auto"/>' for e in ("top", "left", "bottom", "right")) + '</w:tcBorders>'
    # date columns: the stamp's column is there only for an urgent document
    dates = table([3000, 300, 1800, 300, 3954],
                  row(cell(3000, par(run("Số: "), sdt(run("{{ so }}", sz=13), "Số", "so"), run("/"), sdt(run("{{ ky_hieu }}", sz=13), "Ký hiệu", "ky_hieu"), **z)),
                      tag("{%tc if do_khan %}"), cell(1800, par("{{ do_khan | hoa }}", b=True, **z), borders=box), tag("{%tc endif %}"),
                      cell(3954, par("{{ dia_danh }}, {{ ngay }}", i=True, **z))), jc="center")
    names = table([3600, 5754], row(
        cell(3600, par("{{ co_quan.chu_quan | hoa }}", sz=13, **z),
             sdt(par("{{ co_quan.ten | hoa }}", b=True, sz=13, **z), "Cơ quan ban hành", "co_quan", "<w:richText/>")),
        cell(5754, par(NATION, b=True, sz=13, **z), par(MOTTO, b=True, sz=14, **z))), jc="center")
    # the stamp and the subject sit in tables inside a cell
    inner = table([2500], row(cell(2500, par("{{ luu_hanh | hoa }}", b=True, sz=12, **z))), borders=True, jc="center")
    outer = table([9354], row(cell(9354, par("{%p if luu_hanh %}"), inner, par("{%p endif %}"), par("{{ loai | hoa }}", b=True, before=120, **z),
                                   table([800, 7500], row(cell(800), cell(7500, par("{{ trich_yeu }}", b=True, **z))), jc="center"), par(**z))), jc="center")
    # who receives: one column a recipient, 2 rows
    sheet = table([1500, 2600, 2600, 2600],
                  row(cell(1500, par("Nơi nhận", b=True, sz=11, **z)), tag("{%tc for n in noi_nhan %}", 2600), cell(2600, par("{{ loop.index }}. {{ n }}", sz=11, **z)), tag("{%tc endfor %}", 2600)),
                  row(cell(1500, par("Ký nhận", b=True, sz=11, **z)), tag("{%tc for n in noi_nhan %}", 2600), cell(2600, par(sz=11, **z)), tag("{%tc endfor %}", 2600)),
                  borders=True, jc="center")
    # two signers: the one who checked stands at the left where the plan's variables name one
    signers = table([300, 4300, 300, 4454],
                    row(tag("{%tc if nguoi_kiem_tra is defined %}"),
                        cell(4300, par("NGƯỜI KIỂM TRA", b=True, **z), *[par(**z)] * 4, par("{{ nguoi_kiem_tra }}", b=True, **z)), tag("{%tc endif %}"),
                        cell(4454, par("{% for q in ky.quyen_han %}{{ q | hoa }}{% if not loop.last %}, {% endif %}{% endfor %}", b=True, **z),
                             par("{{ ky.chuc_vu | hoa }}", b=True, **z), *[par(**z)] * 3, sdt(par("{{ ky.ho_ten }}", b=True, **z), "Người ký", "ho_ten", "<w:richText/>"))), jc="center")
    # {%tc %} must leave every row one cell at least; a content control around a whole row
    drafter = table([9354], sdt(row(cell(9354, par("{% if nguoi_soan %}Người soạn thảo và số bản: {{ nguoi_soan }}{% endif %}", sz=11, after=0))), "Người soạn", "nguoi_soan", "<w:richText/>"), jc="center")
    body = (names + par(after=0, sz=4) + dates + outer + SENT_TO + sdt(zone("noi_dung"), "Nội dung", "noi_dung", "<w:richText/>")
            + signers + par("PHIẾU GIAO NHẬN VĂN BẢN", b=True, jc="center", before=240, after=60) + sheet + par(after=0, sz=4) + drafter + ADDRESS + zone("phu_luc"))
    Raw(body).save(os.path.join(HERE, "09-cot-bang-long-o-dieu-khien.docx"))


# ---------------------------------------------------------------- 10: an old .doc

OLD = {  # the style ids that a Vietnamese Word gives
    "Binhthng": ("paragraph", "Normal", None, '<w:spacing w:before="60" w:line="288" w:lineRule="auto"/><w:jc w:val="both"/>', '<w:sz w:val="26"/><w:szCs w:val="26"/>'),
    "Phngmcinhcuaoanvn": ("character", "Default Paragraph Font", None, "", ""),
    "BangThngthng": ("table", "Normal Table", None, "", ""),
    "Khngco": ("numbering", "No List", None, "", ""),
    "u1": ("paragraph", "heading 1", "Binhthng", '<w:keepNext/><w:jc w:val="center"/><w:outlineLvl w:val="0"/>', "<w:b/><w:bCs/>"),
    "ThnVnban": ("paragraph", "Body Text", "Binhthng", '<w:ind w:firstLine="567"/>', '<w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/>'),
    "utrang": ("paragraph", "header", "Binhthng", '<w:tabs><w:tab w:val="center" w:pos="4320"/><w:tab w:val="right" w:pos="8640"/></w:tabs>', ""),
    "Chntrang": ("paragraph", "footer", "Binhthng", '<w:tabs><w:tab w:val="center" w:pos="4320"/><w:tab w:val="right" w:pos="8640"/></w:tabs>', ""),
    "DongTieude": ("paragraph", "Dong Tieu de", "Binhthng", '<w:tabs><w:tab w:val="center" w:pos="1800"/><w:tab w:val="center" w:pos="6500"/></w:tabs><w:spacing w:before="0" w:line="240" w:lineRule="auto"/><w:jc w:val="left"/>', ""),
}


def vline(n, x1, x2, y):
    return ('<w:r><w:rPr><w:noProof/></w:rPr><w:pict><v:line id="_x0000_s10%d" style="position:absolute;left:0;text-align:left;z-index:%d" from="%gpt,%gpt" to="%gpt,%gpt"/></w:pict></w:r>'
            % (25 + n, 251657216 + n, x1, y, x2, y))


def connector(n, x, y, w):
    e = lambda pt: int(pt * 12700)
    return ('<w:r><w:rPr><w:noProof/></w:rPr><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor distT="0" distB="0" distL="114300" distR="114300" simplePos="0" '
            'relativeHeight="251660288" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="column"><wp:posOffset>%d</wp:posOffset></wp:positionH>'
            '<wp:positionV relativeFrom="paragraph"><wp:posOffset>%d</wp:posOffset></wp:positionV><wp:extent cx="%d" cy="0"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
            '<wp:docPr id="%d" name="Straight Connector %d"/><wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>'
            '<wps:cNvCnPr/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="%d" cy="0"/></a:xfrm><a:prstGeom prst="line"><a:avLst/></a:prstGeom><a:ln w="9525"><a:solidFill><a:srgbClr val="000000"/></a:solidFill></a:ln></wps:spPr>'
            '<wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:line id="noi%d" style="position:absolute;z-index:251660288" from="%gpt,%gpt" to="%gpt,%gpt"/></w:pict></mc:Fallback></mc:AlternateContent></w:r>'
            % (e(x), e(y), e(w), n, n, e(w), n, x, y, x + w, y))


def t10():
    import unicodedata
    nfd = lambda s: unicodedata.normalize("NFD", s)
    t = dict(style="DongTieude")
    body = (par(run("\t{{ co_quan.chu_quan | hoa }}\t", sz=12), run(NATION, b=True, sz=12), **t)
            + par(run("\t{{ co_quan.ten | hoa }}\t", b=True, sz=12), run(MOTTO, b=True, sz=13), **t)
            + par(vline(1, 60, 120, 4), connector(11, 245, 4, 160), sz=8, **t)
            + par(run("\tSố: {{ so | default('     ', true) }}/{{ ky_hieu }}\t", sz=13), run("{{ dia_danh }}, ngày {{ ngay.ngay }} tháng {{ ngay.thang }} năm {{ ngay.nam }}", i=True, sz=13), **t)
            + par("{%p if do_khan or luu_hanh %}", **t) + par("          {{ do_khan | hoa }}                    {{ luu_hanh | hoa }}", b=True, **t) + par("{%p endif %}", **t)
            + par(**t) + par("{{ loai | hoa }}", style="u1") + par("{{ trich_yeu }}", style="u1") + par(vline(2, 190, 270, 3), jc="center", sz=8)
            + par("{%p for k in kinh_gui %}") + par("{% if loop.first %}              Kính gửi: {% else %}                             {% endif %}{{ k }}", ppr="", jc="left") + par("{%p endfor %}")
            + zone("noi_dung") + par()
            # the recipients in one paragraph with line breaks, spaces in place of columns
            + par(run(nfd("Nơi nhận:"), b=True, i=True, sz=12), run("\t\t{% for q in ky.quyen_han %}{{ q | hoa }} {% endfor %}{{ ky.chuc_vu | hoa }}", b=True, sz=13), **t)
            + par(run("{% for n in noi_nhan %}- {{ n }};", sz=11), "<w:r><w:br/></w:r>", run("{% endfor %}{{ nguoi_soan }}", sz=11), **t)
            + par(**t) * 3 + par(run("\t\t{{ ky.ho_ten }}", b=True, sz=13), **t) + par(run(nfd("Địa chỉ liên hệ: "), sz=11), run("{{ dia_chi | join(“; ”) }}", sz=11), **t)
            + zone("phu_luc"))
    compat = '<w:useFELayout/>'
    d = Raw(body, "", style=styles(base=OLD, size=12), before='<w:embedSystemFonts/><w:stylePaneFormatFilter w:val="3F01"/>', compat=compat, mode=12,
            fonts=FONTS.replace("</w:fonts>", FONT % (".VnTime", "00", "swiss") + "</w:fonts>"))
    s = d.parts["word/settings.xml"].decode()
    s = s.replace('<w:characterSpacingControl w:val="doNotCompress"/>', '<w:drawingGridHorizontalSpacing w:val="130"/><w:displayHorizontalDrawingGridEvery w:val="0"/>'
                  '<w:displayVerticalDrawingGridEvery w:val="2"/><w:characterSpacingControl w:val="compressPunctuation"/>')
    s = s.replace("</w:compat>", '</w:compat><w:themeFontLang w:val="vi-VN" w:eastAsia="zh-CN"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/>')
    d.parts["word/settings.xml"] = s.encode()
    # the header was rewritten by the agency's document system, in Python: its prefixes are ns0, ns1 …
    h = f'<w:hdr xmlns:w="{NS["w"]}"><w:p><w:pPr><w:pStyle w:val="utrang"/><w:jc w:val="right"/></w:pPr>{run("{{ so }}/{{ ky_hieu }} - trang ", sz=11)}{field("PAGE", "2", sz=11)}</w:p></w:hdr>'
    ElementTree._namespace_map.pop(NS["w"], None)
    i = d.add("header", ElementTree.tostring(ElementTree.fromstring(h), "utf-8", xml_declaration=True), "header1.xml")
    d.sect = (f'<w:headerReference w:type="default" r:id="{i}"/><w:pgSz w:w="11907" w:h="16840" w:code="9"/>'
              '<w:pgMar w:top="1417" w:right="1134" w:bottom="1134" w:left="1985" w:header="720" w:footer="720" w:gutter="0"/><w:cols w:space="720"/><w:titlePg/><w:docGrid w:type="lines" w:linePitch="381"/>')
    d.save(os.path.join(HERE, "10-tu-doc-cu.docx"))


GOOD = [t01, t02, t03, t04, t05, t06, t07, t08, t09, t10]


# ---------------------------------------------------------------- wrong/

W = f'xmlns:w="{NS["w"]}" xmlns:r="{NS["r"]}"'
ZONES = [zone(z) for z in ("dau_van_ban", "noi_dung", "cuoi_van_ban", "phu_luc")]
CASES = []


def case(file, group, part, level, wrong, say, fix):
    CASES.append((file, group, part, level, wrong, say, fix))
    return os.path.join(WRONG, file)


def small(path, body=None, rels=(), parts=(), types="", main=WML + "document.main+xml", document=None, drop=(), raw=False, extra_ns=""):
    """the smallest package Word opens; rels: (type, target, external) of the document, rId1 …; parts: (path, content type, data)"""
    sect = PAGE
    for n, (k, t, e) in enumerate(rels, 1):
        if k in ("header", "footer"):
            sect = f'<w:{k}Reference w:type="default" r:id="rId{n}"/>' + sect
    doc = document or f"{XML}<w:document {W}{extra_ns}><w:body>{''.join(body or ZONES)}<w:sectPr>{sect}</w:sectPr></w:body></w:document>"
    r = lambda rs: (XML + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">' + "".join(
        f'<Relationship Id="rId{n}" Type="{k if "://" in k else REL + k}" Target="{esc(t)}"' + (' TargetMode="External"' if e else "") + "/>"
        for n, (k, t, e) in enumerate(rs, 1)) + "</Relationships>").encode()
    files = [("[Content_Types].xml", (
        XML + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f'<Default Extension="bin" ContentType="application/octet-stream"/>{types}<Override PartName="/word/document.xml" ContentType="{main}"/>'
        + "".join(f'<Override PartName="/{p}" ContentType="{t}"/>' for p, t, _ in parts if t) + "</Types>").encode()),
        ("_rels/.rels", r([("officeDocument", "word/document.xml", False)])), ("word/document.xml", doc if isinstance(doc, bytes) else doc.encode())]
    if rels:
        files.append(("word/_rels/document.xml.rels", r(rels)))
    files += [(p, d.encode() if isinstance(d, str) else d) for p, _, d in parts]
    files = [f for f in files if f[0] not in drop]
    if raw:
        return files
    write_zip(path, files)


def field_par(code):
    return par(field(code, "…"))


def cfb(*streams):
    """a compound file (the container of .doc and of encrypted .docx) with these streams of 4096 bytes each"""
    fat = [0xFFFFFFFD, 0xFFFFFFFE] + [n for s in range(len(streams)) for n in [*range(3 + 8 * s, 10 + 8 * s), 0xFFFFFFFE]]
    fat += [0xFFFFFFFF] * (128 - len(fat))

    def entry(name, kind, start, size, child=0xFFFFFFFF, right=0xFFFFFFFF):
        u = (name + "\0").encode("utf-16le") if name else b""
        return (u.ljust(64, b"\0") + struct.pack("<HBBIII", len(u), kind, 1, 0xFFFFFFFF, right, child) + b"\0" * 36 + struct.pack("<IQ", start, size))
    d = entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1)
    for n, (name, _) in enumerate(streams):
        d += entry(name, 2, 2 + 8 * n, 4096, right=n + 2 if n + 1 < len(streams) else 0xFFFFFFFF)
    d = d.ljust(512, b"\0")
    head = (bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
            + struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0) + struct.pack("<I", 0) + b"\xff" * 432)
    return head + struct.pack("<128I", *fat) + d + b"".join(x.ljust(4096, b"\0") for _, x in streams)


def overlap(path):
    """ten entries of 20 MB over the same bytes: 200 MB from a file of 20 KB"""
    files = small(None, raw=True)
    with open(path, "wb") as f:
        buf = io.BytesIO()
        with zipfile.ZipFile(buf, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as z:
            for n, d in files:
                z.writestr(zipfile.ZipInfo(n, WHEN), d, zipfile.ZIP_DEFLATED)
            z.writestr(zipfile.ZipInfo("word/media/0.xml", WHEN), b"\0" * 20_000_000, zipfile.ZIP_DEFLATED)
        data = buf.getvalue()
        end = data.rindex(b"PK\5\6")
        size, at = struct.unpack("<II", data[end + 12:end + 20])
        last = data.rindex(b"PK\1\2")
        central = data[at:end] + b"".join(data[last:end].replace(b"media/0.", b"media/%d." % k) for k in range(1, 10))
        n = len(files) + 10
        f.write(data[:at] + central + b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, n, n, len(central), at, 0))


def wrong():
    os.makedirs(WRONG, exist_ok=True)
    for f in os.listdir(WRONG):
        if f.endswith(".docx"):
            os.remove(os.path.join(WRONG, f))
    del CASES[:]
    head, body, end, app = ZONES

    # tags
    def tags(file, wrong, say, fix, *paras, level="lỗi", part="document.xml", whole=None):
        small(case(file, "thẻ", "word/" + part, level, wrong, say, fix), whole or [head, *paras, body, end, app])

    tags("the-if-khong-dong.docx", "{% if do_khan %} in one paragraph, never closed", "Thẻ {% if do_khan %} không có {% endif %}.",
         "Thêm {% endif %} vào cuối phần chỉ in khi có độ khẩn.", par("Độ khẩn: {% if do_khan %}{{ do_khan }}"))
    tags("the-p-if-khong-dong.docx", "{%p if %} opened, no {%p endif %} to the end of the document", "Thẻ {%p if do_khan %} không có {%p endif %}.",
         "Thêm một đoạn chỉ có {%p endif %} sau đoạn cuối của phần này.", par("{%p if do_khan %}"), par("{{ do_khan }}"))
    tags("the-endfor-thua.docx", "{% endfor %} without a for", "Thẻ {% endfor %} không đóng thẻ nào.", "Xóa thẻ này, hoặc thêm {% for … %} còn thiếu ở phía trên.",
         par("Kính gửi: {{ kinh_gui | join(', ') }}{% endfor %}"))
    tags("the-else-ngoai-if.docx", "{% else %} outside any if", "Thẻ {% else %} không nằm trong {% if %} nào.", "Xóa thẻ này, hoặc thêm {% if … %} ở phía trước.",
         par("{{ so }}{% else %}…"))
    tags("the-p-for-dong-bang-endfor.docx", "{%p for %} is closed by {% endfor %}", "Thẻ {%p for n in noi_nhan %} phải đóng bằng {%p endfor %}, không phải {% endfor %}.",
         "Đổi thẻ đóng thành {%p endfor %}, để riêng trong một đoạn.", par("{%p for n in noi_nhan %}"), par("- {{ n }}{% endfor %}"))
    tags("the-khac-loai-khoi.docx", "{% for %} is closed by {% endif %}", "Thẻ {% for %} đang mở mà gặp {% endif %}.", "Đóng bằng {% endfor %}.",
         par("{% for k in kinh_gui %}{{ k }}; {% endif %}"))
    tags("the-khoi-qua-hai-o.docx", "a block opened in one table cell and closed in the next", "Thẻ {% if so %} mở ở ô này nhưng đóng ở ô khác của bảng.",
         "Mở và đóng thẻ trong cùng một ô; muốn bỏ cả ô thì dùng {%tc if %}, cả hàng thì dùng {%tr if %}.",
         table([4500, 4854], row(cell(4500, par("{% if so %}Số: {{ so }}")), cell(4854, par("{{ ngay }}{% endif %}")))), par())
    tags("the-khoi-qua-hai-doan.docx", "an inline block opened in one paragraph and closed in another one", "Thẻ {% if do_khan %} mở ở đoạn này nhưng đóng ở đoạn khác.",
         "Dùng {%p if %} và {%p endif %}, mỗi thẻ riêng một đoạn.", par("{% if do_khan %}Độ khẩn:"), par("{{ do_khan }}{% endif %}"))
    tags("the-tr-cung-hang.docx", "{%tr for %} and {%tr endfor %} stand in the row that they are to repeat, so the row itself would vanish",
         "Hàng chứa {%tr for %} sẽ bị bỏ cùng chữ trong hàng.", "Để {%tr for %} và {%tr endfor %} mỗi thẻ riêng một hàng, phía trên và phía dưới hàng cần lặp.",
         table([900, 8454], row(cell(900, par("{%tr for n in noi_nhan %}{{ loop.index }}")), cell(8454, par("{{ n }}{%tr endfor %}")))), par())
    tags("the-tr-ngoai-bang.docx", "{%tr for %} outside any table", "Thẻ {%tr for %} chỉ dùng trong bảng.", "Dùng {%p for %}, hoặc đưa phần này vào một bảng.",
         par("{%tr for n in noi_nhan %}"), par("{{ n }}"), par("{%tr endfor %}"))
    tags("the-p-lan-chu.docx", "text in the paragraph of {%p if %}: it would be lost", "Đoạn chứa {%p if kinh_gui %} còn có chữ “Kính gửi:”; chữ này sẽ mất.",
         "Để {%p if %} riêng một đoạn, chuyển chữ xuống đoạn sau.", par("{%p if kinh_gui %}Kính gửi:"), par("{{ kinh_gui | join(', ') }}"), par("{%p endif %}"))
    tags("the-ten-la.docx", "unknown name co_quan.tn", "“co_quan.tn” không có trong văn bản.", "Có phải là co_quan.ten?", par("{{ co_quan.tn | hoa }}"))
    tags("the-ten-la-o-chan-trang.docx", "the same in a footer", "“trich_yu” không có trong văn bản.", "Có phải là trich_yeu?", part="footer1.xml")
    small(os.path.join(WRONG, "the-ten-la-o-chan-trang.docx"), rels=[("footer", "footer1.xml", False)],
          parts=[("word/footer1.xml", WML + "footer+xml", f"{XML}<w:ftr {W}>{par('{{ trich_yu }}')}</w:ftr>")])
    tags("the-bo-loc-la.docx", "unknown filter", "Không có bộ lọc “viet_hoa”.", "Để in hoa, dùng hoa: {{ co_quan.ten | hoa }}.", par("{{ co_quan.ten | viet_hoa }}"))
    tags("the-sai-cu-phap.docx", "syntax error in an expression", "Thẻ {{ co_quan.ten | }} viết chưa trọn: thiếu tên bộ lọc sau dấu |.", "Bỏ dấu |, hoặc viết thêm tên bộ lọc.",
         par("{{ co_quan.ten | }}"))
    tags("the-thieu-ngoac.docx", "one brace short: {{ so }", "Thẻ “{{ so }” thiếu một dấu }.", "Viết {{ so }}.", par("Số: {{ so }/{{ ky_hieu }}"))
    tags("the-bi-cat-hai-doan.docx", "tag cut by the end of the paragraph", "Thẻ {{ so chưa đóng khi hết đoạn.", "Viết trọn thẻ {{ so }} trong một đoạn.", par("Số: {{ so"), par("}}/{{ ky_hieu }}"))
    tags("the-vung-lan-chu.docx", "{{p noi_dung }} beside other text", "{{p noi_dung }} phải đứng riêng một đoạn; đoạn này còn có chữ “Nội dung:”.", "Chuyển chữ sang đoạn khác.",
         whole=[head, par("Nội dung: {{p noi_dung }}"), end, app])
    tags("the-vung-thieu-p.docx", "{{ noi_dung }} without p", "noi_dung gồm nhiều đoạn, không in được bằng {{ noi_dung }}.", "Viết {{p noi_dung }}, riêng một đoạn.",
         whole=[head, par("{{ noi_dung }}"), end, app])
    tags("the-vung-dung-r.docx", "{{r noi_dung }}: a zone as a run", "noi_dung gồm nhiều đoạn, không in được bằng {{r noi_dung }}.", "Viết {{p noi_dung }}, riêng một đoạn.",
         whole=[head, par("{{r noi_dung }}"), end, app])
    tags("the-vung-hai-lan.docx", "{{p noi_dung }} twice", "{{p noi_dung }} có hai lần; nội dung sẽ in lặp.", "Giữ một, xóa một.", par("{{p noi_dung }}"), level="tùy")
    tags("the-vung-trong-hop.docx", "{{p phu_luc }} in a table cell: an appendix starts its own section", "{{p phu_luc }} không đặt được trong ô của bảng, vì phụ lục sang trang mới.",
         "Đặt {{p phu_luc }} ở cuối tài liệu, ngoài bảng.", whole=[head, body, end, table([9354], row(cell(9354, par("{{p phu_luc }}"), par()))), par()])
    tags("the-vung-o-dau-trang.docx", "{{p noi_dung }} in a header", "{{p noi_dung }} không đặt được ở đầu trang.", "Chuyển vào phần thân của tài liệu.", part="header1.xml")
    small(os.path.join(WRONG, "the-vung-o-dau-trang.docx"), [head, end, app], rels=[("header", "header1.xml", False)],
          parts=[("word/header1.xml", WML + "header+xml", f"{XML}<w:hdr {W}>{par('{{p noi_dung }}')}</w:hdr>")])
    tags("the-in-ca-danh-sach.docx", "a list printed as text", "noi_nhan là danh sách, không in thẳng được bằng {{ noi_nhan }}.", "Dùng {%p for n in noi_nhan %}, hoặc {{ noi_nhan | join(\"; \") }}.",
         par("{{ noi_nhan }}"))
    tags("the-nap-tep.docx", "include of a file", "Mẫu không dùng được include, import, extends, macro, call và block.", "Chép phần cần dùng vào mẫu này.", par("{% include 'C:/mau/tieu-de.docx' %}"))
    tags("the-lap-qua-nhieu.docx", "a loop of a thousand million turns: time and memory", "Mẫu lặp quá nhiều lần.", "Chỉ lặp trên các danh sách của kế hoạch.",
         par("{% for i in range(1000000000) %}x{% endfor %}"))
    tags("the-bieu-thuc-qua-sau.docx", "an expression with 20 000 brackets one in another: stack", "Biểu thức trong thẻ quá phức tạp.", "Viết lại thẻ cho gọn.",
         par("{{ " + "(" * 20000 + "so" + ")" * 20000 + " }}"))
    tags("the-trong-ma-truong.docx", "a tag in a field instruction", "Thẻ {{ so }} nằm trong mã trường của Word nên không điền được.",
         "Bấm Alt+F9 để thấy mã trường, chuyển thẻ ra ngoài trường.", field_par('HYPERLINK "https://vanban.gov.vn/{{ so }}"'))
    tags("the-trong-mo-ta-hinh.docx", "a tag in the alternative text of a drawing (an attribute): would stay as it is", "Thẻ {{ co_quan.ten }} nằm trong mô tả của hình nên không điền được.",
         "Xóa thẻ trong mô tả của hình.", level="cảnh báo")
    small(os.path.join(WRONG, "the-trong-mo-ta-hinh.docx"), [head, par(connector(3, 0, 4, 100).replace('name="Straight Connector 3"', 'name="Nét 3" descr="{{ co_quan.ten }}"')), body, end, app],
          extra_ns="".join(f' xmlns:{k}="{NS[k]}"' for k in ("wp", "a", "mc", "wps", "v")))
    tags("sot-noi-nhan.docx", "noi_nhan nowhere in the template", "Mẫu không in nơi nhận của kế hoạch.", "Thêm {{p cuoi_van_ban }}, hoặc {%p for n in noi_nhan %}.",
         whole=[head, body, par("{{ ky.quyen_han | join(' ') }} {{ ky.chuc_vu }}"), par("{{ ky.ho_ten }}"), app])
    tags("sot-noi-dung.docx", "no {{p noi_dung }}", "Mẫu không in nội dung của kế hoạch.", "Thêm một đoạn chỉ có {{p noi_dung }}.", whole=[head, end, app])
    tags("sot-phu-luc.docx", "no {{p phu_luc }} (wrong only for a plan with appendices)", "Kế hoạch có phụ lục nhưng mẫu không có {{p phu_luc }}.", "Thêm {{p phu_luc }} ở cuối mẫu.", whole=[head, body, end])
    tags("sot-trong-if-sai.docx", "recipients stand inside {%p if do_khan %}: dropped when there is no urgency mark", "Lần này mẫu không in nơi nhận của kế hoạch.",
         "Đưa phần nơi nhận ra ngoài {%p if do_khan %}.", whole=[head, body, par("{%p if do_khan %}"), end, par("{%p endif %}"), app])
    tags("khong-co-the.docx", "not a tag in the whole file: a finished document", "Mẫu không có thẻ nào.", "Đặt các thẻ vào mẫu, ít nhất là {{p dau_van_ban }}, {{p noi_dung }}, {{p cuoi_van_ban }}.",
         whole=[par("KẾ HOẠCH", b=True, jc="center"), par("Tuyên truyền cải cách hành chính năm 2025", jc="center")])

    # parts and relationships that run or fetch something
    def pack(file, part, wrong, say, fix, *a, level="lỗi", **k):
        small(case(file, "gói", part, level, wrong, say, fix), *a, **k)

    docm = "application/vnd.ms-word.document.macroEnabled.main+xml"
    vba = ("http://schemas.microsoft.com/office/2006/relationships/vbaProject", "vbaProject.bin", False)
    pack("macro-vba.docx", "word/vbaProject.bin", "macro project, macro-enabled content type, named .docx", "Mẫu có macro.", "Trong Word, lưu lại với kiểu Word Document (*.docx).",
         rels=[vba], parts=[("word/vbaProject.bin", "application/vnd.ms-office.vbaProject", cfb(("VBA", b"\1")))], main=docm)
    pack("macro-loai-docm.docx", "[Content_Types].xml", "macro-enabled content type, no macro part", "Tệp là .docm đổi tên.", "Trong Word, lưu lại với kiểu Word Document (*.docx).", main=docm)
    pack("macro-an.docx", "word/_rels/document.xml.rels", "vbaProject under another name, plain .docx content type", "Mẫu có macro.", "Trong Word, lưu lại với kiểu Word Document (*.docx).",
         rels=[(vba[0], "data.bin", False)], parts=[("word/data.bin", None, cfb(("VBA", b"\1")))])
    settings = f'{XML}<w:settings {W}><w:attachedTemplate r:id="rId1"/></w:settings>'
    ext = lambda k, t: (XML + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                        f'<Relationship Id="rId1" Type="{REL}{k}" Target="{t}" TargetMode="External"/></Relationships>')
    pack("ngoai-mau-gan-kem.docx", "word/_rels/settings.xml.rels", "attachedTemplate on a web server (template injection)", "Mẫu nạp tệp khác từ địa chỉ https://vi-du.invalid/mau.dotm khi mở.",
         "Trong Word, mở Developer → Document Template và bỏ mẫu gắn kèm.", rels=[("settings", "settings.xml", False)],
         parts=[("word/settings.xml", WML + "settings+xml", settings), ("word/_rels/settings.xml.rels", None, ext("attachedTemplate", "https://vi-du.invalid/mau.dotm"))])
    drawing = ('<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="360000" cy="360000"/><wp:docPr id="1" name="Hình 1"/><a:graphic>'
               f'<a:graphicData uri="{NS["pic"]}"><pic:pic><pic:nvPicPr><pic:cNvPr id="1" name="Hình 1"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:link="rId1"/>'
               '<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="360000" cy="360000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>')
    pack("ngoai-hinh-lien-ket.docx", "word/_rels/document.xml.rels", "a linked picture (r:link, external)", "Hình trong mẫu là hình liên kết tới https://vi-du.invalid/logo.png, không nằm trong tệp.",
         "Chèn lại hình vào mẫu (Insert, không chọn Link to File).", [par(drawing), *ZONES], rels=[("image", "https://vi-du.invalid/logo.png", True)],
         extra_ns="".join(f' xmlns:{k}="{NS[k]}"' for k in ("wp", "a", "pic")))
    pack("ngoai-tai-lieu-con.docx", "word/_rels/document.xml.rels", "a subdocument (master document)", "Mẫu là tài liệu chủ, nạp tài liệu con phan-1.docx.", "Chép nội dung của tài liệu con vào mẫu.",
         [par('<w:subDoc r:id="rId1"/>'), *ZONES], rels=[("subDocument", "phan-1.docx", True)])
    pack("ngoai-lien-ket-may-chu.docx", "word/_rels/document.xml.rels", "hyperlink to file://, an UNC share", "Mẫu có liên kết tới file://192.0.2.1/chung/mau.docx; chỉ nhận liên kết http, https và mailto.", "Xóa liên kết này.",
         [par('<w:hyperlink r:id="rId1">' + run("Mẫu chung") + "</w:hyperlink>"), *ZONES], rels=[("hyperlink", "file://192.0.2.1/chung/mau.docx", True)])
    pack("truong-ddeauto.docx", "word/document.xml", "a DDEAUTO field: starts a program", "Mẫu có trường DDEAUTO, trường này chạy chương trình khác.", "Xóa trường này.",
         [field_par('DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc.exe"'), *ZONES])
    pack("truong-includepicture.docx", "word/document.xml", "an INCLUDEPICTURE field with a web address", "Mẫu có trường INCLUDEPICTURE, trường này nạp tệp ngoài.", "Xóa trường này, chèn hình vào mẫu.",
         [field_par('INCLUDEPICTURE "https://vi-du.invalid/logo.png" \\d'), *ZONES])
    ole = ('<w:r><w:object><v:shape id="o1" style="width:40pt;height:40pt"/><o:OLEObject Type="Embed" ProgID="Package" ShapeID="o1" DrawAspect="Icon" ObjectID="_1" r:id="rId1"/></w:object></w:r>')
    pack("ole-nhung.docx", "word/embeddings/oleObject1.bin", "an embedded OLE object (Package)", "Mẫu có đối tượng OLE nhúng.", "Xóa đối tượng này khỏi mẫu.", [par(ole), *ZONES],
         rels=[("oleObject", "embeddings/oleObject1.bin", False)], parts=[("word/embeddings/oleObject1.bin", "application/vnd.openxmlformats-officedocument.oleObject", cfb(("\1Ole10Native", b"\1")))],
         extra_ns=f' xmlns:v="{NS["v"]}" xmlns:o="{NS["o"]}"')
    pack("altchunk.docx", "word/chen.html", "altChunk: HTML that Word turns into text when it opens", "Mẫu chèn nguyên tệp word/chen.html (altChunk).", "Mở mẫu trong Word, lưu lại rồi dùng.",
         ['<w:altChunk r:id="rId1"/>', *ZONES], rels=[("aFChunk", "chen.html", False)], parts=[("word/chen.html", "text/html", "<html><body>Xin chào</body></html>")])
    pack("duong-dan-ra-ngoai.docx", "../../ngoai.xml", "an entry name that leaves the folder", "Tệp chứa tên “../../ngoai.xml”, không phải tài liệu Word bình thường.", "Mở mẫu trong Word, lưu lại rồi dùng.",
         parts=[("../../ngoai.xml", None, "<x/>")])
    pack("bom-zip.docx", "word/media/image1.xml", "200 MB of zeros in one part", "Một phần của mẫu (word/media/image1.xml) bung ra quá lớn.", "Mở mẫu trong Word, lưu lại rồi dùng.",
         parts=[("word/media/image1.xml", None, b"\0" * 200_000_000)])
    overlap(case("bom-zip-chong.docx", "gói", "word/media/*.xml", "lỗi", "ten entries of 20 MB share the same bytes of a 20 KB file", "Các phần của mẫu bung ra quá lớn.", "Mở mẫu trong Word, lưu lại rồi dùng."))
    good = f"{XML}<w:document {W}><w:body>{''.join(ZONES)}<w:sectPr>{PAGE}</w:sectPr></w:body></w:document>"
    ents = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 11))
    dtd = lambda d, t: good.replace("<w:document", f"<!DOCTYPE w:document [{d}]>\n<w:document", 1).replace("<w:body>", "<w:body>" + f"<w:p><w:r><w:t>{t}</w:t></w:r></w:p>", 1)
    pack("bom-xml.docx", "word/document.xml", "DOCTYPE with entities that grow to 20 GB", "word/document.xml có khai báo DOCTYPE, không phải tài liệu Word bình thường.", "Mở mẫu trong Word, lưu lại rồi dùng.",
         document=dtd(ents, "&a10;"))
    pack("xml-thuc-the-ngoai.docx", "word/document.xml", "DOCTYPE with an external entity (file:///etc/passwd)", "word/document.xml có khai báo DOCTYPE, không phải tài liệu Word bình thường.", "Mở mẫu trong Word, lưu lại rồi dùng.",
         document=dtd('<!ENTITY x SYSTEM "file:///etc/passwd">', "&x;"))
    pack("xml-qua-sau.docx", "word/document.xml", "100 000 levels of elements", "word/document.xml lồng quá sâu.", "Mở mẫu trong Word, lưu lại rồi dùng.",
         document=good.replace("<w:body>", "<w:body>" + "<w:sdt><w:sdtContent>" * 50000 + par("x") + "</w:sdtContent></w:sdt>" * 50000, 1))
    pack("xml-bang-long-sau.docx", "word/document.xml", "3 000 tables one in another (valid, but the stack)", "Bảng lồng trong bảng quá sâu.", "Bỏ bớt bảng lồng.",
         document=good.replace("<w:body>", "<w:body>" + "<w:tbl><w:tr><w:tc>" * 3000 + "<w:p/>" + "</w:tc></w:tr></w:tbl><w:p/>" * 3000, 1))
    pack("xml-hong.docx", "word/document.xml", "not well-formed: </w:p> missing", "word/document.xml hỏng: thẻ đóng không khớp thẻ mở.", "Mở mẫu trong Word, chọn sửa, lưu lại rồi dùng.",
         document=good.replace("</w:p>", "", 1))
    pack("xml-sai-ma.docx", "word/document.xml", "bytes that are not UTF-8", "word/document.xml không phải UTF-8.", "Mở mẫu trong Word, lưu lại rồi dùng.",
         document=good.encode().replace(b"{{p noi_dung }}", b"K\xea ho\xb9ch {{p noi_dung }}"))
    pack("xml-strict.docx", "word/document.xml", "Strict Open XML namespaces (not wrong in itself; if it is not read, say so)", "Tệp lưu theo kiểu Strict Open XML.", "Trong Word, lưu lại với kiểu Word Document (*.docx).",
         level="tùy", document=good.replace("http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main")
         .replace("http://schemas.openxmlformats.org/officeDocument/2006/relationships", "http://purl.oclc.org/ooxml/officeDocument/relationships"))
    pack("loai-dotx.docx", "[Content_Types].xml", "a .dotx under another name (may be taken: the output has to be a document, not a template)", "Tệp là .dotx đổi tên.", "Trong Word, lưu lại với kiểu Word Document (*.docx).",
         level="tùy", main=WML + "template.main+xml")
    pack("loai-xlsx.docx", "[Content_Types].xml", "the main part is a workbook", "Tệp là bảng tính, không phải tài liệu Word.", "Chọn tệp .docx.",
         main="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", document='<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>')
    pack("thieu-document.docx", "word/document.xml", "a zip without word/document.xml", "Tệp không có word/document.xml.", "Chọn tệp .docx lưu từ Word.", drop=("word/document.xml",))
    pack("thieu-phan-duoc-tro-toi.docx", "word/_rels/document.xml.rels", "the header that sectPr names is not in the package", "Mẫu thiếu phần word/header1.xml.", "Mở mẫu trong Word, chọn sửa, lưu lại rồi dùng.",
         rels=[("header", "header1.xml", False)])
    pack("thieu-content-types.docx", "[Content_Types].xml", "no [Content_Types].xml", "Tệp không có [Content_Types].xml.", "Chọn tệp .docx lưu từ Word.", drop=("[Content_Types].xml",))
    import warnings
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pack("zip-trung-ten.docx", "word/document.xml", "two entries word/document.xml with different text", "Tệp có hai phần cùng tên word/document.xml.", "Mở mẫu trong Word, lưu lại rồi dùng.",
             parts=[("word/document.xml", None, good.replace("noi_dung", "mo_dau"))])

    # not a package at all
    def data(file, wrong, say, fix, bytes_):
        with open(case(file, "tệp", "cả tệp", "lỗi", wrong, say, fix), "wb") as f:
            f.write(bytes_)

    p = os.path.join(WRONG, "zip-cut.docx")
    small(p)
    whole = open(p, "rb").read()
    os.remove(p)
    data("khong-phai-zip.docx", "plain text", "Tệp không phải là .docx.", "Chọn tệp .docx lưu từ Word.", "KẾ HOẠCH\r\n{{p noi_dung }}\r\n".encode())
    data("tep-rong.docx", "0 bytes", "Tệp rỗng.", "Chọn tệp .docx lưu từ Word.", b"")
    data("zip-cut.docx", "a zip cut at 60 % (download not finished)", "Tệp bị cắt cụt, không mở được.", "Chép hoặc tải lại tệp.", whole[:len(whole) * 6 // 10])
    locked = bytearray(whole)
    for m in re.finditer(rb"PK\x03\x04|PK\x01\x02", whole):
        locked[m.start() + (6 if whole[m.start() + 2] == 3 else 8)] |= 1
    data("zip-mat-khau.docx", "zip entries marked as encrypted", "Tệp có mật khẩu.", "Bỏ mật khẩu rồi dùng.", bytes(locked))
    rnd = random.Random(7)
    data("docx-mat-khau.docx", "a .docx with a password: compound file with EncryptionInfo and EncryptedPackage", "Mẫu có mật khẩu.", "Trong Word, mở File → Info → Protect Document, bỏ mật khẩu rồi lưu lại.",
         cfb(("EncryptionInfo", struct.pack("<HHI", 4, 4, 0x40) + b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><encryption/>'),
             ("EncryptedPackage", struct.pack("<Q", 4000) + bytes(rnd.randrange(256) for _ in range(64)))))
    doc, odt, rtf = soffice(FODT.encode(), "mau.fodt", ("doc:MS Word 97", "doc"), ("odt:writer8", "odt"), ("rtf:Rich Text Format", "rtf"))
    data("word-97.docx", "a .doc (Word 97) under another name", "Tệp là .doc của Word cũ.", "Trong Word, lưu lại với kiểu Word Document (*.docx).", doc)
    data("odt.docx", "an .odt under another name", "Tệp là .odt.", "Trong LibreOffice, lưu lại với kiểu Word 2007-365 (.docx).", odt)
    data("rtf.docx", "an .rtf under another name", "Tệp là .rtf.", "Trong Word, lưu lại với kiểu Word Document (*.docx).", rtf)

    with open(os.path.join(WRONG, "cases.tsv"), "w", encoding="utf-8") as f:
        f.write("file\tgroup\tpart\tlevel\twrong\tmessage\tfix\n")
        f.writelines("\t".join(c) + "\n" for c in CASES)


# ---------------------------------------------------------------- check: docxtpl's own opinion of 01 … 10

class Date(str):
    ngay, thang, nam = "15", "02", "2026"


SAMPLE = {
    "loai": "Kế hoạch", "co_quan": {"chu_quan": "UBND tỉnh Gia Lai", "ten": "Sở Nội vụ"}, "so": "12", "ky_hieu": "KH-SNV", "dia_danh": "Gia Lai",
    "ngay": Date("ngày 15 tháng 02 năm 2026"), "trich_yeu": "Tuyên truyền cải cách hành chính năm 2026",
    "kinh_gui": ["Ủy ban nhân dân các xã, phường", "Các phòng chuyên môn thuộc Sở"],
    "noi_nhan": ["Như trên", "Giám đốc Sở (b/c)", "Lưu: VT, CCHC"], "nguoi_soan": "NTH.(30)", "do_khan": "Khẩn", "luu_hanh": "Lưu hành nội bộ",
    "ky": {"quyen_han": ["KT. Giám đốc"], "chuc_vu": "Phó Giám đốc", "ho_ten": "Nguyễn Văn Bình"},
    "dia_chi": ["Số 10 đường Trần Phú, phường Pleiku", "Điện thoại: (0269) 3800 001"], "nguoi_kiem_tra": "Lê Thị Mai",
    "can_cu": [], "mo_dau": [], "ket": [],
}
IN_ZONE = {  # what each zone prints, for the check
    "quoc_hieu": "co_quan.chu_quan co_quan.ten so ky_hieu dia_danh ngay do_khan", "ten_van_ban": "loai trich_yeu kinh_gui", "noi_dung": "",
    "cuoi_van_ban": "noi_nhan nguoi_soan ky.quyen_han ky.chuc_vu ky.ho_ten", "phu_luc": "", "dau_trang": "luu_hanh", "chan_trang": "dia_chi",
}
IN_ZONE["dau_van_ban"] = IN_ZONE["quoc_hieu"] + " " + IN_ZONE["ten_van_ban"]


def look(name):
    v = SAMPLE
    for k in name.split("."):
        v = v[k]
    return v if isinstance(v, list) else [v]


def words_of(path):
    """the text a reader sees: all parts, deleted and moved-away text and the VML twin of a text box left out"""
    from lxml import etree
    out = []
    with zipfile.ZipFile(path) as z:
        for n in z.namelist():
            if re.match(r"word/(document\d*|header\d+|footer\d+|footnotes)\.xml$", n):
                root = etree.fromstring(z.read(n))
                for bad in root.xpath("//w:del | //w:moveFrom | //mc:Fallback", namespaces=NS):
                    bad.getparent().remove(bad)
                for p in root.iter("{%s}p" % NS["w"]):
                    out.append("".join(t.text or "" for t in p.iter("{%s}t" % NS["w"])))
    return "\n".join(out)


def check():
    import jinja2
    env = jinja2.Environment(undefined=jinja2.StrictUndefined)
    env.filters.update(hoa=str.upper, thuong=str.lower, hoa_dau=lambda s: s[:1].upper() + s[1:])
    bad = 0
    tmp = tempfile.mkdtemp()
    for f in sorted(os.listdir(HERE)):
        if not f.endswith(".docx"):
            continue
        path, done = os.path.join(HERE, f), os.path.join(tmp, f)
        docx.Document(path)
        say = []
        for full in (True, False):
            ctx = dict(SAMPLE) if full else {**SAMPLE, "kinh_gui": [], "do_khan": "", "luu_hanh": "", "nguoi_soan": "", "dia_chi": [],
                                             "co_quan": {"chu_quan": "", "ten": "Sở Nội vụ"}, "ky": {**SAMPLE["ky"], "quyen_han": []}}
            if not full:
                del ctx["nguoi_kiem_tra"]
            for zname in IN_ZONE:
                ctx[zname] = "".join(f"<w:p><w:r><w:t>{x}</w:t></w:r></w:p>" for x in ["[" + zname + "]"] + [v for n in IN_ZONE[zname].split() for v in look(n)])
            if f.startswith("02"):
                ctx["trich_yeu"] = RichText(SAMPLE["trich_yeu"], bold=True)
            source = path
            if f.startswith("07"):  # docxtpl cannot read a tag that lies astride an insertion's edge: all the rest of 07 it can
                source = os.path.join(tmp, "07.docx")
                t07(source, astride=False)
            t = DocxTemplate(source)
            t.render(ctx, jinja_env=env)
            t.save(done)
            docx.Document(done)
            text = words_of(done)
            say += [m for m in re.findall(r"\{[{%#].*|[%}#]\}", text)]
            if full:
                want = [v for n in ("loai co_quan.chu_quan co_quan.ten so ky_hieu dia_danh trich_yeu kinh_gui noi_nhan nguoi_soan do_khan luu_hanh "
                                    "ky.quyen_han ky.chuc_vu ky.ho_ten dia_chi").split() for v in look(n)] + ["[noi_dung]", "[phu_luc]"]
                say += ["thiếu: " + v for v in want if v.upper() not in text.upper()]
        for tool in (["openxml-audit", "-o", "json"], [os.environ.get("OOXML_VALIDATOR", "ooxml-validator")]):
            if shutil.which(tool[0]):
                for which in (path, done):
                    import json
                    r = json.loads(subprocess.run(tool + [which], capture_output=True, text=True).stdout)
                    errs = (r[0] if isinstance(r, list) else r)["errors"]
                    say += [("raw: " if which == path else "docxtpl's: ") + e["description"] for e in errs]
        bad += bool(say)
        print(f, "ok" if not say else "")
        for s in dict.fromkeys(say):
            print("   ", s)
    return bad


if __name__ == "__main__":
    if sys.argv[1:] == ["check"]:
        sys.exit(bool(check()))
    for make in GOOD:
        make()
    wrong()
