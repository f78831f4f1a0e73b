"""Hand-made views and verdicts of every kind of part, for the card's harness."""

from __future__ import annotations

from typing import Any

HOSTILE = "<img src=x onerror=window.hacked=1><script>window.hacked=1</script>"


def view(*parts: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A view as Python sends it, with these parts."""
    base: dict[str, Any] = {
        "id": "materials.eoq",
        "title": "Economic order quantity",
        "level": 1,
        "minutes": 4,
        "plant": "Halden Metal",
        "variant": "Numbers 1",
        "prompt": [
            "The buyer at Halden Metal orders steel coil for stock. Demand is steady through the year.",
            "Find the order quantity with the lowest yearly cost, and how often an order is then placed.",
        ],
        "given": [
            {"kind": "fact", "label": "Demand", "value": "7,200", "unit": "units a year"},
            {"kind": "fact", "label": "Cost of an order", "value": "80.00", "unit": "USD"},
            {"kind": "fact", "label": "Holding cost", "value": "1.60", "unit": "USD a unit and year"},
        ],
        "given_steps": [],
        "parts": list(parts),
        "hints": [],
        "hints_left": 2,
        "solution": None,
        "spent": False,
    }
    return base | more


QUANTITY = {"id": "quantity", "kind": "number", "label": "Order quantity", "unit": "units"}
ORDERS = {"id": "orders", "kind": "number", "label": "Orders a year", "unit": "1/year"}
WHY = {
    "id": "why",
    "kind": "choice",
    "label": "Why does a quantity 20 % above the optimum cost so little?",
    "options": [
        {"id": "flat", "text": "Near its lowest point the cost curve is flat."},
        {"id": "discount", "text": "Larger orders are cheaper a unit."},
        {"id": "safety", "text": "A larger order also covers the safety stock."},
    ],
}
WHICH = {
    "id": "which",
    "kind": "choices",
    "label": "What does the formula take as given?",
    "options": [
        {"id": "steady", "text": "Demand is steady."},
        {"id": "price", "text": "The price is the same at any quantity."},
        {"id": "short", "text": "Shortages are allowed."},
    ],
}
RANK = {
    "id": "rank",
    "kind": "order",
    "label": "Rank the items by annual dollar usage, highest first",
    "items": [
        {"id": f"{letter}-10", "text": f"{letter}-10", "note": f"{hours} USD"}
        for letter, hours in zip("ABCDE", ("1,200", "9,750", "310", "4,480", "2,050"), strict=True)
    ],
}
WEEKS = [{"id": str(week), "label": str(week)} for week in range(1, 9)]
GROSS = dict(zip("12345678", ("20", "", "35", "40", "", "60", "25", "30"), strict=True))
RECORD = {
    "id": "record",
    "kind": "grid",
    "label": "MRP record of bracket B-204",
    "corner": "Week",
    "columns": WEEKS,
    "lines": [
        {"id": "gross", "label": "Gross requirements", "unit": "units", "open": False, "cells": GROSS},
        {"id": "available", "label": "Projected available", "unit": "units", "open": True, "start": "35"},
        {"id": "scheduled", "label": "Scheduled receipts", "unit": "units", "open": False, "cells": {"2": "50"}},
        {"id": "net", "label": "Net requirements", "unit": "units", "open": True},
        {"id": "release", "label": "Planned releases", "unit": "units", "open": True},
    ],
}
POLICY = {
    "id": "policy",
    "kind": "plan",
    "label": "Reorder policy",
    "columns": [],
    "lines": [
        {"id": "r", "label": "Reorder point", "unit": "units"},
        {"id": "Q", "label": "Order quantity", "unit": "units"},
    ],
}
LOTS = {
    "id": "lots",
    "kind": "plan",
    "label": "Order plan",
    "columns": WEEKS[:4],
    "lines": [{"id": "order", "label": "Order", "unit": "units"}],
}
PRICES = {
    "kind": "table",
    "label": "Price breaks of Nordic Steel",
    "columns": [
        {"label": "From", "unit": "units"},
        {"label": "Unit price", "unit": "USD"},
        {"label": "Terms", "unit": ""},
    ],
    "rows": [["1", "12.50", "30 days"], ["250", "12.10", "30 days"], ["1,000", "11.85", "prepaid"]],
}

NUMBERS = view(QUANTITY, ORDERS)
EVERY = view(
    QUANTITY, WHY, WHICH, RANK, RECORD, POLICY, LOTS,
    given=[*NUMBERS["given"], PRICES],
    given_steps=["Annual demand D = 7,200 units.", "Q = √(2 D S / H)"],
)  # fmt: skip

PARTLY = {
    "count": 1,
    "score": 0.5,
    "state": "partly",
    "headline": "Partly right: 1 of 2 parts.",
    "parts": {
        "quantity": {
            "state": "right",
            "title": "Right",
            "text": "",
            "exact": "848.53 units",
            "reading": "read as 848.5",
        },
        "orders": {
            "state": "wrong",
            "title": "Upside down",
            "text": "This is the quantity divided by the demand. Divide the demand by the quantity.",
            "exact": "",
            "reading": "",
        },
    },
    "next": "Correct the second part and check again.",
}
GRID_VERDICT = {
    "count": 1,
    "score": 0.7,
    "state": "partly",
    "headline": "Partly right: 5 of 8 cells.",
    "parts": {
        "record": {
            "state": "partly",
            "title": "Net requirements: safety stock is left out",
            "text": "The stock must not fall below 10 units. Add the safety stock before you subtract.",
            "exact": "",
            "reading": "",
            "cells": {
                "available": {
                    "1": {"state": "right", "text": ""},
                    "2": {"state": "right", "text": "Follows from your earlier answer."},
                    "3": {"state": "partly", "text": "Near, but too coarse."},
                    "4": {"state": "unreadable", "text": "This is not a number."},
                },
                "net": {
                    "3": {"state": "wrong", "text": "Safety stock is left out."},
                    "4": {"state": "wrong", "text": "Safety stock is left out."},
                    "5": {"state": "empty", "text": ""},
                },
            },
        }
    },
    "next": "",
}
EVERY_VERDICT = {
    "count": 1,
    "score": 0.4,
    "state": "partly",
    "headline": "Partly right: 3 of 7 parts.",
    "parts": PARTLY["parts"]
    | GRID_VERDICT["parts"]
    | {
        "why": {"state": "wrong", "title": "Not yet", "text": "No discount is offered here.", "exact": "", "reading": ""},
        "which": {
            "state": "partly", "title": "Partly right", "text": "One is missing, one is too many.", "exact": "", "reading": "",
            "cells": {
                "steady": {"state": "right", "text": "Yes: it spreads D evenly over the year."},
                "short": {"state": "wrong", "text": "No: stock never falls below zero here."},
            },
        },
        "rank": {
            "state": "partly", "title": "Two items stand wrongly", "text": "Rank by usage in money.", "exact": "", "reading": "",
            "cells": {"A-10": {"state": "wrong", "text": "Stands too high."}, "C-10": {"state": "right", "text": ""}},
        },
        "policy": {
            "state": "partly", "title": "Good, 8 % above the best", "text": "Raise the reorder point.", "exact": "", "reading": "",
            "cells": {"r": {"state": "wrong", "text": "Too low: 3 stock-outs a year."}},
        },
        "lots": {"state": "empty", "title": "Empty", "text": "Nothing was entered.", "exact": "", "reading": ""},
    },
    "next": "Try New numbers.",
}  # fmt: skip
