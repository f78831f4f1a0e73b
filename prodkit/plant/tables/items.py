"""What the plant is, what it makes and from what."""

from __future__ import annotations

from ..schema import Column, Rule, Table

INDUSTRIES = ("automotive", "chemical", "food", "machinery", "metal", "computers")

# Data, a row a column: kept as they are by hand.
# fmt: off

ABOUT = Table(
    "about",
    "The plant itself, in one row.",
    (
        Column("name", "text", "", "Name of the plant"),
        Column("industry", "choice", "", "Industry, or the nearest to it: where the plant lacks a table, its sample stands in",
               choices=INDUSTRIES),
        Column("jurisdiction", "text", "", "Whose law applies: US, US-CA, CA, CA-ON ...", required=False, default="US"),
        Column("currency", "text", "", "Currency of every amount, as a three-letter code"),
        Column("units", "choice", "", "System of units of weights and lengths", choices=("metric", "US"),
               required=False, default="metric"),
        Column("first_day", "week", "", "Today: the Monday on which planning starts. History lies before it"),
        Column("hours_per_shift", "number", "hours", "Working hours in a shift", above=0, high=24,
               required=False, default=8),
        Column("shifts_per_day", "whole", "shifts", "Shifts worked in a day", low=1, high=6, required=False, default=1),
        Column("days_per_week", "number", "days", "Working days in a week", above=0, high=7,
               required=False, default=5),
        Column("holding_rate", "share", "of unit cost a year",
               "Cost of keeping one unit for a year, as a share of its unit cost: capital, space, insurance, loss",
               above=0, high=2),
    ),
    one_row=True,
    rules=(Rule("currency", "a three-letter code, such as USD or EUR",
                lambda t: t["currency"].str.fullmatch("[A-Z]{3}")),),
)

ITEMS = Table(
    "items",
    "Everything the plant buys, makes or sells: one row an item.",
    (
        Column("item", "text", "", "Code of the item, the same in every table", key=True),
        Column("name", "text", "", "What people call it"),
        Column("kind", "choice", "",
               "make: made here. buy: bought. phantom: a set of parts that goes straight into its parent, never stocked",
               choices=("make", "buy", "phantom")),
        Column("unit", "text", "", "Unit that quantities of the item are counted in: pcs, kg, m, sheet, coil"),
        Column("lead_time_weeks", "whole", "weeks", "Planned time from order to receipt", low=0),
        Column("safety_lead_weeks", "whole", "weeks", "Time added so that it comes before it is needed",
               low=0, required=False, default=0),
        Column("lot_rule", "choice", "", "How an order's quantity is set: just what is needed (lot_for_lot), always "
               "lot_size (fixed), lot_min or more (minimum), multiples of lot_multiple (multiple), or the needs of "
               "lot_periods weeks (periods)", choices=("lot_for_lot", "fixed", "minimum", "multiple", "periods"),
               required=False, default="lot_for_lot"),
        Column("lot_size", "number", "units", "Order quantity of the rule fixed", above=0, required=False),
        Column("lot_min", "number", "units", "Smallest order", low=0, required=False, default=0),
        Column("lot_multiple", "number", "units", "Orders are multiples of this quantity", above=0, required=False),
        Column("lot_periods", "whole", "weeks", "Weeks of needs in one order, of the rule periods", low=1,
               required=False),
        Column("firm_weeks", "whole", "weeks", "Weeks from today in which planning changes no order", low=0,
               required=False, default=0),
        Column("demand_fence_weeks", "whole", "weeks", "Weeks from today in which only customer orders count", low=0,
               required=False, default=0),
        Column("planning_fence_weeks", "whole", "weeks", "Weeks from today in which the planner alone changes the plan",
               low=0, required=False, default=0),
        Column("safety_stock", "number", "units", "Stock kept against surprises", low=0, required=False, default=0),
        Column("on_hand", "number", "units", "Stock in the store today", low=0),
        Column("allocated", "number", "units", "Part of the stock on hand that is promised already", low=0,
               required=False, default=0),
        Column("unit_cost", "number", "currency a unit", "Standard cost of one unit", low=0),
        Column("order_cost", "number", "currency an order", "Cost of placing and receiving one order, or of one setup",
               low=0),
        Column("price", "number", "currency a unit", "Selling price; blank where it is not sold", above=0,
               required=False),
        Column("yield_share", "share", "of those started or bought", "Good units of those started or bought", above=0,
               required=False, default=1),
        Column("shelf_life_weeks", "number", "weeks", "Weeks until it spoils; blank where it does not", above=0,
               required=False),
        Column("weight", "number", "kg | lb", "Weight of one unit", above=0, required=False),
        Column("family", "text", "", "Group of items that are planned together", refers="families.family", loose=True,
               required=False, default=""),
        Column("planner", "text", "", "Who plans or buys it, as a role", required=False, default=""),
    ),
    rules=(
        Rule("lot_size", "a number above 0, since lot_rule is fixed",
             lambda t: (t["lot_rule"] != "fixed") | t["lot_size"].notna()),
        Rule("lot_multiple", "a number above 0, since lot_rule is multiple",
             lambda t: (t["lot_rule"] != "multiple") | t["lot_multiple"].notna()),
        Rule("lot_periods", "a whole number of weeks, since lot_rule is periods",
             lambda t: (t["lot_rule"] != "periods") | t["lot_periods"].notna()),
    ),
)

