"""Brenner Seating: seat sets and rear benches for three vehicle lines, welded, foamed, sewn and assembled at takt.

Three customers call off by the week, seats leave in the order in which their vehicles are built, and most bought parts come
in returnable containers by kanban. The vehicle plants stand still for a fortnight in July and over the turn of the year.

Orders of magnitude (from memory, unchecked): a front seat pair 450 to 900 to the vehicle maker, a bench 250 to 400; a
recliner 8 to 12, a power rail 55 to 70, a side airbag 30 to 45; polyol 2.1 a kg; strip steel 1.0 a kg; automotive cloth
7 to 8 a meter, leather 30 to 35 a square meter; a front seat weighs 15 to 25 kg; margins of suppliers of seats 10 to 20 %
of cost, of service parts 60 to 150 %; call-offs vary by 5 to 8 % from week to week.

What there is to find: Castell Actuators, the only source of the power rails, is late; the second robot cell fails three times as
often as the others; since autumn people at the sewing cells are sick more than twice as often as before; a new tank of polyol made
the front pads harder. That front seat assembly had so many injuries of late is chance.
"""

from __future__ import annotations

from industry import Buy, Change, Industry, Make, Phantom, Promotion, Sale, Source, Supplier

ARDENVALE, MARROWBY, CASTELL = "Ardenvale Strip and Tube", "Marrowby Mechanisms", "Castell Actuators"
SOLVANE, TEXLEY, HIDEMARK = "Solvane Foams", "Texley Fabrics", "Hidemark Leather"
SAFERA, WIRELANE, POLYVANE = "Safera Restraints", "Wirelane Harness", "Polyvane Moldings"
FASTRA, BOLTWELL, LABELOX = "Fastra Fixings", "Boltwell Supply", "Labelox Packing"

# Data, a row an item: kept as they are by hand.
# fmt: off


def small(item: str, name: str, cost: float, cover: float, pack: float, weight: float) -> Buy:
    """A fixing, bought by the box from either of two suppliers."""
    return Buy(item, name, "pcs", cost, 30, cover, 1.5, (
        Source(FASTRA, 2, share=0.75, breaks=((8 * pack, 0.93), (30 * pack, 0.87)), incremental=True, min_order=pack),
        Source(BOLTWELL, 1, 1.1, 0.25),
    ), pack, "minimum", pack, planner="material buyer", family="fixings", weight=weight)


def kanban(item: str, name: str, cost: float, source: Source, box: float, weight: float, cover: float = 1.2,
           safety: float = 1.2, margin: float | None = None, sale: Sale | None = None) -> Buy:
    """A part in returnable boxes, called off in whole boxes about once a week."""
    return Buy(item, name, "pcs", cost, 45, cover, safety, (source,), box, planner="call-off planner",
               family="purchased", weight=weight, margin=margin, sale=sale)


