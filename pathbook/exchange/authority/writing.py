"""The file itself, as CSV that no spreadsheet will run and as XML that keeps to data/next-steps.xsd."""

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from xml.etree import ElementTree as ET

from pathbook.exchange.authority.person import HEADINGS, YoungPerson
from pathbook.exchange.tables.formulas import kept_as_text

NAMESPACE = "urn:pathbook:next-steps:1"
VERSION = "1"
NOT_XML = re.compile("[^\\t\\n\\r -\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")


@dataclass(frozen=True, slots=True)
class About:
    """Who sends it and when; `authority` the three digits of the local authority, empty when the school never said."""

    school: str
    urn: int
    authority: str
    on: date


def as_csv(people: Iterable[YoungPerson]) -> bytes:
    """UTF-8 with a mark, so that Excel reads accents."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADINGS)
    writer.writerows([kept_as_text(cell) for cell in one.cells] for one in people)
    return out.getvalue().encode("utf-8-sig")


def as_xml(people: Iterable[YoungPerson], about: About) -> bytes:
    """An element a heading; what is empty is left out."""
    ET.register_namespace("", NAMESPACE)
    root = ET.Element(_named("NextSteps"), {"SchemaVersion": VERSION})
    header = ET.SubElement(root, _named("Header"))
    said = {
        "SupplierName": "Pathbook", "DateOfSend": about.on.isoformat(), "LEACode": about.authority,
        "EstablishmentNumber": str(about.urn), "EstablishmentName": about.school,
    }  # fmt: skip
    _filled(header, said.items())
    for one in people:
        _filled(ET.SubElement(root, _named("YoungPerson")), zip(HEADINGS, one.cells, strict=True))
    ET.indent(root, " ")
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def schema() -> str:
    """The XML schema this keeps to, as text."""
    return (files("pathbook.exchange.authority.data") / "next-steps.xsd").read_text(encoding="utf-8")


def _filled(under: ET.Element, said: Iterable[tuple[str, str]]) -> None:
    for name, words in said:
        if words:
            ET.SubElement(under, _named(name)).text = NOT_XML.sub("", words)


def _named(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"
