"""The written report, or a plan, as a Word document in the layout of NĐ 30/2020/NĐ-CP Phụ lục I."""

import io
import re
from datetime import datetime
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Mm, Pt

FONT = "Times New Roman"
BODY = 14
# characters that people paste and XML refuses
NOT_XML = re.compile("[^\t\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
WIDTH = 160  # of the text in mm: A4 less margins of 30 and 20


def document(text: dict, created: datetime) -> bytes:
    """The bytes of a .docx file. The same arguments give the same bytes.

    :param text: the head and the blocks of the report, as they are sealed
    :param created: the moment that the file says it was made, naive UTC
    """
    doc = Document()
    _page(doc)
    _properties(doc, text, created)
    _head(doc, text)
    _title(doc, text)
    for block in text["blocks"]:
        BLOCKS[block["kind"]](doc, block)
    _signature(doc, text)
    out = io.BytesIO()
    doc.save(out)
    return _without_clock(out)


def _without_clock(file):
    """The same package, its parts dated 1980: the library dates them by the clock."""
    out = io.BytesIO()
    with ZipFile(file) as package, ZipFile(out, "w", ZIP_DEFLATED) as copy:
        for name in package.namelist():
            copy.writestr(ZipInfo(name), package.read(name), ZIP_DEFLATED)
    return out.getvalue()


def _page(doc):
    section = doc.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(20)
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True  # page 1 shows no number
    header = section.header.paragraphs[0]
    header.alignment = ALIGN.CENTER
    _field(_run(header, "", size=BODY), "PAGE")
    for name in ("Normal", "Heading 1", "Heading 2"):
        style = doc.styles[name]
        style.font.name, style.font.size = FONT, Pt(BODY)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        for kind in ("hAnsi", "eastAsia", "cs"):
            fonts.set(qn(f"w:{kind}"), FONT)
    for name in ("Heading 1", "Heading 2"):
        style = doc.styles[name]
        style.font.bold, style.font.color.rgb = True, None
        _spaced(style.paragraph_format, before=6, after=3)
        style.paragraph_format.first_line_indent = Cm(1.27)
        style.paragraph_format.alignment = ALIGN.JUSTIFY
    _spaced(doc.styles["Normal"].paragraph_format)
    for language in doc.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "vi-VN")  # or every word were marked as misspelt


def _properties(doc, text, created):
    about = doc.core_properties
    about.title = _clean(f"{_kind(text).capitalize()} {text['subject']}")[
        :255
    ]  # the format allows no more
    about.author = about.last_modified_by = _clean(text["agency"].replace("\n", " "))[:255]
    about.comments = about.keywords = ""
    about.language = "vi-VN"
    about.created = about.modified = created