RAW = (
    Buy("strip-15", "Steel strip 1.5 mm", "kg", 1.02, 140, 1.5, 1, (
        Source(ARDENVALE, 3, share=0.8, breaks=((20000, 0.975), (40000, 0.96))), Source(MARROWBY, 2, 1.05, 0.2)),
        500, planner="material buyer", family="steel", weight=1),
    Buy("tube-25", "Steel tube 25 x 1.2", "m", 1.35, 120, 2, 1, (
        Source(ARDENVALE, 3, breaks=((9000, 0.97),)),), 300, planner="material buyer", family="steel", weight=0.71),
    Buy("spring-mat", "Wire spring mat", "pcs", 2.85, 60, 1.5, 0.7, (Source(ARDENVALE, 2),), 120,
        planner="material buyer", family="steel", weight=0.55),
    Buy("wire-weld", "Welding wire 1.0 mm", "kg", 2.2, 40, 6, 2, (Source(ARDENVALE, 2),), 15, planner="material buyer",
        family="steel", weight=1),
    Buy("paint-ecoat", "Dip coat, black", "kg", 4.9, 60, 4, 1.5, (Source(SOLVANE, 2, breaks=((800, 0.95),)),), 25,
        planner="material buyer", family="chemicals", shelf_life=26, weight=1),
    Buy("polyol", "Polyol blend", "kg", 2.12, 160, 1.5, 0.8, (
        Source(SOLVANE, 2, breaks=((5000, 0.96), (10000, 0.94))),), 1000, "fixed", 5000, planner="material buyer",
        family="chemicals", shelf_life=16, weight=1),
    Buy("isocyanate", "Isocyanate", "kg", 2.65, 160, 2, 0.8, (
        Source(SOLVANE, 2, breaks=((4000, 0.96),)),), 250, planner="material buyer", family="chemicals", shelf_life=26,
        weight=1),
    Buy("release-wax", "Mold release wax", "l", 6.8, 50, 6, 2, (Source(SOLVANE, 2),), 20, planner="material buyer",
        family="chemicals", shelf_life=52, weight=0.8),
    Buy("vinyl-black", "Vinyl, black, 1.4 m wide", "m", 6.1, 110, 2, 1, (
        Source(TEXLEY, 4, share=0.85, breaks=((600, 0.96), (1500, 0.93))), Source(HIDEMARK, 3, 1.08, 0.15)), 40,
        planner="trim buyer", family="trim", weight=0.95),
    Buy("cloth-gray", "Cloth, gray, 1.5 m wide", "m", 7.4, 110, 2, 1, (
        Source(TEXLEY, 4, breaks=((800, 0.96), (2000, 0.93))),), 50, planner="trim buyer", family="trim", weight=0.6),
    Buy("cloth-knit", "Cloth, three-layer knit, 1.5 m wide", "m", 8.2, 110, 2, 1, (
        Source(TEXLEY, 4, breaks=((800, 0.96), (2000, 0.93))),), 50, planner="trim buyer", family="trim", weight=0.62),
    Buy("cloth-knit-r", "Cloth, three-layer knit, recycled yarn, 1.5 m wide", "m", 8.35, 110, 2, 1, (
        Source(TEXLEY, 4, breaks=((800, 0.96),)),), 50, planner="trim buyer", family="trim", weight=0.62, margin=1.3,
        sale=Sale(14, 0.4, 0.5)),
    Buy("leather-black", "Leather, black, cut to panels' size", "m2", 32.5, 180, 3, 2, (
        Source(HIDEMARK, 6, breaks=((400, 0.975), (900, 0.95))),), 10, planner="trim buyer", family="trim", weight=0.95),
    Buy("thread-40", "Sewing thread, 3,000 m", "spool", 6.5, 35, 6, 2, (Source(TEXLEY, 2, breaks=((200, 0.94),)),), 24,
        planner="trim buyer", family="trim", weight=0.25),
    Buy("zip-5", "Zipper chain", "m", 0.42, 35, 5, 1.5, (Source(TEXLEY, 3),), 200, planner="trim buyer", family="trim",
        weight=0.02),
    Buy("j-strip", "J-strip for cover edges", "m", 0.24, 35, 4, 1.5, (Source(POLYVANE, 2),), 250,
        planner="trim buyer", family="trim", weight=0.03),
)

