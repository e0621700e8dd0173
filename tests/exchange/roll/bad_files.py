"""Files schools really send, and a few nobody should: each with what must be said of it.

`Bad.whole` is part of the sentence that refuses the file. Otherwise `rows` are the (line, column) of problems that
must be named, and `kept` how many students come in all the same.
"""

import io
import zipfile
from dataclasses import dataclass, field

import openpyxl

HEAD = "Admission No,UPN,Surname,Forename,DOB,Year Group,Form\n"
GOOD = "0100,,Good,Gwen,23/05/2011,10,10B\n"
XML = '<?xml version="1.0" encoding="utf-8"?>'
CTF_HEAD = f"{XML}<CTfile><Header><CTFversion>25.0</CTFversion></Header><CTFpupilData>"
PUPIL = (
    "<Pupil><Surname>Ode</Surname><Forename>Amara</Forename><DOB>2011-03-14</DOB>"
    "<BasicDetails><NCyearActual>10</NCyearActual></BasicDetails></Pupil>"
)


@dataclass(frozen=True)
class Bad:
    id: str
    data: bytes
    name: str = "roll.csv"
    whole: str = ""
    rows: tuple = ()
    kept: int = 0
    level: str = "error"
    tags: tuple = field(default=())


def csv(id, text, whole="", rows=(), kept=0, level="error", encoding="utf-8", name="roll.csv"):
    return Bad(id, text if isinstance(text, bytes) else text.encode(encoding), name, whole, tuple(rows), kept, level)


def row(id, text, column, kept=1, level="error", line=2):
    """One bad row above one good one."""
    return csv(id, HEAD + text + "\n" + GOOD, rows=[(line, column)], kept=kept, level=level)


def workbook(fill, **save):
    book = openpyxl.Workbook()
    fill(book, book.active)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xlsx(id, rows, whole="", problems=(), kept=0, level="error", change=None):
    def fill(book, sheet):
        for cells in rows:
            sheet.append(cells)
        if change:
            change(book, sheet)

    return Bad(id, workbook(fill), "roll.xlsx", whole, tuple(problems), kept, level)


