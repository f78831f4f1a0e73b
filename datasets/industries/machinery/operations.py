"""Torvane's shop, people, trade and money, and what there is to find in them.

One shift welds, wires, assembles and runs off; saw, lathes and mills work a second one. Standard rates of 39 to 54 an hour for
fitters and electricians, 64 to 122 for machine tools, labor and overhead together; a five-axis machining center 420,000, a
cylindrical grinder 260,000, a place at which a machine is built 20,000; a machine stands six to ten weeks on the floor (from
memory, unchecked).
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
        WorkCenter("saw", "Sawing", "Bandsaw with feeder", 58_000, 22.0, 4.0, 10.0, "saw", "machining", shifts=2, queue=12,
                   failures=("blade", "feeder", "coolant", "clamp")),
        WorkCenter("lathe", "Turning", "Lathe with bar feeder", 235_000, 27.0, 10.0, 29.0, "turn", "machining", 2, shifts=2, queue=28,
                   failures=("turret", "bar feeder", "chuck", "coolant pump")),
        WorkCenter("grinder", "Grinding", "Cylindrical grinder", 260_000, 28.0, 9.0, 27.0, "grind", "machining", queue=24, life=15,
                   failures=("dresser", "spindle bearing", "hydraulics")),
        WorkCenter("mill", "Milling", "Machining center, five axes", 420_000, 29.0, 26.0, 67.0, "mill", "machining", 2, queue=36,
                   failures=("tool changer", "spindle chiller", "chip conveyor", "probe")),
        WorkCenter("sheet", "Sheet work", "Laser and press brake", 540_000, 26.0, 18.0, 46.0, "laser", "fabrication", queue=16,
                   failures=("lens", "back gauge", "gas supply")),
        WorkCenter("weld", "Welding", "Welding place with turntable", 34_000, 29.0, 6.0, 13.0, "weld", "fabrication", 4, queue=20,
                   setup=0.5, logged=False),
        WorkCenter("paint", "Painting", "Paint booth", 140_000, 24.0, 19.0, 31.0, "paint", "fabrication", queue=24, setup=0.6,
                   failures=("filter", "spray gun", "burner")),
        WorkCenter("frames", "Profiles and doors", "Profile saw and door bench", 46_000, 23.0, 7.0, 27.0, "fit", "assembly", crew=2.0,
                   queue=10, setup=0.5, failures=("saw", "screwdriver", "fixture")),
        WorkCenter("modules", "Module assembly", "Module bench", 9_000, 28.0, 2.0, 9.0, "fit", "assembly", 18, queue=30, setup=0.4,
                   logged=False, life=12),
        WorkCenter("wiring", "Control cabinets and wiring", "Wiring place", 11_000, 30.0, 2.0, 8.0, "wire", "electrical", 15, queue=30,
                   setup=0.4, logged=False, life=12),
        WorkCenter("final", "Final assembly", "Assembly place with crane", 42_000, 31.0, 3.0, 12.0, "assemble", "final", 22, queue=40,
                   setup=0.4, logged=False, life=15),
        WorkCenter("runoff", "Run-off", "Run-off place", 30_000, 34.0, 4.0, 16.0, "commission", "final", 8, queue=24, setup=0.4,
                   logged=False, life=15),
        WorkCenter("crating", "Crating", "Crating bay", 15_000, 23.0, 3.0, 12.0, "pack", "logistics", 3, queue=6, setup=0.2,
                   logged=False),
    ),
    routes={
        "shaft-*": (("saw", "saw", 0.08), ("turn", "lathe", 0.7), ("grind", "grinder", 0.22)),
        "roller": (("saw", "saw", 0.1), ("turn", "lathe", 0.9)),
        "cam-disc": (("mill", "mill", 0.7), ("grind after hardening", "grinder", 0.3)),
        "plate-*": (("mill", "mill", 1),),
        "block-bearing": (("saw", "saw", 0.08), ("mill", "mill", 0.92)),
        "finger-grip": (("saw", "saw", 0.08), ("mill", "mill", 0.92)),
        "bracket-sensor": (("laser and bend", "sheet", 1),),
        "hopper": (("laser and bend", "sheet", 0.4), ("weld", "weld", 0.6)),
        "frame-*": (("saw", "saw", 0.1), ("laser plates", "sheet", 0.14), ("weld", "weld", 0.51), ("paint", "paint", 0.25)),
        "guard-door": (("cut panels", "sheet", 0.25), ("cut profiles and fit", "frames", 0.75)),
        "cabinet-*": (("wire", "wiring", 1),),
        "modules": (("assemble", "modules", 1),),
        "conveyor": (("cut profiles", "frames", 0.1), ("assemble", "final", 0.78), ("crate", "crating", 0.12)),
        "feeder": (("assemble", "final", 0.8), ("wire", "wiring", 0.1), ("crate", "crating", 0.1)),
        "machines": (("assemble", "final", 0.5), ("wire", "wiring", 0.2), ("run off", "runoff", 0.25), ("crate", "crating", 0.05)),
    },
    detours=(Detour("plate-*", "mill", "sheet", 1.6), Detour("roller", "saw", "lathe", 1.5), Detour("conveyor", "assemble", "modules", 1.1)),
    changeovers=(
        Changeovers("lathe", {"bar": ("shaft-*",), "tube": ("roller",)}, 0.5, {("bar", "tube"): 1.3, ("tube", "bar"): 1.2}, 45),
        Changeovers("mill", {"plates": ("plate-*",), "small": ("block-bearing", "finger-grip"), "discs": ("cam-disc",)}, 0.6,
                    {("plates", "small"): 1.1, ("small", "plates"): 1.2, ("plates", "discs"): 1.6, ("discs", "plates"): 1.5,
                     ("small", "discs"): 1.5, ("discs", "small"): 1.4}, 60),
    ),
    closed={"2024-12-26": "between the years", "2024-12-27": "between the years", "2025-12-26": "between the years",
            "2026-12-28": "between the years"},
    open_days={"2025-04-26": "two machines for a trade fair", "2025-10-18": "catching up"},
    failures=0.1,
    parts=(
        Part("lathe", "turret coupling", 2.9, 6_800, 9.0, 3_400),
        Part("lathe", "coolant pump", 1.8, 3_600, 2.0, 420),
        Part("mill", "spindle bearing set", 3.3, 8_200, 16.0, 9_800, replaced=8_000),
        Part("mill", "tool changer arm", 1.6, 4_900, 5.0, 1_600),
        Part("saw", "band guide", 2.6, 2_100, 1.0, 120),
        Part("grinder", "control board", 1.0, 9_500, 6.0, 2_700),
        Part("weld", "wire feeder", 1.3, 2_400, 1.5, 210),
    ),
    studies=(
        Study("assemble mod-belt", {"set profiles": 210, "rollers and bearings": 640, "belt and tension": 380, "wear strips": 260,
              "check run": 145}, 1.0, 0.09, 12),
        Study("turn shaft-idler", {"load bar": 22, "face and turn": 96, "groove": 31, "part off": 18, "measure": 27}, 1.05, 0.05, 20,
              {"new insert": (140, 10)}),
        Study("wire terminal row of cabinet-l", {"cut wire": 5.2, "strip and ferrule": 9.8, "mark": 4.1, "connect": 8.6}, 1.1, 0.11, 25),
    ),
    lines=(
        Line("conveyor line", (
            ("A", "lay profiles", 540, ""), ("B", "bolt cross members", 780, "A"), ("C", "fit belt decks", 1_260, "B"),
            ("D", "drive station", 900, "B"), ("E", "feet and level", 480, "B"), ("F", "belts", 840, "C;D"), ("G", "sensors", 420, "C"),
            ("H", "cable duct", 600, "G"), ("I", "plug drive", 360, "D;H"), ("J", "guards", 540, "F"), ("K", "test run", 660, "E;I;J"),
        )),
        Line("belt deck bench", (
            ("A", "cut and deburr", (210, 240), ""), ("B", "bearing blocks", (330, 330), "A"), ("C", "rollers", (300, 420), "B"),
            ("D", "wear strips", (240, 270), "A"), ("E", "belt", (390, 450), "C;D"), ("F", "tension and run", (270, 300), "E"),
        ), {"narrow": 0.62, "wide": 0.38}),
    ),
    projects=(
        Project("palletizer for Easton Bottling", (
            ("A", "layout with the customer", 8, "", 6_400, "engineer", 1), ("B", "mechanical design", 22, "A", 24_000, "engineer", 2),
            ("C", "electrical design", 16, "A", 15_500, "engineer", 1), ("D", "order drives and controls", 60, "C", 21_500, "supplier", 1),
            ("E", "weld and paint frames", 12, "B", 8_200, "welder", 2), ("F", "machined parts", 18, "B", 11_500, "machinist", 2),
            ("G", "build modules", 15, "F", 13_400, "fitter", 3), ("H", "wire cabinet", 12, "D", 7_600, "electrician", 2),
            ("I", "final assembly", 14, "E;G", 15_800, "fitter", 4), ("J", "wire machine", 8, "H;I", 6_900, "electrician", 3),
            ("K", "program and run off", 12, "J", 9_800, "engineer", 2), ("L", "acceptance by the customer", 3, "K", 2_600, "engineer", 1),
            ("M", "take apart, crate, ship", 4, "L", 5_200, "fitter", 3),
        ), {"A": 1.0, "B": 0.9, "C": 1.0, "D": 0.35, "F": 0.2}, 1.09),
        Project("cartoner for Millbrook Foods", (
            ("A", "carton samples", 5, "", 1_800, "engineer", 1), ("B", "design changes", 12, "A", 11_000, "engineer", 2),
            ("C", "order hot-melt unit", 60, "B", 4_900, "supplier", 1), ("D", "frame", 10, "B", 3_900, "welder", 2),
            ("E", "modules", 18, "B", 9_700, "fitter", 3), ("F", "assembly", 12, "D;E", 9_900, "fitter", 3),
            ("G", "glue station", 2, "C;F", 1_400, "fitter", 1), ("H", "run off", 9, "G", 5_600, "engineer", 2),
            ("I", "ship", 3, "H", 2_700, "fitter", 2),
        )),
    ),
    areas=(
        Area("stores", 700, 8, 12, fixed=True), Area("machining", 620, 34, 10, ("saw", "lathe", "grinder", "mill")),
        Area("sheet shop", 360, 60, 10, ("sheet",)), Area("welding shop", 340, 78, 12, ("weld",)),
        Area("paint shop", 220, 96, 12, ("paint",), fixed=True), Area("profiles", 160, 30, 34, ("frames",)),
        Area("modules", 620, 30, 54, ("modules",)), Area("electrical shop", 420, 54, 56, ("wiring",)),
        Area("assembly hall", 1_700, 84, 46, ("final",)), Area("run-off hall", 900, 112, 46, ("runoff",), fixed=True),
        Area("crating", 260, 132, 46, ("crating",)), Area("shipping", 240, 142, 46, fixed=True),
    ),
    carry=30.0, carry_cost=0.03,
)

TEAM = Team(
    shifts=(Shift("day", 7.0), Shift("evening", 15.5, premium=0.1)),
    others=(
        Others("machining", "leader", 33.0, (1,)), Others("fabrication", "leader", 32.0, (1,)), Others("assembly", "leader", 33.0, (1,)),
        Others("electrical", "leader", 35.0, (1,)), Others("final", "leader", 36.0, (1,)), Others("maintenance", "mechanic", 31.0, (1, 1)),
        Others("logistics", "material handler", 21.0, (3,)), Others("quality", "inspector", 28.0, (2,)),
        Others("floaters", "floater", 27.0, (3, 1)), Others("office", "planner", 35.0, (2,)), Others("office", "buyer", 34.0, (3,)),
        Others("office", "engineer", 46.0, (8,)), Others("office", "manager", 60.0, (2,)),
    ),
    stay=11.0, sick=2.0, vacation=15,
)

TRADE = Trade(
    customers=(
        Customer("Millbrook Foods", "Midwest", 0.15, "A", 60), Customer("Easton Bottling", "Northeast", 0.13, "A", 45),
        Customer("Larkfield Dairies", "Midwest", 0.11, "A", 45), Customer("Sutter Valley Packing", "West", 0.1, "B", 30),
        Customer("Granby Pet Food", "South", 0.09, "B", 45), Customer("Norwood Bakery Group", "Northeast", 0.1, "B", 30),
        Customer("Pellham Cosmetics", "South", 0.08, "B", 60, ("machines",)), Customer("Ridgemont Line Builders", "Midwest", 0.08, "B", 30,
        ("conveyor", "feeder", "labeler", "spares")), Customer("Averly Service Parts", "South", 0.09, "C", 30, ("spares", "controls")),
        Customer("Tornvik Maskin", "Europe", 0.07, "C", 75),
    ),
    sites=(
        Site("Torvane works", "plant", 0, 0, fixed=0),
        Site("Spares depot East", "warehouse", 980, -220, 0.3, 76_000, 2.2, 8),
        Site("Spares depot West", "warehouse", -2_900, -300, 0.14, 71_000, 2.6, 8),
        Site("Midwest customers", "customer", -310, -80, 0.36), Site("Northeast customers", "customer", 1_020, 190, 0.24),
        Site("South customers", "customer", 480, -960, 0.24), Site("West customers", "customer", -3_050, -420, 0.1),
        Site("Port", "customer", 1_150, 60, 0.06), Site("Meridor works", "supplier", 740, -610),
    ),
    lanes=(
        Lane("Meridor works", "Torvane works", "less_than_truckload", 210, 0.3, spread=0.6), Lane("Meridor works", "Torvane works", "air", 480, 2.9, 1),
        Lane("Torvane works", "Midwest customers", "truckload", 980), Lane("Torvane works", "Northeast customers", "truckload", 1_960),
        Lane("Torvane works", "South customers", "truckload", 1_850), Lane("Torvane works", "West customers", "truckload", 4_900),
        Lane("Torvane works", "Port", "truckload", 1_990), Lane("Torvane works", "Spares depot East", "less_than_truckload", 120, 0.2),
        Lane("Torvane works", "Spares depot West", "less_than_truckload", 160, 0.42),
        Lane("Spares depot East", "Northeast customers", "parcel", 11, 1.1, 2, 0.6), Lane("Spares depot East", "South customers", "parcel", 12, 1.3, 3, 0.8),
        Lane("Spares depot West", "West customers", "parcel", 11, 1.1, 2, 0.6), Lane("Torvane works", "Midwest customers", "parcel", 11, 1.0, 2, 0.5),
    ),
    notice=14.0, bias=0.06,
)

MONEY = Money(
    selling=0.07, administration=0.075, tax=0.012,
    capital={3: 420_000, -5: 85_000, -10: 58_000},
    targets=(
        ("machines shipped on the promised day", "%", 90.0, "higher", "project planner"),
        ("hours over the estimate", "% of project hours", 3.0, "lower", "engineering manager"),
        ("spare parts shipped the same day", "%", 92.0, "higher", "stores lead"),
    ),
)

STORIES = (
    Story("late_supplier", "Meridor Drives", late=2.2, sd=2.4),
    Story("overstock", "print-head", safety_stock=50),
    Story("slow_workcenter", "mill", factor=0.84, weeks=30),
    Story("loss_product", "feeder", hours=2.6, material=1.2),
    Story("more_defects", "control cabinets, at power-on", sample=34, times=2.6),
    Story("false_lead", "lathe-2"),
)
