"""Brenner Seating: what is measured, what can hurt, what is left over.

Orders of magnitude (from memory, unchecked): the hardness of molded seat foam 200 to 350 N within 15 %, its density 50 to 60
kg/m3; a weld seam pulls 12 to 20 kN; dip coat 18 to 25 micrometers; a locking bolt of the rails 45 Nm within 10 %; seams of side
airbags are made to tear between 300 and 500 N; 2 to 4 % of seats need a touch-up at the end of the line; presses 90 to 98 dBA,
robot cells 84; isocyanate some parts a billion in the air of a ventilated carousel; six to eight cases of every kind a year for
each hundred people in a seat plant, first aid among them twice as many again.
"""

from __future__ import annotations

from quality import Agreement, Characteristic, Defect, Experiment, Gauge, Process, Quality
from safety import Air, Chemical, Event, Hazard, Heat, Job, Lift, Noise, Safety, Waste

# Data, a row a thing: kept as they are by hand.
# fmt: off

QUALITY = Quality(
    characteristics=(
        Characteristic("foam-hardness", "pad-front", "foam", "N", 245.0, (37.0, 37.0), 8.5, 1.5, 2.0, size=4, decimals=0,
                       notes=((12, "molds waxed"), (27, "shift A short of one"))),
        Characteristic("foam-density", "pad-front", "foam", "kg/m3", 55.0, (3.0, 3.0), 0.75, -0.2, 0.2, size=4, decimals=1),
        Characteristic("hole-pitch", "side-member", "press", "mm", 386.0, (0.3, 0.3), 0.055, 0.02, 0.015, notes=((19, "die sharpened"),)),
        Characteristic("seam-strength", "frame-k2", "weld", "kN", 16.5, (3.5, None), 0.85, 0.2, 0.2, size=3, samples=50),
        Characteristic("rail-parallelism", "frame-m5", "weld", "mm", 0.6, (None, 1.2), 0.2, 0.0, 0.03, size=5, skew=True),
        Characteristic("coat-thickness", "frame-k2", "ecoat", "micrometers", 21.0, (4.0, 6.0), 1.2, 0.6, 0.4, size=5, decimals=1,
                       notes=((33, "anode changed"),)),
        Characteristic("bath-voltage", "frame-k2", "ecoat", "V", 240.0, (15.0, 15.0), 3.4, -1.0, 1.0, size=1, samples=120, decimals=0),
        Characteristic("bolt-torque", "seat-m5-comfort-l", "front", "Nm", 45.0, (4.5, 4.5), 0.85, 0.3, 0.2, decimals=1),
        Characteristic("airbag-seam", "cover-comfort", "sew", "N", 400.0, (80.0, 80.0), 17.0, 4.0, 3.0, size=3, samples=50, decimals=0),
    ),
    processes=(
        Process("front seats, last look", 260, 0.028, 0.2, vary=0.1),
        Process("benches, last look", 120, 0.035, 0.25, vary=0.1),
        Process("covers, seams by eye", 150, 0.05, 0.7, spread=0.15),
        Process("seats in the wrong sequence", 1_300, 0.0012, 0.0, vary=0.15),
        Process("coated frames", 1_400, 0.009, 0.1, spread=0.25, vary=0.1),
    ),
    gauges=(
        Gauge("indenter on foam hardness", "foam-hardness", 2.6, (0.0, 1.5, -1.0), 0.8, decimals=1),
        Gauge("coordinate arm on hole pitch", "hole-pitch", 0.011, (0.0, 0.003, -0.002)),
        Gauge("torque wrench on bolts", "bolt-torque", 0.42, (0.0, 0.3, -0.25), 0.1, decimals=2),
    ),
    agreements=(
        Agreement("wrinkles in leather, by eye", (0.08, 0.3, 0.12), (0.1, 0.04, 0.16)),
        Agreement("weld seams, by eye", (0.03, 0.08, 0.05), (0.04, 0.06, 0.03), parts=25),
    ),
    experiments=(
        Experiment("tearing force of the airbag seam", (("A", "thread tension", "low", "high"), ("B", "stitch length", "3.5 mm", "4.5 mm"),
                   ("C", "needle", "100", "110")), 402.0, {"A": 22.0, "B": -46.0, "BC": 12.0}, 8.5, decimals=0),
        Experiment("voids in pads", (("A", "mold temperature", "55 deg C", "62 deg C"), ("B", "pour time", "1.6 s", "2.1 s"),
                   ("C", "wax", "thin", "thick"), ("D", "vent pins", "6", "9")), 4.6, {"A": -1.5, "D": -1.1, "AB": 0.6}, 0.55, 1, 3),
    ),
    defects=(
        Defect("press", "burr", 0.5, 0.3), Defect("press", "split corner", 0.3), Defect("press", "hole missing", 0.2),
        Defect("weld", "porous seam", 0.45, 0.25), Defect("weld", "seam beside the joint", 0.3, 0.4), Defect("weld", "spatter on thread", 0.25, 0.15),
        Defect("ecoat", "runs", 0.45, 0.3), Defect("ecoat", "bare spot at hook", 0.35, 0.3), Defect("ecoat", "pinholes", 0.2, 0.3),
        Defect("foam", "void", 0.45), Defect("foam", "torn at demolding", 0.3), Defect("foam", "soft spot", 0.25),
        Defect("front", "wrinkle", 0.45, 0.06), Defect("front", "plug not seated", 0.2, 0.08), Defect("front", "dirt on cover", 0.25, 0.05),
        Defect("front", "shield scratched", 0.1, 0.1),
    ),
    inspected_families=("purchased", "fixings", "steel"),
)

