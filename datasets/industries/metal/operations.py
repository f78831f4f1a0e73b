"""Halden Metal's shop, people, trade and money, and what there is to find in them.

Two shifts cut, bend, weld and coat; 60 to 70 hours of work a week wait at each place, one machine each. Standard rates
of 35 to 45 an hour, labor and overhead together (from memory, unchecked: a small US job shop charges 60 to 90).
"""

from __future__ import annotations

from money import Money
from shop import Changeovers, Detour, Shop, WorkCenter
from stories import Story
from studies import Area, Line, Part, Project, Study
from team import Others, Shift, Team
from trade import Customer, Lane, Site, Trade

# Data, a row a line: kept as they are by hand.
# fmt: off

SHOP = Shop(
    centers=(
        WorkCenter("shear", "Coil line and shear", "Cut-to-length line", 180_000, 19.0, 3.0, 6.0, "shear", "cutting",
                   shifts=1, queue=6, failures=("leveler rolls", "shear blade", "hydraulics", "encoder")),
        WorkCenter("laser", "Laser", "Fiber laser 4 kW", 420_000, 25.0, 12.0, 21.0, "laser", "cutting", shifts=1,
                   queue=10, failures=("lens", "chiller", "gas supply", "pallet changer")),
        WorkCenter("press", "Punch press", "Press 100 t with feeder", 150_000, 19.0, 7.0, 14.0, "press", "cutting",
                   2, crew=0.5, queue=14, failures=("die", "feeder", "clutch", "oil leak")),
        WorkCenter("saw", "Saw", "Bandsaw", 32_000, 19.0, 2.0, 5.0, "saw", "cutting", shifts=1, queue=5,
                   logged=False),
        WorkCenter("brake", "Press brake", "Press brake 110 t", 130_000, 23.0, 4.0, 9.0, "brake", "forming", 2,
                   queue=16, failures=("back gauge", "ram seal", "light curtain", "hydraulics")),
        WorkCenter("weld", "Welding", "MIG cell", 28_000, 26.0, 8.0, 11.0, "weld", "welding", 2,
                   shifts=1, queue=18, setup=0.5,
                   failures=("wire feeder", "torch", "fixture clamp", "extraction")),
        WorkCenter("coat", "Powder coating", "Coating line", 350_000, 22.0, 13.0, 17.0, "coat", "coating", crew=2.0,
                   queue=20, failures=("conveyor chain", "burner", "spray gun", "washer pump")),
        WorkCenter("hinge", "Hinge machine", "Hinge assembly machine", 90_000, 18.0, 2.0, 5.0, "hinge", "assembly",
                   shifts=1, queue=8, failures=("pin feeder", "riveter", "sensor")),
        WorkCenter("assembly", "Assembly", "Assembly bench", 6_000, 21.0, 2.0, 6.0, "assembly", "assembly", 3,
                   setup=0.2, queue=10, logged=False, life=12),
        WorkCenter("pack", "Packing", "Packing bench", 4_000, 18.0, 2.0, 4.0, "pack", "assembly", 3, shifts=1, people=2, setup=0.2,
                   queue=4, logged=False, life=12),
    ),
    routes={
        "sheet-*": (("cut", "shear", 1),),
        "skin-*": (("blank", "laser", 0.35), ("bend", "brake", 0.65)),
        "shelf-board": (("blank", "laser", 0.3), ("bend", "brake", 0.7)),
        "leaf-*": (("stamp", "press", 0.6), ("curl", "hinge", 0.4)),
        "post-2m": (("stamp", "press", 0.65), ("cut to length", "saw", 0.35)),
        "door-*": (("spot-weld", "weld", 0.3), ("coat", "coat", 0.5), ("fit hinges", "assembly", 0.2)),
        "body-*": (("blank", "laser", 0.08), ("bend", "brake", 0.2), ("weld", "weld", 0.35), ("coat", "coat", 0.37)),
        "frame-bench": (("saw", "saw", 0.25), ("weld", "weld", 0.4), ("coat", "coat", 0.35)),
        "drawer-unit": (("bend", "brake", 0.35), ("coat", "coat", 0.3), ("fit slides", "assembly", 0.35)),
        "cabinet-wall": (("blank", "laser", 0.1), ("bend", "brake", 0.2), ("weld", "weld", 0.2), ("coat", "coat", 0.2),
                         ("assemble", "assembly", 0.3)),
        "cart-tool": (("bend", "brake", 0.15), ("weld", "weld", 0.2), ("coat", "coat", 0.2),
                      ("assemble", "assembly", 0.35), ("pack", "pack", 0.1)),
        "enclosure-*": (("blank", "laser", 0.15), ("bend", "brake", 0.2), ("weld", "weld", 0.2), ("coat", "coat", 0.2),
                        ("assemble", "assembly", 0.25)),
        "rack-pipe": (("saw", "saw", 0.35), ("weld", "weld", 0.35), ("coat", "coat", 0.3)),
        "shelving": (("coat", "coat", 0.4), ("pack", "pack", 0.6)),
        "bracket-u": (("stamp", "press", 0.5), ("rivet", "hinge", 0.5)),
        "bracket-l80": (("stamp", "press", 0.7), ("bend", "brake", 0.3)),
        "plate-base": (("stamp", "press", 0.5), ("coat", "coat", 0.5)),
        "brackets": (("stamp", "press", 1),),
        "hinges": (("cut pins", "saw", 0.2), ("roll and pin", "hinge", 0.8)),
        "cabinets": (("assemble", "assembly", 0.8), ("pack", "pack", 0.2)),
        "lockers": (("assemble", "assembly", 0.75), ("pack", "pack", 0.25)),
        "benches": (("assemble", "assembly", 0.75), ("pack", "pack", 0.25)),
    },
    detours=(Detour("skin-*", "blank", "press", 1.4), Detour("shelf-board", "blank", "press", 1.3)),
    changeovers=(
        Changeovers("coat", {
            "gray": ("door-tall", "door-wide", "body-tall", "body-wide", "body-locker", "shelf-*", "enclosure-*",
                     "rack-pipe", "plate-base"),
            "blue": ("door-base", "door-locker", "body-base", "frame-bench", "drawer-unit", "cabinet-wall", "cart-tool"),
        }, 0.1, {("gray", "blue"): 0.6, ("blue", "gray"): 0.9}, 95),
    ),
    closed={"2024-12-31": "stocktaking", "2025-12-31": "stocktaking", "2026-12-31": "stocktaking"},
    open_days={"2025-03-22": "catching up", "2025-09-06": "catching up", "2025-11-15": "catching up"},
    parts=(
        Part("press", "clutch lining", 3.2, 3_800, 6.0, 900),
        Part("press", "feeder roll", 2.1, 2_600, 2.5, 260, replaced=2_400),
        Part("brake", "ram seal", 2.4, 4_500, 5.0, 380),
        Part("coat", "spray gun", 1.0, 1_400, 1.0, 310),
        Part("coat", "conveyor chain", 3.0, 7_500, 12.0, 2_600, replaced=7_000),
        Part("weld", "wire feeder", 1.3, 2_100, 1.5, 190),
    ),
    studies=(
        Study("assemble cabinet-base", {"set body on bench": 48, "hang doors": 210, "fit lock and handle": 150,
              "slide in drawers": 132, "bolt feet": 118, "wipe and check": 64}),
        Study("bend shelf-board", {"take blank": 6.5, "first two bends": 14.0, "turn": 4.0, "last two bends": 14.5,
              "stack": 5.5}, 0.95, 0.06, 25, {"change pallet": (48, 12)}),
        Study("load coating line", {"take part": 5.0, "hang": 9.0, "mask threads": 12.5}, 1.1, 0.12, 20),
        Study("pack shelf-4", {"fold carton": 22, "posts": 30, "boards": 38, "screw bag": 11, "close and label": 27},
              irregular={"new label roll": (75, 10)}),
    ),
    lines=(
        Line("cabinet line", (
            ("A", "set body", (55, 70, 50), ""), ("B", "rivet hinge leaves", (90, 110, 80), "A"),
            ("C", "hang left door", (75, 80, 70), "B"), ("D", "hang right door", (75, 80, 70), "B"),
            ("E", "fit slides", (0, 240, 120), "A"), ("F", "slide in drawers", (0, 150, 75), "E"),
            ("G", "fit lock and handle", (110, 110, 110), "C;D"), ("H", "set shelves", (95, 50, 0), "C;D"),
            ("I", "bolt feet", (105, 105, 105), "A"), ("J", "adjust doors", (60, 70, 55), "G"),
            ("K", "wipe and inspect", (50, 65, 45), "F;H;I;J"), ("L", "carton and label", (120, 140, 105), "K"),
        ), {"cabinet-tall": 0.36, "cabinet-wide": 0.23, "cabinet-base": 0.41}),
        Line("locker line", (
            ("A", "set body", 40, ""), ("B", "hang door", 85, "A"), ("C", "fit lock", 55, "B"), ("D", "set shelf", 25, "A"),
            ("E", "bolt feet", 95, "A"), ("F", "number plate", 15, "B"), ("G", "inspect", 30, "C;D;E;F"),
            ("H", "carton and label", 75, "G"),
        )),
    ),
    projects=(
        Project("second coating booth", (
            ("A", "choose supplier", 10, "", 4_000, "engineer", 1), ("B", "building permit", 20, "A", 6_500, "office", 1),
            ("C", "order and build booth", 45, "A", 96_000, "supplier", 1), ("D", "foundation", 12, "B", 18_000, "builder", 4),
            ("E", "gas and power", 15, "B", 22_000, "electrician", 2), ("F", "move racks", 4, "B", 2_500, "stores", 3),
            ("G", "set up booth", 10, "C;D", 14_000, "mechanic", 3), ("H", "connect", 6, "E;G", 7_000, "electrician", 2),
            ("I", "train people", 5, "C", 3_000, "engineer", 1), ("J", "trial runs", 8, "F;H;I", 6_000, "engineer", 2),
            ("K", "release", 2, "J", 800, "quality", 1),
        ), {"A": 1.0, "B": 1.0, "C": 0.4, "D": 0.5}, 1.08),
        Project("move of the welding shop", (
            ("A", "plan the layout", 8, "", 3_200, "engineer", 1), ("B", "mark the floor", 2, "A", 500, "mechanic", 1),
            ("C", "extraction ducts", 12, "A", 15_500, "builder", 3), ("D", "build stock ahead", 10, "A", 5_200, "welder", 2),
            ("E", "move cells", 3, "B;C;D", 4_400, "mechanic", 4), ("F", "power and gas", 4, "E", 5_100, "electrician", 2),
            ("G", "test welds", 3, "F", 1_500, "welder", 2), ("H", "safety inspection", 1, "F", 700, "office", 1),
        )),
    ),
    areas=(
        Area("stores", 620, 12, 14, fixed=True), Area("cutting", 540, 34, 12, ("shear", "laser", "saw")),
        Area("presses", 260, 56, 38, ("press",)), Area("bending", 240, 18, 40, ("brake",)),
        Area("welding shop", 300, 60, 12, ("weld",)), Area("coating", 680, 36, 40, ("coat",), fixed=True),
        Area("hinges", 110, 8, 58, ("hinge",)), Area("assembly hall", 460, 64, 60, ("assembly",)),
        Area("packing", 240, 42, 62, ("pack",)), Area("shipping", 380, 20, 72, fixed=True),
    ),
)

