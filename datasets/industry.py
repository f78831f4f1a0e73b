"""What makes one sample plant differ from another, as plain declarations. `generate.py` turns one into tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from methods import Methods
    from money import Money
    from quality import Quality
    from safety import Safety
    from shop import Shop
    from stories import Story
    from team import Team
    from trade import Trade

__all__ = [
    "Buy",
    "Change",
    "Coproduct",
    "Industry",
    "Make",
    "Phantom",
    "Promotion",
    "Sale",
    "Source",
    "Supplier",
]


@dataclass(frozen=True)
class Sale:
    """Demand for one item: a level with trend, season and chance."""

    weekly: float  # mean of the first year (units a week)
    spread: float = 0.15  # coefficient of variation from week to week, beyond counting noise
    chance: float = 1.0  # share of weeks with any demand (spare parts)
    short: float = 0.01  # share of weeks that run out of stock


@dataclass(frozen=True)
class Source:
    """One supplier's offer of one item."""

    supplier: str
    lead: float  # promised (weeks)
    price: float = 1.0  # as a multiple of the item's cost
    share: float = 1.0  # of the orders
    breaks: tuple[
        tuple[float, float], ...
    ] = ()  # (from quantity, price as a multiple of this source's first price)
    incremental: bool = False
    min_order: float = 0


@dataclass(frozen=True)
class Buy:
    """A purchased item, and the habit by which its buyer orders."""

    item: str
    name: str
    unit: str
    cost: float
    order_cost: float
    cover: float  # weeks of use in one order
    safety: float  # safety stock (weeks of use)
    sources: tuple[Source, ...]
    pack: float = 1
    rule: str = "multiple"
    lot: float | None = None  # quantity of the rule fixed or minimum
    safety_stock: float | None = None  # in units, in place of `safety`
    planner: str = "parts buyer"
    family: str = "purchased"
    margin: float | None = None  # sold as a spare part
    sale: Sale | None = None
    yield_share: float = 1.0
    shelf_life: float | None = None
    weight: float | None = None  # of one unit (kg | lb)


@dataclass(frozen=True)
class Change:
    """From a day on, another component takes the place of one in the bill, as many of it; both stand in the bill."""

    component: str  # in the bill until then
    instead: str
    day: str  # 2026-03-02


@dataclass(frozen=True)
class Make:
    """A made item with its bill."""

    item: str
    name: str
    bill: dict[str, float]
    work: float  # labor and overhead (currency a unit)
    setup: float  # cost of one setup
    lead: int = 1
    unit: str = "pcs"
    rule: str = "lot_for_lot"
    lot: float | None = None
    cover: float = 1.0  # weeks of use in stock beyond safety, at most
    safety: float = 0.5
    scrap: dict[str, float] = field(default_factory=dict)  # by component
    yield_share: float = 1.0
    family: str = "parts"
    planner: str = "shop planner"
    margin: float | None = None
    sale: Sale | None = None
    shelf_life: float | None = None
    weight: float | None = None  # of one unit (kg | lb); that of its bill where it is left out
    steps: dict[str, int] = field(
        default_factory=dict
    )  # routing step that needs the component, 10 if left out
    shares: dict[str, float] = field(default_factory=dict)  # planning bill: part of the parents that take it
    others: dict[str, dict[str, float]] = field(default_factory=dict)  # alternative bills by name
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Phantom:
    """A set of parts that is never stocked."""

    item: str
    name: str
    bill: dict[str, float]
    shares: dict[str, float] = field(default_factory=dict)  # planning bill: part of the parents that take it


@dataclass(frozen=True)
class Coproduct:
    """What comes out beside a made item."""

    parent: str
    item: str
    quantity: float  # with one unit of the parent
    cost_share: float = 0.0  # of the parent's cost; 0 for a by-product


@dataclass(frozen=True)
class Supplier:
    """How well a supplier delivers."""

    name: str
    late: float  # mean of received less due (weeks; negative is early)
    sd: float  # weeks
    ppm: float  # defective units a million
    freight: float  # currency an order
    inflation: float = 0.02  # of its prices, a year
    bad_lots: float = 0.0  # share of lots with 10 to 30 % bad


@dataclass(frozen=True)
class Promotion:
    """Weeks of the history, from 0, in which a family sells more."""

    family: str
    first: int
    weeks: int
    lift: float


@dataclass(frozen=True)
class Industry:
    """One sample plant."""

    key: str
    seed: int
    about: dict[str, Any]
    items: tuple[Buy | Make | Phantom, ...]
    suppliers: tuple[Supplier, ...]
    promotions: tuple[Promotion, ...]
    seasons: dict[str, tuple[float, int]]  # family: amplitude (share), peak (week of the year)
    trends: dict[str, float]  # family: growth a year (share)
    coproducts: tuple[Coproduct, ...] = ()
    shop: Shop | None = None  # from here on None leaves the tables out
    team: Team | None = None
    trade: Trade | None = None
    money: Money | None = None
    quality: Quality | None = None
    safety: Safety | None = None
    methods: Methods | None = None
    stories: tuple[Story, ...] = ()
    weeks: int = 104

    def story(self, kind: str, where: str) -> dict[str, Any] | None:
        """The sizes of the story of this kind that is planted there; None where there is none."""
        return next((s.size for s in self.stories if (s.kind, s.where) == (kind, where)), None)