PARTS = (
    kanban("recliner-l", "Recliner, left", 9.6, Source(MARROWBY, 2, breaks=((1000, 0.98),)), 48, 0.85, margin=1.2,
           sale=Sale(16, 0.4, 0.8)),
    kanban("recliner-r", "Recliner, right", 9.6, Source(MARROWBY, 2, breaks=((1000, 0.98),)), 48, 0.85, margin=1.2,
           sale=Sale(11, 0.4, 0.7)),
    kanban("rail-manual", "Slide rail pair, manual", 23.8, Source(MARROWBY, 2, breaks=((600, 0.98), (1200, 0.965))), 24, 3.2),
    kanban("rail-power", "Slide rail pair with motors", 61.5, Source(CASTELL, 4, breaks=((800, 0.975),)), 18, 4.6, 2, 3,
           0.8, Sale(6, 0.5, 0.6)),
    kanban("lumbar-motor", "Lumbar support with motor", 14.2, Source(CASTELL, 4), 36, 0.7, 2, 3, 1.1, Sale(5, 0.5, 0.5)),
    kanban("airbag-side", "Side airbag module", 37.5, Source(SAFERA, 3, breaks=((900, 0.985),)), 24, 0.9),
    kanban("buckle", "Buckle with switch", 8.7, Source(SAFERA, 3), 60, 0.32, margin=1.4, sale=Sale(22, 0.4, 0.85)),
    kanban("sensor-occupant", "Occupant sensor mat", 13.6, Source(WIRELANE, 3), 40, 0.2),
    kanban("heater-mat", "Seat heater, cushion and back", 11.4, Source(WIRELANE, 3), 40, 0.25, margin=1.3,
           sale=Sale(9, 0.5, 0.6)),
    kanban("harness-manual", "Wire harness, manual seat", 9.8, Source(WIRELANE, 3), 50, 0.45),
    kanban("harness-power", "Wire harness, power seat", 21.5, Source(WIRELANE, 3, breaks=((700, 0.97),)), 30, 0.8),
    kanban("switch-seat", "Seat switch block", 7.9, Source(WIRELANE, 3), 60, 0.12, 1.5, 1.2, 1.4, Sale(8, 0.5, 0.6)),
    kanban("shield-outer", "Side shield, outer, pair", 4.3, Source(POLYVANE, 1), 60, 0.6, margin=1.1,
           sale=Sale(18, 0.4, 0.8)),
    kanban("shield-inner", "Side shield, inner, pair", 2.6, Source(POLYVANE, 1), 80, 0.35),
    kanban("lever", "Recliner lever", 0.62, Source(POLYVANE, 1), 400, 0.06, 2),
    kanban("rod-headrest", "Headrest rods, bent, pair", 1.15, Source(ARDENVALE, 2), 200, 0.4, 2),
    kanban("guide-headrest", "Headrest guide", 0.34, Source(POLYVANE, 1), 500, 0.03, 2),
    kanban("armrest", "Center armrest with cup holder", 16.8, Source(POLYVANE, 2), 20, 1.4, margin=0.9,
           sale=Sale(4, 0.5, 0.5)),
    kanban("latch-bench", "Bench latch", 6.4, Source(MARROWBY, 2), 60, 0.5),
    kanban("insert-head", "Headrest insert, molded", 0.95, Source(POLYVANE, 1), 240, 0.15, 2),
    small("bolt-m10", "Bolt M10 x 25, locking", 0.14, 6, 1000, 0.03),
    small("bolt-m8", "Bolt M8 x 20", 0.08, 6, 1000, 0.015),
    small("nut-m8", "Flange nut M8", 0.05, 8, 1000, 0.008),
    small("rivet-5", "Rivet 5 x 10", 0.04, 8, 2000, 0.004),
    small("hog-ring", "Hog ring", 0.012, 8, 10000, 0.002),
    small("clip-push", "Push clip", 0.03, 8, 2000, 0.002),
    Buy("tag-seat", "Seat identity tag", "pcs", 0.09, 30, 6, 2, (Source(LABELOX, 1, breaks=((10000, 0.93),)),), 1000,
        "periods", 6, planner="call-off planner", family="packing", weight=0.001),
    Buy("bag-film", "Film bag", "pcs", 0.21, 30, 4, 1.5, (Source(LABELOX, 1),), 500, planner="call-off planner",
        family="packing", weight=0.08),
)

PHANTOMS = (
    Phantom("kit-mount", "Bolts that hold seat to rails", {"bolt-m10": 4, "bolt-m8": 6, "nut-m8": 6}),
    Phantom("kit-trim", "Shields, lever, clips", {"shield-outer": 1, "shield-inner": 1, "lever": 1, "clip-push": 8}),
    Phantom("kit-ship", "Tag and film bag", {"tag-seat": 1, "bag-film": 1}),
)

