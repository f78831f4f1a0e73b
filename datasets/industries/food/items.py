"""Valcedre Foods, in Quebec: pasta and barbecue sauces, dressings, dips and soups, cooked in kettles and filled into jars.

Cream, cucumbers and raw onions keep two weeks, dips seven, jars two years. Chains promote hard and the seasons are strong:
barbecue in summer, soups and gravy in winter, cranberry sauce and the gift box before Christmas. Allergens decide the order of
the day: milk (alfredo, pesto, ranch, tzatziki, spinach dip), egg (caesar, ranch), wheat (gravy), mustard (maple dressing,
caesar), sesame (hummus), cashew (pesto). What evaporates in the kettle counts as yield.

Orders of magnitude (from memory, unchecked; Canadian dollars): tomato paste 1.5 to 2 a kg, canola oil 1.8 a liter, 35 %
cream 5 a liter, parmesan 14 a kg, maple syrup 11 to 13 a kg, tahini 8 a kg; a jar 0.30 to 0.45, a tub 0.14, a carton 0.80; a
case of twelve sauces 20 to 45 to the chain; a promotion sells 1.5 to 2.5 times as much.

What there is to find: Bellerive Farms is late with onions and cucumbers; the buyer keeps three months of parmesan; the tub line
runs at five sixths of its pace and is the bottleneck, its crew is sick four times as often as before, and since summer more than
twice as many foil seals leak. The bottle line's bad December is chance.
"""

from __future__ import annotations

from industry import Buy, Change, Industry, Make, Phantom, Promotion, Sale, Source, Supplier

POMARO, BELLERIVE, LAITON = "Pomaro Tomatoes", "Bellerive Farms", "Laiton Dairy"
HUILCO, SUCRAM, EPIVERT = "Huilco Oils", "Sucram Sugar and Starch", "Epivert Spices"
NOIRET, ERABLOR, GELAGO = "Noiret Imports", "Erablor Maple", "Gelago Frozen"
VERRAL, CARTIGO, ETIKA = "Verral Glass", "Cartigo Cartons", "Etika Labels"

# Data, a row an item: kept as they are by hand.
# fmt: off


def dry(item: str, name: str, cost: float, source: Source, bag: float, cover: float = 3, safety: float = 1.5,
        shelf_life: float | None = 52, unit: str = "kg", other: Source | None = None) -> Buy:
    """A dry or shelf-stable ingredient in whole bags or drums."""
    return Buy(item, name, unit, cost, 75, cover, safety, (source, other) if other else (source,), bag,
               planner="ingredient buyer", family="ingredients", shelf_life=shelf_life, weight=1)


def fresh(item: str, name: str, cost: float, source: Source, crate: float, shelf_life: float, unit: str = "kg",
          cover: float = 1.3, safety: float = 0.8) -> Buy:
    """What spoils: ordered almost every week; a part of it is sorted out at the dock."""
    return Buy(item, name, unit, cost, 45, cover, safety, (source,), crate, planner="fresh buyer", family="ingredients",
               shelf_life=shelf_life, weight=1)


def spice(item: str, name: str, cost: float, weekly: float | None = None, pack: float = 25) -> Buy:
    """A spice: the price falls by steps; some of it is sold on to butchers."""
    return Buy(item, name, "kg", cost, 50, 6, 2, (
        Source(EPIVERT, 3, share=0.8, breaks=((20 * pack, 0.95), (60 * pack, 0.91)), incremental=True, min_order=pack),
        Source(NOIRET, 2, 1.12, 0.2)), pack, "minimum", pack, planner="ingredient buyer", family="ingredients",
        shelf_life=78, weight=1, margin=0.9 if weekly else None, sale=Sale(weekly, 0.3, 0.9) if weekly else None)


def pack(item: str, name: str, cost: float, supplier: str, lead: float, pallet: float, weight: float,
         cover: float = 2, breaks: bool = True) -> Buy:
    """Glass, tubs, cartons, labels, by the pallet."""
    return Buy(item, name, "pcs", cost, 60, cover, 1.6, (
        Source(supplier, lead, breaks=((8 * pallet, 0.965), (20 * pallet, 0.94)) if breaks else ()),), pallet,
        planner="packaging buyer", family="packaging", weight=weight)


