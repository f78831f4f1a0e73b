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
    "What goes into them follows from the bills.",
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
        Rule("accepted", "with rejected 1.5 times quantity at most",
             lambda t: t["accepted"] + t["rejected"] <= 1.5 * t["quantity"]),
    ),
)

FORECAST = Table(
    "forecast",
    "What sales expects: one row a coming week and sold item.",
    (
        Column("week", "week", "", "Monday of the week", key=True),
        Column("item", "text", "", "Item", key=True, refers="items.item"),
        Column("quantity", "number", "units", "Expected demand, customer orders included", low=0),
    ),
    optional=True,
)

CUSTOMERS = Table(
    "customers",
    "Who buys.",
    (
        Column("customer", "text", "", "Name of the customer", key=True),
        Column("region", "text", "", "Where it is", required=False, default=""),
        Column("service_class", "choice", "", "How it is served when not all can be", choices=("A", "B", "C"), required=False,
               default="B"),
        Column("payment_days", "number", "days", "Days from invoice to payment", low=0, required=False, default=30),
    ),
    optional=True,
)

ORDERS = Table(
    "orders",
    "Customer orders: one row an order and item.",
    (
        Column("order", "text", "", "Number of the order", key=True),
        Column("customer", "text", "", "Who ordered", refers="customers.customer", loose=True, required=False,
               default=""),
        Column("item", "text", "", "Item", key=True, refers="items.item"),
        Column("quantity", "number", "units", "Quantity", above=0),
        Column("placed", "date", "", "Day on which it came in", required=False),
        Column("due", "date", "", "Day that the customer asked for"),
        Column("promised", "date", "", "Day that the plant promised; blank: not yet", required=False),
        Column("priority", "whole", "", "1 is the most urgent", low=1, high=9, required=False, default=5),
        Column("status", "choice", "", "open: nothing done. released: in the shop. shipped: gone",
               choices=("open", "released", "shipped"), required=False, default="open"),
    ),
    optional=True,
    rules=(
        Rule("due", "a date not before placed", lambda t: ~(t["due"] < t["placed"])),
        Rule("promised", "a date not before placed", lambda t: ~(t["promised"] < t["placed"])),
    ),
)

CYCLE_COUNTS = Table(
    "cycle_counts",
    "Counts of the store: one row an item and day.",
    (
        Column("date", "date", "", "Day of the count", key=True),
        Column("item", "text", "", "Item", key=True, refers="items.item"),
        Column("recorded", "number", "units", "Stock by the records"),
        Column("counted", "number", "units", "Stock found", low=0),
        Column("cause", "text", "", "Why they differ, where it was found", required=False, default=""),
    ),
    optional=True,
)

SITES = Table(
    "sites",
    "Places of the supply chain: plants, warehouses, customers' docks.",
    (
        Column("site", "text", "", "Name of the site", key=True),
        Column("kind", "choice", "", "What it is", choices=("plant", "warehouse", "customer", "supplier")),
        Column("x", "number", "km | mi", "Place on the map, eastward"),
        Column("y", "number", "km | mi", "Place on the map, northward"),
        Column("demand", "number", "units a year", "What is sold from it or to it", low=0, required=False, default=0),
        Column("capacity", "number", "units a year", "What can pass through it; blank: no limit", above=0,
               required=False),
        Column("fixed_cost", "number", "currency a year", "Cost of having it at all", low=0, required=False, default=0),
        Column("unit_cost", "number", "currency a unit", "Cost of each unit that passes through", low=0,
               required=False, default=0),
    ),
    optional=True,
)

SITE_ITEMS = Table(
    "site_items",
    "What is kept at each warehouse and how it is supplied: one row a site and item.",
    (
        Column("site", "text", "", "Where it is kept", key=True, refers="sites.site"),
        Column("item", "text", "", "Item", key=True, refers="items.item"),
        Column("source", "text", "", "Site that supplies it", refers="sites.site"),
        Column("weekly_demand", "number", "units a week", "What the site expects to send out", low=0),
        Column("demand_sd", "number", "units a week", "Standard deviation of weekly demand", low=0, required=False),
        Column("on_hand", "number", "units", "Stock today", low=0),
        Column("in_transit", "number", "units", "Already on its way", low=0, required=False, default=0),
        Column("safety_stock", "number", "units", "Stock kept against surprises", low=0, required=False, default=0),
        Column("lead_time_weeks", "whole", "weeks", "Time from order to arrival", low=0),
        Column("lot_multiple", "number", "units", "Shipments are multiples of this quantity", above=0,
               required=False, default=1),
    ),
    optional=True,
    rules=(Rule("source", "another site", lambda t: t["source"] != t["site"]),),
)

LANES = Table(
    "lanes",
    "Ways between sites: one row a from, to and mode.",
    (
        Column("from_site", "text", "", "Where it starts", key=True, refers="sites.site"),
        Column("to_site", "text", "", "Where it ends", key=True, refers="sites.site"),
        Column("mode", "choice", "", "How goods travel", key=True,
               choices=("truckload", "less_than_truckload", "rail", "sea", "air", "parcel")),
        Column("distance", "number", "km | mi", "Length of the way", low=0),
        Column("cost_per_shipment", "number", "currency a shipment", "Cost of one shipment, full or not", low=0,
               required=False, default=0),
        Column("cost_per_weight", "number", "currency a kg | currency a lb", "Cost of each unit of weight", low=0,
               required=False, default=0),
        Column("days", "number", "days", "Time on the way", low=0),
        Column("days_sd", "number", "days", "Standard deviation of the time", low=0, required=False, default=0),
    ),
    optional=True,
    rules=(Rule("to_site", "another site", lambda t: t["from_site"] != t["to_site"]),),
)
