"""Alderway Coatings: what is measured, what can hurt, what is left over.

Orders of magnitude (from memory, unchecked): enamel 85 to 100 Krebs units, white paste 6 to 7 on the Hegman scale, traffic
paint 12 to 14 pounds a gallon; a filler holds 0.3 % of the weight; color readers repeat within 0.05 units; 2 to 4 recordable
cases a year for each 100 people in coatings; toluene 10 to 60 ppm by open tanks, a tenth of that by closed ones; washing
solvent 1 to 3 % of what is blended, most of it redistilled. Yearly use of the solvents and pigments is that of the bills.
"""

from __future__ import annotations

from quality import Agreement, Characteristic, Defect, Experiment, Gauge, Process, Quality
from safety import Air, Chemical, Event, Hazard, Heat, Job, Lift, Noise, Safety, Waste

# Data, a row a thing: kept as they are by hand.
# fmt: off

QUALITY = Quality(
    characteristics=(
        Characteristic("enamel-viscosity", "base-enamel-white", "solvent", "Krebs units", 95.0, (5.0, 5.0), 1.1, 0.4, 0.6, size=3,
                       decimals=1, notes=((21, "cold night"),)),
        Characteristic("paste-fineness", "paste-white", "mill", "Hegman units", 6.6, (0.6, None), 0.12, 0.0, 0.04, size=3,
                       notes=((33, "fresh beads"),)),
        Characteristic("traffic-density", "base-traffic-white", "water", "lb/gal", 13.2, (0.2, 0.2), 0.045, 0.01, 0.01, size=4),
        Characteristic("acid-value", "resin-alkyd", "reactor", "mg KOH/g", 7.5, (None, 2.5), 0.55, 0.0, 0.0, size=1, samples=90, decimals=1),
        Characteristic("can-weight", "enamel-white-4x1", "can", "lb", 10.62, (0.06, 0.1), 0.018, 0.012, 0.006, decimals=3,
                       notes=((12, "new nozzle"),)),
        Characteristic("cartridge-weight", "construct-12", "cartridge", "oz", 13.4, (0.3, 0.4), 0.09, 0.04, 0.02),
        Characteristic("enamel-color", "base-enamel-gray", "lab", "delta E", 0.5, (None, 0.5), 0.16, 0.0, 0.03, size=3, samples=45, skew=True),
        Characteristic("degreaser-alkali", "base-degreaser", "cleaner", "%", 4.6, (0.3, 0.3), 0.08, -0.02, 0.03, size=2, samples=70),
        Characteristic("cap-torque", "degreaser-4x1", "jug", "in-lb", 18.0, (4.0, 5.0), 1.2, 0.5, 0.2, size=4, decimals=1, samples=50),
    ),
    processes=(
        Process("cans and pails, final look", 150, 0.022, 0.15),
        Process("cartridges, squeeze test", 240, 0.009, 0.0, vary=0.25),
        Process("labels with hazard signs", 320, 0.014, 0.3, spread=0.2),
        Process("batches right first time", 38, 0.11, 0.4, vary=0.3),
    ),
    gauges=(
        Gauge("density cup on traffic paint", "traffic-density", 0.009, (0.0, 0.004, -0.002)),
        Gauge("viscometer on enamel", "enamel-viscosity", 0.45, (0.0, 0.5, -0.2), 0.2, decimals=1),
    ),
    agreements=(
        Agreement("gloss and dirt on a draw-down", (0.05, 0.12, 0.2), (0.08, 0.04, 0.06)),
    ),
    experiments=(
        Experiment("milling of white paste", (("A", "bead size", "0.8 mm", "1.2 mm"), ("B", "tip speed", "30 ft/s", "40 ft/s"),
                                              ("C", "dispersant", "0.8 %", "1.2 %")), 6.3, {"A": -0.42, "B": 0.55, "C": 0.18, "BC": 0.2},
                   0.11, centers=4, decimals=2),
        Experiment("set time of floor epoxy", (("A", "room", "60 deg F", "80 deg F"), ("B", "part B", "short 5 %", "as written")),
                   5.6, {"A": -2.3, "B": -0.7, "AB": 0.1}, 0.25, replicates=3),
    ),
    defects=(
        Defect("reactor", "left in the vessel", 0.7, 0.8), Defect("reactor", "cooked too far", 0.3),
        Defect("mill", "left in the mill", 0.5), Defect("mill", "too coarse", 0.3, 0.3), Defect("mill", "wrong color strength", 0.2, 0.4),
        Defect("solvent", "left in the tank", 0.6), Defect("solvent", "skins and gel", 0.25), Defect("solvent", "off shade", 0.15, 0.4),
        Defect("can", "short fill", 0.3, 0.1), Defect("can", "dented lid", 0.35, 0.2), Defect("can", "label crooked", 0.35, 0.1),
        Defect("cartridge", "plunger leaks", 0.5, 0.6), Defect("cartridge", "cap missing", 0.3, 0.2), Defect("cartridge", "label crooked", 0.2, 0.1),
    ),
)

