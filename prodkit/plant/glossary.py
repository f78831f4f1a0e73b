"""The words of the course, one for one thing. `datasets/README.md` shows them; the wording is the project's own."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["GLOSSARY", "Term"]


class Term(NamedTuple):
    """A word of the trade, what it means here, and words that are not used in its place."""

    name: str
    meaning: str
    instead_of: tuple[str, ...] = ()


# Data, a row a term: kept as they are by hand.
# fmt: off
GLOSSARY: tuple[Term, ...] = (
    Term("allocated", "part of the stock on hand that is promised to an order already"),
    Term("availability", "share of the planned time in which a machine runs", ("uptime",)),
    Term("available to promise", "stock and supply that no customer order has taken yet, by week"),
    Term("backorder", "demand that waits for stock and is delivered later"),
    Term("batch", "what a process makes in one go; see lot", ()),
    Term("bill of material", "the components of an item, with the quantity of each in one unit of it",
         ("recipe", "parts list")),
    Term("bottleneck", "the work center whose capacity limits what the plant can deliver", ("constraint",)),
    Term("capacity", "hours or units that can be worked in a period; rated: by the book, demonstrated: as it was"),
    Term("changeover", "the work from the last good unit of one item to the first good one of the next, where it depends "
         "on both; see setup"),
    Term("characteristic", "what is measured on a product: a diameter, a weight, a pull force"),
    Term("component", "an item that goes into another one, its parent", ("child",)),
    Term("co-product", "what comes out of a process together with the item that it is run for", ("by-product",)),
    Term("cycle stock", "the part of the stock that rises and falls with each delivery", ("working stock",)),
    Term("cycle time", "time from one unit to the next at a machine or on a line"),
    Term("defect", "one thing wrong with a unit; a unit with one or more is defective", ("nonconformity",)),
    Term("demand", "what customers ask for, whether delivered or not"),
    Term("effectiveness (OEE)", "availability x performance x quality rate of a machine"),
    Term("efficiency", "standard hours of what was made, divided by hours worked"),
    Term("family", "items that are planned together", ("product group",)),
    Term("fill rate", "share of the demand that is delivered from stock at once"),
    Term("firm", "of an order or a period: planning leaves it as it is", ("frozen",)),
    Term("forecast", "demand as it is expected", ("prediction",)),
    Term("holding cost", "cost of keeping one unit for a period: capital, space, insurance, loss",
         ("carrying cost", "storage cost")),
    Term("incident", "an event that hurt somebody or made them ill", ("accident",)),
    Term("inventory position", "on hand + on order - backorders - allocated", ("stock position",)),
    Term("item", "anything with a code of its own that is bought, made or sold", ("article", "SKU", "part number")),
    Term("labor", "work of people, paid by the hour", ("labour", "manpower")),
    Term("lead time", "time from order to receipt, planned or real"),
    Term("lot", "the quantity that is ordered, made or received together"),
    Term("lot for lot", "a lot rule: each order is just what is needed", ("discrete lot",)),
    Term("make to order", "made once a customer has ordered; to stock: before; assemble to order: of parts made before"),
    Term("near miss", "an event that hurt nobody, and could have", ("close call",)),
    Term("net requirement", "what is needed and is neither in stock nor on its way", ("net need",)),
    Term("on hand", "stock in the store now", ("inventory level",)),
    Term("on order", "ordered, and not received yet"),
    Term("order cost", "cost of placing and receiving one order, or of one setup", ("ordering cost", "setup cost")),
    Term("overtime", "hours beyond the regular ones, paid at more"),
    Term("parent", "the item that a component goes into"),
    Term("phantom", "a set of parts that is never stocked and goes straight into its parent", ("blow-through",)),
    Term("planned order", "an order that planning proposes and nobody has released"),
    Term("planning bill", "a bill whose components are shares of what a family sells, for planning only", ("super bill",)),
    Term("price break", "a quantity from which a supplier's price is lower", ("quantity discount",)),
    Term("projected available", "stock at the end of a period, as planned", ("projected on hand",)),
    Term("receipt", "an order that came or is still to come into stock; scheduled: it is released"),
    Term("reorder point", "the inventory position at which the next order is placed", ("order point",)),
    Term("rework", "work on a defective unit to make it good"),
    Term("routing", "the steps by which an item is made: work centers and times", ("process plan",)),
    Term("run time", "time of one unit at a step, once it is set up"),
    Term("safety stock", "stock kept against demand or supply that differs from the plan", ("buffer stock",)),
    Term("scrap", "material or units lost on the way and not mended"),
    Term("service level", "probability of no stock-out in an order cycle", ("cycle service",)),
    Term("setup", "making a machine ready for the next lot", ("make-ready",)),
    Term("share", "part of a whole as a number from 0 to 1; percent only where a law or the trade states it so"),
    Term("shift", "a block of working hours of the day"),
    Term("standard cost", "what a unit should cost, set once for a year"),
    Term("standard time", "time of a task for a trained worker at a normal pace, allowances included"),
    Term("step", "one line of a routing"),
    Term("stock", "units in the store"),
    Term("stock-out", "a time at which demand meets no stock"),
    Term("stop", "a time in which a machine should run and does not", ("downtime",)),
    Term("takt time", "working time divided by demand: the pace that customers set"),
    Term("throughput time", "time from the start of a unit to its end, waiting included", ("flow time",)),
    Term("unit", "one piece, kilogram, meter or whatever the item is counted in"),
    Term("utilization", "hours worked, divided by hours available", ("utilisation",)),
    Term("work center", "machines or people that do the same work and are planned together; in names: workcenter",
         ("workstation",)),
    Term("yield", "share of good units of those started or bought", ("first-pass rate",)),
)
