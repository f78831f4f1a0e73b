"""Halden Metal: tool cabinets, lockers, enclosures, shelving, brackets and hinges, cut, bent, welded and coated.

Orders of magnitude (from memory, unchecked): mild steel 0.8 to 1.1 a kg; a 1.25 x 2.5 m sheet of 1 mm weighs 24.5 kg;
powder 5 to 6 a kg at about 0.15 kg a square meter; a tool cabinet 250 to 600; an order 30 to 150 to place and receive;
holding 20 to 25 % of unit cost a year; a bolt 0.05. Coils of 2 mm are slit, 100 kg each.

What there is to find: the buyer orders coil-2mm in far too small quantities and keeps far too much safety stock;
Tavis Hardware is late and sends bad lots; the coating line runs at four fifths of its pace and is the bottleneck; pipe racks
are sold for less than they cost; the hole pitch of brackets drifts; bending hurts more people than any other job. Last
month's dirt in the coat is chance.
"""

from __future__ import annotations

from dataclasses import replace

from industry import Buy, Industry, Make, Phantom, Promotion, Sale, Source, Supplier

NORRVIK, ALDANE, CORVANE = "Norrvik Steel", "Aldane Metals", "Corvane Tube"
PELMAR, BRIGHTWELL, TAVIS = "Pelmar Fasteners", "Brightwell Fixings", "Tavis Hardware"
OSTREL, LUNDEN, KESMAR = "Ostrel Casters", "Lunden Slides", "Kesmar Coatings"
VIMORA, HARTWOOD, PAKLINE = "Vimora Seals", "Hartwood Tops", "Pakline Cartons"

# Data, a row an item: kept as they are by hand.
# fmt: off


def fastener(item: str, name: str, cost: float, cover: float, pack: float) -> Buy:
    """A small part, bought by the box from either of two suppliers."""
    return Buy(item, name, "pcs", cost, 35, cover, 2, (
        Source(PELMAR, 2, share=0.8, breaks=((10 * pack, 0.92), (40 * pack, 0.86)), incremental=True, min_order=pack),
        Source(BRIGHTWELL, 1, 1.12, 0.2),
    ), pack, "minimum", pack)


RAW = (
    Buy("coil-1mm", "Steel coil 1 mm, 500 kg", "coil", 468.0, 120, 2, 1.0,
        (Source(NORRVIK, 3, share=0.75, breaks=((20, 0.985), (40, 0.97))), Source(ALDANE, 2, 1.03, 0.25)),
        planner="steel buyer", family="steel"),
    Buy("coil-15mm", "Steel coil 1.5 mm, 500 kg", "coil", 461.0, 120, 3, 1.0,
        (Source(NORRVIK, 3, share=0.8, breaks=((20, 0.985),)), Source(ALDANE, 2, 1.03, 0.2)),
        planner="steel buyer", family="steel"),
    Buy("coil-2mm", "Steel coil 2 mm, slit, 100 kg", "coil", 86.4, 80, 1.68, 2.0,
        (Source(NORRVIK, 3, share=0.9, breaks=((250, 0.97),)), Source(ALDANE, 2, 1.03, 0.1)),
        rule="fixed", lot=65, planner="steel buyer", family="steel"),
    Buy("sheet-3mm", "Steel sheet 3 mm, 1.25 x 2.5 m", "sheet", 71.5, 90, 4, 1.5,
        (Source(ALDANE, 2, breaks=((50, 0.98),)),), planner="steel buyer", family="steel"),
    Buy("tube-30", "Square tube 30 x 30 x 2", "m", 3.4, 65, 4, 1.5,
        (Source(CORVANE, 4, breaks=((600, 0.96), (1200, 0.93))),), 6, planner="steel buyer", family="steel"),
    Buy("angle-40", "Angle bar 40 x 40 x 4", "m", 4.1, 65, 4, 1.5, (Source(CORVANE, 4),), 6,
        planner="steel buyer", family="steel"),
    Buy("bar-8", "Round bar 8 mm", "m", 1.15, 65, 6, 2, (Source(CORVANE, 4, breaks=((1000, 0.95),)),), 6,
        planner="steel buyer", family="steel"),
    Buy("powder-gray", "Powder coat, light gray", "kg", 5.2, 60, 3, 1.5,
        (Source(KESMAR, 2, breaks=((500, 0.95), (1000, 0.92))),), 25, shelf_life=52, family="coating"),
    Buy("powder-blue", "Powder coat, blue", "kg", 5.9, 60, 4, 1.5, (Source(KESMAR, 2, breaks=((500, 0.95),)),), 25,
        shelf_life=52, family="coating"),
    Buy("weld-wire", "Welding wire 0.8 mm", "kg", 2.45, 45, 8, 2, (Source(CORVANE, 2),), 15, family="coating"),
)