BOM = Table(
    "bom",
    "Bills of material: one row a component of a parent.",
    (
        Column("parent", "text", "", "Item that is made", key=True, refers="items.item"),
        Column("component", "text", "", "Item that goes into it", key=True, refers="items.item"),
        Column("quantity_per", "number", "units of the component", "Quantity in one unit of the parent", above=0),
        Column("scrap_share", "share", "of the component",
               "Part of the component that is lost on the way; at 0.02, 1/(1 - 0.02) units are issued for each that "
               "arrives", high=0.95, required=False, default=0),
        Column("step", "whole", "", "Step of the routing at which it is needed", low=1, key=True,
               required=False, default=1),
        Column("alternative", "text", "", "Name of the alternative bill; blank for the usual one", key=True,
               required=False, default=""),
        Column("valid_from", "date", "", "First day of this line; blank: always was", key=True, required=False),
        Column("valid_to", "date", "", "Last day of this line; blank: no end", required=False),
        Column("planning_share", "share", "of the parents",
               "Share of the parents that take this component, in a planning bill", above=0, required=False, default=1),
    ),
    optional=True,
    rules=(
        Rule("component", "an item other than its own parent", lambda t: t["parent"] != t["component"]),
        Rule("valid_to", "a date not before valid_from",
             lambda t: ~(t["valid_to"] < t["valid_from"])),
    ),
)

COPRODUCTS = Table(
    "coproducts",
    "What else comes out when an item is made: one row a parent and co-product.",
    (
        Column("parent", "text", "", "Item that is made", key=True, refers="items.item"),
        Column("item", "text", "", "Item that comes out beside it", key=True, refers="items.item"),
        Column("quantity_per", "number", "units of the co-product", "Quantity with one unit of the parent", above=0),
        Column("cost_share", "share", "of the cost", "Part of the parent's cost that the co-product carries; 0 for a "
               "by-product", required=False, default=0),
    ),
    optional=True,
    rules=(Rule("item", "an item other than its own parent", lambda t: t["parent"] != t["item"]),),
)

FAMILIES = Table(
    "families",
    "Groups of items that are planned together, month by month.",
    (
        Column("family", "text", "", "Name of the group", key=True),
        Column("unit", "text", "", "Unit that the group is counted in", required=False, default="units"),
        Column("hours_per_unit", "number", "hours", "Labor in one unit", above=0, required=False),
        Column("workers", "number", "people", "People who make it today", low=0, required=False),
        Column("stock", "number", "units", "Stock today", low=0, required=False, default=0),
        Column("capacity", "number", "units a month", "What is made in a month without overtime", low=0,
               required=False),
        Column("overtime_capacity", "number", "units a month", "What overtime adds at most", low=0, required=False,
               default=0),
        Column("subcontract_capacity", "number", "units a month", "What others make for the plant at most", low=0,
               required=False, default=0),
        Column("regular_cost", "number", "currency a unit", "Cost of a unit made in normal hours", low=0,
               required=False),
        Column("overtime_cost", "number", "currency a unit", "Cost of a unit made on overtime", low=0, required=False),
        Column("subcontract_cost", "number", "currency a unit", "Price of a unit made by others", low=0,
               required=False),
        Column("holding_cost", "number", "currency a unit a month", "Cost of keeping one unit for a month", low=0,
               required=False),
        Column("backorder_cost", "number", "currency a unit a month", "Cost of one unit owed for a month", low=0,
               required=False),
        Column("hire_cost", "number", "currency a person", "Cost of hiring and training one person", low=0,
               required=False),
        Column("layoff_cost", "number", "currency a person", "Cost of laying off one person", low=0, required=False),
    ),
    optional=True,
)
