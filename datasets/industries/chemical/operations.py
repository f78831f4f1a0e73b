"""Alderway Coatings' shop, people, trade and money, and what there is to find in them.

Two shifts cook, disperse, blend and fill; a tank is washed after each batch, so that the color that ran before decides how
long that takes. One person minds two tanks, two stand at a filling line. Rates of 35 to 120 an hour, labor and overhead
together; a reactor of 1,500 gallons about a million with its hot oil and condenser, a bead mill 150,000 to 200,000, washing a
tank one to two hours (from memory, unchecked).
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
        WorkCenter("reactor", "Resin kitchen", "Reactor, 1,500 gal", 920_000, 30.5, 26.0, 38.0, "cook", "resins", queue=20,
                   failures=("agitator seal", "hot oil pump", "condenser", "vacuum pump"), life=20),
        WorkCenter("still", "Still", "Still with column, 300 gal", 210_000, 29.0, 9.0, 15.0, "distill", "resins", shifts=1,
                   crew=0.5, queue=24, logged=False, failures=("reboiler", "level switch", "reflux pump"), life=18),
        WorkCenter("mill", "Dispersing and milling", "Bead mill with disperser", 175_000, 27.0, 14.0, 20.0, "mill", "dispersing", 2,
                   crew=0.5, queue=16, failures=("mechanical seal", "bead screen", "cooling water", "drive belt")),
        WorkCenter("solvent", "Solvent-borne blending", "Closed tank with agitator, 1,000 gal", 140_000, 27.0, 16.0, 24.0, "blend",
                   "blending", 3, crew=0.5, queue=14, failures=("agitator", "load cell", "bottom valve", "transfer pump"), life=15),
        WorkCenter("water", "Water-borne blending", "Tank with agitator, 2,000 gal", 155_000, 26.0, 10.0, 19.0, "blend", "blending", 3,
                   crew=0.5, queue=12, logged=False, failures=("agitator", "load cell", "powder lock", "transfer pump"), life=15),
        WorkCenter("adhesive", "Adhesive mixing", "Planetary mixer", 190_000, 27.5, 11.0, 18.0, "knead", "blending",
                   queue=16, logged=False, failures=("lift", "scraper", "vacuum pump"), life=14),
        WorkCenter("cleaner", "Cleaner blending", "Lined tank, 1,000 gal", 95_000, 25.5, 8.0, 13.0, "blend cleaner", "blending", 3,
                   crew=0.5, queue=10, logged=False, failures=("dosing pump", "pH probe", "liner"), life=12),
        WorkCenter("lab", "Tinting and release", "Tinting bench", 38_000, 31.0, 8.0, 15.0, "tint", "quality", queue=8, logged=False,
                   setup=0.1, failures=("spectrophotometer", "balance"), life=8),
        WorkCenter("can", "Can and pail line", "Can and pail filler", 310_000, 23.0, 11.0, 20.0, "fill", "filling", 2, crew=2.0,
                   queue=10, failures=("lid press", "fill valve", "labeler", "conveyor")),
        WorkCenter("cartridge", "Cartridge and bottle line", "Cartridge and bottle filler", 480_000, 23.0, 18.0, 34.0,
                   "fill cartridges", "filling", crew=3.0, queue=12, failures=("plunger seat", "capper", "labeler", "case erector")),
        WorkCenter("jug", "Jug line", "Six-head jug filler", 180_000, 22.0, 8.0, 14.0, "fill jugs", "filling", crew=2.0, queue=10,
                   logged=False, failures=("fill head", "capper", "induction sealer", "labeler")),
        WorkCenter("drum", "Drum and tote filling", "Drum scale with lance", 70_000, 23.5, 6.0, 10.5, "fill drums", "filling",
                   queue=8, logged=False, setup=0.5, failures=("scale", "lance seal", "roller conveyor"), life=15),
        WorkCenter("bag", "Bagging", "Valve bagger", 60_000, 21.0, 3.0, 6.0, "bag", "filling", queue=6, logged=False,
                   failures=("spout", "bag clamp", "dust filter"), life=12),
    ),
    routes={
        "resin-alkyd": (("cook", "reactor", 1),),
        "terpene-light": (("distill", "still", 1),),
        "terpene-heavy": (("draw off", "drum", 1),),
        "solvent-reclaimed": (("distill", "still", 0.65), ("fill", "drum", 0.35)),
        "paste-*": (("disperse and mill", "mill", 0.9), ("check fineness", "lab", 0.1)),
        "base-primer": (("disperse", "mill", 0.25), ("let down", "solvent", 0.6), ("release", "lab", 0.15)),
        "base-enamel-*": (("let down", "solvent", 0.82), ("tint and release", "lab", 0.18)),
        "base-contact": (("dissolve", "solvent", 0.9), ("release", "lab", 0.1)),
        "base-parts-wash": (("blend", "solvent", 1),),
        "base-traffic-*": (("mix", "water", 0.92), ("release", "lab", 0.08)),
        "base-wood-glue": (("mix", "water", 0.92), ("release", "lab", 0.08)),
        "base-construction": (("knead", "adhesive", 0.92), ("release", "lab", 0.08)),
        "base-floor-*": (("knead", "adhesive", 0.85), ("release", "lab", 0.15)),
        "base-degreaser": (("blend", "cleaner", 1),),
        "base-citrus": (("blend", "cleaner", 1),),
        "beads-50": (("bag", "bag", 1),),
        "traffic-white-275": (("fill totes", "drum", 1),),
        "*-55": (("fill drums", "drum", 1),),
        "construct-12": (("fill cartridges", "cartridge", 1),),
        "wood-glue-12": (("fill bottles", "cartridge", 1),),
        "cleaners": (("fill jugs", "jug", 1),),
        "paints": (("fill and label", "can", 1),),
        "traffic": (("fill and label", "can", 1),),
        "adhesives": (("fill and label", "can", 1),),
    },
    detours=(
        Detour("base-parts-wash", "blend", "cleaner", 1.3), Detour("base-wood-glue", "mix", "adhesive", 0.9),
        Detour("citrus-4x1", "fill jugs", "can", 1.5),
    ),
    changeovers=(
        Changeovers("solvent", {
            "white": ("base-enamel-white",), "gray": ("base-enamel-gray", "base-primer"), "adhesive": ("base-contact",),
            "clear": ("base-parts-wash",),
        }, 0.4, {
            ("white", "gray"): 0.5, ("gray", "white"): 1.9, ("white", "adhesive"): 1.4, ("adhesive", "white"): 2.4,
            ("gray", "adhesive"): 1.4, ("adhesive", "gray"): 2.1, ("white", "clear"): 1.2, ("clear", "white"): 0.3,
            ("gray", "clear"): 1.6, ("clear", "gray"): 0.3, ("adhesive", "clear"): 2.0, ("clear", "adhesive"): 0.4,
        }, 85),
        Changeovers("mill", {"white": ("paste-white", "paste-white-w"), "yellow": ("paste-yellow",), "dark": ("paste-black", "base-primer")},
                    0.8, {("white", "yellow"): 0.9, ("yellow", "white"): 1.8, ("white", "dark"): 0.8, ("dark", "white"): 3.2,
                          ("yellow", "dark"): 0.8, ("dark", "yellow"): 2.6}, 70),
    ),
    closed={"2024-07-05": "boiler inspection", "2025-07-03": "boiler inspection", "2026-07-02": "boiler inspection"},
    open_days={"2024-05-18": "traffic paint", "2025-05-10": "traffic paint", "2025-05-31": "traffic paint"},
    failures=0.1,
    parts=(
        Part("mill", "mechanical seal", 2.2, 2_900, 5.0, 1_150),
        Part("mill", "bead screen", 1.6, 1_700, 2.0, 340),
        Part("reactor", "agitator seal", 2.8, 8_200, 14.0, 4_600),
        Part("reactor", "hot oil pump", 1.1, 6_500, 8.0, 2_900),
        Part("can", "fill valve", 2.5, 2_400, 1.5, 210, replaced=2_000),
        Part("cartridge", "plunger seat", 3.1, 1_500, 1.0, 130, replaced=1_350),
        Part("solvent", "load cell", 1.0, 5_200, 2.5, 480),
    ),
    studies=(
        Study("fill a pail, 5 gal", {"set pail on scale": 4.2, "fill": 17.5, "lid on": 3.6, "press lid": 5.8, "label": 4.9,
              "to pallet": 6.4}, 1.0, 0.07, 20, {"new stack of lids": (26, 10)}),
        Study("charge a bag to the mill", {"take bag": 6.5, "cut and empty": 14.0, "fold bag": 4.5, "rinse chute": 9.0}, 1.05, 0.1, 25),
        Study("wash a tank, gray to white", {"drain": 780, "spray solvent": 1260, "wipe manway": 420, "drain and check": 690}, 0.95, 0.09, 10),
        Study("tint a batch", {"draw a sample": 130, "draw down and dry": 540, "read color": 75, "weigh tint": 240, "stir": 600}, 1.0, 0.12, 12),
    ),
    lines=(
        Line("floor kit line", (
            ("A", "open carton", (6, 6), ""), ("B", "fill part A", (34, 21), "A"), ("C", "lid part A", (9, 9), "B"),
            ("D", "fill part B", (18, 18), "A"), ("E", "lid part B", (9, 9), "D"), ("F", "label cans", (11, 11), "C;E"),
            ("G", "weigh cans", (8, 8), "F"), ("H", "stirrer and gloves", (7, 7), "A"), ("I", "sheet with dangers", (5, 5), "A"),
            ("J", "cans into carton", (13, 10), "G"), ("K", "tape and date", (8, 8), "H;I;J"), ("L", "stack", (10, 9), "K"),
        ), {"three gallons": 0.8, "one and a half": 0.2}),
        Line("cartridge line", (
            ("A", "load cartridges", 22, ""), ("B", "fill", 38, "A"), ("C", "seat plunger", 24, "B"), ("D", "wipe", 9, "C"),
            ("E", "label", 18, "D"), ("F", "add nozzles", 16, "D"), ("G", "check seal", 12, "E"), ("H", "into carton", 26, "F;G"),
            ("I", "close and stack", 19, "H"),
        )),
    ),
    projects=(
        Project("closed charging of powders", (
            ("A", "hazard study", 15, "", 9_500, "engineer", 1), ("B", "choose supplier", 12, "A", 3_800, "engineer", 1),
            ("C", "permit for the filter stack", 30, "A", 7_200, "office", 1), ("D", "order and build", 55, "B", 168_000, "supplier", 1),
            ("E", "steel platform", 14, "B", 31_000, "builder", 3), ("F", "empty and clean tanks", 4, "D", 6_400, "blender", 3),
            ("G", "mount", 9, "E;F", 22_500, "mechanic", 3), ("H", "earth and inert", 5, "G", 9_800, "electrician", 2),
            ("I", "write procedures", 8, "B", 4_100, "engineer", 1), ("J", "train shifts", 4, "I", 3_600, "engineer", 1),
            ("K", "trial batches", 6, "C;H;J", 8_200, "engineer", 2), ("L", "safety review", 2, "K", 2_400, "office", 1),
        ), {"A": 1.0, "B": 1.0, "C": 0.6, "E": 0.35}, 1.12),
        Project("new floor coating to market", (
            ("A", "formula", 40, "", 26_000, "chemist", 2), ("B", "weather test", 60, "A", 8_500, "laboratory", 1),
            ("C", "label and data sheet", 12, "A", 3_900, "office", 1), ("D", "pilot batch", 5, "A", 5_200, "blender", 2),
            ("E", "test at two customers", 30, "D", 7_400, "sales", 1), ("F", "price list", 5, "D", 900, "sales", 1),
            ("G", "order cans and labels", 15, "C", 12_500, "buyer", 1), ("H", "first full batch", 4, "B;E;G", 14_800, "blender", 2),
            ("I", "ship to dealers", 6, "F;H", 5_600, "stores", 2),
        )),
    ),
    areas=(
        Area("raw stores", 9_500, 60, 60, fixed=True), Area("tank farm", 4_200, 10, 210, ("reactor", "still"), fixed=True),
        Area("mill room", 2_400, 150, 140, ("mill",)), Area("solvent hall", 5_200, 120, 230, ("solvent",)),
        Area("water hall", 5_600, 260, 90, ("water", "cleaner")), Area("adhesives", 1_900, 240, 240, ("adhesive",)),
        Area("laboratory", 900, 330, 150, ("lab",)), Area("filling hall", 7_400, 330, 220, ("can", "cartridge", "jug")),
        Area("drum bay", 2_600, 90, 320, ("drum",)), Area("bagging shed", 1_200, 400, 50, ("bag",)),
        Area("shipping", 8_200, 440, 250, fixed=True),
    ),
    carry=1_800.0, carry_cost=0.008,
)

TEAM = Team(
    shifts=(Shift("day", 6.0), Shift("evening", 14.5, premium=0.07)),
    others=(
        Others("resins", "leader", 36.0, (1,)), Others("blending", "leader", 33.0, (1, 1)), Others("filling", "leader", 30.0, (1, 1)),
        Others("maintenance", "mechanic", 32.5, (2, 1)), Others("stores", "material handler", 21.5, (2, 1)),
        Others("quality", "chemist", 36.0, (2,)), Others("floaters", "floater", 24.5, (2, 2)),
        Others("safety and environment", "engineer", 41.0, (1,)), Others("office", "planner", 34.0, (2,)),
        Others("office", "buyer", 33.0, (2,)), Others("office", "clerk", 25.0, (1,)),
    ),
    stay=9.0, sick=2.1,
)

TRADE = Trade(
    customers=(
        Customer("Brannock Road Striping", "Central", 0.15, "A", 45, ("traffic", "solvents", "tools")),
        Customer("Cordell Counties Purchasing", "Central", 0.12, "A", 60, ("traffic", "paints")),
        Customer("Delmore Paint Stores", "East", 0.16, "A", 30), Customer("Eastlin Flooring Supply", "East", 0.1, "A", 30,
        ("adhesives", "paints", "tools")), Customer("Fenwright Machine Works", "Lakes", 0.08, "B", 45, ("paints", "solvents", "cleaners")),
        Customer("Gandry Sanitation", "Gulf", 0.12, "B", 30, ("cleaners",)), Customer("Hartsel Woodcraft", "Lakes", 0.06, "B", 30,
        ("adhesives", "cleaners", "byproducts")), Customer("Inverlane Hardware", "Gulf", 0.11, "B", 30),
        Customer("Jardin Cleaning Direct", "Pacific", 0.05, "C", 14, ("cleaners", "byproducts")),
        Customer("Kestrel Marine Refit", "Pacific", 0.05, "C", 45, ("paints", "adhesives", "byproducts", "solvents")),
    ),
    sites=(
        Site("Alderway works", "plant", 0, 0, fixed=0),
        Site("Gulf depot", "warehouse", 180, -640, 0.22, 132_000, 1.4, 10),
        Site("Eastern depot", "warehouse", 520, 110, 0.28, 158_000, 1.6, 12),
        Site("Pacific depot", "warehouse", -1720, -60, 0.1, 141_000, 1.9, 8),
        Site("Central dock", "customer", -90, 40, 0.3), Site("Eastern dock", "customer", 590, 150, 0.28),
        Site("Gulf dock", "customer", 230, -700, 0.24), Site("Pacific dock", "customer", -1800, 20, 0.1),
        Site("Lakes dock", "customer", 130, 330, 0.08), Site("Halvern terminal", "supplier", 260, -480),
        Site("Ostavar port", "supplier", 610, -90),
    ),
    lanes=(
        Lane("Halvern terminal", "Alderway works", "rail", 2_400, 0.006, 8, 1.8),
        Lane("Halvern terminal", "Alderway works", "truckload", 2_050, 0.0, 2),
        Lane("Ostavar port", "Alderway works", "truckload", 2_150, 0.0, 2),
        Lane("Alderway works", "Gulf depot", "truckload", 2_300), Lane("Alderway works", "Gulf depot", "rail", 1_100, 0.011, 7, 1.6),
        Lane("Alderway works", "Eastern depot", "truckload", 1_850), Lane("Alderway works", "Eastern depot", "less_than_truckload", 120, 0.11),
        Lane("Alderway works", "Pacific depot", "truckload", 5_200), Lane("Alderway works", "Pacific depot", "rail", 1_900, 0.021, 11, 2.5),
        Lane("Alderway works", "Central dock", "less_than_truckload", 90, 0.045),
        Lane("Alderway works", "Lakes dock", "less_than_truckload", 110, 0.07),
        Lane("Alderway works", "Gulf dock", "less_than_truckload", 150, 0.14),
        Lane("Alderway works", "Eastern dock", "less_than_truckload", 130, 0.12),
        Lane("Gulf depot", "Gulf dock", "less_than_truckload", 85, 0.04),
        Lane("Eastern depot", "Eastern dock", "less_than_truckload", 85, 0.04),
        Lane("Pacific depot", "Pacific dock", "less_than_truckload", 95, 0.05),
    ),
    notice=3.5, bias=0.05,
)

MONEY = Money(
    selling=0.09, administration=0.06, tax=0.008,
    capital={2: 74_000, -3: 168_000, -5: 31_000},
    targets=(
        ("batches right first time", "%", 90.0, "higher", "head chemist"),
        ("solvent lost", "% of solvent used", 1.2, "lower", "environment engineer"),
        ("washing solvent a batch", "gal", 14.0, "lower", "blending leader"),
    ),
)

STORIES = (
    Story("bad_lots", "Ostavar Pigments", share=0.26, ppm=300),
    Story("overstock", "yellow-74", safety_stock=17600),
    Story("failing_machine", "mill-2", times=3.2),
    Story("shift", "traffic-density", sample=37, sds=1.4, note="filler from the new silo"),
    Story("false_lead", "pail filling"),
)
