"""Standards, budgets, actual figures, overheads and targets."""

from __future__ import annotations

from ..schema import Column, Rule, Table

# Data, a row a column: kept as they are by hand.
# fmt: off

ACCOUNTS = ("output", "sales", "material", "labor", "variable_overhead", "fixed_overhead", "selling", "administration")
KINDS = ("material", "labor", "variable_overhead", "fixed_overhead")


def first_of_month(name: str = "month") -> Rule:
    """A month is named by its first day."""
    return Rule(name, "the first day of a month", lambda t: t[name].dt.day == 1)


STANDARDS = Table(
    "standards",
    "What one unit should take: one row an item, kind of cost and input.",
    (
        Column("item", "text", "", "Item that is made", key=True, refers="items.item"),
        Column("kind", "choice", "", "Kind of cost", key=True, choices=KINDS),
        Column("input", "text", "", "Component, or work center", key=True),
        Column("quantity", "number", "units or hours", "Standard quantity of the input in one good unit", low=0),
        Column("rate", "number", "currency a unit or hour", "Standard price or rate", low=0),
    ),
    optional=True,
)

BUDGET = Table(
    "budget",
    "The budget: one row a month, account and item.",
    (
        Column("month", "date", "", "First day of the month", key=True),
        Column("account", "choice", "", "Account; output is units made", key=True, choices=ACCOUNTS),
        Column("item", "text", "", "Item; blank for the whole plant", key=True, refers="items.item", required=False,
               default=""),
        Column("quantity", "number", "units or hours", "Units, or hours of labor", low=0, required=False),
        Column("amount", "number", "currency", "Amount", required=False, default=0),
    ),
    optional=True,
    rules=(first_of_month(),),
)

ACTUALS = Table(
    "actuals",
    "What it really was: one row a month, account, item and input.",
    (
        Column("month", "date", "", "First day of the month", key=True),
        Column("account", "choice", "", "Account; output is units made", key=True, choices=ACCOUNTS),
        Column("item", "text", "", "Item; blank for the whole plant", key=True, refers="items.item", required=False,
               default=""),
        Column("input", "text", "", "Component, or work center; blank where there is none", key=True, required=False,
               default=""),
        Column("quantity", "number", "units or hours", "Quantity used, worked, sold or made", low=0, required=False),
        Column("bought", "number", "units", "Quantity bought in the month, of a material", low=0, required=False),
        Column("rate", "number", "currency a unit or hour", "Price or rate paid", low=0, required=False),
        Column("amount", "number", "currency", "Amount", required=False, default=0),
    ),
    optional=True,
    rules=(first_of_month(),),
)

OVERHEADS = Table(
    "overheads",
    "Overhead of a year, by kind: what it is, and what moves it.",
    (
        Column("overhead", "text", "", "Name", key=True),
        Column("amount", "number", "currency a year", "Budget of the year", low=0),
        Column("behavior", "choice", "", "fixed: the same at any output. variable: moves with it",
               choices=("fixed", "variable", "mixed")),
        Column("pool", "text", "", "Pool to which it is charged", refers="cost_pools.pool", loose=True, required=False,
               default=""),
    ),
    optional=True,
)

COST_POOLS = Table(
    "cost_pools",
    "Pools of overhead and what each is shared out by.",
    (
        Column("pool", "text", "", "Name of the pool", key=True),
        Column("amount", "number", "currency a year", "Cost in it", low=0),
        Column("driver", "text", "", "What it is shared out by: setups, machine hours, orders"),
    ),
    optional=True,
)

POOL_DRIVERS = Table(
    "pool_drivers",
    "How much of each driver an item takes in a year.",
    (
        Column("pool", "text", "", "Name of the pool", key=True, refers="cost_pools.pool"),
        Column("item", "text", "", "Item", key=True, refers="items.item"),
        Column("quantity", "number", "units of the driver a year", "What the item takes", low=0),
    ),
    optional=True,
)

CASH = Table(
    "cash",
    "Cash in and out: one row a month and line.",
    (
        Column("month", "date", "", "First day of the month", key=True),
        Column("line", "text", "", "What it is for", key=True),
        Column("direction", "choice", "", "in or out", choices=("in", "out")),
        Column("amount", "number", "currency", "Amount", low=0),
        Column("planned", "yes/no", "", "Whether it is a plan or has been", required=False, default=False),
    ),
    optional=True,
    rules=(first_of_month(),),
)

KPI_TARGETS = Table(
    "kpi_targets",
    "What the plant is measured by.",
    (
        Column("kpi", "text", "", "Name of the indicator", key=True),
        Column("unit", "text", "", "Its unit", required=False, default=""),
        Column("target", "number", "", "Value wanted"),
        Column("better", "choice", "", "Which way is better", choices=("higher", "lower")),
        Column("owner", "text", "", "Who answers for it, as a role", required=False, default=""),
    ),
    optional=True,
)
