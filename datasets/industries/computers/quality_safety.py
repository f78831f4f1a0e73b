"""Quillon Systems: what is measured, what can hurt, what is left over.

Orders of magnitude (from memory, unchecked): solder paste 100 to 150 micrometers within a quarter; reflow peaks at 240 to 248 deg C; a
chassis screw 0.6 Nm within 15 %; 1 to 3 % of computers fail the first power-on, half of them by a part not seated; an assembly hall
is quiet, 68 to 80 dBA; one or two recordable cases a year for each hundred people, backs and hands; a computer of 10 kg leaves one
kilogram of packing from its parts.
"""

from __future__ import annotations

from quality import Agreement, Characteristic, Defect, Experiment, Gauge, Process, Quality
from safety import Air, Chemical, Event, Hazard, Heat, Job, Lift, Noise, Safety, Waste

# Data, a row a thing: kept as they are by hand.
# fmt: off

QUALITY = Quality(
    characteristics=(
        Characteristic("paste-height", "pcb-backplane", "smt", "micrometers", 130.0, (30.0, 30.0), 6.5, 2.0, 2.0, decimals=0,
                       notes=((15, "stencil cleaned"), (38, "new jar of paste"))),
        Characteristic("reflow-peak", "pcb-backplane", "smt", "deg C", 244.0, (6.0, 6.0), 1.1, -0.4, 0.5, size=1, samples=100, decimals=1,
                       notes=((44, "oven door open"),)),
        Characteristic("press-force", "pcb-backplane", "bench", "kN", 3.4, (0.6, 0.6), 0.12, 0.05, 0.03, size=4),
        Characteristic("screw-torque", "base-desk", "desk", "Nm", 0.6, (0.09, 0.09), 0.017, 0.005, 0.005, decimals=3),
        Characteristic("sink-pressure", "base-2u", "server", "N", 320.0, (40.0, 40.0), 9.5, -3.0, 2.0, size=3, samples=50, decimals=0),
        Characteristic("fan-noise", "fan-wall", "sub", "dBA", 54.0, (None, 4.0), 0.8, -0.3, 0.2, size=3, samples=50, decimals=1),
        Characteristic("idle-power", "desk-office", "test", "W", 24.0, (None, 5.0), 0.9, 0.2, 0.2, size=5, decimals=1,
                       notes=((29, "new image"),)),
    ),
    processes=(
        Process("desktops, first power-on", 740, 0.016, 0.1, vary=0.15),
        Process("servers, first power-on", 100, 0.035, 0.3, vary=0.2),
        Process("backplanes, board test", 78, 0.025, 0.2, vary=0.2),
        Process("cartons opened again, orders wrong", 200, 0.008, 0.0, vary=0.1),
        Process("failures in burn-in", 900, 0.006, 0.05, vary=0.15),
    ),
    gauges=(
        Gauge("paste height by camera", "paste-height", 1.8, (0.0, 0.4, -0.3), decimals=1),
        Gauge("torque tester", "screw-torque", 0.006, (0.0, 0.004, -0.003), 0.002, decimals=4),
    ),
    agreements=(
        Agreement("scratches on cases, by eye", (0.1, 0.24, 0.15), (0.12, 0.05, 0.18)),
        Agreement("solder joints under the lens", (0.04, 0.07, 0.05), (0.05, 0.03, 0.06), parts=25),
    ),
    experiments=(
        Experiment("bridges at the disk connector", (("A", "stencil opening", "90 %", "100 %"), ("B", "print speed", "30 mm/s", "60 mm/s"),
                   ("C", "peak", "240 deg C", "248 deg C")), 14.0, {"A": 5.2, "B": 2.4, "AB": 1.6}, 1.3),
        Experiment("processor temperature under load", (("A", "fan wall", "four fans", "six fans"), ("B", "paste", "line", "cross"),
                   ("C", "shroud", "without", "with")), 78.0, {"A": -6.8, "C": -4.1, "AC": 1.5}, 1.0),
    ),
    defects=(
        Defect("smt", "solder bridge", 0.5, 0.2), Defect("smt", "part shifted", 0.3, 0.15), Defect("smt", "tombstone", 0.2, 0.15),
        Defect("bench", "pin bent", 0.6, 0.4), Defect("bench", "open joint", 0.4, 0.25),
        Defect("sub", "screw missing", 0.5, 0.05), Defect("sub", "fan plug loose", 0.5, 0.05),
        Defect("desk", "cable not seated", 0.5, 0.04), Defect("desk", "standoff missing", 0.3, 0.06), Defect("desk", "board scratched", 0.2, 0.5),
        Defect("server", "sink not level", 0.5, 0.05), Defect("server", "cable in the wrong port", 0.5, 0.05),
        Defect("test", "memory not seated", 0.35, 0.02), Defect("test", "cosmetic flaw", 0.3, 0.05), Defect("test", "disk failed", 0.2, 0.1),
        Defect("test", "wrong image", 0.15, 0.02),
    ),
    inspected_families=("chips", "parts-bought"),
)