def traded(item: str, name: str, cost: float, weekly: float, margin: float, supplier: str, box: float, shelf_life: float) -> Buy:
    """Bought in and sold on beside the sauces."""
    return Buy(item, name, "case", cost, 55, 3, 1.5, (Source(supplier, 2, breaks=((30 * box, 0.96),)),), box,
               planner="ingredient buyer", family="traded", margin=margin, sale=Sale(weekly, 0.2), shelf_life=shelf_life,
               weight=6)


INGREDIENTS = (
    Buy("tomato-paste", "Tomato paste, 30 brix", "kg", 1.72, 120, 4, 2, (
        Source(POMARO, 3, share=0.85, breaks=((24000, 0.97), (48000, 0.95))), Source(NOIRET, 5, 0.99, 0.15)), 1000,
        planner="ingredient buyer", family="ingredients", shelf_life=78, weight=1),
    dry("tomato-diced", "Tomatoes, diced, aseptic", 1.08, Source(POMARO, 3, breaks=((24000, 0.96),)), 1000, 2, 1.2),
    fresh("onion-raw", "Onions, peeled", 1.32, Source(BELLERIVE, 1, breaks=((8000, 0.97),)), 400, 2),
    fresh("cucumber", "Cucumbers", 2.1, Source(BELLERIVE, 1), 250, 1.5),
    dry("garlic-puree", "Garlic puree", 4.25, Source(NOIRET, 4, breaks=((2000, 0.96),)), 200, 4, 2, 39),
    dry("basil-frozen", "Basil, frozen", 7.4, Source(GELAGO, 3, breaks=((2500, 0.96),)), 100, 3, 1.5, 52),
    dry("spinach-frozen", "Spinach, frozen", 2.3, Source(GELAGO, 2, breaks=((4000, 0.96),)), 400, 2.5, 1, 78),
    dry("cranberry-frozen", "Cranberries, frozen", 3.15, Source(GELAGO, 2), 500, 3, 2, 78),
    dry("canola-oil", "Canola oil", 1.78, Source(HUILCO, 1, breaks=((20000, 0.97),)), 920, 1.5, 0.8, 39, "l"),
    dry("olive-oil", "Olive oil, extra virgin", 9.6, Source(NOIRET, 6, breaks=((4000, 0.97), (8000, 0.95))), 200, 3, 2, 78,
        "l", Source(HUILCO, 3, 1.06, 0.2)),
    dry("vinegar", "Vinegar, 10 %", 0.74, Source(SUCRAM, 1), 1000, 2, 1, 104, "l"),
    dry("sugar", "Sugar, white", 0.98, Source(SUCRAM, 1, breaks=((10000, 0.95),)), 1000, 2, 1, 104),
    dry("salt", "Salt, fine", 0.29, Source(SUCRAM, 1), 1000, 4, 1, None),
    dry("starch-corn", "Corn starch, modified", 1.92, Source(SUCRAM, 2, breaks=((4000, 0.95),)), 500, 3, 1.2, 104),
    dry("starch-tapioca", "Tapioca starch", 2.35, Source(SUCRAM, 3), 250, 3, 1.5, 104),
    dry("flour", "Wheat flour", 0.84, Source(SUCRAM, 1), 500, 3, 1, 26),
    dry("molasses", "Molasses", 1.42, Source(SUCRAM, 2), 300, 3, 1, 52),
    fresh("cream-35", "Cream, 35 %", 5.15, Source(LAITON, 0.4, breaks=((10000, 0.98),)), 1000, 2.5, "l"),
    fresh("yogurt-plain", "Yogurt, plain, strained", 2.45, Source(LAITON, 0.5), 500, 4),
    fresh("cream-cheese", "Cream cheese", 5.6, Source(LAITON, 0.7, breaks=((3000, 0.97),)), 250, 8, "kg", 1.6, 0.9),
    Buy("parmesan", "Parmesan, grated", "kg", 14.4, 75, 2, 1, (Source(LAITON, 2, breaks=((1500, 0.97), (3000, 0.955))),), 50,
        "periods", 2, planner="fresh buyer", family="ingredients", shelf_life=39, weight=1),
    dry("butter", "Butter", 8.5, Source(LAITON, 1), 100, 1.5, 0.8, 12),
    dry("egg-yolk", "Egg yolk, pasteurized", 6.2, Source(LAITON, 1, breaks=((2000, 0.97),)), 100, 1.2, 0.7, 6),
    dry("mustard-dijon", "Dijon mustard", 2.35, Source(NOIRET, 3), 200, 3, 1.5, 52),
    dry("maple-syrup", "Maple syrup, dark", 11.8, Source(ERABLOR, 2, breaks=((2000, 0.98), (4000, 0.96))), 300, 3, 1.5, 104),
    dry("lemon-juice", "Lemon juice", 3.3, Source(NOIRET, 4), 200, 3, 1.5, 39, "l"),
    dry("chickpeas", "Chickpeas, dried", 1.62, Source(NOIRET, 3, breaks=((10000, 0.96),)), 1000, 2.5, 1.2, 104),
    dry("tahini", "Tahini", 7.9, Source(NOIRET, 6, breaks=((4000, 0.97),)), 200, 3, 2, 52),
    dry("cashew", "Cashew pieces", 10.6, Source(NOIRET, 6), 100, 3, 2, 39),
    dry("peas-yellow", "Yellow peas, dried", 1.08, Source(SUCRAM, 2), 1000, 3, 1, 104),
    dry("beef-stock", "Beef stock concentrate", 4.1, Source(EPIVERT, 3), 200, 3, 1.5, 39),
    spice("spice-italian", "Italian herbs", 8.8, 22), spice("spice-bbq", "Barbecue seasoning", 6.4, 60),
    spice("chili-flakes", "Chili flakes", 8.4), spice("pepper-black", "Black pepper", 11.9),
)

