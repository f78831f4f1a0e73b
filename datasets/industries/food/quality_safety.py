"""Valcedre Foods: what is measured, what can hurt, what is left over.

Orders of magnitude (from memory, unchecked): a filler holds 0.5 to 1 % of the weight; shelf-stable sauces stay below pH 4.2,
dressings below 3.9; a hot jar leaves the capper above 85 deg C; caps are opened with 1.5 to 3 N m; 5 to 8 recordable cases a year
for each 100 people in food, cuts, burns and backs; jar lines 88 to 94 dBA; peelings and trimmings a third of the raw onions.
"""

from __future__ import annotations

from quality import Agreement, Characteristic, Defect, Experiment, Gauge, Process, Quality
from safety import Air, Chemical, Event, Hazard, Heat, Job, Lift, Noise, Safety, Waste

# Data, a row a thing: kept as they are by hand.
# fmt: off

QUALITY = Quality(
    characteristics=(
        Characteristic("jar-weight", "tomato-basil-12", "jar", "g", 672.0, (9.0, 12.0), 2.6, 1.5, 0.8, decimals=1, samples=80,
                       notes=((27, "new box of jars"), (52, "shift change"))),
        Characteristic("tub-weight", "hummus-8", "tub", "g", 230.0, (3.0, 5.0), 0.9, 0.6, 0.3, decimals=1),
        Characteristic("bottle-fill", "bbq-12", "bottle", "ml", 357.0, (3.0, 6.0), 1.1, 0.5, 0.4, size=4, decimals=1),
        Characteristic("sauce-ph", "k-tomato-basil", "kettle", "pH", 4.05, (None, 0.25), 0.045, -0.02, 0.02, size=2, samples=70),
        Characteristic("ranch-ph", "k-ranch", "mixer", "pH", 3.72, (None, 0.2), 0.04, 0.0, 0.01, size=2, samples=60),
        Characteristic("base-brix", "base-tomato", "kettle", "deg Brix", 12.4, (0.8, 0.8), 0.22, 0.1, 0.1, size=3, decimals=1,
                       notes=((18, "new drum of paste"),)),
        Characteristic("capping-temperature", "arrabbiata-12", "jar", "deg C", 89.0, (4.0, None), 0.9, 0.6, 0.0, size=1, samples=120, decimals=1),
        Characteristic("cap-torque", "tomato-basil-12", "jar", "N m", 2.2, (0.7, 0.8), 0.17, 0.05, 0.03, size=4),
        Characteristic("hummus-grit", "k-hummus", "mixer", "% above 0.5 mm", 1.4, (None, 1.6), 0.4, 0.0, 0.08, size=3, samples=50, skew=True),
    ),
    processes=(
        Process("foil seals, pressure test", 400, 0.011, 0.0, vary=0.1),
        Process("jars, look before the carton", 900, 0.008, 0.2, vary=0.15),
        Process("labels and dates", 600, 0.012, 0.1, spread=0.25),
        Process("swabs after washing", 48, 0.06, 0.0, vary=0.2),
        Process("cartons at shipping", 120, 0.03, 0.4),
    ),
    gauges=(
        Gauge("line scale on jars", "jar-weight", 0.5, (0.0, 0.1, -0.1), decimals=1),
        Gauge("pH meter on sauce", "sauce-ph", 0.018, (0.0, 0.025, -0.01), 0.01),
        Gauge("torque tester on caps", "cap-torque", 0.09, (0.0, 0.05, -0.02), 0.03, decimals=2),
    ),
    agreements=(
        Agreement("taste of tomato sauce, three panelists", (0.12, 0.06, 0.26), (0.1, 0.05, 0.08), bad_share=0.35),
    ),
    experiments=(
        Experiment("thickness of alfredo after 14 days", (("A", "starch", "1.2 %", "1.6 %"), ("B", "homogenizer", "80 bar", "140 bar"),
                                                          ("C", "hold at 90 deg C", "3 min", "6 min")), 41.0,
                   {"A": 6.8, "B": 3.1, "C": -1.2, "AC": -2.6}, 1.3),
        Experiment("seal strength of tubs", (("A", "seal head", "165 deg C", "185 deg C"), ("B", "time", "0.8 s", "1.2 s")), 14.5,
                   {"A": 2.4, "B": 1.9, "AB": -1.1}, 0.6, replicates=3, centers=3),
    ),
    defects=(
        Defect("kettle", "left in the kettle", 0.8), Defect("kettle", "scorched", 0.2),
        Defect("mixer", "left in the mixer", 0.75), Defect("mixer", "separated", 0.25, 0.6),
        Defect("jar", "cap not tight", 0.4, 0.4), Defect("jar", "broken glass", 0.25), Defect("jar", "short weight", 0.35, 0.3),
        Defect("bottle", "leaking cap", 0.45, 0.5), Defect("bottle", "label crooked", 0.55, 0.2),
        Defect("tub", "seal wrinkled", 0.6, 0.7), Defect("tub", "lid missing", 0.4, 0.3),
    ),
)

