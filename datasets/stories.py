"""What is planted in a sample plant for its users to find, and how it changes what is declared.

    Story("late_supplier", "Tavis Hardware", late=1.1, sd=1.4)        weeks
    Story("bad_lots", "Tavis Hardware", share=0.12, ppm=2500)         of its lots; of the rest
    Story("overstock", "coil-2mm", safety_stock=448)                  units
    Story("slow_workcenter", "coat", factor=0.8, weeks=30)            of the usual pace, for the last weeks
    Story("failing_machine", "brake-1", times=3)                      failures as often
    Story("absence_cluster", "coating", times=3, weeks=26)            sick spells as often, in one team
    Story("loss_product", "rack-pipe", hours=2.0, material=1.15)      of the standard, in the actual figures
    Story("false_lead", "press-1")                                    a machine: chance makes one month look dreadful

Quality and safety have theirs beside these. A false lead is no cause: of many equally likely histories it is the one
that looks worst. `planted` works the stories of suppliers and items into their declarations; the others are asked for by
`Industry.story` where the table is made.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from industry import Buy, Industry

__all__ = ["Story", "planted"]


@dataclass(frozen=True, init=False)
class Story:
    """One thing to find: its kind, where it is, and how large."""

    kind: str
    where: str
    size: dict[str, Any]

    def __init__(self, kind: str, where: str, **size: object) -> None:
        object.__setattr__(self, "kind", kind)
        object.__setattr__(self, "where", where)
        object.__setattr__(self, "size", size)


def planted(industry: Industry) -> Industry:
    """The industry with its suppliers and items as the stories make them."""
    suppliers = []
    for supplier in industry.suppliers:
        late = industry.story("late_supplier", supplier.name) or {}
        bad = industry.story("bad_lots", supplier.name)
        if bad is not None:
            late = late | {"bad_lots": bad["share"], "ppm": bad["ppm"]}
        suppliers.append(replace(supplier, **late))
    items = tuple(
        replace(item, **(industry.story("overstock", item.item) or {})) if isinstance(item, Buy) else item
        for item in industry.items
    )
    return replace(industry, suppliers=tuple(suppliers), items=items)