PARTS = (
    fastener("bolt-m6", "Bolt M6 x 16", 0.05, 10, 1000),
    fastener("bolt-m8", "Bolt M8 x 25", 0.09, 8, 500),
    fastener("nut-m6", "Nut M6", 0.02, 12, 1000),
    fastener("nut-m8", "Nut M8", 0.04, 10, 1000),
    fastener("washer-m8", "Washer M8", 0.015, 16, 2000),
    fastener("washer-m6", "Washer M6", 0.01, 16, 2000),
    fastener("rivet-4", "Blind rivet 4 x 8", 0.03, 8, 1000),
    fastener("screw-4", "Sheet-metal screw 4.2 x 13", 0.025, 10, 1000),
    Buy("lock-cam", "Cam lock with two keys", "pcs", 3.8, 75, 5, 3,
        (Source(TAVIS, 4, breaks=((1000, 0.96),), min_order=100),), 50, margin=1.6, sale=Sale(18, 0.5, 0.85)),
    Buy("handle-bar", "Bar handle 128 mm", "pcs", 2.6, 75, 6, 3, (Source(TAVIS, 4, min_order=100),), 50,
        margin=1.5, sale=Sale(12, 0.6, 0.45)),
    Buy("handle-recess", "Recessed handle", "pcs", 1.9, 75, 8, 3, (Source(TAVIS, 4),), 50),
    Buy("catch-mag", "Magnetic catch", "pcs", 0.55, 50, 8, 3, (Source(TAVIS, 3),), 100),
    Buy("foot-level", "Leveling foot M8", "pcs", 0.85, 50, 6, 2,
        (Source(OSTREL, 3, breaks=((2000, 0.94), (4000, 0.9))),), 100, margin=1.4, sale=Sale(60, 0.5, 0.6)),
    Buy("caster-swivel", "Swivel caster 100 mm with brake", "pcs", 7.4, 70, 6, 2, (Source(OSTREL, 5, min_order=48),),
        24, margin=0.9, sale=Sale(14, 0.6, 0.65)),
    Buy("caster-fixed", "Fixed caster 100 mm", "pcs", 5.9, 70, 8, 2, (Source(OSTREL, 5, min_order=48),), 24),
    Buy("slide-450", "Drawer slide 450 mm, pair", "pair", 6.8, 95, 3, 2,
        (Source(LUNDEN, 6, breaks=((500, 0.97), (1000, 0.94)), min_order=100),), 20, margin=0.9,
        sale=Sale(8, 0.6, 0.5)),
    Buy("gasket-8", "Foam gasket 8 mm", "m", 0.62, 45, 6, 2, (Source(VIMORA, 3),), 100, margin=1.2,
        sale=Sale(120, 0.5, 0.7), shelf_life=104),
    Buy("gland-20", "Cable gland M20", "pcs", 0.95, 45, 6, 2, (Source(VIMORA, 3, breaks=((2000, 0.93),)),), 100,
        margin=1.1, sale=Sale(90, 0.4, 0.9)),
    Buy("worktop-15", "Beech worktop 1.5 m", "pcs", 48.0, 110, 5, 1.5, (Source(HARTWOOD, 8, min_order=20),), 10),
    Buy("worktop-20", "Beech worktop 2.0 m", "pcs", 66.0, 110, 6, 1.5, (Source(HARTWOOD, 8, min_order=20),), 10),
    Buy("cap-30", "End cap for square tube 30", "pcs", 0.12, 45, 10, 2, (Source(VIMORA, 3),), 200),
    Buy("plug-hole", "Hole plug 12 mm", "pcs", 0.04, 45, 10, 2, (Source(VIMORA, 3),), 500),
    Buy("pad-felt", "Felt pad", "pcs", 0.03, 30, 10, 2, (Source(PAKLINE, 1),), 500),
    Buy("cleaner", "Degreaser", "l", 1.9, 60, 8, 2, (Source(KESMAR, 2),), 20, shelf_life=104, family="coating"),
    Buy("tape-50", "Packing tape 50 mm", "roll", 1.6, 25, 8, 2, (Source(PAKLINE, 1),), 36, family="packing"),
    Buy("film-wrap", "Stretch film", "m", 0.015, 30, 8, 2, (Source(PAKLINE, 1),), 1500, family="packing"),
    Buy("label-set", "Label set", "pcs", 0.18, 30, 10, 2, (Source(PAKLINE, 1),), 500, family="packing"),
    Buy("carton-s", "Carton, small", "pcs", 0.7, 40, 4, 1.5, (Source(PAKLINE, 1, breaks=((2000, 0.94),)),), 100,
        family="packing"),
    Buy("carton-l", "Carton, large", "pcs", 4.6, 40, 3, 1.5, (Source(PAKLINE, 1, breaks=((500, 0.95),)),), 25,
        family="packing"),
)

