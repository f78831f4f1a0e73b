"""Torvane: what is measured, what can hurt, what is left over.

Orders of magnitude (from memory, unchecked): a ground shaft seat holds 0.015 mm, a milled bore 0.02 mm, a welded and painted frame
1 mm on two meters; machine paint 80 to 120 micrometers; one wiring fault in two or three hundred connections before the test; a
grinding belt 95 to 100 dBA, a machining center 80; 2 to 5 recordable cases a year for each hundred people in machine building,
most of them hands and backs; a job shop turns a fifth of its steel and a quarter of its aluminum into chips.
"""

from __future__ import annotations

from quality import Agreement, Characteristic, Defect, Experiment, Gauge, Process, Quality
from safety import Air, Chemical, Event, Hazard, Heat, Job, Lift, Noise, Safety, Waste

# Data, a row a thing: kept as they are by hand.
# fmt: off

QUALITY = Quality(
    characteristics=(
        Characteristic("seat-diameter", "shaft-main", "grinder", "mm", 40.0, (0.016, 0.0), 0.0024, -0.008, 0.0008, size=3, decimals=4,
                       notes=((17, "wheel dressed"),)),
        Characteristic("shaft-length", "shaft-idler", "lathe", "mm", 500.0, (0.2, 0.2), 0.045, 0.015, 0.015, size=4),
        Characteristic("run-out", "roller", "lathe", "mm", 0.06, (None, 0.09), 0.018, 0.0, 0.003, size=4, decimals=3, skew=True),
        Characteristic("bore-diameter", "block-bearing", "mill", "mm", 52.0, (0.0, 0.03), 0.0042, 0.014, 0.0015, decimals=3,
                       notes=((26, "new insert"),)),
        Characteristic("plate-hole-pitch", "plate-side", "mill", "mm", 180.0, (0.05, 0.05), 0.011, 0.004, 0.004, size=3, samples=50, decimals=3),
        Characteristic("cam-hardness", "cam-disc", "grinder", "HRC", 58.0, (2.0, 3.0), 0.55, 0.4, 0.2, size=3, samples=40, decimals=1),
        Characteristic("paint-thickness", "frame-l", "paint", "micrometers", 100.0, (20.0, 30.0), 7.0, 2.0, 2.0, size=5, samples=50, decimals=0),
        Characteristic("frame-diagonal", "frame-s", "weld", "mm", 0.5, (None, 1.2), 0.22, 0.0, 0.04, size=2, samples=50, skew=True),
        Characteristic("door-gap", "guard-door", "frames", "mm", 4.0, (1.0, 1.0), 0.22, 0.1, 0.08, size=4),
    ),
    processes=(
        Process("control cabinets, at power-on", 330, 0.03, 0.2, vary=0.15),
        Process("modules, on the bench", 110, 0.045, 0.35, vary=0.1),
        Process("machined parts, last check", 420, 0.017, 0.1, spread=0.2, vary=0.15),
        Process("run-off, open points", 24, 0.3, 1.4, vary=0.2),
    ),
    gauges=(
        Gauge("micrometer on shaft seats", "seat-diameter", 0.0006, (0.0, 0.0004, -0.0002), decimals=5),
        Gauge("bore gauge on bearing blocks", "bore-diameter", 0.0016, (0.0, 0.0009, -0.0006), 0.0005, decimals=4),
    ),
    agreements=(
        Agreement("weld seams, by eye", (0.05, 0.18, 0.09), (0.06, 0.05, 0.1)),
    ),
    experiments=(
        Experiment("roughness of turned rollers", (("A", "cutting speed", "160 m/min", "220 m/min"), ("B", "feed", "0.12 mm", "0.2 mm"),
                   ("C", "nose radius", "0.4 mm", "0.8 mm")), 1.9, {"A": -0.22, "B": 0.74, "C": -0.5, "BC": -0.18}, 0.09, decimals=2),
        Experiment("glue bond of cartons", (("A", "glue temperature", "160 deg C", "180 deg C"), ("B", "pressing time", "0.6 s", "1.0 s"),
                   ("C", "bead", "thin", "thick"), ("D", "carton", "coated", "plain")), 12.5, {"A": 1.8, "B": 2.6, "D": 1.5, "AB": -0.9}, 0.7, 1, 4),
    ),
    defects=(
        Defect("saw", "cut short", 0.6), Defect("saw", "cut out of square", 0.4, 0.4),
        Defect("lathe", "diameter under size", 0.4), Defect("lathe", "chatter marks", 0.35, 0.4), Defect("lathe", "thread damaged", 0.25, 0.5),
        Defect("grinder", "burned by grinding", 0.5), Defect("grinder", "seat under size", 0.5),
        Defect("mill", "bore over size", 0.4), Defect("mill", "hole out of place", 0.3), Defect("mill", "burr left", 0.3, 0.1),
        Defect("sheet", "bent wrong side", 0.5), Defect("sheet", "slag on edge", 0.5, 0.2),
        Defect("paint", "runs", 0.5, 0.05), Defect("paint", "dust in paint", 0.5, 0.05),
        Defect("frames", "panel scratched", 0.6, 0.3), Defect("frames", "door out of square", 0.4, 0.2),
    ),
    inspected_families=("controls", "spares", "catalog"),
)