SEWN = (
    Make("cut-cloth", "Cut panels, gray cloth", {"cloth-gray": 1.35}, 1.3, 30, unit="set", rule="periods", lot=2,
         scrap={"cloth-gray": 0.11}),
    Make("cut-knit", "Cut panels, knit", {"cloth-knit": 1.4}, 1.35, 30, unit="set", rule="periods", lot=2,
         scrap={"cloth-knit": 0.11}, changes=(Change("cloth-knit", "cloth-knit-r", "2026-02-16"),)),
    Make("cut-vinyl", "Cut panels, vinyl", {"vinyl-black": 1.35}, 1.25, 30, unit="set", rule="periods", lot=2,
         scrap={"vinyl-black": 0.09}),
    Make("cut-leather", "Cut panels, leather, with vinyl backs", {"leather-black": 1.9, "vinyl-black": 0.5}, 3.2, 35,
         unit="set", rule="periods", lot=2, scrap={"leather-black": 0.16, "vinyl-black": 0.09}),
    Make("cover-work", "Cover set, vinyl", {"cut-vinyl": 1, "thread-40": 0.025, "zip-5": 0.8, "j-strip": 2.6}, 9.4, 22,
         unit="set", yield_share=0.985, margin=0.9, sale=Sale(10, 0.4, 0.7), family="service"),
    Make("cover-plus", "Cover set, cloth", {"cut-cloth": 1, "thread-40": 0.028, "zip-5": 0.8, "j-strip": 2.6}, 9.8, 22,
         unit="set", yield_share=0.985, margin=0.9, sale=Sale(8, 0.4, 0.7), family="service"),
    Make("cover-comfort", "Cover set, knit", {"cut-knit": 1, "thread-40": 0.03, "zip-5": 0.9, "j-strip": 2.8}, 10.6, 22,
         unit="set", yield_share=0.985),
    Make("cover-sport", "Cover set, leather, twin stitch", {"cut-leather": 1, "thread-40": 0.055, "zip-5": 0.9,
         "j-strip": 3.0}, 19.5, 28, unit="set", yield_share=0.965, margin=0.8, sale=Sale(5, 0.5, 0.6), family="service"),
    Make("cover-bench-k2", "Bench cover, cloth", {"cut-cloth": 1.6, "thread-40": 0.05, "zip-5": 1.5, "j-strip": 4.2}, 14.2,
         25, unit="set", yield_share=0.985),
    Make("cover-bench-m5", "Bench cover, knit", {"cut-knit": 1.7, "thread-40": 0.05, "zip-5": 1.5, "j-strip": 4.4}, 14.8,
         25, unit="set", yield_share=0.985),
)

FOAM = (
    Make("pad-front", "Foam pads, front seat, cushion and back", {"polyol": 1.45, "isocyanate": 0.68, "release-wax": 0.02},
         3.1, 48, unit="set", rule="multiple", lot=60, scrap={"polyol": 0.03, "isocyanate": 0.03}, yield_share=0.98),
    Make("pad-bench", "Foam pads, bench", {"polyol": 2.5, "isocyanate": 1.15, "release-wax": 0.03}, 4.4, 48, unit="set",
         rule="multiple", lot=40, scrap={"polyol": 0.03, "isocyanate": 0.03}, yield_share=0.98),
    Make("pad-head", "Headrest, foamed", {"insert-head": 1, "rod-headrest": 1, "polyol": 0.16, "isocyanate": 0.08}, 0.9, 40,
         rule="minimum", lot=1200, scrap={"polyol": 0.04, "isocyanate": 0.04}, yield_share=0.975),
    Make("headrest-cloth", "Headrest, cloth", {"pad-head": 1, "cloth-gray": 0.24, "thread-40": 0.004}, 1.9, 20,
         rule="fixed", lot=1000, scrap={"cloth-gray": 0.12}, margin=1.0, sale=Sale(14, 0.4, 0.7), family="service"),
    Make("headrest-leather", "Headrest, leather", {"pad-head": 1, "leather-black": 0.22, "thread-40": 0.006}, 3.4, 22,
         rule="fixed", lot=300, scrap={"leather-black": 0.16}, yield_share=0.97, margin=0.9, sale=Sale(5, 0.5, 0.6),
         family="service"),
)