SAFETY = Safety(
    jobs=(
        Job("resin cooking", "reactor", 2, 12,
            (Hazard("charge flakes", "dust explosion", 1, 5, "engineering"), Hazard("heat up", "runaway, relief valve opens", 1, 5, "engineering"),
             Hazard("draw a sample", "burn by hot resin", 3, 3, "protective_equipment")),
            (Event("burned by hot resin", "forearm", 3, severity=4), Event("slipped on resin", "knee", 2), Event("fume while charging", "lungs", 1, "respiratory")),
            heat=(Heat("by the manway", 2.5, 95.0, 40, 79.0, 108.0), Heat("control room", 5.0, 74.0, 45, 63.0, 75.0, "light")),
            air=(Air("phthalic anhydride", "charging", 1, 2.1, "mg/m3"), Air("xylene", "shift", 8, 18, "ppm")),
            noise=(Noise("by the reactor", 5.0, 84.0), Noise("control room", 2.5, 66.0), Noise("break", 0.5, 68.0))),
        Job("charging and milling", "mill", 4, 18,
            (Hazard("lift bags", "strain of the back", 4, 3), Hazard("empty bags", "dust in the lungs", 4, 3, "engineering"),
             Hazard("clear the disperser", "caught by the blade", 2, 5, "engineering")),
            (Event("strain while lifting a bag", "back", 5), Event("pigment in the eye", "eye", 3, severity=2), Event("hit by the lid", "hand", 1)),
            lifts=(Lift("bag of pigment to the chute", 55.0, 16, 30, 40, 1.5, 2, 20, coupling="poor"),
                   Lift("bag of filler to the chute", 50.0, 16, 24, 40, 2.0, 3, 30, coupling="poor")),
            noise=(Noise("milling", 4.5, 92.0), Noise("charging", 2.5, 86.0), Noise("breaks", 1.0, 68.0)),
            air=(Air("titanium dioxide", "charging", 3, 7.4, "mg/m3"), Air("titanium dioxide", "milling", 5, 1.2, "mg/m3"),
                 Air("carbon black", "shift", 8, 0.9, "mg/m3"))),
        Job("solvent blending", "solvent", 4, 14,
            (Hazard("pump solvent", "static spark, fire", 1, 5, "engineering"), Hazard("open the manway", "vapor", 4, 3, "engineering"),
             Hazard("walk the deck", "fall from the deck", 2, 4, "engineering")),
            (Event("solvent on the skin", "hand", 4, "skin", severity=2), Event("dizzy by the manway", "head", 2, "poisoning"),
             Event("slipped on the stairs", "ankle", 2)),
            air=(Air("toluene", "charging", 2, 62, "ppm"), Air("toluene", "blending", 6, 17, "ppm"), Air("acetone", "shift", 8, 85, "ppm"),
                 Air("xylene", "shift", 8, 24, "ppm")),
            noise=(Noise("deck", 6.5, 85.0), Noise("breaks", 1.5, 68.0))),
        Job("tank cleaning", "water", 3, 22,
            (Hazard("enter the tank", "no air in the tank", 2, 5, "engineering"), Hazard("scrape the wall", "strain of the shoulder", 4, 2),
             Hazard("hose down", "slip on a wet floor", 4, 2)),
            (Event("slipped on a wet floor", "knee", 4), Event("strain while scraping", "shoulder", 3), Event("splash in the eye", "eye", 2, severity=2)),
            noise=(Noise("hosing", 3.0, 90.0), Noise("scraping", 3.5, 81.0), Noise("breaks", 1.5, 68.0)),
            heat=(Heat("in the tank", 1.5, 84.0, 80, 79.0, 85.0, "heavy"), Heat("outside", 6.0, 78.0, 55, 69.0, 80.0))),
        Job("cleaner blending", "cleaner", 4, 15,
            (Hazard("unload caustic", "caustic on skin and eyes", 2, 5, "engineering"), Hazard("take a sample", "splash of caustic", 3, 3,
             "protective_equipment")),
            (Event("caustic on the skin", "forearm", 3, "skin", severity=4), Event("slipped on soap", "hip", 3), Event("caustic in the eye", "eye", 1, severity=4)),
            noise=(Noise("blending", 7.0, 80.0), Noise("breaks", 1.0, 68.0)),
            air=(Air("sodium hydroxide", "unloading", 0.5, 1.1, "mg/m3"), Air("sodium hydroxide", "blending", 7, 0.3, "mg/m3"))),
        Job("pail filling", "can", 8, 16,
            (Hazard("set lids", "finger under the press", 2, 4, "engineering"), Hazard("stack pails", "strain of the back", 4, 3)),
            (Event("strain while stacking pails", "back", 5), Event("finger under the lid press", "finger", 2, severity=4), Event("pail fell on the foot", "foot", 1)),
            lifts=(Lift("pail of enamel to pallet", 56.0, 15, 34, 24, 1.2, 6, 30, control=True, weight_most=64.0),
                   Lift("pail of traffic paint to pallet", 67.0, 15, 34, 30, 1.5, 6, 30, control=True, weight_most=71.0),
                   Lift("case of four gallons to pallet", 46.0, 14, 34, 40, 1.5, 6, 30)),
            noise=(Noise("filling", 7.0, 86.5), Noise("breaks", 1.0, 68.0))),
        Job("cartridge line", "cartridge", 6, 13,
            (Hazard("clear a jam", "finger caught by the capper", 3, 4, "engineering"), Hazard("pack cartons", "strain of the wrist", 4, 2)),
            (Event("finger caught by the capper", "finger", 2, severity=4), Event("strain of the wrist", "wrist", 4), Event("cut by a knife", "hand", 2, severity=2)),
            lifts=(Lift("carton of cartridges to pallet", 14.0, 14, 36, 40, 4, 6, 30),),
            noise=(Noise("filling", 7.0, 88.0), Noise("breaks", 1.0, 68.0))),
        Job("drum filling", "drum", 2, 18,
            (Hazard("roll drums", "foot under a drum", 3, 4), Hazard("fill solvent drums", "static spark, fire", 1, 5, "engineering")),
            (Event("foot under a drum", "foot", 3, severity=4), Event("strain while rolling a drum", "back", 4), Event("solvent in the eye", "eye", 1)),
            lifts=(Lift("empty drum from rack", 38.0, 18, 40, 10, 0.5, 4, coupling="poor"),),
            air=(Air("toluene", "filling", 4, 31, "ppm"), Air("acetone", "filling", 4, 140, "ppm")),
            noise=(Noise("filling", 6.5, 83.0), Noise("breaks", 1.5, 68.0))),
    ),
    chemicals=(
        Chemical("toluene", "108-88-3", 22_000, made=366_000, used=1_300, released=3_900, hazard="flammable, harms the unborn child"),
        Chemical("xylene", "1330-20-7", 14_000, made=204_000, used=900, released=1_700, hazard="flammable, irritates"),
        Chemical("acetone", "67-64-1", 18_000, made=283_000, used=6_400, released=5_200, hazard="flammable, irritates the eyes"),
        Chemical("mineral spirits", "64742-47-8", 64_000, made=2_330_000, used=22_000, released=9_800, hazard="flammable, harmful if swallowed"),
        Chemical("glycol ether", "111-76-2", 9_000, made=295_000, released=700, hazard="harmful through the skin"),
        Chemical("phthalic anhydride", "85-44-9", 42_000, made=393_000, used=0, released=60, hazard="sensitizes skin and lungs"),
        Chemical("sodium hydroxide", "1310-73-2", 26_000, made=228_000, used=3_100, released=0, hazard="corrosive"),
        Chemical("titanium dioxide", "13463-67-7", 120_000, made=1_357_000, released=140, hazard="dust that harms the lungs"),
        Chemical("carbon black", "1333-86-4", 2_600, made=10_600, released=4, hazard="dust that harms the lungs"),
        Chemical("zinc compounds", "7779-90-0", 9_500, made=79_900, released=12, hazard="toxic to water"),
        Chemical("orange terpenes", "5989-27-5", 11_000, made=201_000, released=420, hazard="flammable, sensitizes the skin"),
        Chemical("nitrogen", "7727-37-9", 28_000, used=410_000, released=410_000, hazard="gas under pressure, takes the air's place"),
    ),
    waste=(
        Waste("still bottoms", "hazardous", 2_350, 0.2, kept=0.7, cost=0.62),
        Waste("spent washing solvent", "hazardous", 980, 0.3, kept=0.5, cost=0.41, peaks=((8, 1.8), (20, 1.9))),
        Waste("paint sludge", "hazardous", 640, 0.35, kept=0.8, cost=0.55),
        Waste("off-shade enamel", "hazardous", 310, 0.5, kept=1.4, cost=0.38, peaks=((15, 2.6),)),
        Waste("rinse water solids", "solid", 5_400, 0.2, cost=0.09),
        Waste("empty bags and liners", "solid", 3_900, 0.12, kept=0.3, cost=0.06),
        Waste("steel drums", "recycled", 2_700, 0.2, kept=0.5, cost=0.0),
        Waste("lamps and batteries", "universal", 11, 0.5, kept=3.0, cost=1.8),
    ),
)