PACKAGING = (
    pack("jar-650", "Jar, 650 ml", 0.41, VERRAL, 3, 1800, 0.3), pack("jar-375", "Jar, 375 ml", 0.31, VERRAL, 3, 2600, 0.21),
    pack("bottle-355", "Bottle, 355 ml", 0.27, VERRAL, 3, 2400, 0.03), pack("tub-227", "Tub with lid, 227 g", 0.17, CARTIGO, 2, 4000, 0.015),
    pack("cap-63", "Twist cap, 63 mm", 0.062, VERRAL, 3, 10000, 0.01), pack("cap-flip", "Flip cap", 0.048, VERRAL, 3, 10000, 0.006),
    pack("seal-foil", "Foil seal", 0.021, ETIKA, 2, 20000, 0.001, 4, False),
    pack("label-wrap", "Label", 0.026, ETIKA, 2, 20000, 0.001, 3), pack("carton-12", "Carton for twelve", 0.79, CARTIGO, 1, 600, 0.4, 1.5),
    pack("tray-8", "Tray for eight tubs", 0.36, CARTIGO, 1, 800, 0.15, 1.5),
    pack("box-gift", "Gift box with insert", 2.9, CARTIGO, 4, 200, 0.5, 4, False),
)

TRADED = (
    traded("maple-cans", "Maple syrup, 24 cans", 98.0, 55, 0.22, ERABLOR, 5, 104),
    traded("crackers", "Sea salt crackers, 12 boxes", 21.5, 120, 0.35, NOIRET, 10, 39),
    traded("croutons", "Croutons, 12 bags", 13.2, 160, 0.4, NOIRET, 10, 30),
)

PHANTOMS = (
    Phantom("kit-jar-650", "Twelve jars of 650 ml, capped, labeled, in a carton", {"jar-650": 12, "cap-63": 12, "label-wrap": 12,
            "carton-12": 1}),
    Phantom("kit-jar-375", "Twelve jars of 375 ml, capped, labeled, in a carton", {"jar-375": 12, "cap-63": 12, "label-wrap": 12,
            "carton-12": 1}),
    Phantom("kit-bottle", "Twelve bottles, sealed, capped, labeled, in a carton", {"bottle-355": 12, "seal-foil": 12,
            "cap-flip": 12, "label-wrap": 12, "carton-12": 1}),
    Phantom("kit-tub", "Eight tubs, sealed, labeled, on a tray", {"tub-227": 8, "seal-foil": 8, "label-wrap": 8, "tray-8": 1}),
)


def kettle(item: str, name: str, bill: dict[str, float], work: float, batch: float, yield_share: float = 0.97,
           setup: float = 90, shelf_life: float = 1, scrap: dict[str, float] | None = None, rule: str = "multiple",
           **more: dict[str, dict[str, float]] | tuple[Change, ...]) -> Make:
    """A kettle of it at a time, filled the same day or the next."""
    return Make(item, name, bill, work, setup, 1, "kg", rule, batch, cover=0.2, safety=0.1, scrap=scrap or {},
                yield_share=yield_share, family="kettles", planner="kitchen planner", shelf_life=shelf_life,
                weight=1, **more)  # type: ignore[arg-type]