TEAM = Team(
    shifts=(Shift("early", 6.0), Shift("late", 14.5, premium=0.08)),
    others=(
        Others("cutting", "leader", 29.0, (1,)),
        Others("assembly", "leader", 28.0, (1, 1)), Others("maintenance", "mechanic", 29.5, (1, 1)),
        Others("stores", "material handler", 18.5, (1, 1)), Others("quality", "inspector", 23.0, (1,)),
        Others("floaters", "floater", 22.0, (2, 1)), Others("office", "planner", 31.0, (2,)),
        Others("office", "buyer", 30.0, (2,)), Others("office", "engineer", 37.0, (1,)),
    ),
)

TRADE = Trade(
    customers=(
        Customer("Ardmore Tool Supply", "Midwest", 0.16, "A", 45), Customer("Bexley School Outfitters", "Northeast", 0.12,
        "A", 60, ("lockers", "shelving", "spares", "purchased")), Customer("Castor Industrial", "South", 0.14, "A", 30),
        Customer("Dunmore Hardware", "Midwest", 0.11, "B", 30), Customer("Elsworth Electric", "South", 0.1, "B", 45,
        ("enclosures", "purchased")), Customer("Fairholt Kitchens", "Northeast", 0.09, "B", 30, ("hinges", "brackets")),
        Customer("Garrick Shelving", "West", 0.08, "B", 30, ("shelving", "brackets", "spares")),
        Customer("Hollis Fitness Clubs", "West", 0.06, "C", 60, ("lockers", "benches")),
        Customer("Ingram Workshop Direct", "Midwest", 0.09, "C", 14), Customer("Jessop Builders", "South", 0.05, "C", 30),
    ),
    sites=(
        Site("Halden works", "plant", 0, 0, fixed=0),
        Site("East warehouse", "warehouse", 620, 180, 0.3, 118_000, 1.1, 12),
        Site("South warehouse", "warehouse", 140, -760, 0.25, 96_000, 1.0, 12),
        Site("West warehouse", "warehouse", -1450, -90, 0.15, 104_000, 1.3, 10),
        Site("Midwest dock", "customer", -120, 90, 0.36), Site("Northeast dock", "customer", 780, 260, 0.21),
        Site("South dock", "customer", 210, -820, 0.29), Site("West dock", "customer", -1620, -140, 0.14),
        Site("Norrvik mill", "supplier", 340, 410),
    ),
    lanes=(
        Lane("Norrvik mill", "Halden works", "rail", 420, 0.012, 6, 1.2),
        Lane("Norrvik mill", "Halden works", "truckload", 1250, 0.0, 2),
        Lane("Halden works", "East warehouse", "truckload", 1380), Lane("Halden works", "East warehouse", "less_than_truckload", 95, 0.16),
        Lane("Halden works", "South warehouse", "truckload", 1560), Lane("Halden works", "South warehouse", "less_than_truckload", 95, 0.18),
        Lane("Halden works", "West warehouse", "truckload", 2900), Lane("Halden works", "West warehouse", "rail", 900, 0.03, 9, 2.0),
        Lane("Halden works", "Midwest dock", "less_than_truckload", 80, 0.09),
        Lane("Halden works", "South dock", "less_than_truckload", 110, 0.21),
        Lane("Halden works", "West dock", "less_than_truckload", 140, 0.34),
        Lane("East warehouse", "Northeast dock", "less_than_truckload", 80, 0.1),
        Lane("South warehouse", "South dock", "less_than_truckload", 75, 0.08),
        Lane("West warehouse", "West dock", "less_than_truckload", 80, 0.09),
        Lane("Halden works", "Northeast dock", "parcel", 12, 1.4, 3, 0.8),
    ),
)

MONEY = Money(
    selling=0.05, administration=0.055, tax=0.006,
    capital={5: 38_000, -2: 96_000, -4: 30_000},
    targets=(("steel used of steel bought", "%", 93.0, "higher", "cutting leader"),),
)

STORIES = (
    Story("late_supplier", "Tavis Hardware", late=1.1, sd=1.4),
    Story("bad_lots", "Tavis Hardware", share=0.12, ppm=2500),
    Story("overstock", "coil-2mm", safety_stock=448),
    Story("slow_workcenter", "coat", factor=0.82, weeks=30),
    Story("loss_product", "rack-pipe", hours=2.1, material=1.15),
    Story("drift", "hole-pitch", sample=38, sds=0.09),
    Story("unsafe_job", "bending", load=1.4, injuries=2.0, near_misses=4.0),
    Story("false_lead", "dirt in coat"),
)