WELDED = (
    Make("side-member", "Side member, stamped", {"strip-15": 0.92}, 0.62, 130, rule="fixed", lot=6000,
         scrap={"strip-15": 0.18}, cover=2),
    Make("pan-cushion", "Cushion pan, stamped", {"strip-15": 2.1}, 1.15, 140, rule="fixed", lot=3000,
         scrap={"strip-15": 0.15}, cover=2),
    Make("frame-k2", "Front frame K2, welded and coated", {"side-member": 4, "pan-cushion": 1, "tube-25": 1.9,
         "spring-mat": 1, "wire-weld": 0.06, "paint-ecoat": 0.11}, 11.8, 35, scrap={"tube-25": 0.03}, yield_share=0.99),
    Make("frame-m5", "Front frame M5, welded and coated", {"side-member": 4, "pan-cushion": 1, "tube-25": 2.2,
         "spring-mat": 1, "wire-weld": 0.07, "paint-ecoat": 0.12}, 12.6, 35, scrap={"tube-25": 0.03}, yield_share=0.99),
    Make("frame-bench", "Bench frame, welded and coated", {"strip-15": 3.4, "tube-25": 6.2, "wire-weld": 0.12,
         "paint-ecoat": 0.2, "rivet-5": 10}, 15.4, 40, scrap={"strip-15": 0.12, "tube-25": 0.03}, yield_share=0.99),
    Make("frame-jump", "Jump seat frame, welded and coated", {"tube-25": 4.1, "strip-15": 1.2, "wire-weld": 0.07,
         "paint-ecoat": 0.12, "rivet-5": 6}, 10.4, 35, scrap={"strip-15": 0.12, "tube-25": 0.03}, yield_share=0.99),
)


def seat(item: str, name: str, frame: str, cover: str, head: str, side: str, more: dict[str, float], work: float) -> Make:
    """A front seat; what all of them have, and more."""
    return Make(item, name, {frame: 1, "pad-front": 1, cover: 1, head: 1, "guide-headrest": 2, f"recliner-{side}": 2,
                "airbag-side": 1, "buckle": 1, "kit-mount": 1, "kit-trim": 1, "hog-ring": 42, **more}, work, 15,
                cover=0.4, safety=0.3, family="seats")


MANUAL = {"rail-manual": 1, "harness-manual": 1}
POWER = {"rail-power": 1, "harness-power": 1, "lumbar-motor": 1, "switch-seat": 1, "heater-mat": 1}
SENSOR = {"sensor-occupant": 1}

SEATS = (
    seat("seat-k2-work-l", "Seat K2 Work, left", "frame-k2", "cover-work", "headrest-cloth", "l", MANUAL, 16.5),
    seat("seat-k2-work-r", "Seat K2 Work, right", "frame-k2", "cover-work", "headrest-cloth", "r", MANUAL | SENSOR, 17.1),
    seat("seat-k2-plus-l", "Seat K2 Plus, left", "frame-k2", "cover-plus", "headrest-cloth", "l", POWER, 20.4),
    seat("seat-k2-plus-r", "Seat K2 Plus, right", "frame-k2", "cover-plus", "headrest-cloth", "r", MANUAL | SENSOR, 17.4),
    seat("seat-m5-comfort-l", "Seat M5 Comfort, left", "frame-m5", "cover-comfort", "headrest-cloth", "l", POWER, 20.8),
    seat("seat-m5-comfort-r", "Seat M5 Comfort, right", "frame-m5", "cover-comfort", "headrest-cloth", "r", MANUAL | SENSOR,
         17.9),
    seat("seat-m5-sport-l", "Seat M5 Sport, left", "frame-m5", "cover-sport", "headrest-leather", "l", POWER, 23.5),
    seat("seat-m5-sport-r", "Seat M5 Sport, right", "frame-m5", "cover-sport", "headrest-leather", "r", POWER | SENSOR, 24.1),
)


def pair(item: str, name: str, seats: str, margin: float, sale: Sale, family: str) -> Make:
    """A front pair as the vehicle takes it."""
    return Make(item, name, {f"{seats}-l": 1, f"{seats}-r": 1, "kit-ship": 2}, 4.6, 12, cover=0.3, safety=0.3, unit="set",
                family=family, margin=margin, sale=sale)