def _head(doc, text):
    left, right = _columns(doc, (62, 98))
    lines = text["agency"].split("\n")
    _lines(left, lines, bold=True, size=13)
    _rule(left, (62 - 22) / 2)
    _lines(right, ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"], bold=True, size=12.5)
    _lines(right, ["Độc lập - Tự do - Hạnh phúc"], bold=True, size=13.5)
    _rule(right, (98 - 60) / 2)
    _gap(doc, 6)  # or the two tables were one
    left, right = _columns(doc, (62, 98))
    _lines(left, [f"Số: {text['number']}"], size=13)
    _lines(right, [text["dated"]], italic=True, size=BODY)


def _title(doc, text):
    for line, before in ((_kind(text), 14), (text["subject"], 0)):
        paragraph = _centred(doc.add_paragraph())
        _spaced(paragraph.paragraph_format, before=before)
        _run(paragraph, line, bold=True)
    _rule(doc, (WIDTH - 55) / 2, after=10)


def _kind(text):
    return text.get("kind", "BÁO CÁO")  # a sealed report does not say it


def _heading(doc, block):
    _run(doc.add_paragraph(style=f"Heading {block['level']}"), block["text"])


def _paragraph(doc, block):
    paragraph = doc.add_paragraph()
    paragraph.alignment = ALIGN.JUSTIFY
    paragraph.paragraph_format.first_line_indent = Cm(1.27)
    _spaced(paragraph.paragraph_format, after=6, line=1.15)
    _run(paragraph, block["text"], italic=block.get("italic"))


def _table(doc, block):
    caption = _centred(doc.add_paragraph())
    _spaced(caption.paragraph_format, before=6)
    caption.paragraph_format.keep_with_next = True
    _run(caption, block["caption"], bold=True, size=12)
    if block["provisional"]:
        note = _centred(doc.add_paragraph())
        note.paragraph_format.keep_with_next = True
        _run(note, block["provisional"], italic=True, size=11)
    unit = doc.add_paragraph()
    unit.alignment = ALIGN.RIGHT
    unit.paragraph_format.keep_with_next = True
    _run(unit, block["unit"], italic=True, size=11)
    heads = 1 + max(top + rows for _, top, _, rows, _ in block["headings"])
    count = len(block["numbers"])
    table = doc.add_table(heads + len(block["rows"]), count, "Table Grid")
    table.autofit = False
    widths = [8, 36, *[(WIDTH - 44) / (count - 2)] * (count - 2)]
    _grid(table, widths)
    # looking up each cell by its place takes ten times as long
    grid = [list(row.cells) for row in table.rows]
    for cells in grid:
        for cell, width in zip(cells, widths, strict=True):
            cell.width = Mm(width)
            _tight(cell)
    for heading, top, left, rows, columns in block["headings"]:
        cell = grid[top][left].merge(grid[top + rows - 1][left + columns - 1])
        _cell(cell, heading, bold=True)
    for column, number in enumerate(block["numbers"]):
        _cell(grid[heads - 1][column], number, italic=True)
    for cells, row in zip(grid[heads:], block["rows"], strict=True):
        for column, (cell, value) in enumerate(zip(cells, row, strict=True)):
            _cell(cell, value, centred=column != 1, bold=row is block["rows"][-1])
    for number, row in enumerate(table.rows):
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if number < heads:
            properties.append(OxmlElement("w:tblHeader"))
    _gap(doc, 6)


def _signature(doc, text):
    left, right = _columns(doc, (75, 85), keep=True)
    if text["recipients"]:
        _lines(left, ["Nơi nhận:"], bold=True, italic=True, size=12, align=ALIGN.LEFT)
        _lines(left, text["recipients"], size=11, align=ALIGN.LEFT)
    _lines(right, text["signer"], bold=True, size=BODY)
    _lines(right, ["", "", "", text["signed_by"]], bold=True, size=BODY)
    _gap(doc, 1)  # a body may not end with a table


BLOCKS = {"heading": _heading, "paragraph": _paragraph, "table": _table}


def _columns(doc, widths, keep=False):
    """Two cells without borders, side by side."""
    table = doc.add_table(1, 2)
    table.autofit = False
    _grid(table, widths)
    [row] = table.rows
    if keep:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for cell, width in zip(row.cells, widths, strict=True):
        cell.width = Mm(width)
        _tight(cell)
    return row.cells


def _grid(table, widths):
    """The widths in mm once more: Word takes those of the cells, LibreOffice these."""
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)


def _lines(cell, lines, size, bold=False, italic=False, align=ALIGN.CENTER):
    for line in lines:
        first = cell.paragraphs[0]
        empty = len(cell.paragraphs) == 1 and not first.runs
        paragraph = first if empty else cell.add_paragraph()
        paragraph.alignment = align
        _run(paragraph, line, size=size, bold=bold, italic=italic)


def _cell(cell, text, centred=True, **style):
    for paragraph in cell.paragraphs[1:]:  # those of the cells merged into it
        paragraph._p.getparent().remove(paragraph._p)
    paragraph = cell.paragraphs[0]
    if centred:
        paragraph.alignment = ALIGN.CENTER
    cell.vertical_alignment = 1  # the middle
    _run(paragraph, text, size=9, **style)


def _run(paragraph, text, size=None, bold=None, italic=None):
    run = paragraph.add_run(_clean(text))
    run.bold, run.italic = bold, italic
    if size:
        run.font.size = Pt(size)
    return run


def _rule(where, indent, after=0):
    """A line, so many mm from both sides: the upper border of a paragraph of no height."""
    paragraph = where.add_paragraph()
    shape = paragraph.paragraph_format
    shape.left_indent = shape.right_indent = Mm(indent)
    shape.line_spacing = Pt(3)
    shape.space_after = Pt(after)
    borders, top = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for key, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{key}"), value)
    borders.append(top)
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _gap(doc, height):
    """So many points of nothing."""
    doc.add_paragraph().paragraph_format.line_spacing = Pt(height)


def _field(run, code):
    for kind, text in (("begin", None), (None, code), ("end", None)):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        element.text = text
        run._r.append(element)


def _tight(cell):
    """No more than a hair between the text of a cell and its sides."""
    margins = OxmlElement("w:tcMar")
    for side in ("left", "right"):
        element = OxmlElement(f"w:{side}")
        element.set(qn("w:w"), "30")
        element.set(qn("w:type"), "dxa")
        margins.append(element)
    cell._tc.get_or_add_tcPr().append(margins)


def _centred(paragraph):
    paragraph.alignment = ALIGN.CENTER
    return paragraph


def _spaced(shape, before=0, after=0, line=1):
    shape.space_before, shape.space_after, shape.line_spacing = Pt(before), Pt(after), line


def _clean(text):
    return NOT_XML.sub("", text)
