"""Workbooks as other programs write them, put together part by part.

Excel and Google Sheets were not at hand: what is known of their files is built here (from memory, unchecked against the
programs themselves), so that the reader is tried on each trait alone and on all of them together. Files that LibreOffice
wrote itself are in the folder workbooks.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from prodkit.plant.sheets import letters

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"

ABOUT = [
    ["name", "industry", "currency", "first_day", "holding_rate"],
    ["Tiny & Söhne", "metal", "EUR", date(2026, 1, 5), 0.2],
]
ITEMS = [
    ["item", "name", "kind", "unit", "lead_time_weeks", "on_hand", "unit_cost", "order_cost"],
    ["cart", "Cart", "make", "pcs", 1, 12, 40.5, 20],
    ["1001", "Wheel", "buy", "pcs", 2, 0, 2.25, 20],
]
DEMAND = [
    ["week", "item", "quantity", "promotion"],
    [date(2025, 12, 22), "cart", 10, False],
    [date(2025, 12, 29), "cart", 20, True],
    [date(2025, 12, 29), "1001", 7.5, False],
]
TABLES: dict[str, list[list[object]]] = {"about": ABOUT, "items": ITEMS, "demand": DEMAND}  # type: ignore[dict-item]


class Raw(NamedTuple):
    """A cell as XML."""

    xml: str  # with {r} where its address belongs


class Traits(NamedTuple):
    """What sets a program's files apart."""

    inline: bool = False  # texts stand in their cells
    rich: bool = False  # texts in runs, and how they are said aloud
    dimension: str = ""  # the stated size of a sheet
    date1904: bool = False
    prefix: str = ""  # of every element
    main: str = MAIN
    addresses: bool = True  # rows and cells say where they are
    absolute: bool = False  # parts are pointed to from the root
    date_format: str = "yyyy\\-mm\\-dd"
    blank_styled: int = 0  # blank rows with a format beneath the table
    filter_and_views: bool = False


LIBREOFFICE = Traits(
    dimension='ref="A1:H4"', blank_styled=3, filter_and_views=True, date_format="DD/MM/YYYY;@"
)
EXCEL = Traits(
    rich=True, dimension='ref="A1:XFD1048576"', date_format="[$-409]d\\-mmm\\-yy;@", filter_and_views=True
)
EXCEL_MAC = Traits(date1904=True, date_format="m/d/yy")
EXCEL_STRICT = Traits(main=STRICT)
GOOGLE = Traits(inline=True, absolute=True, date_format="yyyy-mm-dd", blank_styled=900)
BARE = Traits(inline=True, prefix="x:", addresses=False, absolute=True)


