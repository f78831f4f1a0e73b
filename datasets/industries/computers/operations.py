"""Quillon Systems' shop, people, trade and money; there is nothing to find in them.

Two shifts build barebones to forecast, then configure, load, burn in and pack what was ordered; boards for disk backplanes are the
only parts made from scratch, in one shift. Standard rates of 26 to 48 an hour for a pair of hands and its place, 130 to 170 for a
line of four to six, labor and overhead together; a burn-in rack 40,000, a small placement machine with oven 130,000; work is 2 to
5 % of a computer's cost (from memory, unchecked).
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
        WorkCenter("smt", "Placement and reflow", "Placement machine with oven", 130_000, 24.0, 6.0, 16.0, "place", "boards", shifts=1, queue=8,
                   life=8, failures=("feeder", "nozzle", "oven belt", "camera")),
        WorkCenter("bench", "Press-fit and board test", "Press with test bed", 72_000, 23.0, 3.0, 10.0, "solder", "boards", shifts=1, queue=8,
                   life=8, failures=("test pins", "press", "test program")),
        WorkCenter("sub", "Subassemblies", "Subassembly bench", 6_000, 20.0, 2.0, 5.0, "assemble", "barebones", 2, queue=6, setup=0.3,
                   life=8, failures=("screwdriver", "screw feeder", "label printer")),
        WorkCenter("desk", "Desktop barebones", "Barebone line, six stations", 260_000, 20.5, 10.0, 35.0, "assemble", "barebones", crew=6.0,
                   queue=4, setup=0.5, life=8, failures=("conveyor", "screwdriver", "screw feeder", "lift")),
        WorkCenter("server", "Server barebones", "Server cell", 28_000, 24.0, 5.0, 14.0, "assemble", "barebones", 2, queue=8, setup=0.4,
                   life=8, failures=("lift table", "screwdriver", "torque sensor")),
        WorkCenter("config", "Desktops to order", "Configuration line, four stations", 190_000, 21.0, 9.0, 34.0, "configure", "orders",
                   crew=4.0, queue=3, setup=0.3, life=8, failures=("conveyor", "scanner", "pick lights", "label printer")),
        WorkCenter("rack", "Servers to order", "Configuration place", 15_000, 25.0, 3.0, 11.0, "configure", "orders", 3, shifts=1, queue=6,
                   setup=0.3, logged=False, life=8),
        WorkCenter("burn", "Load and burn-in", "Burn-in rack, 48 places", 40_000, 23.0, 6.0, 15.0, "load", "test", 5, crew=0.25, queue=20,
                   setup=0.1, logged=False, life=6),
        WorkCenter("test", "Final test", "Test place", 38_000, 24.0, 4.0, 13.0, "test", "test", 2, queue=4, setup=0.2, life=6, rework=0.012,
                   failures=("test fixture", "network switch", "display", "test program")),
        WorkCenter("pack", "Packing", "Packing line", 55_000, 19.0, 2.0, 6.0, "pack", "shipping", 2, queue=2, setup=0.2, logged=False, life=8),
    ),
    routes={
        "pcb-backplane": (("place and reflow", "smt", 0.74), ("press connectors", "bench", 0.26)),
        "backplane": (("test", "bench", 1),),
        "fan-wall": (("assemble", "sub", 1),),
        "cooler-desk": (("assemble", "sub", 1),),
        "disk-*": (("mount on sled", "sub", 1),),
        "base-desk": (("assemble", "desk", 1),),
        "base-tower": (("assemble", "desk", 1),),
        "base-*": (("assemble", "server", 1),),
        "servers": (("configure", "rack", 0.35), ("load and burn in", "burn", 0.4), ("test", "test", 0.2), ("pack", "pack", 0.05)),
        "desktops": (("configure", "config", 0.45), ("load and burn in", "burn", 0.25), ("test", "test", 0.15), ("pack", "pack", 0.15)),
        "towers": (("configure", "config", 0.45), ("load and burn in", "burn", 0.25), ("test", "test", 0.17), ("pack", "pack", 0.13)),
    },
    detours=(Detour("base-tower", "assemble", "server", 4.2), Detour("tower-cad", "configure", "rack", 3.6)),
    changeovers=(
        Changeovers("desk", {"desk": ("base-desk",), "tower": ("base-tower",)}, 0.05, {("desk", "tower"): 0.4, ("tower", "desk"): 0.3}, 60),
        Changeovers("config", {"desktops": ("desk-*",), "towers": ("tower-*",)}, 0.05,
                    {("desktops", "towers"): 0.2, ("towers", "desktops"): 0.2}, 40),
    ),
    closed={"2024-12-31": "stocktaking", "2025-12-31": "stocktaking", "2026-12-31": "stocktaking"},
    open_days={"2025-08-23": "orders of schools", "2025-11-15": "before the holidays", "2025-12-06": "before the holidays"},
    failures=0.09,
    parts=(
        Part("smt", "nozzle set", 2.2, 1_800, 0.8, 320, replaced=1_600),
        Part("smt", "feeder", 1.2, 2_900, 1.0, 260),
        Part("bench", "test pins", 2.9, 1_500, 1.5, 180),
        Part("desk", "screwdriver spindle", 1.7, 2_600, 0.8, 410),
        Part("burn", "power distribution unit", 1.0, 11_000, 2.0, 640),
        Part("burn", "rack fan", 2.5, 9_000, 0.7, 85),
        Part("test", "test fixture", 2.1, 3_400, 1.2, 350),
    ),
    studies=(
        Study("assemble base-desk, station 2", {"take case": 3.2, "set board": 7.4, "nine screws": 21.5, "plug supply": 6.3, "push on": 2.6},
              1.05, 0.07, 25),
        Study("configure desk-office", {"scan order": 3.0, "processor and cooler": 24.0, "memory": 7.2, "disk": 11.5, "close case": 8.8}, 1.0,
              0.1, 20),
        Study("pack desk-office", {"foam ends": 6.1, "into carton": 5.4, "keyboard and papers": 7.2, "tape and label": 8.8}, 1.1, 0.08, 20,
              {"new roll of tape": (24, 10)}),
        Study("mount disk on sled", {"take sled": 2.2, "set disk": 3.1, "four screws": 10.6, "scan": 2.4}, 0.95, 0.06, 25),
    ),
    lines=(
        Line("barebone line", (
            ("A", "case on pallet", (8, 12), ""), ("B", "standoffs", (14, 18), "A"), ("C", "cooler on board", (22, 22), ""),
            ("D", "board in case", (31, 36), "B;C"), ("E", "power supply", (24, 33), "A"), ("F", "power cables", (18, 26), "D;E"),
            ("G", "fans", (12, 34), "A"), ("H", "front panel plugs", (21, 24), "D"), ("I", "disk cables", (10, 15), "D"),
            ("J", "first power-on", (26, 30), "F;G;H"), ("K", "tie cables", (19, 28), "I;J"), ("L", "close and label", (14, 18), "K"),
        ), {"desktop": 0.81, "tower": 0.19}),
        Line("server cell", (
            ("A", "chassis on lift", 40, ""), ("B", "backplane", 150, "A"), ("C", "fan wall", 95, "A"), ("D", "board", 210, "A"),
            ("E", "heat sinks", 130, "D"), ("F", "supplies", 60, "B"), ("G", "cables", 240, "B;C;D"), ("H", "power-on", 120, "E;F;G"),
            ("I", "cover and label", 70, "H"),
        )),
    ),
    projects=(
        Project("move to the next desktop board", (
            ("A", "samples from the supplier", 20, "", 3_000, "supplier", 1), ("B", "compatibility test", 12, "A", 9_500, "engineer", 2),
            ("C", "new screw pattern and fixture", 15, "A", 6_800, "engineer", 1), ("D", "image and drivers", 10, "A", 7_200, "engineer", 1),
            ("E", "use up the old boards", 30, "", 0, "planner", 1), ("F", "emission test", 15, "B", 14_000, "laboratory", 1),
            ("G", "pilot of 60", 2, "B;C;D", 4_100, "assembler", 6), ("H", "reliability run", 21, "G", 6_500, "engineer", 1),
            ("I", "bills and work instructions", 5, "G", 2_400, "engineer", 1), ("J", "switch over", 1, "E;F;H;I", 1_200, "planner", 1),
        ), {"A": 1.0, "B": 0.75, "C": 0.6, "D": 1.0, "E": 0.2}, 1.03),
        Project("sixth burn-in rack", (
            ("A", "power and cooling survey", 4, "", 2_200, "engineer", 1), ("B", "order rack and switches", 25, "A", 41_000, "supplier", 1),
            ("C", "circuit and outlets", 6, "A", 7_800, "electrician", 2), ("D", "cooling duct", 8, "A", 9_400, "builder", 2),
            ("E", "set up", 2, "B;C;D", 1_800, "engineer", 1), ("F", "network and software", 3, "E", 2_600, "engineer", 1),
            ("G", "trial night", 1, "F", 600, "tester", 1),
        )),
    ),
    areas=(
        Area("receiving and cage", 900, 10, 16, fixed=True), Area("boards", 220, 36, 10, ("smt", "bench"), fixed=True),
        Area("subassemblies", 180, 36, 30, ("sub",)), Area("barebone line", 460, 58, 14, ("desk",)), Area("server cells", 320, 58, 36, ("server",)),
        Area("configuration", 420, 84, 16, ("config",)), Area("server configuration", 240, 84, 38, ("rack",)),
        Area("burn-in room", 260, 104, 28, ("burn",), fixed=True), Area("test", 180, 120, 20, ("test",)),
        Area("packing", 360, 134, 24, ("pack",)), Area("shipping", 520, 150, 24, fixed=True),
    ),
    carry=40.0, carry_cost=0.015,
)

TEAM = Team(
    shifts=(Shift("early", 6.5), Shift("late", 15.0, premium=0.07)),
    others=(
        Others("boards", "leader", 30.0, (1,)), Others("barebones", "leader", 27.0, (1, 1)), Others("orders", "leader", 27.0, (1, 1)),
        Others("test", "leader", 31.0, (1,)), Others("shipping", "material handler", 19.5, (3, 2)), Others("maintenance", "mechanic", 29.0, (1, 1)),
        Others("quality", "inspector", 24.0, (2, 1)), Others("floaters", "floater", 22.0, (3, 3)), Others("office", "planner", 36.0, (3,)),
        Others("office", "buyer", 36.0, (4,)), Others("office", "engineer", 47.0, (5,)), Others("office", "clerk", 24.0, (3,)),
        Others("office", "manager", 62.0, (2,)),
    ),
    stay=4.5, sick=2.3, vacation=12,
)

TRADE = Trade(
    customers=(
        Customer("Westlake School District", "Midwest", 0.1, "B", 60, ("desktops", "upgrades")),
        Customer("Ardent Office Supply", "Northeast", 0.16, "B", 30, ("desktops", "upgrades")),
        Customer("Bluefern Design", "West", 0.09, "B", 30, ("towers", "upgrades")),
        Customer("Playforge Stores", "South", 0.12, "B", 45, ("towers", "upgrades")),
        Customer("Corrigan Insurance", "Northeast", 0.11, "A", 45, ("desktops", "servers")),
        Customer("Delmar Hosting", "South", 0.13, "A", 30, ("servers", "upgrades")),
        Customer("Hexley Research", "West", 0.07, "A", 45, ("servers", "towers")),
        Customer("Sandmoor County", "Midwest", 0.08, "B", 60), Customer("Norrin Systems Trade", "Midwest", 0.14, "C", 30),
    ),
    sites=(
        Site("Quillon works", "plant", 0, 0, fixed=0),
        Site("East hub", "warehouse", 1_050, 120, 0.34, 152_000, 3.1, 10), Site("West hub", "warehouse", -2_350, -260, 0.22, 146_000, 3.3, 10),
        Site("Midwest customers", "customer", 160, 60, 0.27), Site("Northeast customers", "customer", 1_180, 210, 0.31),
        Site("South customers", "customer", 520, -940, 0.23), Site("West customers", "customer", -2_480, -310, 0.19),
        Site("Airport, chips", "supplier", 35, -20), Site("Port, chassis", "supplier", -2_600, -420),
    ),
    lanes=(
        Lane("Airport, chips", "Quillon works", "parcel", 95, 1.8, 1, 0.2), Lane("Port, chassis", "Quillon works", "rail", 2_100, 0.06, 8, 1.5),
        Lane("Port, chassis", "Quillon works", "truckload", 4_800), Lane("Quillon works", "East hub", "truckload", 1_980),
        Lane("Quillon works", "West hub", "truckload", 4_300), Lane("Quillon works", "West hub", "rail", 1_900, 0.05, 6, 1.2),
        Lane("East hub", "Northeast customers", "parcel", 9, 0.7, 2, 0.5), Lane("East hub", "South customers", "parcel", 10, 0.8, 3, 0.6),
        Lane("West hub", "West customers", "parcel", 9, 0.7, 2, 0.5), Lane("Quillon works", "Midwest customers", "parcel", 8, 0.6, 2, 0.4),
        Lane("Quillon works", "Northeast customers", "air", 60, 2.2, 1, 0.2), Lane("Quillon works", "South customers", "less_than_truckload", 110, 0.3),
        Lane("Quillon works", "West customers", "air", 75, 2.6, 1, 0.2),
    ),
    notice=1.5, bias=0.04,
)

MONEY = Money(
    selling=0.06, administration=0.04, tax=0.012,
    capital={2: 41_000, -3: 130_000, -7: 76_000},
    targets=(
        ("orders shipped within five days", "%", 94.0, "higher", "order planner"),
        ("failures in the first month", "% of computers", 0.8, "lower", "quality lead"),
        ("stock of chips older than eight weeks", "% of chip stock", 5.0, "lower", "chip buyer"),
    ),
)

STORIES = (Story("false_lead", "wrong image"),)