BASES = (
    kettle("onion-cooked", "Onions, cooked down in oil", {"onion-raw": 1.05, "canola-oil": 0.04, "salt": 0.006}, 0.32, 400, 0.74, 60, 1,
           {"onion-raw": 0.06}),
    kettle("base-tomato", "Tomato base", {"tomato-paste": 0.3, "tomato-diced": 0.42, "onion-cooked": 0.12, "garlic-puree": 0.012,
           "sugar": 0.02, "salt": 0.009, "canola-oil": 0.025}, 0.14, 1500, 0.965, 95),
    kettle("base-mayo", "Mayonnaise base", {"canola-oil": 0.74, "egg-yolk": 0.085, "vinegar": 0.06, "mustard-dijon": 0.02,
           "salt": 0.011, "sugar": 0.015}, 0.21, 500, 0.98, 110, 2),
    kettle("roux", "Roux", {"butter": 0.42, "flour": 0.5, "canola-oil": 0.1}, 0.34, 250, 0.95, 60, 2, rule="fixed"),
    kettle("chickpea-puree", "Chickpeas, cooked and milled", {"chickpeas": 0.46, "salt": 0.004}, 0.26, 600, 0.98, 80, 1),
)

KETTLES = (
    kettle("k-tomato-basil", "Tomato basil sauce", {"base-tomato": 0.92, "basil-frozen": 0.03, "olive-oil": 0.02,
           "spice-italian": 0.004, "starch-corn": 0.008}, 0.13, 1500, 0.975,
           others={"without starch": {"base-tomato": 0.96, "basil-frozen": 0.03, "olive-oil": 0.02, "spice-italian": 0.004}}),
    kettle("k-arrabbiata", "Arrabbiata sauce", {"base-tomato": 0.95, "olive-oil": 0.02, "chili-flakes": 0.006,
           "spice-italian": 0.003}, 0.13, 1500, 0.975),
    kettle("k-alfredo", "Alfredo sauce", {"cream-35": 0.52, "parmesan": 0.11, "roux": 0.06, "starch-corn": 0.014, "garlic-puree": 0.01,
           "salt": 0.006, "pepper-black": 0.002}, 0.22, 750, 0.96, 130, changes=(Change("starch-corn", "starch-tapioca", "2026-03-02"),)),
    kettle("k-pesto", "Pesto", {"olive-oil": 0.22, "canola-oil": 0.2, "basil-frozen": 0.34, "parmesan": 0.12, "cashew": 0.08,
           "garlic-puree": 0.02, "salt": 0.008}, 0.34, 500, 0.965, 140, 2),
    kettle("k-bbq", "Barbecue sauce", {"base-tomato": 0.38, "sugar": 0.2, "vinegar": 0.22, "molasses": 0.12, "spice-bbq": 0.022,
           "starch-corn": 0.015, "salt": 0.01}, 0.14, 1500, 0.975, 100),
    kettle("k-gravy", "Poutine gravy", {"roux": 0.14, "beef-stock": 0.09, "onion-cooked": 0.03, "starch-corn": 0.02, "salt": 0.006,
           "pepper-black": 0.001}, 0.15, 1000, 0.97, 110),
    kettle("k-caesar", "Caesar dressing", {"base-mayo": 0.78, "parmesan": 0.05, "mustard-dijon": 0.03, "lemon-juice": 0.06,
           "garlic-puree": 0.02}, 0.18, 500, 0.97, 120, 2),
    kettle("k-ranch", "Ranch dressing", {"base-mayo": 0.66, "yogurt-plain": 0.24, "vinegar": 0.04, "spice-italian": 0.003,
           "garlic-puree": 0.01}, 0.18, 500, 0.97, 120, 2),
    kettle("k-maple", "Maple dressing", {"canola-oil": 0.4, "maple-syrup": 0.2, "vinegar": 0.26, "mustard-dijon": 0.1,
           "salt": 0.008}, 0.17, 500, 0.98, 90, 2),
    kettle("k-hummus", "Hummus", {"chickpea-puree": 0.7, "tahini": 0.14, "lemon-juice": 0.06, "canola-oil": 0.08, "garlic-puree": 0.012,
           "salt": 0.008}, 0.2, 600, 0.97, 100),
    kettle("k-spinach", "Spinach dip", {"spinach-frozen": 0.26, "cream-cheese": 0.26, "base-mayo": 0.28, "yogurt-plain": 0.18,
           "onion-cooked": 0.04, "salt": 0.006}, 0.22, 500, 0.965, 110),
    kettle("k-tzatziki", "Tzatziki", {"yogurt-plain": 0.7, "cucumber": 0.26, "garlic-puree": 0.014, "lemon-juice": 0.02,
           "salt": 0.007}, 0.2, 500, 0.955, 100, scrap={"cucumber": 0.08}),
    kettle("k-soup-tomato", "Tomato soup", {"base-tomato": 0.6, "cream-35": 0.06, "sugar": 0.01, "starch-corn": 0.01, "salt": 0.004},
           0.12, 1500, 0.975),
    kettle("k-soup-pea", "Yellow pea soup", {"peas-yellow": 0.17, "onion-cooked": 0.06, "canola-oil": 0.01, "beef-stock": 0.02,
           "salt": 0.008, "pepper-black": 0.001}, 0.13, 1500, 0.97),
    kettle("k-cranberry", "Cranberry sauce", {"cranberry-frozen": 0.5, "sugar": 0.36, "starch-tapioca": 0.012, "lemon-juice": 0.01}, 0.16,
           750, 0.97),
)


