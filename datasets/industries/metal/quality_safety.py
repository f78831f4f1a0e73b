"""Halden Metal: what is measured, what can hurt, what is left over.

Orders of magnitude (from memory, unchecked): a press brake holds 0.15 mm and 0.5 degrees; powder coat 60 to 80
micrometers; spot welding 1 to 2 % rework; a press shop 88 to 97 dBA; 3 to 6 recordable cases a year for each 100 people
in fabricated metal; first aid five times as often as that; overspray and booth filters 100 to 300 kg a month.
"""

from __future__ import annotations

from quality import Agreement, Characteristic, Defect, Experiment, Gauge, Process, Quality
from safety import Air, Chemical, Event, Hazard, Heat, Job, Lift, Noise, Safety, Waste

# Data, a row a thing: kept as they are by hand.
# fmt: off

QUALITY = Quality(
    characteristics=(
        Characteristic("hole-pitch", "bracket-l50", "press", "mm", 32.0, (0.2, 0.2), 0.035, 0.01, 0.01,
                       notes=((14, "coil changed"),)),
        Characteristic("bend-angle", "bracket-l80", "brake", "degrees", 90.0, (0.8, 0.8), 0.16, -0.05, 0.03,
                       notes=((22, "new operator"),)),
        Characteristic("flange-width", "plate-base", "press", "mm", 120.0, (0.3, 0.3), 0.06, 0.02, 0.02, size=4),
        Characteristic("coat-thickness", "body-tall", "coat", "micrometers", 70.0, (15.0, 20.0), 4.2, 1.0, 1.5, size=4,
                       decimals=1, notes=((9, "filter changed"), (40, "new box of powder"))),
        Characteristic("pin-diameter", "hinge-60", "hinge", "mm", 7.95, (0.05, 0.05), 0.009, 0.0, 0.002, decimals=3),
        Characteristic("weld-strength", "frame-bench", "weld", "kN", 14.0, (2.5, None), 0.75, 0.3, 0.15, size=3,
                       samples=40),
        Characteristic("panel-flatness", "skin-tall", "brake", "mm", 0.8, (None, 1.2), 0.25, 0.0, 0.05, size=4,
                       skew=True),
        Characteristic("oven-temperature", "body-tall", "coat", "deg C", 195.0, (10.0, 10.0), 2.1, 0.4, 0.8, size=1,
                       samples=120, decimals=1),
    ),
    processes=(
        Process("cabinet final inspection", 60, 0.035, 0.25),
        Process("enclosure leak test", 120, 0.012, 0.0, vary=0.3),
        Process("weld seams, by cabinet", 40, 0.09, 0.6),
        Process("coated panels", 2400, 0.014, 0.1, spread=0.3, vary=0.2),
    ),
    gauges=(
        Gauge("caliper on hole pitch", "hole-pitch", 0.006, (0.0, 0.002, -0.001)),
        Gauge("coat meter", "coat-thickness", 1.4, (0.0, 0.9, -0.4), 0.4, decimals=1),
    ),
    agreements=(
        Agreement("scratches, by eye", (0.06, 0.22, 0.1), (0.05, 0.04, 0.12)),
    ),
    experiments=(
        Experiment("powder adhesion", (("A", "oven temperature", "185 deg C", "205 deg C"),
                                       ("B", "time in the oven", "12 min", "18 min"),
                                       ("C", "wash", "cold", "warm")), 31.0, {"A": 3.4, "C": 5.2, "AB": -2.2}, 0.9),
    ),
    defects=(
        Defect("press", "burr", 0.5, 0.3), Defect("press", "hole out of place", 0.3), Defect("press", "cracked edge", 0.2),
        Defect("brake", "wrong angle", 0.55, 0.6), Defect("brake", "die mark", 0.3, 0.3), Defect("brake", "bent wrong side", 0.15),
        Defect("weld", "spatter", 0.5, 0.1), Defect("weld", "missed spot", 0.3, 0.2), Defect("weld", "burn-through", 0.2),
        Defect("coat", "thin coat", 0.35, 0.25), Defect("coat", "orange peel", 0.25, 0.25), Defect("coat", "dirt in coat", 0.4, 0.25),
        Defect("shear", "cut short", 0.6), Defect("shear", "camber", 0.4, 0.5), Defect("laser", "slag on edge", 0.6, 0.2),
        Defect("laser", "part tipped", 0.4),
        Defect("hinge", "tight hinge", 0.7, 0.5), Defect("hinge", "leaf bent", 0.3),
    ),
)