SAFETY = Safety(
    jobs=(
        Job("vegetable cutting", "prep", 1, 26,
            (Hazard("clear the cutter", "hand in the knife", 2, 4, "engineering"), Hazard("carry crates", "strain of the back", 4, 3),
             Hazard("walk on wet floor", "slip", 4, 2)),
            (Event("cut by a knife", "finger", 4, severity=2), Event("slipped on peelings", "wrist", 3), Event("strain while lifting a crate", "back", 3)),
            lifts=(Lift("crate of onions to the washer", 18.0, 38, 30, 95, 2.0, 3, 20), Lift("tub of trimmings to the bin", 14.0, 40, 60, 110, 0.5, 3)),
            noise=(Noise("cutting", 5.0, 88.0), Noise("sorting", 2.0, 80.0), Noise("breaks", 1.0, 67.0))),
        Job("braising", "pan", 2, 24,
            (Hazard("stir onions", "burn by hot oil", 3, 3, "protective_equipment"), Hazard("tilt the pan", "burn by splashing", 3, 4)),
            (Event("burned by hot oil", "forearm", 4, severity=4), Event("slipped on oil", "knee", 2), Event("steam on the hand", "hand", 2, severity=2)),
            heat=(Heat("by the pans", 4.5, 34.0, 60, 27.5, 39.0), Heat("cutting room", 2.0, 19.0, 70, 16.0, 19.0), Heat("break", 1.0, 23.0, 50, 16.5, 23.0, "light")),
            noise=(Noise("braising", 6.5, 82.0), Noise("breaks", 1.5, 67.0))),
        Job("sauce cooking", "kettle", 4, 20,
            (Hazard("empty sacks", "strain of the back", 4, 3), Hazard("open the kettle", "burn by steam", 3, 4, "engineering"),
             Hazard("wash with caustic", "caustic on skin and eyes", 2, 4, "protective_equipment")),
            (Event("burned by hot sauce", "hand", 4, severity=3), Event("strain while emptying a sack", "back", 4), Event("caustic in the eye", "eye", 1, severity=4)),
            lifts=(Lift("sack of sugar to the kettle", 25.0, 42, 40, 110, 0.5, 2, 30, coupling="poor"),
                   Lift("pail of garlic to the kettle", 20.0, 36, 15, 110, 0.5, 2)),
            heat=(Heat("kettle platform", 4.0, 33.0, 70, 28.5, 36.0), Heat("scale room", 2.5, 23.0, 55, 17.0, 23.5), Heat("break", 1.0, 23.0, 50, 16.5, 23.0, "light")),
            noise=(Noise("platform", 5.5, 86.0), Noise("scale room", 1.5, 74.0), Noise("breaks", 1.0, 67.0)),
            air=(Air("caustic cleaner mist", "washing", 1, 0.9, "mg/m3"),)),
        Job("cold mixing", "mixer", 4, 19,
            (Hazard("add powder", "flour and spice dust", 4, 2), Hazard("take the rotor out", "cut by the rotor", 3, 3), Hazard("handle nuts", "allergic reaction", 1, 4)),
            (Event("cut by the rotor", "finger", 3, severity=3), Event("strain while lifting the rotor", "shoulder", 3), Event("rash from mustard", "forearm", 1, "skin")),
            lifts=(Lift("rotor from the emulsifier", 16.0, 45, 110, 80, 0.2, 1, 45, control=True),),
            air=(Air("flour dust", "weighing", 2, 3.6, "mg/m3"), Air("flour dust", "mixing", 6, 0.6, "mg/m3")),
            noise=(Noise("emulsifying", 5.5, 85.0), Noise("breaks", 1.0, 67.0))),
        Job("jar line", "jar", 16, 21,
            (Hazard("clear broken glass", "cut by glass", 4, 2, "protective_equipment"), Hazard("clear the capper", "finger caught", 2, 4, "engineering"),
             Hazard("load jars", "strain of the shoulder", 4, 2)),
            (Event("cut by glass", "hand", 5, severity=2), Event("strain while loading jars", "shoulder", 4), Event("finger caught by the capper", "finger", 1, severity=4),
             Event("slipped on sauce", "knee", 2)),
            lifts=(Lift("tray of jars to the table", 11.0, 40, 90, 95, 4, 6, 30), Lift("carton of jars to pallet", 12.5, 38, 80, 30, 3, 6, 30)),
            noise=(Noise("filling", 6.0, 92.0), Noise("tunnel end", 1.5, 84.0), Noise("breaks", 0.5, 67.0))),
        Job("bottle line", "bottle", 6, 18,
            (Hazard("clear a jam", "finger caught", 3, 3, "engineering"), Hazard("stack cartons", "strain of the back", 4, 2)),
            (Event("finger caught by the capper", "finger", 2, severity=3), Event("strain while stacking", "back", 4), Event("hot foil sealer touched", "hand", 2, severity=2)),
            lifts=(Lift("carton of bottles to pallet", 8.5, 38, 80, 30, 4, 6, 30),),
            noise=(Noise("filling", 6.5, 87.5), Noise("breaks", 1.0, 67.0))),
        Job("tub line", "tub", 6, 20,
            (Hazard("change the film", "burn by the seal head", 3, 2, "engineering"), Hazard("load trays", "strain of the wrist", 4, 2),
             Hazard("work in the cold", "stiff hands", 4, 1)),
            (Event("burned by the seal head", "hand", 3, severity=2), Event("strain of the wrist", "wrist", 5), Event("struck by a trolley", "ankle", 1)),
            lifts=(Lift("roll of film to the sealer", 19.0, 35, 25, 105, 0.2, 1, control=True),),
            noise=(Noise("filling", 6.5, 85.5), Noise("breaks", 1.0, 67.0))),
        Job("retort loading", "retort", 2, 19,
            (Hazard("open the door", "burn by steam", 2, 4, "engineering"), Hazard("push baskets", "strain of the back", 3, 3)),
            (Event("burned by steam", "face", 1, severity=4), Event("strain while pushing a basket", "back", 4)),
            heat=(Heat("by the retort", 4.0, 36.0, 50, 28.0, 38.0), Heat("break", 1.0, 23.0, 50, 16.5, 23.0, "light")),
            noise=(Noise("venting", 1.5, 95.0), Noise("loading", 5.0, 83.0), Noise("breaks", 1.0, 67.0))),
        Job("gift packing", "hand", 4, 15,
            (Hazard("tie ribbon", "strain of the wrist", 4, 2, "engineering"), Hazard("carry crates", "strain of the back", 3, 2)),
            (Event("strain of the wrist", "wrist", 5), Event("cut by a knife", "hand", 2, severity=2)),
            lifts=(Lift("crate of jars to the table", 13.0, 38, 40, 90, 1.0, 4), Lift("pail of sauce to pallet", 10.5, 36, 75, 30, 2.0, 6, 30)),
            noise=(Noise("packing", 7.0, 72.0), Noise("breaks", 1.0, 67.0))),
    ),
    chemicals=(
        Chemical("ammonia", "7664-41-7", 1_900, used=140, released=95, hazard="toxic gas, corrosive; in the cooling plant"),
        Chemical("caustic cleaner", "1310-73-2", 2_400, used=31_000, hazard="corrosive"),
        Chemical("nitric acid cleaner", "7697-37-2", 1_100, used=9_400, hazard="corrosive, oxidizes"),
        Chemical("peracetic acid", "79-21-0", 480, used=5_200, released=60, hazard="corrosive, oxidizes"),
        Chemical("sodium hypochlorite", "7681-52-9", 700, used=6_300, hazard="corrosive; never with acid"),
        Chemical("carbon dioxide", "124-38-9", 3_200, used=44_000, released=44_000, hazard="takes the air's place"),
        Chemical("flour dust", "", 6_000, hazard="dust that can explode; sensitizes"),
        Chemical("caustic cleaner mist", "", 0, hazard="corrosive; made by the work, not stored"),
    ),
    waste=(
        Waste("peelings and trimmings", "recycled", 13_800, 0.12, kept=0.03, cost=0.02),
        Waste("sauce left in kettles", "recycled", 21_500, 0.15, kept=0.03, cost=0.03),
        Waste("expired dips", "solid", 1_450, 0.4, kept=0.1, cost=0.11, peaks=((9, 2.4), (21, 2.1))),
        Waste("broken glass", "recycled", 2_600, 0.2, kept=0.4, cost=0.05),
        Waste("cartons and film", "recycled", 6_200, 0.12, kept=0.25, cost=0.0),
        Waste("grease trap sludge", "solid", 3_300, 0.25, kept=0.5, cost=0.14),
        Waste("laboratory solvents", "hazardous", 9, 0.4, kept=2.5, cost=3.2),
        Waste("lamps and batteries", "universal", 7, 0.5, kept=3.0, cost=4.5),
    ),
)