def case(item: str, name: str, sauce: str, kilos: float, kit: str, work: float, family: str, margin: float, sale: Sale,
         shelf_life: float, rule: str = "lot_for_lot", lot: float | None = None, setup: float = 55) -> Make:
    """A case as the chains order it; the filler spills and rejects a little."""
    return Make(item, name, {sauce: kilos, kit: 1}, work, setup, 1, "case", rule, lot, 0.6, 0.5, {sauce: 0.015}, family=family,
                planner="filling planner", margin=margin, sale=sale, shelf_life=shelf_life)


SOLD = (
    case("tomato-basil-12", "Tomato basil sauce, 12 x 650 ml", "k-tomato-basil", 8.1, "kit-jar-650", 1.9, "pasta", 0.34,
         Sale(2900, 0.1), 104, "minimum", 800),
    case("arrabbiata-12", "Arrabbiata sauce, 12 x 650 ml", "k-arrabbiata", 8.1, "kit-jar-650", 1.9, "pasta", 0.34,
         Sale(1350, 0.11), 104, "minimum", 500),
    case("alfredo-12", "Alfredo sauce, 12 x 375 ml", "k-alfredo", 4.7, "kit-jar-375", 1.9, "pasta", 0.3, Sale(1200, 0.12), 39,
         "minimum", 400, 80),
    case("pesto-12", "Pesto, 12 x 375 ml", "k-pesto", 4.4, "kit-jar-375", 2.1, "pasta", 0.28, Sale(430, 0.14), 39, setup=85),
    case("bbq-12", "Barbecue sauce, 12 x 355 ml", "k-bbq", 4.9, "kit-bottle", 1.7, "grill", 0.55, Sale(1750, 0.13), 78,
         "fixed", 2500),
    case("gravy-12", "Poutine gravy, 12 x 375 ml", "k-gravy", 4.6, "kit-jar-375", 1.8, "soups", 0.5, Sale(1350, 0.12), 78,
         "periods", 2),
    case("caesar-12", "Caesar dressing, 12 x 355 ml", "k-caesar", 4.4, "kit-bottle", 1.7, "dressings", 0.42, Sale(1300, 0.11), 26,
         "minimum", 400, 75),
    case("ranch-12", "Ranch dressing, 12 x 355 ml", "k-ranch", 4.4, "kit-bottle", 1.7, "dressings", 0.45, Sale(980, 0.11), 26,
         "minimum", 400, 75),
    case("maple-dressing-12", "Maple dressing, 12 x 355 ml", "k-maple", 4.5, "kit-bottle", 1.7, "dressings", 0.45, Sale(620, 0.12),
         39, setup=70),
    case("hummus-8", "Hummus, 8 x 227 g", "k-hummus", 1.86, "kit-tub", 1.15, "dips", 0.6, Sale(3100, 0.1), 7),
    case("spinach-dip-8", "Spinach dip, 8 x 227 g", "k-spinach", 1.86, "kit-tub", 1.15, "dips", 0.5, Sale(1250, 0.14), 7, setup=70),
    case("tzatziki-8", "Tzatziki, 8 x 227 g", "k-tzatziki", 1.86, "kit-tub", 1.15, "dips", 0.55, Sale(1600, 0.13), 6),
    case("soup-tomato-12", "Tomato soup, 12 x 650 ml", "k-soup-tomato", 8.0, "kit-jar-650", 1.9, "soups", 0.38, Sale(1250, 0.12), 78,
         "periods", 2),
    case("soup-pea-12", "Yellow pea soup, 12 x 650 ml", "k-soup-pea", 8.0, "kit-jar-650", 1.9, "soups", 0.42, Sale(1150, 0.12), 104,
         "periods", 2),
    case("cranberry-12", "Cranberry sauce, 12 x 375 ml", "k-cranberry", 4.8, "kit-jar-375", 1.8, "holiday", 0.6, Sale(520, 0.15),
         104, "multiple", 250),
    Make("gift-box", "Gift box, four jars of the house", {"k-tomato-basil": 0.62, "k-pesto": 0.36, "k-cranberry": 0.4, "maple-syrup": 0.33,
         "jar-650": 1, "jar-375": 3, "cap-63": 4, "label-wrap": 4, "box-gift": 1}, 3.2, 120, 1, "pcs", "multiple", 100, 0.3, 0.3,
         family="holiday", planner="filling planner", margin=0.75, sale=Sale(420, 0.2, short=0.02), shelf_life=39),
    Make("bbq-pail", "Barbecue sauce, pails for kitchens, 10 kg", {"k-bbq": 10, "seal-foil": 1, "label-wrap": 1}, 3.4, 60, 1, "pcs",
         "multiple", 50, 0.6, 0.5, {"k-bbq": 0.01}, family="grill", planner="filling planner", margin=0.4, sale=Sale(340, 0.16),
         shelf_life=39),
)