SAFETY = Safety(
    jobs=(
        Job("machining", "mill", 2, 14,
            (Hazard("set up", "cut by a tool", 3, 2, "protective_equipment"), Hazard("clear chips", "chip in the eye", 3, 3, "protective_equipment"),
             Hazard("load plates", "foot under a plate", 2, 4, "administrative")),
            (Event("cut by a chip", "hand", 4, severity=2), Event("chip in the eye", "eye", 2), Event("plate dropped on the foot", "foot", 1, severity=4)),
            noise=(Noise("cutting", 6.0, 81.0), Noise("air blowing", 0.7, 94.0), Noise("rest", 1.3, 70.0)),
            air=(Air("coolant mist", "shift", 8, 1.1, "mg/m3"),),
            lifts=(Lift("side plate to the vise", 13.5, 40, 80, 100, 0.3, 4),)),
        Job("turning", "lathe", 4, 13,
            (Hazard("polish", "sleeve caught by the shaft", 2, 5, "administrative"), Hazard("load bars", "strain of the back", 3, 3)),
            (Event("cut by a chip", "forearm", 4, severity=2), Event("strain while loading a bar", "back", 2), Event("glove caught", "hand", 1, severity=4)),
            noise=(Noise("turning", 7.0, 83.0), Noise("rest", 1.0, 70.0)),
            air=(Air("coolant mist", "shift", 8, 1.6, "mg/m3"),)),
        Job("sheet work", "sheet", 1, 14,
            (Hazard("unload sheets", "cut by an edge", 4, 2, "protective_equipment"), Hazard("bend", "finger in the brake", 1, 5, "engineering")),
            (Event("cut by an edge", "hand", 5, severity=2), Event("finger pinched at the back gauge", "finger", 1, severity=4))),
        Job("welding", "weld", 4, 15,
            (Hazard("weld", "fume", 4, 3, "engineering"), Hazard("grind", "wheel breaks", 1, 5, "protective_equipment"),
             Hazard("turn the frame", "frame slips from the sling", 2, 5, "administrative")),
            (Event("spatter burned the skin", "neck", 3, severity=2), Event("grit in the eye", "eye", 3), Event("strain while turning a frame", "back", 2)),
            noise=(Noise("welding", 4.5, 86.0), Noise("grinding", 2.0, 98.0), Noise("rest", 1.5, 70.0)),
            air=(Air("welding fume", "morning", 4, 2.6, "mg/m3"), Air("welding fume", "afternoon", 4, 3.3, "mg/m3"),
                 Air("chromium VI", "stainless days", 8, 0.0021, "mg/m3")),
            heat=(Heat("summer afternoon at the seam", 5.0, 32.0, 45, 23.5, 37.0), Heat("rest", 3.0, 26.0, 50, 19.0, 26.0, "light"))),
        Job("painting", "paint", 1, 13,
            (Hazard("spray", "vapor of solvent", 4, 3, "engineering"), Hazard("mix", "fire", 1, 5, "engineering")),
            (Event("paint in the eye", "eye", 2), Event("headache from solvent", "head", 2, "poisoning"), Event("rash on the hands", "hand", 1, "skin")),
            air=(Air("xylene", "spraying", 4, 38.0), Air("xylene", "mixing", 0.5, 72.0), Air("xylene", "rest", 3.5, 6.0))),
        Job("module assembly", "modules", 18, 11,
            (Hazard("press bearings", "finger pinched", 3, 3, "engineering"), Hazard("carry profiles", "strain of the back", 3, 2)),
            (Event("finger pinched", "finger", 4, severity=2), Event("strain while carrying", "back", 3), Event("slipped with a wrench", "wrist", 2)),
            near=6.0, lifts=(Lift("gear motor to the station", 14.0, 50, 60, 90, 0.1, 2, 20, people=6),),
            noise=(Noise("bench", 7.5, 76.0), Noise("breaks", 0.5, 66.0))),
        Job("wiring", "wiring", 15, 10,
            (Hazard("test under voltage", "electric shock", 2, 5, "administrative"), Hazard("strip wires", "cut by a knife", 3, 2)),
            (Event("cut by a knife", "finger", 4, severity=2), Event("shock from a charged drive", "hand", 1, severity=5),
             Event("strain of the wrist", "wrist", 2)),
            near=6.0, lifts=(Lift("cabinet plate into the cabinet", 32.0, 45, 70, 60, 0.05, 1, weight_most=36.0, people=4),)),
        Job("final assembly", "final", 22, 13,
            (Hazard("lift modules by crane", "load swings", 2, 5, "administrative"), Hazard("climb on the frame", "fall from 1.5 m", 3, 4, "administrative"),
             Hazard("align", "finger crushed", 3, 3)),
            (Event("strain while reaching into the frame", "back", 4), Event("finger crushed while aligning", "finger", 3, severity=3),
             Event("fell from a step", "knee", 2, severity=4), Event("struck by a swinging module", "shoulder", 1, severity=4)),
            near=6.0, lifts=(Lift("guard door onto hinges", 15.5, 55, 70, 110, 0.2, 3, 30, control=True, people=8),)),
        Job("run-off", "runoff", 8, 12,
            (Hazard("clear jams", "caught by a moving axis", 3, 4, "administrative"), Hazard("set the glue", "burn by hot melt", 3, 2, "protective_equipment")),
            (Event("caught by an axis", "hand", 2, severity=4), Event("burned by hot melt", "hand", 3, severity=2), Event("struck by a carton blank", "face", 1)),
            near=6.5, noise=(Noise("machine running", 5.0, 85.0), Noise("program", 2.5, 74.0), Noise("breaks", 0.5, 66.0))),
        Job("crating", "crating", 3, 14,
            (Hazard("nail and strap", "nail in the hand", 3, 2, "protective_equipment"), Hazard("move crates", "struck by a truck", 2, 5)),
            (Event("nail in the hand", "hand", 2, severity=2), Event("strain while lifting a panel", "back", 3), Event("strap whipped back", "face", 1)),
            lifts=(Lift("crate panel to the base", 19.0, 50, 40, 90, 0.3, 4, 20),)),
    ),
    chemicals=(
        Chemical("xylene", "1330-20-7", 180, used=1_450, released=1_260, hazard="flammable, harms nerves"),
        Chemical("machine paint, two-part", "", 260, used=2_300, released=640, hazard="flammable; hardener with isocyanate"),
        Chemical("coolant concentrate", "", 420, used=2_600, hazard="irritates the skin"),
        Chemical("acetone", "67-64-1", 90, used=520, released=410, hazard="flammable"),
        Chemical("chromium VI", "18540-29-9", 10, made=24, released=0.4, hazard="fume causes cancer"),
        Chemical("hydraulic oil", "64742-54-7", 700, used=640, hazard="none"),
        Chemical("welding fume", "", 0, hazard="irritates the lungs; made by the work, not stored"),
        Chemical("coolant mist", "", 0, hazard="irritates the lungs; made by the work, not stored"),
    ),
    waste=(
        Waste("steel and stainless scrap", "recycled", 3_100, 0.15, kept=0.5),
        Waste("aluminum chips", "recycled", 820, 0.15, kept=0.6),
        Waste("paint and solvent waste", "hazardous", 88, 0.3, kept=0.8, cost=2.3, peaks=((20, 1.7),)),
        Waste("spent coolant", "solid", 640, 0.3, kept=1.2, cost=0.32),
        Waste("oily rags", "hazardous", 14, 0.3, kept=1.5, cost=1.9),
        Waste("wood and cardboard", "recycled", 480, 0.2, kept=0.3, cost=0.05),
        Waste("electronic scrap and batteries", "universal", 12, 0.4, kept=2.5, cost=1.2),
    ),
)