SOLD = (
    pair("set-k2-work", "Front pair K2 Work", "seat-k2-work", 0.15, Sale(230, 0.06, short=0.003), "K2"),
    pair("set-k2-plus", "Front pair K2 Plus", "seat-k2-plus", 0.14, Sale(170, 0.07, short=0.003), "K2"),
    pair("set-m5-comfort", "Front pair M5 Comfort", "seat-m5-comfort", 0.15, Sale(205, 0.06, short=0.003), "M5"),
    pair("set-m5-sport", "Front pair M5 Sport", "seat-m5-sport", 0.18, Sale(95, 0.08, short=0.003), "M5"),
    Make("bench-k2", "Rear bench K2", {"frame-bench": 1, "pad-bench": 1, "cover-bench-k2": 1, "headrest-cloth": 3,
         "guide-headrest": 6, "latch-bench": 2, "buckle": 3, "kit-mount": 1, "hog-ring": 66, "kit-ship": 1}, 19.5, 15,
         cover=0.4, safety=0.3, family="K2", margin=0.14, sale=Sale(310, 0.06, short=0.003)),
    Make("bench-m5", "Rear bench M5, with armrest", {"frame-bench": 1, "pad-bench": 1, "cover-bench-m5": 1, "headrest-cloth": 3,
         "guide-headrest": 6, "latch-bench": 2, "buckle": 3, "armrest": 1, "kit-mount": 1, "hog-ring": 70, "kit-ship": 1},
         21.8, 15, cover=0.4, safety=0.3, family="M5", margin=0.15, sale=Sale(300, 0.06, short=0.003)),
    Make("seat-van", "Jump seat V1, folding", {"frame-jump": 1, "pad-front": 0.7, "cover-work": 0.8, "recliner-l": 1,
         "recliner-r": 1, "buckle": 1, "lever": 1, "kit-mount": 1, "hog-ring": 24, "kit-ship": 1}, 13.2, 18, cover=0.4,
         safety=0.3, family="V1", margin=0.24, sale=Sale(140, 0.12), others={"foam-in-one": {"frame-jump": 1,
         "polyol": 1.1, "isocyanate": 0.52, "cover-work": 0.8, "recliner-l": 1, "recliner-r": 1, "buckle": 1, "lever": 1,
         "kit-mount": 1, "hog-ring": 24, "kit-ship": 1}}),
)

BASE = Industry(
    key="automotive",
    seed=20260106,
    about={
        "name": "Brenner Seating", "industry": "automotive", "jurisdiction": "US", "currency": "USD", "units": "metric",
        "first_day": "2026-01-05", "hours_per_shift": 8, "shifts_per_day": 2, "days_per_week": 5, "holding_rate": 0.2,
    },
    items=(*SOLD, *SEATS, *WELDED, *FOAM, *SEWN, *PHANTOMS, *RAW, *PARTS),
    suppliers=(
        Supplier(ARDENVALE, -0.1, 0.15, 150, 220, 0.03),
        Supplier(MARROWBY, -0.1, 0.1, 90, 90, 0.01),
        Supplier(CASTELL, -0.2, 0.3, 220, 160, 0.02),
        Supplier(SOLVANE, -0.15, 0.15, 40, 180, 0.03),
        Supplier(TEXLEY, -0.3, 0.3, 350, 110, 0.02),
        Supplier(HIDEMARK, -0.4, 0.4, 900, 130, 0.04),
        Supplier(SAFERA, -0.15, 0.12, 20, 120, 0.01),
        Supplier(WIRELANE, -0.15, 0.2, 260, 70, 0.01),
        Supplier(POLYVANE, -0.1, 0.08, 420, 45, 0.01),
        Supplier(FASTRA, -0.2, 0.2, 150, 20, 0.02),
        Supplier(BOLTWELL, -0.1, 0.1, 400, 15, 0.02),
        Supplier(LABELOX, -0.1, 0.08, 100, 20, 0.02),
    ),
    promotions=(  # below 1: the vehicle plants stand still for part of these weeks
        *(Promotion(family, first, 2, 0.45) for family in ("K2", "M5") for first in (25, 77)),
        *(Promotion(family, first, 1, 0.5) for family in ("K2", "M5") for first in (50, 102)),
        Promotion("service", 12, 3, 1.5), Promotion("service", 64, 3, 1.5), Promotion("V1", 36, 4, 1.35),
        Promotion("V1", 88, 4, 1.35),
    ),
    seasons={"K2": (0.05, 14), "M5": (0.06, 40), "V1": (0.1, 20), "service": (0.12, 46), "purchased": (0.08, 46)},
    trends={"K2": -0.03, "M5": 0.07, "V1": 0.04, "service": 0.05, "purchased": 0.02},
)
