"""Brenner Seating's shop, people, trade and money, and what there is to find in them.

Two shifts stamp, weld, dip, foam, cut, sew and assemble at takt. Standard rates of 30 to 45 an hour for each pair of hands and
90 to 210 for robots and lines, labor and overhead together; a robot cell 350,000 to 500,000, a dip-coating line 2.5 million, a
foam carousel 1.8 million, a sewing station 8,000; three or four sewers in ten are learning (from memory, unchecked).
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
        WorkCenter("press", "Stamping", "Press 400 t, progressive dies", 1_450_000, 25.0, 24.0, 45.0, "press", "metal", queue=10, life=15,
                   failures=("die", "feeder", "scrap chute", "hydraulics")),
        WorkCenter("tube", "Tube bending", "Tube bender", 210_000, 23.0, 7.0, 17.0, "bend", "metal", queue=8, logged=False),
        WorkCenter("weld", "Robot welding", "Robot cell, two stations", 430_000, 25.0, 21.0, 51.0, "weld", "metal", 3, queue=10,
                   failures=("torch tip", "wire feeder", "fixture clamp", "robot cable")),
        WorkCenter("ecoat", "Dip coating", "Dip coating line", 2_500_000, 22.0, 34.0, 58.0, "coat", "metal", crew=3.0, queue=16, life=15,
                   setup=0.3, failures=("conveyor chain", "rectifier", "oven burner", "rinse pump")),
        WorkCenter("foam", "Foaming", "Foam carousel, 24 molds", 1_800_000, 22.0, 30.0, 44.0, "foam", "foam", crew=3.0, queue=8, life=15,
                   failures=("mixing head", "mold lid", "dosing pump", "carousel drive")),
        WorkCenter("trim", "Crushing and trimming pads", "Roller crusher and bench", 60_000, 20.5, 3.0, 9.0, "foam", "foam", queue=12,
                   setup=0.2, logged=False),
        WorkCenter("cutter", "Cutting", "Cutter with camera table", 320_000, 23.0, 11.0, 28.0, "cut", "sewing", queue=12,
                   failures=("blade", "vacuum pump", "conveyor", "camera"), logged=False),
        WorkCenter("sew", "Sewing", "Sewing cell, four stations", 36_000, 21.5, 8.0, 24.0, "sew", "sewing", 4, crew=4.0, queue=14,
                   setup=0.5, logged=False, life=8),
        WorkCenter("head", "Headrests", "Headrest fitting station", 24_000, 20.5, 2.0, 6.0, "trim", "assembly", 2, queue=6, setup=0.3,
                   logged=False, life=8),
        WorkCenter("front", "Front seat lines", "Front seat line, six stations", 520_000, 23.5, 16.0, 40.0, "assemble", "assembly", 2,
                   crew=6.0, queue=3, setup=0.4, rework=0.012, failures=("screwdriver", "pallet stop", "lift table", "steamer")),
        WorkCenter("bench", "Bench lines", "Bench line, three stations", 240_000, 23.5, 9.0, 30.0, "assemble", "assembly", 2, crew=3.0,
                   queue=3, setup=0.4, logged=False),
        WorkCenter("test", "Final test", "Tester for airbag and sensor circuits", 95_000, 24.0, 6.0, 16.0, "test", "assembly", 2, queue=2,
                   setup=0.2, logged=False, life=8),
        WorkCenter("sequence", "Sequencing", "Sequencing dock", 30_000, 20.5, 2.0, 6.0, "sequence", "logistics", 2, queue=2, setup=0.2,
                   logged=False),
    ),
    routes={
        "side-member": (("stamp", "press", 1),),
        "pan-cushion": (("stamp", "press", 1),),
        "frame-bench": (("stamp brackets", "press", 0.05), ("bend tubes", "tube", 0.13), ("weld", "weld", 0.52), ("dip", "ecoat", 0.3)),
        "frame-jump": (("stamp brackets", "press", 0.05), ("bend tubes", "tube", 0.13), ("weld", "weld", 0.52), ("dip", "ecoat", 0.3)),
        "frame-*": (("bend tubes", "tube", 0.08), ("weld", "weld", 0.62), ("dip", "ecoat", 0.3)),
        "pad-*": (("foam", "foam", 0.8), ("crush and trim", "trim", 0.2)),
        "headrest-*": (("sew", "sew", 0.55), ("fit on foam", "head", 0.45)),
        "cut-*": (("cut", "cutter", 1),),
        "cover-*": (("sew", "sew", 1),),
        "seats": (("assemble", "front", 0.85), ("test circuits", "test", 0.15)),
        "bench-*": (("assemble", "bench", 0.88), ("test buckles", "test", 0.12)),
        "seat-van": (("assemble", "bench", 0.9), ("load in racks", "sequence", 0.1)),
        "set-*": (("pair and load in sequence", "sequence", 1),),
    },
    detours=(Detour("bench-*", "assemble", "front", 0.6), Detour("frame-jump", "stamp brackets", "tube", 2.5)),
    changeovers=(
        Changeovers("press", {"member": ("side-member",), "pan": ("pan-cushion",), "bracket": ("frame-bench", "frame-jump")}, 0.3,
                    {("member", "pan"): 1.1, ("pan", "member"): 1.1, ("member", "bracket"): 0.8, ("bracket", "member"): 0.9,
                     ("pan", "bracket"): 0.8, ("bracket", "pan"): 0.9}, 120),
        Changeovers("foam", {"front": ("pad-front",), "bench": ("pad-bench",), "head": ("pad-head",)}, 0.2,
                    {("front", "bench"): 0.5, ("bench", "front"): 0.4, ("front", "head"): 0.3, ("head", "front"): 0.3,
                     ("bench", "head"): 0.3, ("head", "bench"): 0.5}, 170),
    ),
    closed={
        **{f"{year}-07-{day:02}": "vehicle plants closed" for year, days in ((2024, (1, 2, 3)), (2025, (1, 2, 3)), (2026, (1, 2)))
           for day in days},
        "2024-12-26": "vehicle plants closed", "2024-12-27": "vehicle plants closed", "2025-12-26": "vehicle plants closed",
        "2026-12-28": "vehicle plants closed",
    },
    open_days={"2025-02-15": "ice closed the roads on Thursday", "2025-10-11": "launch of the M5 bench", "2025-11-08": "catching up"},
    failures=0.12,
    parts=(
        Part("weld", "robot cable", 2.8, 5_200, 5.0, 1_150),
        Part("weld", "fixture clamp", 1.9, 2_600, 1.5, 240),
        Part("weld", "torch body", 1.2, 1_500, 0.8, 310),
        Part("foam", "mixing head seal", 3.1, 2_900, 4.0, 860, replaced=2_600),
        Part("foam", "dosing pump", 2.4, 7_400, 7.0, 3_900),
        Part("ecoat", "rectifier module", 1.0, 6_000, 3.0, 1_700),
        Part("front", "screwdriver spindle", 1.6, 2_400, 1.0, 540),
    ),
    studies=(
        Study("assemble seat-m5-comfort-l, station 3", {"take frame": 4.2, "set rails": 9.5, "drive four bolts": 16.0, "plug harness": 11.5,
              "clip tube": 5.2}, 1.0, 0.07, 25),
        Study("sew cover-plus, side seam", {"take panels": 4.8, "align notches": 6.1, "sew 1.2 m": 24.0, "trim thread": 2.4, "stack": 3.0},
              1.05, 0.1, 25, {"change bobbin": (33, 8)}),
        Study("load robot cell, frame-k2", {"unload frame": 8.0, "place side members": 14.5, "place pan": 7.0, "clamp and start": 5.5}, 1.1,
              0.06, 20),
        Study("load seats in sequence", {"read broadcast": 3.5, "lift seat by hoist": 15.0, "set in rack": 12.5, "scan tag": 4.0}, 0.95, 0.11, 20),
    ),
    lines=(
        Line("front seat line", (
            ("A", "set frame on pallet", 18, ""), ("B", "bolt rails", 32, "A"), ("C", "fit recliners", 38, "A"), ("D", "lay harness", (24, 41), "B"),
            ("E", "fit airbag", 29, "C"), ("F", "fit buckle", 16, "B"), ("G", "pad and cover on cushion", (52, 58), "D"),
            ("H", "pad and cover on back", (57, 64), "E;D"), ("I", "heater and lumbar plugs", (0, 26), "G;H"), ("J", "side shields", 34, "G;F"),
            ("K", "headrest", 11, "H"), ("L", "steam and iron", 44, "I;J"), ("M", "torque check", 15, "B;C"), ("N", "look over", 36, "K;L;M"),
        ), {"manual": 0.52, "power": 0.48}),
        Line("bench line", (
            ("A", "set frame", 22, ""), ("B", "latches", 36, "A"), ("C", "buckles", 40, "A"), ("D", "pad and cover", 96, "B"),
            ("E", "hog-ring edges", 88, "D"), ("F", "headrest guides", 24, "E"), ("G", "headrests", 21, "F"), ("H", "armrest", (0, 48), "E"),
            ("I", "bolts and bag", 33, "C;E"), ("J", "look over", 38, "G;H;I"),
        ), {"K2": 0.5, "M5": 0.5}),
    ),
    projects=(
        Project("launch of the M5 restyled seat", (
            ("A", "freeze drawings", 15, "", 12_000, "engineer", 2), ("B", "order tools", 5, "A", 4_000, "buyer", 1),
            ("C", "build foam molds", 60, "B", 185_000, "supplier", 1), ("D", "build weld fixtures", 45, "B", 96_000, "supplier", 1),
            ("E", "prototype covers", 20, "A", 14_000, "sewer", 2), ("F", "trial of frames", 8, "D", 9_000, "engineer", 1),
            ("G", "trial of pads", 6, "C", 7_500, "engineer", 1), ("H", "first seats off tools", 6, "E;F;G", 11_000, "assembler", 4),
            ("I", "crash and wear tests", 25, "H", 68_000, "laboratory", 1), ("J", "train the line", 6, "H", 8_000, "assembler", 6),
            ("K", "run at rate", 3, "J", 9_500, "assembler", 12), ("L", "customer's approval", 10, "I;K", 2_500, "quality", 2),
        ), {"A": 1.0, "B": 1.0, "C": 0.55, "D": 0.7, "E": 1.0}, 1.06),
        Project("third robot for the bench cell", (
            ("A", "simulate reach", 6, "", 4_200, "engineer", 1), ("B", "order robot", 50, "A", 118_000, "supplier", 1),
            ("C", "build stock ahead", 12, "A", 9_000, "welder", 2), ("D", "fence and floor plates", 8, "A", 13_500, "mechanic", 2),
            ("E", "set up", 4, "B;C;D", 7_800, "mechanic", 3), ("F", "program paths", 6, "E", 6_200, "engineer", 1),
            ("G", "safety release", 1, "F", 900, "office", 1), ("H", "weld sections and pull tests", 3, "F", 2_600, "quality", 1),
        )),
    ),
    areas=(
        Area("receiving and stores", 1_400, 10, 20, fixed=True), Area("stamping", 520, 46, 10, ("press", "tube"), fixed=True),
        Area("welding", 640, 70, 10, ("weld",)), Area("dip coating", 900, 100, 12, ("ecoat",), fixed=True),
        Area("foam hall", 780, 46, 52, ("foam", "trim"), fixed=True), Area("cutting", 360, 24, 52, ("cutter",)),
        Area("sewing hall", 820, 24, 80, ("sew",)), Area("headrests", 150, 52, 80, ("head",)),
        Area("front seats", 900, 84, 50, ("front",)), Area("benches", 520, 84, 78, ("bench",)), Area("test", 180, 108, 62, ("test",)),
        Area("sequencing", 480, 126, 56, ("sequence",)), Area("shipping", 420, 140, 56, fixed=True),
    ),
    carry=60.0, carry_cost=0.018,
)

TEAM = Team(
    shifts=(Shift("A", 6.0), Shift("B", 14.5, premium=0.06)),
    others=(
        Others("metal", "leader", 31.0, (1, 1)), Others("foam", "leader", 30.0, (1,)), Others("sewing", "leader", 28.5, (1, 1)),
        Others("assembly", "leader", 30.0, (1, 1)), Others("logistics", "material handler", 20.0, (3, 2)),
        Others("maintenance", "mechanic", 31.5, (2, 2)), Others("quality", "inspector", 25.0, (2, 1)),
        Others("floaters", "floater", 23.0, (5, 5)), Others("office", "planner", 34.0, (2,)), Others("office", "buyer", 33.0, (2,)),
        Others("office", "engineer", 42.0, (3,)), Others("office", "manager", 55.0, (1,)),
    ),
    stay=5.0, sick=2.6, vacation=12,
)

TRADE = Trade(
    customers=(
        Customer("Corvane Motors, Ashfield", "Midwest", 0.42, "A", 45, ("K2",)),
        Customer("Corvane Motors, Redmoor", "South", 0.36, "A", 45, ("M5",)),
        Customer("Tillbury Vans", "Midwest", 0.08, "A", 60, ("V1",)),
        Customer("Corvane Service Parts", "Midwest", 0.07, "B", 30, ("service", "purchased", "trim")),
        Customer("Harlow Seat Repair", "Northeast", 0.02, "C", 30, ("service", "purchased", "trim")),
        Customer("Pinewick Auto Interiors", "West", 0.03, "C", 30, ("service", "purchased", "trim")),
        Customer("Stanmore Fleet Refit", "South", 0.02, "C", 30, ("service", "purchased", "V1")),
    ),
    sites=(
        Site("Brenner works", "plant", 0, 0, fixed=0),
        Site("Redmoor sequencing", "warehouse", 70, -410, 0.34, 210_000, 2.4, 8),
        Site("Service depot", "warehouse", 160, 60, 0.1, 88_000, 1.9, 14),
        Site("Ashfield plant", "customer", 18, 12, 0.47), Site("Redmoor plant", "customer", 78, -415, 0.34),
        Site("Tillbury plant", "customer", -210, 150, 0.09), Site("Service customers", "customer", 330, 140, 0.1),
        Site("Ardenvale mill", "supplier", 240, 190), Site("Castell works", "supplier", -900, 320),
    ),
    lanes=(
        Lane("Ardenvale mill", "Brenner works", "truckload", 880), Lane("Castell works", "Brenner works", "truckload", 2_350, spread=1.0),
        Lane("Castell works", "Brenner works", "air", 640, 2.6, 1, 0.3),
        Lane("Brenner works", "Ashfield plant", "truckload", 145, days=0.1, spread=0.02),
        Lane("Brenner works", "Redmoor sequencing", "truckload", 1_120), Lane("Brenner works", "Redmoor plant", "truckload", 1_150),
        Lane("Redmoor sequencing", "Redmoor plant", "truckload", 95, days=0.1, spread=0.02),
        Lane("Brenner works", "Tillbury plant", "truckload", 720), Lane("Brenner works", "Service depot", "less_than_truckload", 85, 0.11),
        Lane("Service depot", "Service customers", "parcel", 14, 0.9, 3, 0.8),
        Lane("Brenner works", "Service customers", "less_than_truckload", 110, 0.24),
    ),
    notice=6.0, bias=0.02,
)

MONEY = Money(
    selling=0.02, administration=0.045, tax=0.008,
    capital={4: 118_000, -1: 185_000, -3: 96_000, -8: 64_000},
    targets=(
        ("seats in wrong sequence", "a million", 50.0, "lower", "logistics lead"),
        ("premium freight", "% of sales", 0.3, "lower", "call-off planner"),
        ("leather used of leather bought", "%", 84.0, "higher", "sewing leader"),
    ),
)

STORIES = (
    Story("late_supplier", "Castell Actuators", late=1.0, sd=1.1),
    Story("failing_machine", "weld-2", times=3.5),
    Story("absence_cluster", "sewing", times=2.6, weeks=26),
    Story("shift", "foam-hardness", sample=41, sds=1.5, note="new tank of polyol"),
    Story("false_lead", "front seat assembly"),
)