PHANTOMS = (
    Phantom("kit-lock", "Lock and handle, with screws", {"lock-cam": 1, "handle-bar": 1, "screw-4": 4}),
    Phantom("kit-feet", "Four feet, bolted", {"foot-level": 4, "bolt-m8": 4, "nut-m8": 4, "washer-m8": 8}),
    Phantom("kit-pack", "Large carton, labels", {"carton-l": 1, "label-set": 1, "tape-50": 0.06, "film-wrap": 6}),
)

MADE = (
    Make("sheet-1mm", "Sheet 1 mm cut from coil", {"coil-1mm": 0.049}, 0.9, 55, unit="sheet", lot=3, rule="periods",
         scrap={"coil-1mm": 0.015}),
    Make("sheet-15mm", "Sheet 1.5 mm cut from coil", {"coil-15mm": 0.0736}, 1.1, 55, unit="sheet", lot=3,
         rule="periods", scrap={"coil-15mm": 0.015}),
    Make("skin-tall", "Door skin, tall", {"sheet-1mm": 0.45}, 3.2, 48, scrap={"sheet-1mm": 0.06}, rule="periods",
         lot=2, yield_share=0.985),
    Make("skin-wide", "Door skin, wide", {"sheet-1mm": 0.4}, 3.1, 48, scrap={"sheet-1mm": 0.06}, yield_share=0.985),
    Make("skin-base", "Door skin, low", {"sheet-1mm": 0.24}, 2.6, 48, scrap={"sheet-1mm": 0.06}, rule="periods", lot=2),
    Make("skin-locker", "Locker door skin", {"sheet-1mm": 0.22}, 2.5, 48, scrap={"sheet-1mm": 0.06}),
    Make("shelf-board", "Shelf board", {"sheet-1mm": 0.3}, 2.9, 52, scrap={"sheet-1mm": 0.05}, rule="fixed", lot=600),
    Make("leaf-60", "Hinge leaf 60 mm", {"coil-2mm": 0.0011}, 0.06, 70, rule="fixed", lot=6000,
         scrap={"coil-2mm": 0.04}, cover=2),
    Make("leaf-90", "Hinge leaf 90 mm", {"coil-2mm": 0.0022}, 0.08, 70, rule="fixed", lot=3000,
         scrap={"coil-2mm": 0.04}, cover=2),
    Make("post-2m", "Shelf post 2 m", {"coil-2mm": 0.0225}, 1.6, 60, rule="minimum", lot=300, scrap={"coil-2mm": 0.02}),
    Make("door-tall", "Door, tall, coated", {"skin-tall": 1, "hinge-60": 3, "powder-gray": 0.35, "rivet-4": 12}, 6.5, 45),
    Make("door-wide", "Door, wide, coated", {"skin-wide": 1, "hinge-60": 3, "powder-gray": 0.33, "rivet-4": 12}, 6.5, 45),
    Make("door-base", "Door, low, coated", {"skin-base": 1, "hinge-60": 2, "powder-blue": 0.2, "rivet-4": 8}, 5.2, 45),
    Make("door-locker", "Locker door, coated", {"skin-locker": 1, "hinge-60": 2, "powder-blue": 0.18, "rivet-4": 8,
         "handle-recess": 1}, 4.8, 45),
    Make("body-tall", "Body, tall, coated", {"sheet-1mm": 2.1, "powder-gray": 1.1, "weld-wire": 0.12, "cleaner": 0.05, "rivet-4": 24},
         31.0, 75, scrap={"sheet-1mm": 0.05}, yield_share=0.99),
    Make("body-wide", "Body, wide, coated", {"sheet-1mm": 2.5, "powder-gray": 1.3, "weld-wire": 0.14, "cleaner": 0.06, "rivet-4": 28},
         34.0, 75, scrap={"sheet-1mm": 0.05}, yield_share=0.99),
    Make("body-base", "Body, low, coated", {"sheet-15mm": 1.2, "powder-blue": 0.6, "weld-wire": 0.1, "cleaner": 0.04, "rivet-4": 16},
         24.0, 75, scrap={"sheet-15mm": 0.05}),
    Make("body-locker", "Locker body, coated", {"sheet-1mm": 1.2, "powder-gray": 0.7, "weld-wire": 0.08, "cleaner": 0.04,
         "rivet-4": 20}, 18.0, 75, scrap={"sheet-1mm": 0.05}),
    Make("frame-bench", "Bench frame, welded", {"tube-30": 9.5, "angle-40": 2.4, "weld-wire": 0.25, "powder-blue": 0.6,
         "bracket-l80": 6, "cap-30": 8}, 29.0, 85, lead=2),
    Make("drawer-unit", "Drawer with slides", {"sheet-1mm": 0.42, "slide-450": 1, "powder-blue": 0.22,
         "handle-recess": 1, "rivet-4": 8, "pad-felt": 4}, 7.4, 50, scrap={"sheet-1mm": 0.04}, family="spares", margin=0.55,
         sale=Sale(12, 0.4, 0.8)),
)

