"""Valcedre Foods' shop, people, trade and money, and what there is to find in them.

Two shifts cook in the morning what the lines fill until the evening; nothing waits longer than a day between kettle and jar.
The order of the day is that of the allergens: plain first, then milk, egg, wheat, nuts and sesame, and a long wash back. Rates of
25 to 155 Canadian dollars an hour, labor and overhead together; a jar line with capper and tunnel 600,000, a steam kettle of
4,000 liters with its pump 350,000; a wash between allergens three quarters to two hours (from memory, unchecked).
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
        WorkCenter("prep", "Washing and cutting", "Washer with cutter", 140_000, 23.0, 8.0, 12.0, "cut", "kitchen", queue=3,
                   shifts=1, logged=False, failures=("knife", "drain screen", "belt")),
        WorkCenter("pan", "Braising pans", "Tilting pan, 600 l", 95_000, 26.0, 10.0, 13.0, "braise", "kitchen", queue=3, logged=False,
                   failures=("scraper", "tilt drive", "gas valve"), life=14),
        WorkCenter("kettle", "Sauce kettles", "Steam kettle, 4,000 l", 350_000, 27.0, 28.0, 46.0, "cook", "kitchen", 3, crew=0.5,
                   queue=3, failures=("agitator seal", "steam trap", "discharge pump", "temperature probe"), life=15),
        WorkCenter("cream", "Cream kettle", "Jacketed kettle, 1,000 l", 170_000, 27.0, 12.0, 18.0, "cook cream", "kitchen", queue=3,
                   logged=False, failures=("scraper blade", "homogenizer valve", "chiller"), life=14),
        WorkCenter("mixer", "Cold mixing", "Vacuum emulsifier, 700 l", 310_000, 26.5, 11.0, 24.0, "emulsify", "kitchen", 2, queue=3,
                   failures=("rotor seal", "vacuum pump", "powder inlet", "control")),
        WorkCenter("jar", "Jar line", "Jar filler and capper", 640_000, 23.5, 24.0, 36.0, "run jars", "filling", 2, crew=4.0, queue=3,
                   failures=("capper", "depalletizer", "labeler", "tunnel belt", "metal detector")),
        WorkCenter("bottle", "Bottle line", "Bottle filler", 420_000, 23.5, 17.0, 28.0, "run bottles", "filling", crew=3.0, queue=3,
                   failures=("fill nozzle", "foil sealer", "flip capper", "labeler")),
        WorkCenter("tub", "Tub line", "Rotary tub filler", 330_000, 23.5, 17.0, 29.0, "run tubs", "chilled", crew=3.0, queue=2,
                   failures=("seal head", "lid magazine", "date coder", "tray former")),
        WorkCenter("retort", "Retort", "Retort, four baskets", 280_000, 27.0, 15.0, 20.0, "retort", "filling", crew=0.5, queue=3,
                   logged=False, failures=("door seal", "recorder", "water pump"), life=18),
        WorkCenter("case", "Case packing", "Case packer with palletizer", 260_000, 22.0, 9.0, 19.0, "pack cases", "packing", crew=2.0,
                   queue=2, setup=0.2, logged=False, failures=("glue head", "case erector", "palletizer")),
        WorkCenter("hand", "Hand packing", "Packing table", 4_000, 21.0, 1.5, 4.0, "pack by hand", "packing", 4, shifts=1, queue=4,
                   setup=0.3, logged=False, life=12),
    ),
    routes={
        "onion-cooked": (("cut", "prep", 0.25), ("braise", "pan", 0.75)),
        "roux": (("braise", "pan", 1),),
        "chickpea-puree": (("cook and mill", "pan", 1),),
        "base-tomato": (("cook", "kettle", 1),),
        "base-mayo": (("emulsify", "mixer", 1),),
        "k-alfredo": (("cook", "cream", 1),),
        "k-gravy": (("cook", "cream", 1),),
        "k-pesto": (("thaw and cut", "prep", 0.3), ("mix", "mixer", 0.7)),
        "k-spinach": (("thaw and press", "prep", 0.3), ("mix", "mixer", 0.7)),
        "k-tzatziki": (("wash and cut", "prep", 0.45), ("mix", "mixer", 0.55)),
        "k-caesar": (("mix", "mixer", 1),),
        "k-ranch": (("mix", "mixer", 1),),
        "k-maple": (("mix", "mixer", 1),),
        "k-hummus": (("mix", "mixer", 1),),
        "kettles": (("cook", "kettle", 1),),
        "gift-box": (("pack by hand", "hand", 1),),
        "bbq-pail": (("fill pails", "hand", 1),),
        "dips": (("fill tubs", "tub", 0.88), ("pack", "case", 0.12)),
        "grill": (("fill bottles", "bottle", 0.88), ("pack", "case", 0.12)),
        "dressings": (("fill bottles", "bottle", 0.88), ("pack", "case", 0.12)),
        "alfredo-12": (("fill jars", "jar", 0.67), ("retort", "retort", 0.22), ("pack", "case", 0.11)),
        "soups": (("fill jars", "jar", 0.67), ("retort", "retort", 0.22), ("pack", "case", 0.11)),
        "pasta": (("fill jars", "jar", 0.88), ("pack", "case", 0.12)),
        "holiday": (("fill jars", "jar", 0.88), ("pack", "case", 0.12)),
    },
    detours=(
        Detour("k-cranberry", "cook", "cream", 1.3), Detour("chickpea-puree", "cook and mill", "kettle", 1.2),
        Detour("bbq-12", "fill bottles", "hand", 2.4),
    ),
    changeovers=(
        Changeovers("mixer", {
            "plain": ("k-maple",), "egg": ("base-mayo",), "milk": ("k-tzatziki",), "egg and milk": ("k-caesar", "k-ranch", "k-spinach"),
            "sesame": ("k-hummus",), "nuts and milk": ("k-pesto",),
        }, 0.25, {
            ("plain", "egg"): 0.3, ("plain", "milk"): 0.3, ("plain", "egg and milk"): 0.3, ("plain", "sesame"): 0.4, ("plain", "nuts and milk"): 0.4,
            ("egg", "plain"): 1.2, ("egg", "milk"): 1.2, ("egg", "egg and milk"): 0.3, ("egg", "sesame"): 1.2, ("egg", "nuts and milk"): 1.2,
            ("milk", "plain"): 1.2, ("milk", "egg"): 1.2, ("milk", "egg and milk"): 0.3, ("milk", "sesame"): 1.2, ("milk", "nuts and milk"): 0.5,
            ("egg and milk", "plain"): 1.3, ("egg and milk", "egg"): 1.0, ("egg and milk", "milk"): 1.0, ("egg and milk", "sesame"): 1.3,
            ("egg and milk", "nuts and milk"): 1.3,
            ("sesame", "plain"): 1.9, ("sesame", "egg"): 1.9, ("sesame", "milk"): 1.9, ("sesame", "egg and milk"): 1.9, ("sesame", "nuts and milk"): 1.9,
            ("nuts and milk", "plain"): 2.0, ("nuts and milk", "egg"): 2.0, ("nuts and milk", "milk"): 1.8, ("nuts and milk", "egg and milk"): 1.8,
            ("nuts and milk", "sesame"): 2.0,
        }, 62),
        Changeovers("tub", {"sesame": ("hummus-8",), "milk": ("tzatziki-8", "spinach-dip-8")}, 0.3,
                    {("milk", "sesame"): 0.9, ("sesame", "milk"): 1.5}, 75),
    ),
    closed={"2024-04-01": "Easter Monday", "2025-04-21": "Easter Monday", "2026-04-06": "Easter Monday",
            "2024-12-24": "stocktaking", "2025-12-24": "stocktaking", "2026-12-24": "stocktaking"},
    open_days={"2024-11-23": "gift boxes", "2024-11-30": "gift boxes", "2025-11-22": "gift boxes", "2025-11-29": "gift boxes",
               "2025-05-31": "barbecue season"},
    failures=0.14,
    parts=(
        Part("jar", "capping head", 2.9, 2_600, 2.0, 620, replaced=2_300),
        Part("jar", "tunnel belt", 3.4, 7_800, 9.0, 3_100),
        Part("tub", "seal head", 2.1, 1_300, 1.5, 280),
        Part("bottle", "fill nozzle", 1.7, 1_900, 1.0, 95),
        Part("kettle", "agitator seal", 2.5, 4_600, 4.0, 740),
        Part("mixer", "rotor seal", 2.7, 3_100, 3.5, 1_450, replaced=2_800),
        Part("mixer", "control", 1.0, 9_000, 3.0, 900),
    ),
    studies=(
        Study("pack a gift box", {"fold box": 11.0, "insert": 6.5, "set four jars": 17.0, "card and paper": 9.0, "close and ribbon": 21.0,
              "into the crate": 5.5}, 1.0, 0.1, 25, {"fetch cartons": (95, 12)}),
        Study("fill a pail, 10 kg", {"set pail": 3.8, "fill": 14.0, "foil and lid": 8.5, "label and date": 5.0, "to pallet": 6.0}, 1.05, 0.08, 20),
        Study("wash the emulsifier after nuts", {"rinse": 420, "take the rotor out": 510, "foam and scrub": 1380, "rinse and swab": 900,
              "put together": 660}, 0.95, 0.08, 10),
        Study("empty a sack into the kettle", {"lift sack": 7.5, "cut and empty": 12.0, "sieve": 9.5, "fold sack": 4.0}, 1.1, 0.11, 20),
    ),
    lines=(
        Line("gift box line", (
            ("A", "fold box", 11, ""), ("B", "insert", 6, "A"), ("C", "tomato jar", 5, "B"), ("D", "pesto jar", 5, "B"),
            ("E", "cranberry jar", 5, "B"), ("F", "maple jar", 5, "B"), ("G", "paper", 7, "C;D;E;F"), ("H", "card", 4, "G"),
            ("I", "close", 6, "H"), ("J", "ribbon", 19, "I"), ("K", "date and code", 4, "I"), ("L", "into the crate", 8, "J;K"),
        )),
        Line("tub line, by hand", (
            ("A", "set tubs", (4, 4, 4), ""), ("B", "fill", (9, 10, 8), "A"), ("C", "oil and paprika on top", (5, 0, 0), "B"),
            ("D", "herbs on top", (0, 3, 4), "B"), ("E", "seal", (6, 6, 6), "C;D"), ("F", "lid", (4, 4, 4), "E"),
            ("G", "label and date", (5, 5, 5), "F"), ("H", "weigh and look", (4, 4, 4), "F"), ("I", "into tray", (7, 7, 7), "G;H"),
        ), {"hummus": 0.52, "spinach dip": 0.21, "tzatziki": 0.27}),
    ),
    projects=(
        Project("second tub line", (
            ("A", "choose supplier", 12, "", 5_200, "engineer", 1), ("B", "order and build", 70, "A", 335_000, "supplier", 1),
            ("C", "food agency file", 25, "A", 6_800, "quality", 1), ("D", "floor drain and walls", 18, "A", 42_000, "builder", 4),
            ("E", "power, air and glycol", 12, "D", 27_000, "electrician", 2), ("F", "move cold store door", 5, "D", 8_500, "builder", 2),
            ("G", "place and level", 4, "B;E;F", 9_500, "mechanic", 3), ("H", "water trials", 3, "G", 3_200, "engineer", 2),
            ("I", "train two crews", 6, "B", 5_400, "engineer", 1), ("J", "wash validation", 8, "H", 7_100, "quality", 2),
            ("K", "first week", 5, "C;I;J", 6_400, "engineer", 1),
        ), {"A": 1.0, "C": 0.3, "D": 0.5}, 1.1),
        Project("annual shutdown", (
            ("A", "last kettles empty", 1, "", 900, "cook", 3), ("B", "deep wash", 2, "A", 5_800, "washer", 6),
            ("C", "boiler inspection", 3, "A", 7_500, "supplier", 2), ("D", "tunnel belt", 4, "A", 9_800, "mechanic", 2),
            ("E", "floor repair", 4, "B", 12_500, "builder", 4), ("F", "calibrate scales", 2, "B", 2_600, "supplier", 1),
            ("G", "steam on", 1, "C", 600, "mechanic", 1), ("H", "run dry", 1, "D;F;G", 1_100, "engineer", 2),
            ("I", "swabs", 2, "E;H", 1_900, "quality", 2), ("J", "start", 1, "I", 2_200, "cook", 4),
        )),
    ),
    areas=(
        Area("stores", 1_150, 20, 20, fixed=True), Area("vegetable room", 160, 42, 14, ("prep",)), Area("pans", 120, 50, 26, ("pan",)),
        Area("kettle hall", 420, 34, 44, ("kettle", "cream"), fixed=True), Area("cold kitchen", 260, 62, 20, ("mixer",)),
        Area("jar hall", 620, 40, 70, ("jar", "retort")), Area("bottle hall", 240, 66, 60, ("bottle",)),
        Area("chilled filling", 210, 78, 24, ("tub",)), Area("packing", 300, 70, 84, ("case",)), Area("gift room", 180, 88, 66, ("hand",)),
        Area("shipping", 900, 96, 90, fixed=True),
    ),
    carry=500.0, carry_cost=0.015,
)

TEAM = Team(
    shifts=(Shift("morning", 5.0), Shift("afternoon", 13.5, premium=0.06)),
    others=(
        Others("kitchen", "leader", 33.0, (1, 1)), Others("filling", "leader", 31.0, (1, 1)), Others("washing", "washer", 22.5, (2, 4)),
        Others("maintenance", "mechanic", 34.0, (2, 1)), Others("stores", "material handler", 23.0, (2, 1)),
        Others("quality", "inspector", 28.0, (2, 1)), Others("floaters", "floater", 24.0, (4, 3)), Others("office", "planner", 34.0, (2,)),
        Others("office", "buyer", 34.0, (2,)), Others("office", "engineer", 42.0, (1,)), Others("office", "clerk", 26.0, (1,)),
    ),
    stay=5.5, sick=2.8,
)

TRADE = Trade(
    customers=(
        Customer("Marches Boreal", "Montreal", 0.22, "A", 45), Customer("Nordlac Grocers", "Montreal", 0.17, "A", 60),
        Customer("Acadine Foods", "Maritimes", 0.1, "B", 45), Customer("Lakemere Markets", "Ontario", 0.19, "A", 45),
        Customer("Pallisade Pantry", "West", 0.08, "B", 60, ("pasta", "soups", "grill", "dressings", "holiday", "traded")),
        Customer("Depanneurs Solenne", "Montreal", 0.07, "C", 30, ("dips", "grill", "soups", "traded")),
        Customer("Cantorel Supply", "Ontario", 0.06, "B", 30, ("grill", "soups", "dressings", "ingredients")),
        Customer("Bonneville Butchers", "Montreal", 0.03, "C", 21, ("grill", "ingredients", "traded")),
        Customer("Gatineau Gifts", "Ontario", 0.03, "C", 14, ("holiday", "traded", "pasta")),
        Customer("Capital Organic Boxes", "Ontario", 0.05, "B", 14, ("dips", "pasta", "dressings", "soups")),
    ),
    sites=(
        Site("Valcedre works", "plant", 0, 0, fixed=0),
        Site("Toronto depot", "warehouse", -560, -240, 0.3, 176_000, 0.9, 14),
        Site("Moncton depot", "warehouse", 690, 60, 0.1, 88_000, 1.1, 8),
        Site("Calgary depot", "warehouse", -3_010, 520, 0.09, 132_000, 1.3, 8),
        Site("Montreal dock", "customer", 30, -20, 0.46), Site("Ontario dock", "customer", -600, -260, 0.31),
        Site("Maritimes dock", "customer", 760, 40, 0.11), Site("West dock", "customer", -3_080, 480, 0.1),
        Site("Bellerive farm", "supplier", 45, 35), Site("Pomaro cannery", "supplier", -760, -380),
    ),
    lanes=(
        Lane("Bellerive farm", "Valcedre works", "truckload", 260, 0.0, 0.5, 0.2),
        Lane("Pomaro cannery", "Valcedre works", "truckload", 2_150), Lane("Pomaro cannery", "Valcedre works", "rail", 980, 0.018, 6, 1.4),
        Lane("Valcedre works", "Toronto depot", "truckload", 1_450), Lane("Valcedre works", "Toronto depot", "less_than_truckload", 110, 0.09),
        Lane("Valcedre works", "Moncton depot", "truckload", 2_050), Lane("Valcedre works", "Moncton depot", "less_than_truckload", 130, 0.13),
        Lane("Valcedre works", "Calgary depot", "truckload", 6_900), Lane("Valcedre works", "Calgary depot", "rail", 2_700, 0.05, 9, 2.2),
        Lane("Valcedre works", "Montreal dock", "truckload", 320, 0.0, 0.5, 0.1),
        Lane("Valcedre works", "Ontario dock", "less_than_truckload", 140, 0.11),
        Lane("Valcedre works", "Maritimes dock", "less_than_truckload", 150, 0.16),
        Lane("Toronto depot", "Ontario dock", "less_than_truckload", 85, 0.03),
        Lane("Moncton depot", "Maritimes dock", "less_than_truckload", 90, 0.04),
        Lane("Calgary depot", "West dock", "less_than_truckload", 95, 0.04),
    ),
    notice=1.6, bias=-0.04,
)

MONEY = Money(
    selling=0.11, administration=0.05, tax=0.006,
    capital={4: 52_000, -1: 42_000, -4: 335_000},
    targets=(
        ("tomato used of tomato bought", "%", 96.0, "higher", "kitchen leader"),
        ("cases short of promotion", "% of cases", 1.0, "lower", "planner"),
        ("water a ton of food", "m3", 6.5, "lower", "engineer"),
    ),
)

STORIES = (
    Story("late_supplier", "Bellerive Farms", late=0.3, sd=0.35),
    Story("overstock", "parmesan", safety_stock=15800),
    Story("slow_workcenter", "tub", factor=0.84, weeks=28),
    Story("absence_cluster", "chilled", times=4.5, weeks=26),
    Story("more_defects", "foil seals, pressure test", sample=33, times=2.6),
    Story("false_lead", "bottle-1"),
)