SAFETY = Safety(
    jobs=(
        Job("press operation", "press", 2, 14,
            (Hazard("change the die", "crushed by the die on the cart", 2, 5, "engineering"),
             Hazard("clear scrap", "cut by slivers", 4, 2, "protective_equipment")),
            (Event("cut by a sliver", "hand", 4, severity=2), Event("pinched at the die cart", "finger", 2, severity=4),
             Event("slipped on lubricant", "knee", 2)),
            noise=(Noise("running", 6.5, 95.5), Noise("die change", 1.0, 81.0), Noise("breaks", 0.5, 70.0))),
        Job("robot cell loading", "weld", 6, 15,
            (Hazard("load the fixture", "finger caught by a clamp", 3, 3, "engineering"),
             Hazard("enter the cell", "struck by the robot", 1, 5, "engineering"),
             Hazard("dress torches", "fume and burns", 3, 2, "protective_equipment")),
            (Event("finger caught by a clamp", "finger", 3, severity=3), Event("spatter burned the skin", "forearm", 3, severity=2),
             Event("cut by a tube end", "hand", 2, severity=2)),
            noise=(Noise("loading", 6.5, 84.5), Noise("torch dressing", 1.0, 91.0), Noise("breaks", 0.5, 70.0)),
            lifts=(Lift("frame from fixture to hook", 7.5, 45, 95, 140, 1.2, 4, 30),),
            air=(Air("welding fume", "shift", 8, 1.6, "mg/m3"), Air("manganese", "shift", 8, 0.06, "mg/m3"))),
        Job("hanging at the dip line", "ecoat", 6, 13,
            (Hazard("hang frames", "strain of the shoulder", 4, 2), Hazard("dose the bath", "splash of acid", 2, 4, "protective_equipment"),
             Hazard("clear the oven", "burn", 2, 3, "administrative")),
            (Event("strain while hanging a frame", "shoulder", 4), Event("splash of bath in the eye", "eye", 1),
             Event("touched a hot rack", "hand", 2, severity=2)),
            lifts=(Lift("bench frame onto the hook", 12.5, 50, 80, 155, 1.0, 6, 20, control=True, coupling="poor"),),
            heat=(Heat("unloading by the oven", 4.5, 34.0, 38, 23.8, 42.0), Heat("dip tanks", 2.0, 29.0, 70, 24.8, 29.5),
                  Heat("break", 1.0, 23.0, 50, 16.5, 23.0, "light")),
            noise=(Noise("line", 7.5, 82.0), Noise("breaks", 0.5, 70.0))),
        Job("foaming", "foam", 6, 14,
            (Hazard("open molds", "vapor of isocyanate", 3, 4, "engineering"), Hazard("take out pads", "strain of the back", 4, 2),
             Hazard("change drums", "spill on the skin", 2, 4, "protective_equipment"), Hazard("clean molds", "burn on a hot mold", 3, 2)),
            (Event("strain while pulling a pad", "back", 4), Event("burned on a mold", "forearm", 2, severity=2),
             Event("cough after a leak at the mixing head", "lungs", 1, "respiratory", severity=4),
             Event("rash under the gloves", "hand", 1, "skin")),
            air=(Air("isocyanate", "carousel", 6, 0.004), Air("isocyanate", "drum change", 0.5, 0.013), Air("isocyanate", "rest of the shift", 1.5, 0.001)),
            lifts=(Lift("bench pad out of the mold", 4.2, 60, 90, 110, 3, 7, 30),),
            heat=(Heat("carousel", 6.0, 30.0, 50, 22.5, 33.0), Heat("rest of the shift", 2.0, 26.0, 50, 19.0, 26.0, "light"))),
        Job("cutting", "cutter", 2, 12,
            (Hazard("load rolls", "strain of the back", 3, 3, "engineering"), Hazard("change the blade", "cut", 3, 3, "protective_equipment")),
            (Event("cut while changing the blade", "finger", 2, severity=3), Event("strain while lifting a roll", "back", 3)),
            lifts=(Lift("roll of cloth to the feeder", 23.0, 40, 60, 95, 0.1, 2, weight_most=31.0),)),
        Job("sewing", "sew", 24, 12,
            (Hazard("sew", "needle through the finger", 3, 2, "engineering"), Hazard("sew", "strain of wrist and neck", 4, 2),
             Hazard("stack covers", "trip over boxes", 3, 2)),
            (Event("needle in the finger", "finger", 4, severity=2), Event("strain of the wrist", "wrist", 4),
             Event("sore neck", "neck", 2), Event("tripped over a box", "knee", 1)),
            near=5.5, noise=(Noise("sewing", 7.5, 80.5), Noise("breaks", 0.5, 66.0))),
        Job("front seat assembly", "front", 18, 13,
            (Hazard("pull the cover", "strain of the shoulder", 4, 3), Hazard("drive bolts", "twist of the wrist by the tool", 3, 2, "engineering"),
             Hazard("plug airbags", "airbag goes off", 1, 4, "engineering"), Hazard("lift seats", "strain of the back", 2, 3, "engineering")),
            (Event("strain while pulling a cover", "shoulder", 5), Event("wrist twisted by the screwdriver", "wrist", 3),
             Event("finger pinched in the recliner", "finger", 2, severity=2), Event("hog ring in the hand", "hand", 2, severity=2)),
            near=6.0, lifts=(Lift("seat from pallet to tester", 21.0, 45, 75, 80, 0.6, 7, 45),),
            noise=(Noise("line", 7.5, 81.0), Noise("breaks", 0.5, 68.0))),
        Job("bench assembly", "bench", 10, 14,
            (Hazard("turn the bench", "strain of the back", 4, 3), Hazard("close hog rings", "strain of the hand", 4, 2, "engineering")),
            (Event("strain while turning a bench", "back", 4), Event("hog ring in the finger", "finger", 3, severity=2),
             Event("latch snapped on the thumb", "finger", 2, severity=2)),
            near=6.5, lifts=(Lift("bench onto the rack", 26.0, 50, 80, 70, 0.5, 7, 30, weight_most=29.0, people=2),)),
        Job("sequencing", "sequence", 4, 13,
            (Hazard("cross the lane", "struck by a tow train", 2, 5, "administrative"), Hazard("push racks", "strain of the back", 3, 2)),
            (Event("strain while pushing a rack", "back", 3), Event("foot under a rack wheel", "foot", 2, severity=3),
             Event("struck by the hoist", "head", 1)),
            noise=(Noise("dock", 7.5, 78.0), Noise("breaks", 0.5, 68.0))),
    ),
    chemicals=(
        Chemical("isocyanate", "26447-40-5", 9_500, used=152_000, released=14, hazard="breathing it can make allergic for life"),
        Chemical("polyol blend", "", 22_000, used=335_000, hazard="none; contains amines"),
        Chemical("release wax in naphtha", "64742-48-9", 900, used=3_900, released=3_300, hazard="flammable"),
        Chemical("dip coat", "", 2_100, used=16_500, released=180, hazard="irritates the skin"),
        Chemical("acetic acid", "64-19-7", 240, used=1_900, hazard="corrosive"),
        Chemical("zirconium rinse", "12021-95-3", 350, used=2_400, released=20, hazard="corrosive"),
        Chemical("manganese", "7439-96-5", 60, made=420, released=3, hazard="toxic dust"),
        Chemical("welding fume", "", 0, hazard="irritates the lungs; made by the work, not stored"),
    ),
    waste=(
        Waste("foam trimmings and scrap pads", "solid", 5_200, 0.12, cost=0.14),
        Waste("steel skeleton", "recycled", 13_500, 0.1, kept=0.25),
        Waste("cloth and vinyl offcuts", "solid", 2_900, 0.12, cost=0.16),
        Waste("leather offcuts", "recycled", 720, 0.15, kept=0.8),
        Waste("isocyanate drums and filters", "hazardous", 64, 0.25, cost=2.6, peaks=((9, 1.8),)),
        Waste("dip bath sludge", "hazardous", 190, 0.2, kept=1.1, cost=1.1),
        Waste("used oil", "recycled", 70, 0.35, kept=1.4, cost=0.4),
        Waste("lamps and batteries", "universal", 9, 0.5, kept=2.5, cost=4.0),
    ),
)