SOLD = (
    Make("cabinet-tall", "Tool cabinet, tall", {"body-tall": 1, "door-tall": 2, "shelf-board": 4, "kit-lock": 1,
         "kit-feet": 1, "kit-pack": 1, "catch-mag": 2, "bolt-m6": 16, "washer-m6": 16}, 38.0, 60, family="cabinets", margin=0.5,
         sale=Sale(22)),
    Make("cabinet-wide", "Tool cabinet, wide, with drawers", {"body-wide": 1, "door-wide": 2, "drawer-unit": 6,
         "shelf-board": 2, "kit-lock": 1, "kit-feet": 1, "kit-pack": 1, "bolt-m6": 24, "washer-m6": 24, "plug-hole": 4}, 52.0, 60, family="cabinets",
         margin=0.42, sale=Sale(14)),
    Make("cabinet-base", "Tool cabinet, low", {"body-base": 1, "door-base": 2, "drawer-unit": 3, "kit-lock": 1,
         "kit-feet": 1, "kit-pack": 1, "bolt-m6": 16, "washer-m6": 16}, 34.0, 60, family="cabinets", margin=0.48, sale=Sale(26)),
    Make("cabinet-wall", "Wall cabinet", {"sheet-1mm": 0.9, "door-base": 1, "kit-lock": 1, "carton-s": 1,
         "label-set": 1, "bolt-m6": 8, "powder-blue": 0.4}, 17.0, 60, family="cabinets", margin=0.55, sale=Sale(30)),
    Make("locker-1", "Locker, one door", {"body-locker": 1, "door-locker": 1, "lock-cam": 1, "shelf-board": 1,
         "kit-pack": 1, "kit-feet": 1}, 14.0, 55, family="lockers", margin=0.46, sale=Sale(40, 0.2)),
    Make("locker-2", "Locker, two doors", {"body-locker": 2, "door-locker": 2, "lock-cam": 2, "shelf-board": 2,
         "kit-pack": 1, "kit-feet": 1, "bolt-m6": 8}, 22.0, 55, family="lockers", margin=0.44, sale=Sale(24, 0.2)),
    Make("bench-15", "Workbench 1.5 m", {"frame-bench": 1, "worktop-15": 1, "kit-feet": 1, "bolt-m8": 12,
         "drawer-unit": 1, "carton-s": 1}, 24.0, 50, family="benches", margin=0.4, sale=Sale(12, 0.2)),
    Make("bench-20", "Workbench 2.0 m", {"frame-bench": 1, "worktop-20": 1, "kit-feet": 1, "bolt-m8": 16,
         "drawer-unit": 2, "tube-30": 2.2, "carton-s": 1}, 28.0, 50, family="benches", margin=0.4, sale=Sale(8, 0.2)),
    Make("cart-tool", "Tool cart", {"sheet-15mm": 1.1, "drawer-unit": 3, "caster-swivel": 2, "caster-fixed": 2,
         "handle-bar": 1, "lock-cam": 1, "bolt-m8": 16, "nut-m8": 16, "powder-blue": 0.5, "carton-l": 1}, 36.02, 60,
         family="benches", margin=0.45, sale=Sale(16, 0.2)),
    Make("shelf-4", "Shelving, 4 boards", {"post-2m": 4, "shelf-board": 4, "bolt-m6": 32, "nut-m6": 32, "washer-m6": 32,
         "bracket-l50": 8, "powder-gray": 0.9, "kit-pack": 1}, 11.0, 45, family="shelving", margin=0.42,
         sale=Sale(60, 0.18)),
    Make("shelf-5", "Shelving, 5 boards", {"post-2m": 4, "shelf-board": 5, "bolt-m6": 40, "nut-m6": 40, "washer-m6": 40,
         "bracket-l50": 8, "powder-gray": 1.0, "kit-pack": 1}, 12.0, 45, family="shelving", margin=0.42,
         sale=Sale(35, 0.18)),
    Make("enclosure-s", "Enclosure, small", {"sheet-15mm": 0.16, "hinge-60": 2, "gasket-8": 1.4, "gland-20": 2, "plug-hole": 2,
         "lock-cam": 1, "powder-gray": 0.12, "carton-s": 1, "label-set": 1}, 9.5, 50, family="enclosures", margin=0.6,
         sale=Sale(90, 0.12)),
    Make("enclosure-m", "Enclosure, medium", {"sheet-15mm": 0.38, "hinge-60": 2, "gasket-8": 2.2, "gland-20": 4, "plug-hole": 2,
         "lock-cam": 1, "powder-gray": 0.28, "carton-s": 1, "label-set": 1}, 14.0, 50, family="enclosures",
         margin=0.58, sale=Sale(55, 0.12)),
    Make("enclosure-l", "Enclosure, large", {"sheet-15mm": 1.3, "sheet-3mm": 0.4, "hinge-90": 3, "gasket-8": 4.6,
         "gland-20": 6, "lock-cam": 2, "powder-gray": 0.8, "carton-l": 1, "label-set": 1}, 31.0, 55,
         family="enclosures", margin=0.55, sale=Sale(20, 0.15)),
    Make("rack-pipe", "Pipe rack", {"angle-40": 14, "sheet-3mm": 0.25, "weld-wire": 0.4, "powder-gray": 0.8,
         "bolt-m8": 8}, 42.0, 65, lead=2, family="shelving", margin=0.38, sale=Sale(10, 0.3)),
    Make("bracket-l50", "Bracket L 50", {"coil-2mm": 0.0032}, 0.34, 85, rule="fixed", lot=6000,
         scrap={"coil-2mm": 0.03}, cover=2, family="brackets", margin=0.65, sale=Sale(2540, 0.34)),
    Make("bracket-l80", "Bracket L 80", {"coil-2mm": 0.0062}, 0.42, 85, rule="fixed", lot=3000,
         scrap={"coil-2mm": 0.03}, cover=2, family="brackets", margin=0.6, sale=Sale(1080, 0.34)),
    Make("bracket-u", "Bracket U, reinforced", {"coil-2mm": 0.009, "rivet-4": 2}, 0.7, 85, rule="multiple", lot=250,
         scrap={"coil-2mm": 0.03}, cover=2, family="brackets", margin=0.6, sale=Sale(410, 0.35)),
    Make("plate-base", "Base plate 120 x 120", {"coil-2mm": 0.0024, "powder-gray": 0.006}, 0.3, 60, rule="minimum",
         lot=1000, scrap={"coil-2mm": 0.02}, cover=2, family="brackets", margin=0.6, sale=Sale(700, 0.2)),
    Make("hinge-60", "Hinge 60 mm", {"leaf-60": 2, "bar-8": 0.065}, 0.22, 55, rule="fixed", lot=3000, cover=2,
         family="hinges", margin=0.7, sale=Sale(900, 0.16)),
    Make("hinge-90", "Hinge 90 mm", {"leaf-90": 2, "bar-8": 0.095}, 0.26, 55, rule="multiple", lot=500, cover=2,
         family="hinges", margin=0.7, sale=Sale(380, 0.18)),
)