def write(
    path: Path,
    traits: Traits = Traits(),  # noqa: B008
    tables: Mapping[str, Sequence[Sequence[object]]] = TABLES,
    after: Mapping[str, str] | None = None,
    states: Mapping[str, str] | None = None,
    extra: Mapping[str, bytes] | None = None,
    change: Callable[[str, str], str] | None = None,
) -> Path:
    """A workbook of these tables: `after` is XML behind a sheet's cells, `states` hides sheets, `extra` adds parts."""
    p, strings = traits.prefix, dict[str, int]()
    parts: dict[str, str] = {}
    space = f'xmlns{":x" if p else ""}="{traits.main}"'
    for number, (name, rows) in enumerate(tables.items(), start=1):
        body = "".join(row_xml(row, index, traits, strings) for index, row in enumerate(rows, start=1))
        for index in range(traits.blank_styled):
            row = len(rows) + index + 1
            body += f'<row r="{row}" spans="1:8" ht="15"><c r="A{row}" s="1"/></row>'
        parts[f"xl/worksheets/sheet{number}.xml"] = tagged(
            f"<worksheet {space}>"
            + (f"<dimension {traits.dimension}/>" if traits.dimension else "")
            + ('<sheetViews><sheetView workbookViewId="0"/></sheetViews>' if traits.filter_and_views else "")
            + f"<sheetData>{body}</sheetData>"
            + (after or {}).get(name, "")
            + ('<autoFilter ref="A1:H4"/>' if traits.filter_and_views else "")
            + "</worksheet>",
            p,
        )
    sheets = "".join(
        f'<sheet name="{escape(name)}" sheetId="{n}" state="{(states or {}).get(name, "visible")}" r:id="rId{n}"/>'
        for n, name in enumerate(tables, start=1)
    )
    flag = '<workbookPr date1904="1"/>' if traits.date1904 else "<workbookPr/>"
    parts["xl/workbook.xml"] = tagged(
        f'<workbook {space} xmlns:r="{OFFICE}">{flag}<sheets>{sheets}</sheets></workbook>', p
    )
    parts["xl/styles.xml"] = tagged(
        f'<styleSheet {space}><numFmts count="1"><numFmt numFmtId="165" formatCode={quoteattr(traits.date_format)}/>'
        '</numFmts><fonts count="1"><font><family val="97"/></font></fonts><cellStyleXfs count="1">'
        '<xf numFmtId="165"/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="165"/>'
        '<xf numFmtId="20"/></cellXfs></styleSheet>',
        p,
    )
    held = "".join(f"<si>{text_xml(text, traits)}</si>" for text in strings)
    parts["xl/sharedStrings.xml"] = tagged(f"<sst {space}>{held}</sst>", p)
    root = "/xl/" if traits.absolute else ""
    links = "".join(
        relation(f"rId{n}", "worksheet", f"{root}worksheets/sheet{n}.xml") for n in range(1, len(tables) + 1)
    )
    links += relation("rIdS", "styles", f"{root}styles.xml")
    links += relation("rIdT", "sharedStrings", f"{root}sharedStrings.xml")
    links += f'<Relationship Id="rIdL" Type="{OFFICE}/externalLink" Target="http://example.org/a" TargetMode="External"/>'
    parts["xl/_rels/workbook.xml.rels"] = f'<Relationships xmlns="{PACKAGE}">{links}</Relationships>'
    top = relation("rId1", "officeDocument", "xl/workbook.xml")
    parts["_rels/.rels"] = f'<Relationships xmlns="{PACKAGE}">{top}</Relationships>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, text in parts.items():
            head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            archive.writestr(part, head + (change(part, text) if change else text))
        for part, content in (extra or {}).items():
            archive.writestr(part, content)
    return path


def relation(key: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{target}"/>'


def tagged(xml: str, prefix: str) -> str:
    """The same with a prefix on every element."""
    if not prefix:
        return xml
    return xml.replace("</", "\0").replace("<", f"<{prefix}").replace("\0", f"</{prefix}")


def text_xml(text: str, traits: Traits) -> str:
    """A text, whole or in runs."""
    if not traits.rich:
        return f'<t xml:space="preserve">{escape(text)}</t>'
    first, rest = escape(text[:1]), escape(text[1:])
    runs = (
        f'<r><rPr><b/></rPr><t>{first}</t></r><r><t xml:space="preserve">{rest}</t></r>'
        if len(text) > 1
        else ""
    )
    return (runs or f"<t>{escape(text)}</t>") + '<rPh sb="0" eb="1"><t>aloud</t></rPh>'


def row_xml(row: Sequence[object], number: int, traits: Traits, strings: dict[str, int]) -> str:
    """A row of a sheet."""
    cells = ""
    for column, value in enumerate(row):
        address = f"{letters(column)}{number}"
        at = f' r="{address}"' if traits.addresses else ""
        if value is None:
            cells += f'<c{at} s="1"/>'
        elif isinstance(value, Raw):
            cells += value.xml.replace("{r}", address)
        elif isinstance(value, bool):
            cells += f'<c{at} t="b"><v>{int(value)}</v></c>'
        elif isinstance(value, date):
            day = (value - (date(1904, 1, 1) if traits.date1904 else date(1899, 12, 30))).days
            cells += f'<c{at} s="1"><v>{day}</v></c>'
        elif isinstance(value, int | float):
            cells += f"<c{at}><v>{value!r}</v></c>"
        elif traits.inline:
            cells += f'<c{at} t="inlineStr"><is>{text_xml(str(value), traits)}</is></c>'
        else:
            cells += f'<c{at} t="s"><v>{strings.setdefault(str(value), len(strings))}</v></c>'
    return f'<row r="{number}">{cells}</row>' if traits.addresses else f"<row>{cells}</row>"
