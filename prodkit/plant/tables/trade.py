"""Suppliers and customers: what is bought, ordered, asked for and counted."""

from __future__ import annotations

from ..schema import Column, Rule, Table

# Data, a row a column: kept as they are by hand.
# fmt: off

SUPPLIERS = Table(
    "suppliers",
    "Who can deliver what, and how well: one row a supplier and item.",
    (
        Column("supplier", "text", "", "Name of the supplier", key=True),
        Column("item", "text", "", "Item that can be bought there", key=True, refers="items.item"),
        Column("lead_time_weeks", "number", "weeks", "Promised time from order to receipt", low=0),
        Column("lead_time_sd_weeks", "number", "weeks", "Standard deviation of the time it really takes", low=0,
               required=False, default=0),
        Column("min_order", "number", "units", "Smallest quantity the supplier accepts", low=0, required=False,
               default=0),
        Column("freight", "number", "currency an order", "Freight for one order", low=0, required=False, default=0),
        Column("on_time_share", "share", "of orders", "Orders that came on the due day or before", required=False),
        Column("defect_ppm", "number", "defective units a million", "Units found bad at receiving", low=0,
               high=1_000_000, required=False),
    ),
    optional=True,
)

PRICE_BREAKS = Table(
    "price_breaks",
    "The suppliers' price lists: one row a supplier, item and quantity from which a price holds.",
    (
        Column("supplier", "text", "", "Name of the supplier", key=True, refers="suppliers.supplier"),
        Column("item", "text", "", "Item", key=True, refers="items.item"),
        Column("from_quantity", "number", "units", "Smallest order at which the price holds; 0 in the first row", low=0,
               key=True),
        Column("unit_price", "number", "currency a unit", "Price", above=0),
        Column("kind", "choice", "",
               "all_units: the price holds for the whole order. incremental: only for the part above from_quantity",
               choices=("all_units", "incremental"), required=False, default="all_units"),
    ),
    optional=True,
)

DEMAND = Table(
    "demand",
    "What customers asked for: one row a week and sold item, finished goods and spare parts alike. "
    "What goes into them follows from the bills (`Plant.weekly_use`).",
    (
        Column("week", "week", "", "Monday of the week", key=True),
        Column("item", "text", "", "Item that was sold", key=True, refers="items.item"),
        Column("quantity", "number", "units", "Quantity; in a week that ran out of stock, only what could be delivered",
               low=0),
        Column("promotion", "yes/no", "", "Whether a promotion ran", required=False, default=False),
        Column("stocked_out", "yes/no", "", "Whether stock ran out, so that more was asked for than is recorded",
               required=False, default=False),
    ),
)

RECEIPTS = Table(
    "receipts",
    "Open supply orders, bought or made: what is still to come.",
    (
        Column("order", "text", "", "Number of the order", key=True),
        Column("item", "text", "", "Item", key=True, refers="items.item"),
        Column("quantity", "number", "units", "Quantity still to come", above=0),
        Column("due", "date", "", "Day on which it is due"),
        Column("firm", "yes/no", "", "Whether planning must leave it as it is", required=False, default=True),
    ),
    optional=True,
)

PAST_ORDERS = Table(
    "past_orders",
    "Purchase orders that came: one row an order and item.",
    (
        Column("order", "text", "", "Number of the order", key=True),
        Column("supplier", "text", "", "Who delivered", refers="suppliers.supplier"),
        Column("item", "text", "", "Item", key=True, refers="items.item"),
        Column("quantity", "number", "units", "Quantity ordered", above=0),
        Column("ordered", "date", "", "Day of the order"),
        Column("due", "date", "", "Day on which it was due"),
        Column("received", "date", "", "Day on which it came"),
        Column("unit_price", "number", "currency a unit", "Price paid", low=0),
        Column("accepted", "number", "units", "Good units received", low=0),
        Column("rejected", "number", "units", "Units sent back", low=0, required=False, default=0),
    ),
    optional=True,
    rules=(
        Rule("due", "a date not before ordered", lambda t: t["due"] >= t["ordered"]),
        Rule("received", "a date not before ordered", lambda t: t["received"] >= t["ordered"]),
    ),
)