def zipped(parts, level=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", level) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def with_sheet(body):
    """A workbook whose first sheet is replaced by raw XML."""
    plain = workbook(lambda book, sheet: sheet.append(["Surname", "Forename", "Year"]))
    with zipfile.ZipFile(io.BytesIO(plain)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/worksheets/sheet1.xml"] = body
    return zipped(parts)


SHEET = b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
FIRST = (
    b'<row r="1"><c r="A1" t="inlineStr"><is><t>Surname</t></is></c><c r="B1" t="inlineStr"><is><t>Forename</t></is></c>'
    b'<c r="C1" t="inlineStr"><is><t>Year</t></is></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>Ode</t></is></c>'
    b'<c r="B2" t="inlineStr"><is><t>Amara</t></is></c><c r="C2"><v>10</v></c></row>'
)


def million_blank_rows():
    blank = b"".join(b'<row r="%d"><c r="A%d" s="0"/></row>' % (n, n) for n in range(3, 1_048_577))
    return with_sheet(SHEET + FIRST + blank + b"</sheetData></worksheet>")


def one_cell_at_the_end_of_the_world():
    last = b'<row r="1048576"><c r="P1048576"><v>1</v></c></row>'
    return with_sheet(SHEET + FIRST + last + b"</sheetData></worksheet>")


def zip_bomb():
    """Half a gigabyte of spaces, written a megabyte at a time."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
        with archive.open("xl/worksheets/sheet1.xml", "w") as part:
            for _ in range(450):
                part.write(b" " * 1_000_000)
    return out.getvalue()


def strings_bomb():
    return zipped({"xl/workbook.xml": b"<x/>", "xl/sharedStrings.xml": b"a" * 80_000_000, "[Content_Types].xml": b""})


def lying_zip():
    """Declares a small size and holds a large one."""
    data = bytearray(zipped({"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": b" " * 5_000_000}))
    place = data.rindex(b"PK\x01\x02")
    data[place + 24 : place + 28] = (100).to_bytes(4, "little")
    return bytes(data)


def billion_laughs():
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return (
        f'{XML}<!DOCTYPE CTfile [<!ENTITY l0 "lol">{entities}]><CTfile><Pupil><Surname>&l9;</Surname></Pupil></CTfile>'
    )


def ctf(id, text, whole="", rows=(), kept=0, level="error"):
    return Bad(id, text if isinstance(text, bytes) else text.encode(), "roll.xml", whole, tuple(rows), kept, level)


def merged(book, sheet):
    sheet.merge_cells("A1:C1")


def hidden(book, sheet):
    sheet.sheet_state = "hidden"
    book.create_sheet("Notes").append(["Nothing to see"])


def files():
    """All of them, made when asked for: some are large."""
    long = "x" * 10_000
    heads = ["Surname", "Forename", "Year"]
    return [
        # what is no list at all
        csv("empty", "", "is empty"),
        csv("only spaces and lines", "  \n\n \r\n", "is empty"),
        csv("only a byte order mark", b"\xef\xbb\xbf", "is empty"),
        csv("only headings", HEAD, "headings but no rows"),
        csv("only headings and a total", HEAD + "Total: 0\n", "headings but no rows"),
        csv("a pdf named csv", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "is a PDF document"),
        csv("a picture", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "is a picture"),
        csv("a photograph", b"\xff\xd8\xff\xe0\0\x10JFIF", "is a picture"),
        csv("a web page", "<!DOCTYPE html><html><table><tr><td>Surname</td></tr></table></html>", "is a web page"),
        csv("a table saved as xls", "<html xmlns:o='urn'><table></table></html>", "is a web page", name="roll.xls"),
        csv("a word document", zipped({"word/document.xml": b"<w/>"}), "word processor"),
        csv("an rtf document", r"{\rtf1\ansi Surname}", "word processor"),
        csv("a zip of a csv", zipped({"roll.csv": HEAD + GOOD}), "compressed folder"),
        csv("a gzip", b"\x1f\x8b\x08\0\0\0\0\0\0\x03abc", "compressed file"),
        csv("an open document", zipped({"content.xml": b"<x/>", "mimetype": b""}), "OpenDocument"),
        csv("json", '[{"surname": "Ode"}]', "is JSON"),
        csv("a database", b"SQLite format 3\0" + b"\0" * 100, "is a database"),
        csv("a program", b"\x7fELF\x02\x01\x01" + b"\0" * 60, "is a program"),
        csv("prose", "Dear colleague,\nplease find the list attached.\nRegards", "no column for", name="letter.csv"),
        csv("random bytes", bytes(range(256)) * 20, "cannot be read"),
        csv("a list of schools", "URN,EstablishmentName,Town\n1,North,Leeds\n", "no column for"),
        csv("no year group at all", "Surname,Forename\nOde,Amara\n", "the year group"),
        csv("no name at all", "UPN,Year Group\nH801200001001,10\n", "the student's name"),
        # how it is written
        csv("NULs", HEAD.encode() + b"0001,,O\0de,Amara,23/05/2011,10,10B\n", "line 2 that are not text"),
        csv("utf-16 with no mark", (HEAD + GOOD).encode("utf-16-le"), "not text"),
        csv("utf-16 cut short", (HEAD + GOOD).encode("utf-16")[:-1], "encoding that cannot be read"),
        csv("utf-32", (HEAD + GOOD).encode("utf-32"), "UTF-32"),
        csv("neither utf-8 nor cp1252", HEAD.encode() + b"1,,\x81\x8d\x90,Amara,23/05/2011,10,\n", "encoding that cannot be read"),
        csv("a quote that never closes", HEAD + '0001,,"Ode,Amara,23/05/2011,10,10B\n' + GOOD, "quotation mark"),
        csv("a quote too many", HEAD + '0001,,"Ode"x",Amara,23/05/2011,10,10B\n' + GOOD, "near line 2"),
        csv("two quotes that swallow a row", HEAD + '0001,,Ode,"Amara,23/05/2011,10,10B\n0002,,Fay,Bo",23/05/2011,10,10B\n',
            "quotation mark"),
        csv("an unclosed quote in the middle", HEAD + GOOD * 3 + '0001,,Ode,"Amara,23/05/2011,10,10B\n' + GOOD, "quotation mark"),
        csv("one bad byte makes it cp1252", (HEAD + "0001,,Sánchez,José,23/05/2011,10,10B\n"
            "").encode() + b"0002,,Caf\xe9,Bo,23/05/2011,10,\n",
            rows=[(2, "Surname"), (2, "Forename")], kept=2, level="warning"),
        csv("a ragged row", HEAD + "0001,,Ode,Amara,23/05/2011,10,10B,spare,cells\n" + GOOD, rows=[(2, "")], kept=2, level="warning"),
        csv("a short row", HEAD + "0001,,Ode\n" + GOOD, rows=[(2, "Year Group")], kept=1),
        csv("the same heading twice", "Surname,Surname,Forename,Year\nOde,Stone,Amara,10\n",
            rows=[(1, "Surname")], kept=1, level="warning"),
        # what it says
        row("year group 42", "0001,,Ode,Amara,23/05/2011,42,10B", "Year Group"),
        row("no year group", "0001,,Ode,Amara,23/05/2011,,10B", "Year Group"),
        row("a tutor group for a year", "0001,,Ode,Amara,23/05/2011,10B,10", "Year Group"),
        row("reception", "0001,,Ode,Amara,23/05/2021,R,R1", "Year Group"),
        row("nursery", "0001,,Ode,Amara,23/05/2021,N2,N", "Year Group"),
        row("year minus one", "0001,,Ode,Amara,23/05/2011,-1,10B", "Year Group"),
        row("a birth date to come", "0001,,Ode,Amara,23/05/2031,10,10B", "DOB"),
        row("born last year", "0001,,Ode,Amara,23/05/2025,10,10B", "DOB"),
        row("born in 1811", "0001,,Ode,Amara,23/05/1811,10,10B", "DOB"),
        row("the 31st of February", "0001,,Ode,Amara,31/02/2011,10,10B", "DOB"),
        row("a date in words that is none", "0001,,Ode,Amara,last spring,10,10B", "DOB"),
        row("month first in a day-first column", "0001,,Ode,Amara,05/23/2011,10,10B", "DOB"),
        row("only month and year", "0001,,Ode,Amara,07/2011,10,10B", "DOB", kept=2, level="warning"),
        row("1 January 1900", "0001,,Ode,Amara,01/01/1900,10,10B", "DOB", kept=2, level="warning"),
        row("an age that does not fit", "0001,,Ode,Amara,23/05/2001,10,10B", "DOB", kept=2, level="warning"),
        row("no name", "0001,,,,23/05/2011,10,10B", "Surname"),
        row("one name only", "0001,,Ode,,23/05/2011,10,10B", "Surname", kept=2, level="warning"),
        row("a name of digits", "0001,,12345,Amara,23/05/2011,10,10B", "Surname"),
        row("a name of 10,000 letters", f"0001,,{long},Amara,23/05/2011,10,10B", "Surname"),
        row("a formula for a name", '0001,,"=HYPERLINK(""http://x"")",Amara,23/05/2011,10,10B', "Surname"),
        row("a spreadsheet error for a name", "0001,,#REF!,Amara,23/05/2011,10,10B", "Surname"),
        row("control characters in a name", "0001,,O\x07de,Amara,23/05/2011,10,10B", "Surname"),
        row("a tutor group of 80 letters", f"0001,,Ode,Amara,23/05/2011,10,{'y' * 80}", "Form"),
        row("a wrong check letter", "0001,A801200001001,Ode,Amara,23/05/2011,10,10B", "UPN", kept=2, level="warning"),
        row("a short UPN", "0001,H8012,Ode,Amara,23/05/2011,10,10B", "UPN", kept=2, level="warning"),
        row("an unknown UPN code", "0001,UN3,Ode,Amara,23/05/2011,10,10B", "UPN", kept=2, level="warning"),
        csv("columns swapped", HEAD + "0001,Ode,H801200001001,23/05/2011,Amara,10B,10\n" + GOOD,
            rows=[(2, "Surname"), (2, "Forename"), (2, "DOB"), (2, "Year Group"), (2, "UPN")], kept=1),
        csv("one UPN for two students", HEAD + "0001,H801200001001,Ode,Amara,23/05/2011,10,10B\n"
            "0002,H801200001001,Fay,Bo,24/05/2011,10,10B\n" + GOOD,
            rows=[(2, "UPN"), (3, "UPN")], kept=1),
        csv("one own id for two students", HEAD + "0001,,Ode,Amara,23/05/2011,10,10B\n0001,,Fay,Bo,24/05/2011,10,10B\n" + GOOD,
            rows=[(2, "Admission No"), (3, "Admission No")], kept=1),
        csv("one student on two rows that differ", HEAD + "0001,,Ode,Amara,23/05/2011,10,10B\n0001,,Ode,Amara,23/05/2011,10,10C\n" + GOOD,
            rows=[(2, "Admission No"), (3, "Admission No")], kept=1),
        csv("one row twice", HEAD + GOOD + GOOD, rows=[(3, "Surname")], kept=1, level="warning"),
        csv("a withheld figure", "Surname,Forename,Year,FSM\nOde,Amara,10,x\nFay,Bo,10,Y\n", rows=[(2, "FSM")], kept=2, level="warning"),
        csv("a SEN code that is none", "Surname,Forename,Year,SEN\nOde,Amara,10,Z9\n", rows=[(2, "SEN")], kept=1, level="warning"),
        csv("a ULN a spreadsheet shortened", "Surname,Forename,Year,ULN\nOde,Amara,10,1.23E+09\n",
            rows=[(2, "ULN")], kept=1, level="warning"),
        csv("left before coming", "Surname,Forename,Year,Entry Date,Leaving Date\nOde,Amara,10,2026-01-05,2025-09-05\nFay,Bo,10,,\n",
            rows=[(2, "Leaving Date")], kept=1),
        csv("a password column", "Surname,Forename,Year,Password\nOde,Amara,10,hunter2\n", rows=[(0, "Password")], kept=1, level="warning"),
        # spreadsheets
        Bad("a zip bomb", zip_bomb(), "roll.xlsx", "unpacks to far more"),
        Bad("a bomb of shared strings", strings_bomb(), "roll.xlsx", "unpacks to far more"),
        Bad("a zip that lies about its size", lying_zip(), "roll.xlsx", "is damaged"),
        Bad("a workbook cut short", workbook(lambda b, s: s.append(heads))[:900], "roll.xlsx", "is damaged"),
        Bad("an old workbook of rubbish", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "roll.xls", "protected"),
        Bad("a million blank rows", million_blank_rows(), "roll.xlsx", kept=1),
        Bad("one cell at the last row", one_cell_at_the_end_of_the_world(), "roll.xlsx", "row 1,048,576"),
        Bad("a workbook with nothing in it", workbook(lambda b, s: None), "roll.xlsx", "is empty"),
        xlsx("a formula with no value", [heads, ["Ode", "Amara", "=5+5"], ["Fay", "Bo", 10]],
            problems=[(3, "Year")] and [(2, "Year")], kept=1),
        xlsx("a merged title and a merged year", [["Student list", None, None], heads, ["Ode", "Amara", 10], ["Fay", "Bo", None]],
             problems=[(4, "Year")], kept=1, change=merged),
        xlsx("a bad year in a spreadsheet", [["North School"], [], heads, ["Ode", "Amara", 42], ["Fay", "Bo", 10]],
            problems=[(4, "Year")], kept=1),
        # transfer files
        ctf("billion laughs", billion_laughs(), "document type or entities"),
        ctf("an outside entity",
            f'{XML}<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><CTfile><Pupil><Surname>&x;</Surname></Pupil></CTfile>',
            "document type or entities"),
        ctf("an outside document type", f'{XML}<!DOCTYPE CTfile SYSTEM "http://127.0.0.1:9/x.dtd"><CTfile/>', "document type or entities"),
        ctf("a transfer file cut short", CTF_HEAD + PUPIL + "<Pupil><Surname>Fay", "breaks off or is damaged"),
        ctf("tags that cross", f"{XML}<CTfile><Pupil></CTfile></Pupil>", "line 1"),
        ctf("no pupils", f"{XML}<CTfile><Header/></CTfile>", "no pupils"),
        ctf("other xml", f"{XML}<rss><channel/></rss>", "not a Common Transfer File"),
        ctf("an undeclared entity", f"{XML}<CTfile><Pupil><Surname>&nope;</Surname></Pupil></CTfile>", "damaged"),
        ctf("an encoding nobody knows", '<?xml version="1.0" encoding="klingon"?><CTfile/>', "."),
        ctf("a version from the future", (CTF_HEAD + PUPIL + "</CTFpupilData></CTfile>").replace("25.0", "31.0"),
            rows=[(0, "CTFversion")], kept=1, level="warning"),
        ctf("a pupil of year 42", CTF_HEAD + PUPIL.replace(">10<", ">42<") + "\n" + PUPIL + "</CTFpupilData></CTfile>",
            rows=[(1, "NCyearActual")], kept=1),
        ctf("a pupil with no name", CTF_HEAD + "<Pupil><DOB>2011-03-14</DOB></Pupil>\n" + PUPIL + "</CTFpupilData></CTfile>",
            rows=[(1, "Surname")], kept=1),
    ]  # fmt: skip