WEIGHTS = {  # kg a unit
    "coil-1mm": 500, "coil-15mm": 500, "coil-2mm": 100, "sheet-3mm": 73.6, "tube-30": 1.68, "angle-40": 2.42, "bar-8": 0.395,
    "powder-gray": 1, "powder-blue": 1, "weld-wire": 1, "bolt-m6": 0.006, "bolt-m8": 0.015, "nut-m6": 0.0025,
    "nut-m8": 0.005, "washer-m8": 0.002, "washer-m6": 0.001, "rivet-4": 0.001, "screw-4": 0.0015, "lock-cam": 0.09,
    "handle-bar": 0.12, "handle-recess": 0.07, "catch-mag": 0.03, "foot-level": 0.06, "caster-swivel": 0.9,
    "caster-fixed": 0.7, "slide-450": 1.1, "gasket-8": 0.03, "gland-20": 0.025, "worktop-15": 26, "worktop-20": 34,
    "cap-30": 0.01, "plug-hole": 0.002, "pad-felt": 0.002, "cleaner": 0.9, "tape-50": 0.25, "film-wrap": 0.012,
    "label-set": 0.01, "carton-s": 0.6, "carton-l": 2.8,
}

BASE = Industry(
    key="metal",
    seed=20260105,
    about={
        "name": "Halden Metal", "industry": "metal", "jurisdiction": "US", "currency": "USD", "units": "metric",
        "first_day": "2026-01-05", "hours_per_shift": 8, "shifts_per_day": 2, "days_per_week": 5, "holding_rate": 0.22,
    },
    items=(*SOLD, *MADE, *PHANTOMS, *(replace(part, weight=WEIGHTS[part.item]) for part in (*RAW, *PARTS))),
    suppliers=(
        Supplier(NORRVIK, -0.15, 0.28, 300, 180, 0.04),
        Supplier(ALDANE, -0.1, 0.12, 500, 120, 0.03),
        Supplier(CORVANE, -0.2, 0.3, 400, 140, 0.03),
        Supplier(PELMAR, -0.2, 0.2, 250, 18, 0.01),
        Supplier(BRIGHTWELL, -0.15, 0.1, 600, 12, 0.02),
        Supplier(TAVIS, -0.1, 0.3, 500, 45, 0.05),
        Supplier(OSTREL, -0.25, 0.3, 700, 60, 0.02),
        Supplier(LUNDEN, -0.2, 0.35, 350, 75, 0.02),
        Supplier(KESMAR, -0.15, 0.15, 150, 55, 0.03),
        Supplier(VIMORA, -0.2, 0.2, 450, 30, 0.02),
        Supplier(HARTWOOD, -0.3, 0.5, 1500, 210, 0.03),
        Supplier(PAKLINE, -0.1, 0.08, 200, 25, 0.01),
    ),
    promotions=(
        Promotion("cabinets", 9, 3, 1.5), Promotion("cabinets", 40, 2, 1.4), Promotion("cabinets", 61, 3, 1.5),
        Promotion("cabinets", 92, 2, 1.4), Promotion("lockers", 30, 3, 1.6), Promotion("lockers", 82, 3, 1.6),
        Promotion("shelving", 36, 2, 1.7), Promotion("shelving", 88, 2, 1.7), Promotion("hinges", 70, 2, 1.3),
    ),
    seasons={"cabinets": (0.15, 12), "lockers": (0.4, 32), "shelving": (0.2, 38), "benches": (0.12, 10),
             "brackets": (0.08, 20), "enclosures": (0.05, 44), "hinges": (0.08, 20)},
    trends={"cabinets": 0.04, "lockers": 0.01, "shelving": 0.03, "benches": -0.05, "brackets": 0.02,
            "enclosures": 0.12, "hinges": -0.06, "purchased": 0.03},
)