SAFETY = Safety(
    jobs=(
        Job("press operator", "press", 3, 18,
            (Hazard("load blanks", "cut by a sharp edge", 4, 2, "protective_equipment"),
             Hazard("run the press", "hand caught in the die", 2, 5, "engineering"),
             Hazard("clear scrap", "slip on oil", 3, 2)),
            (Event("cut by a sheet edge", "hand", 5, severity=2), Event("finger pinched while setting", "finger", 2, severity=4),
             Event("slipped on oil", "knee", 1)),
            noise=(Noise("running", 6.5, 93.5), Noise("setting", 1.0, 82.0), Noise("breaks", 0.5, 70.0)),
            lifts=(Lift("box of brackets to pallet", 14.0, 35, 80, 60, 1.5, 3),)),
        Job("coil handling", "shear", 1, 14,
            (Hazard("load a coil", "load swings on the crane", 2, 5, "engineering"),
             Hazard("cut the strap", "strap whips back", 3, 3, "protective_equipment")),
            (Event("strap whipped back", "face", 2, severity=4), Event("cut by a strip", "forearm", 3, severity=2)),
            noise=(Noise("slitting", 5.0, 89.0), Noise("crane and truck", 2.5, 80.0), Noise("breaks", 0.5, 70.0))),
        Job("bending", "brake", 6, 16,
            (Hazard("hold the panel", "panel whips up", 3, 3, "engineering"),
             Hazard("carry panels", "strain of the shoulder", 4, 2)),
            (Event("strain while turning a panel", "shoulder", 4), Event("cut by a panel", "hand", 3, severity=2),
             Event("panel struck the chin", "face", 1)),
            lifts=(Lift("panel from rack to brake", 12.0, 45, 90, 100, 2, 4, 20, control=True),
                   Lift("door from brake to rack", 13.0, 45, 100, 50, 2, 4, 30)),
            noise=(Noise("bending", 7.5, 84.0), Noise("breaks", 0.5, 70.0))),
        Job("welding", "weld", 2, 16,
            (Hazard("weld", "fume", 4, 3, "engineering"), Hazard("weld", "burn", 4, 2, "protective_equipment"),
             Hazard("turn the frame", "strain of the back", 3, 3)),
            (Event("spatter burned the skin", "forearm", 4, severity=2), Event("grit in the eye", "eye", 2),
             Event("strain while turning a frame", "back", 2)),
            noise=(Noise("welding", 5.0, 86.0), Noise("grinding", 1.5, 97.0), Noise("breaks", 1.5, 70.0)),
            air=(Air("welding fume", "morning", 4, 2.1, "mg/m3"), Air("welding fume", "afternoon", 4, 2.8, "mg/m3"),
                 Air("manganese", "shift", 8, 0.08, "mg/m3"))),
        Job("coating", "coat", 5, 12,
            (Hazard("hang parts", "strain of the shoulder", 4, 2), Hazard("clean the booth", "dust explosion", 1, 5, "engineering"),
             Hazard("wash", "splash of cleaner", 3, 3, "protective_equipment")),
            (Event("strain while hanging a body", "shoulder", 4), Event("cleaner in the eye", "eye", 1),
             Event("rash from cleaner", "hand", 1, "skin")),
            lifts=(Lift("body onto the hook", 15.0, 40, 75, 150, 1, 6, 15, control=True, coupling="poor"),),
            heat=(Heat("hanging by the oven", 4.0, 33.0, 40, 23.5, 41.0), Heat("wash station", 2.5, 30.0, 65, 25.0, 31.0),
                  Heat("break", 1.0, 24.0, 50, 17.5, 24.0, "light")),
            air=(Air("powder coat dust", "spraying", 6, 3.2, "mg/m3"), Air("powder coat dust", "cleaning", 2, 8.5, "mg/m3"))),
        Job("assembly", "assembly", 7, 10,
            (Hazard("set the door", "finger pinched", 3, 2), Hazard("drive screws", "strain of the wrist", 4, 2, "engineering")),
            (Event("finger pinched by a door", "finger", 3, severity=2), Event("strain of the wrist", "wrist", 3),
             Event("dropped a drawer on the foot", "foot", 1)),
            lifts=(Lift("cabinet body to line", 18.0, 40, 70, 80, 0.5, 4),)),
        Job("packing", "pack", 2, 12,
            (Hazard("stack cartons", "strain of the back", 4, 3), Hazard("cross the aisle", "struck by a truck", 2, 5)),
            (Event("strain while stacking cartons", "back", 5), Event("cut by a knife", "hand", 2, severity=2),
             Event("foot run over by a pallet jack", "foot", 1, severity=4)),
            lifts=(Lift("enclosure carton to pallet", 11.0, 40, 70, 30, 3, 6, 30), Lift("bracket box to pallet", 12.5, 38, 70, 20, 3, 6, 30)),
            noise=(Noise("packing", 7.5, 79.0), Noise("breaks", 0.5, 68.0))),
    ),
    chemicals=(
        Chemical("acetone", "67-64-1", 160, used=1100, released=420, hazard="flammable, irritates the eyes"),
        Chemical("alkaline cleaner", "1310-73-2", 600, used=5200, hazard="corrosive"),
        Chemical("manganese", "7439-96-5", 40, made=310, released=2, hazard="toxic dust"),
        Chemical("hydraulic oil", "64742-54-7", 800, used=900, hazard="none"),
        Chemical("welding fume", "", 0, hazard="irritates the lungs; made by the work, not stored"),
        Chemical("powder coat dust", "", 900, used=15_000, hazard="dust that can explode"),
        Chemical("zinc compounds", "", 50, made=260, released=4, hazard="toxic to water"),
    ),
    waste=(
        Waste("spent solvent", "hazardous", 62, 0.25, cost=2.1, peaks=((17, 1.9),)),
        Waste("wash sludge", "hazardous", 28, 0.3, kept=2.0, cost=1.6),
        Waste("overspray powder", "solid", 210, 0.15, cost=0.35),
        Waste("steel scrap", "recycled", 9400, 0.1, kept=0.3, cost=0.0),
        Waste("lamps and batteries", "universal", 6, 0.5, kept=3.0, cost=4.0),
        Waste("used oil", "recycled", 55, 0.4, kept=1.5, cost=0.4),
    ),
)