BASE = Industry(
    key="food",
    seed=20260108,
    about={
        "name": "Valcedre Foods", "industry": "food", "jurisdiction": "CA-QC", "currency": "CAD", "units": "metric",
        "first_day": "2026-01-05", "hours_per_shift": 8, "shifts_per_day": 2, "days_per_week": 5, "holding_rate": 0.26,
    },
    items=(*SOLD, *KETTLES, *BASES, *PHANTOMS, *INGREDIENTS, *PACKAGING, *TRADED),
    suppliers=(
        Supplier(POMARO, -0.2, 0.3, 250, 420, 0.05),
        Supplier(BELLERIVE, -0.05, 0.08, 1500, 95, 0.05),
        Supplier(LAITON, -0.05, 0.05, 150, 80, 0.03),
        Supplier(HUILCO, -0.1, 0.1, 60, 240, 0.06),
        Supplier(SUCRAM, -0.1, 0.12, 80, 190, 0.03),
        Supplier(EPIVERT, -0.25, 0.3, 300, 45, 0.03),
        Supplier(NOIRET, -0.65, 0.7, 700, 160, 0.04),
        Supplier(ERABLOR, -0.15, 0.2, 100, 130, 0.02),
        Supplier(GELAGO, -0.15, 0.2, 500, 210, 0.03),
        Supplier(VERRAL, -0.2, 0.3, 1200, 320, 0.02),
        Supplier(CARTIGO, -0.1, 0.15, 400, 110, 0.03),
        Supplier(ETIKA, -0.15, 0.15, 300, 35, 0.02),
    ),
    promotions=(
        *(Promotion("pasta", first, 2, lift) for first, lift in ((5, 1.7), (18, 1.5), (35, 1.8), (57, 1.7), (70, 1.5), (87, 1.8))),
        *(Promotion("grill", first, 3, 1.8) for first in (19, 71)), *(Promotion("grill", first, 1, 2.2) for first in (25, 77)),
        *(Promotion("soups", first, 2, 1.7) for first in (2, 40, 54, 92)), *(Promotion("dressings", first, 2, 1.6) for first in (22, 74)),
        *(Promotion("dips", first, 1, 1.9) for first in (4, 24, 50, 56, 76, 102)), *(Promotion("holiday", first, 2, 1.3) for first in (48, 100)),
    ),
    seasons={"pasta": (0.08, 44), "grill": (0.6, 26), "soups": (0.45, 2), "dressings": (0.25, 27), "dips": (0.12, 27),
             "holiday": (0.93, 49), "traded": (0.15, 50)},
    trends={"pasta": 0.02, "grill": 0.03, "soups": -0.02, "dressings": 0.04, "dips": 0.1, "holiday": 0.05, "traded": 0.02},
)