SAFETY = Safety(
    jobs=(
        Job("placement and reflow", "smt", 1, 10,
            (Hazard("clean stencils", "vapor of alcohol", 3, 2, "engineering"), Hazard("change feeders", "finger in the feeder", 3, 2)),
            (Event("finger pinched in a feeder", "finger", 3, severity=2), Event("burned at the oven exit", "hand", 2, severity=2)),
            air=(Air("isopropyl alcohol", "stencil cleaning", 1, 64.0), Air("isopropyl alcohol", "rest", 7, 4.0), Air("tin fume", "shift", 8, 0.03, "mg/m3")),
            heat=(Heat("oven exit", 3.0, 28.0, 40, 19.5, 31.0), Heat("rest", 5.0, 23.0, 45, 16.0, 23.0, "light"))),
        Job("board test", "bench", 1, 9,
            (Hazard("press connectors", "finger in the press", 1, 4, "engineering"), Hazard("test", "electric shock", 2, 3, "engineering")),
            (Event("cut by a board edge", "finger", 4, severity=2), Event("small shock at the test bed", "hand", 1))),
        Job("subassembly", "sub", 4, 10,
            (Hazard("drive screws", "strain of the wrist", 4, 2), Hazard("open cartons", "cut by a knife", 3, 2, "protective_equipment")),
            (Event("strain of the wrist", "wrist", 3), Event("cut by a knife", "hand", 3, severity=2))),
        Job("barebone line", "desk", 12, 10,
            (Hazard("drive screws", "strain of the wrist", 4, 2, "engineering"), Hazard("handle cases", "cut by sheet metal", 4, 2)),
            (Event("cut by a case edge", "hand", 5, severity=2), Event("strain of the wrist", "wrist", 3), Event("sore shoulder", "shoulder", 2)),
            lifts=(Lift("tower case to the line", 9.0, 40, 70, 95, 1.0, 7, 30, people=2),),
            noise=(Noise("line", 7.5, 76.5), Noise("breaks", 0.5, 64.0))),
        Job("server assembly", "server", 4, 11,
            (Hazard("turn the chassis", "strain of the back", 3, 3, "engineering"), Hazard("set sinks", "cut by fins", 3, 2)),
            (Event("strain while turning a chassis", "back", 4), Event("cut by fins", "finger", 3, severity=2), Event("dropped a supply on the foot", "foot", 1)),
            lifts=(Lift("4U chassis to the lift table", 22.0, 45, 60, 85, 0.05, 2, weight_most=27.0, people=2),)),
        Job("configuration", "config", 8, 9,
            (Hazard("seat memory", "strain of the thumb", 4, 2), Hazard("carry computers", "strain of the back", 3, 2)),
            (Event("strain of the thumb", "thumb", 3), Event("cut by a case edge", "hand", 3, severity=2)),
            noise=(Noise("line", 7.5, 72.0), Noise("breaks", 0.5, 64.0))),
        Job("burn-in", "burn", 4, 9,
            (Hazard("load racks above the shoulder", "computer falls", 2, 4), Hazard("work in fan noise", "loss of hearing", 2, 3, "protective_equipment")),
            (Event("strain while lifting above the shoulder", "shoulder", 4), Event("finger pinched by a rail", "finger", 2, severity=2)),
            noise=(Noise("in the room", 3.0, 88.5), Noise("at the desk", 4.5, 68.0), Noise("breaks", 0.5, 64.0)),
            lifts=(Lift("server into the rack", 17.5, 45, 90, 145, 0.2, 3, control=True),),
            heat=(Heat("behind the racks", 2.0, 35.0, 25, 20.5, 37.0, "light"), Heat("rest", 6.0, 24.0, 45, 16.5, 24.0, "light"))),
        Job("final test", "test", 4, 9,
            (Hazard("open supplies", "electric shock", 1, 5, "administrative"), Hazard("move computers", "strain of the back", 3, 2)),
            (Event("strain while moving a computer", "back", 3), Event("shock from a supply", "hand", 1, severity=4))),
        Job("packing", "pack", 4, 11,
            (Hazard("stack cartons", "strain of the back", 4, 3), Hazard("cross the dock", "struck by a truck", 2, 5)),
            (Event("strain while stacking", "back", 5), Event("cut by a knife", "hand", 2, severity=2), Event("foot under a pallet jack", "foot", 1, severity=4)),
            lifts=(Lift("desktop carton to pallet", 11.5, 45, 75, 60, 2.0, 7, 30, people=3), Lift("server carton to pallet", 31.0, 50, 75, 30, 0.1, 2, people=2)),
            noise=(Noise("packing", 7.5, 74.0), Noise("breaks", 0.5, 64.0))),
    ),
    chemicals=(
        Chemical("isopropyl alcohol", "67-63-0", 60, used=410, released=370, hazard="flammable"),
        Chemical("solder paste, lead-free", "", 18, used=96, hazard="irritates the skin"),
        Chemical("tin fume", "", 0, hazard="irritates the lungs; made by the work, not stored"),
        Chemical("silver", "7440-22-4", 0.5, used=2.6, hazard="toxic to water"),
        Chemical("thermal paste", "", 35, used=140, hazard="none"),
        Chemical("flux remover", "", 24, used=130, released=110, hazard="flammable, irritates the eyes"),
    ),
    waste=(
        Waste("cardboard from parts", "recycled", 2_900, 0.12, kept=0.25),
        Waste("foam and film", "solid", 760, 0.15, kept=0.4, cost=0.18),
        Waste("electronic scrap", "recycled", 210, 0.25, kept=1.1, cost=0.0),
        Waste("batteries and lamps", "universal", 18, 0.4, kept=2.2, cost=1.6),
        Waste("wipes and solvent", "hazardous", 17, 0.3, kept=1.4, cost=2.4, peaks=((14, 1.6),)),
        Waste("solder dross and paste jars", "hazardous", 6, 0.3, kept=2.0, cost=1.2),
    ),
)
