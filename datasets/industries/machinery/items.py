"""Torvane Packaging Machines: cartoners, case packers, palletizers and their spare parts, engineered to order in a job shop.

Some six machines and a dozen conveyor modules leave in a week. Each machine is a project of four months, of which purchased
drives and controls take the most; modules are built when an order needs them, turned and milled parts in small lots. Spare
parts sell in fits and starts, at twice their cost or more.

Orders of magnitude (from memory, unchecked): a case packer 60,000 to 120,000, a labeler 20,000 to 35,000; a servo motor 500
to 1,200 and its drive as much, with lead times of 8 to 14 weeks; a controller 1,400; a hot-melt unit 4,500 to 5,500; steel plate
1.3 a kg, stainless sheet 4.3, aluminum plate 6; a ball bearing 5; margins of 25 to 40 % of cost on machines, 80 to 150 % on
spare parts.

What there is to find: Meridor Drives is late with servo motors; the store holds half a year of label print heads; milling runs at
five sixths of its pace and is the bottleneck; each vibrating feeder takes more than twice the hours it is sold for; since summer more
than twice as many control cabinets fail at power-on. The second lathe's bad December is chance.
"""

from __future__ import annotations

from industry import Buy, Change, Industry, Make, Phantom, Promotion, Sale, Source, Supplier

STELVAR, ALUMVAR, MERIDOR = "Stelvar Metals", "Alumvar Profiles", "Meridor Drives"
CONTROVAR, SENSIRA, AIRVOLT = "Controvar Controls", "Sensira Components", "Airvolt Pneumatics"
ROTAVAN, LINEARIS, GLUTEC = "Rotavan Bearings", "Linearis Motion", "Glutec Systems"
CABLEMERE, FIXWORKS, CRATEWOOD = "Cablemere Wire", "Fixworks Fasteners", "Cratewood Packing"

# Data, a row an item: kept as they are by hand.
# fmt: off


def steel(item: str, name: str, unit: str, cost: float, pack: float, source: Source, weight: float, cover: float = 4,
          other: Source | None = None) -> Buy:
    """Plate, bar, profile."""
    return Buy(item, name, unit, cost, 85, cover, 1.5, (source, other) if other else (source,), pack, planner="metal buyer",
               family="metal", weight=weight)


def drive(item: str, name: str, cost: float, source: Source, cover: float, safety: float, weight: float, pack: float = 1,
          margin: float | None = None, sale: Sale | None = None, shelf_life: float | None = None) -> Buy:
    """A motor, a drive, a control: dear, and long in coming."""
    return Buy(item, name, "pcs", cost, 120, cover, safety, (source,), pack, planner="controls buyer", family="controls",
               margin=margin, sale=sale, weight=weight, shelf_life=shelf_life)


def part(item: str, name: str, unit: str, cost: float, source: Source, pack: float, weight: float, margin: float | None = None,
         sale: Sale | None = None, cover: float = 5, safety: float = 2, other: Source | None = None,
         shelf_life: float | None = None) -> Buy:
    """A catalog part; many of them are sold as spares."""
    return Buy(item, name, unit, cost, 65, cover, safety, (source, other) if other else (source,), pack, planner="parts buyer",
               family="spares" if sale else "catalog", margin=margin, sale=sale, weight=weight, shelf_life=shelf_life)


def screw(item: str, name: str, cost: float, pack: float, weight: float) -> Buy:
    """A fastener by the box, cheaper by steps."""
    return Buy(item, name, "pcs", cost, 30, 8, 2, (
        Source(FIXWORKS, 2, share=0.85, breaks=((5 * pack, 0.92), (20 * pack, 0.85)), incremental=True, min_order=pack),
        Source(ROTAVAN, 1, 1.15, 0.15)), pack, "minimum", pack, planner="parts buyer", family="catalog", weight=weight)


METALS = (
    steel("plate-steel", "Steel plate, 10 to 20 mm, cut to size", "kg", 1.38, 250, Source(STELVAR, 2, share=0.85,
          breaks=((4000, 0.97), (8000, 0.95))), 1, 3, Source(ALUMVAR, 1, 1.08, 0.15)),
    steel("bar-steel", "Round bar, quenched", "kg", 1.95, 100, Source(STELVAR, 2, breaks=((1500, 0.96),)), 1),
    steel("tube-80", "Square tube 80 x 80 x 4", "m", 12.6, 12, Source(STELVAR, 3, breaks=((300, 0.96),)), 9.4),
    steel("sheet-inox", "Stainless sheet 2 mm", "kg", 4.3, 48, Source(STELVAR, 3, breaks=((1000, 0.96), (2000, 0.94))), 1),
    steel("plate-alu", "Aluminum plate, 15 to 25 mm", "kg", 6.2, 50, Source(ALUMVAR, 3, breaks=((600, 0.96), (1500, 0.94))), 1),
    steel("profile-40", "Aluminum profile 40 x 40", "m", 11.4, 6, Source(ALUMVAR, 3, breaks=((300, 0.95),)), 1.7),
    steel("profile-80", "Aluminum profile 80 x 40", "m", 24.5, 6, Source(ALUMVAR, 3, breaks=((200, 0.96),)), 3.1),
    steel("pc-6", "Polycarbonate sheet 6 mm", "m2", 47.0, 6, Source(ALUMVAR, 2, breaks=((60, 0.96),)), 7.2),
    Buy("paint", "Machine paint, two-part", "l", 11.2, 50, 6, 2, (Source(STELVAR, 2),), 20, planner="metal buyer", family="metal",
        shelf_life=52, weight=1.3),
)

CONTROLS = (
    drive("servo-400", "Servo motor 400 W", 545.0, Source(MERIDOR, 10, breaks=((100, 0.97), (250, 0.95))), 5, 4, 1.6, 2, 0.8,
          Sale(1.6, 0.5, 0.5)),
    drive("servo-1500", "Servo motor 1.5 kW", 1160.0, Source(MERIDOR, 12, breaks=((60, 0.97),)), 5, 4, 5.8, 2, 0.7,
          Sale(0.8, 0.5, 0.35)),
    drive("servo-1500-b", "Servo motor 1.5 kW, new series", 1095.0, Source(MERIDOR, 12), 3, 2, 5.4, 1, 0.7, Sale(1.2, 0.4, 0.6)),
    drive("amp-400", "Servo drive 400 W", 655.0, Source(MERIDOR, 10, breaks=((100, 0.97),)), 5, 4, 1.1, 2),
    drive("amp-1500", "Servo drive 1.5 kW", 1120.0, Source(MERIDOR, 10, breaks=((60, 0.97),)), 5, 4, 2.3, 2),
    drive("motor-075", "Gear motor 0.75 kW", 232.0, Source(ROTAVAN, 6, breaks=((80, 0.96),)), 5, 3, 14),
    drive("vfd-075", "Frequency inverter 0.75 kW", 168.0, Source(CONTROVAR, 5, breaks=((80, 0.96),)), 5, 3, 1.4),
    drive("plc", "Controller with safety", 1450.0, Source(CONTROVAR, 9, breaks=((25, 0.97), (50, 0.95))), 5, 3, 0.9),
    drive("io-16", "Input and output block, 16", 142.0, Source(CONTROVAR, 7, breaks=((150, 0.96),)), 5, 3, 0.25, 5),
    drive("hmi-10", "Touch panel 10 in", 745.0, Source(CONTROVAR, 8, breaks=((30, 0.97),)), 5, 3, 1.5, 1, 0.8, Sale(0.7, 0.5, 0.35)),
    drive("light-curtain", "Light curtain 900 mm", 615.0, Source(SENSIRA, 5), 5, 3, 2.2, 2),
    drive("glue-unit", "Hot-melt unit, four hoses", 4850.0, Source(GLUTEC, 12, breaks=((12, 0.975),)), 5, 3, 62),
    drive("print-head", "Label print head", 3920.0, Source(GLUTEC, 10), 5, 3, 8.5, 1, 0.5, Sale(0.25, 0.4, 0.2)),
    drive("enclosure", "Control cabinet 800 x 1,000", 318.0, Source(CONTROVAR, 3, breaks=((40, 0.96),)), 4, 2, 48),
    drive("supply-24", "Power supply 24 V", 94.0, Source(CONTROVAR, 4), 5, 2, 1.1, 2),
)

CATALOG = (
    part("sensor-photo", "Photo sensor M18", "pcs", 57.5, Source(SENSIRA, 3, breaks=((200, 0.95),)), 10, 0.1, 1.2, Sale(9, 0.5, 0.7),
         other=Source(CONTROVAR, 2, 1.1, 0.15)),
    part("sensor-prox", "Proximity sensor M12", "pcs", 23.8, Source(SENSIRA, 3, breaks=((300, 0.94),)), 10, 0.05, 1.3, Sale(7, 0.5, 0.6)),
    part("cylinder-32", "Cylinder 32 x 100", "pcs", 76.0, Source(AIRVOLT, 4, breaks=((100, 0.95),)), 5, 0.9, 1.0, Sale(4, 0.6, 0.5)),
    part("cylinder-63", "Cylinder 63 x 250", "pcs", 141.0, Source(AIRVOLT, 4), 2, 3.4, 1.0, Sale(1.5, 0.6, 0.35)),
    part("valve-52", "Valve 5/2, with plug", "pcs", 63.0, Source(AIRVOLT, 4, breaks=((150, 0.95), (300, 0.93))), 10, 0.3, 1.1,
         Sale(5, 0.6, 0.5)),
    part("cup-40", "Suction cup 40 mm", "pcs", 6.1, Source(AIRVOLT, 2, breaks=((500, 0.93),)), 50, 0.02, 1.5, Sale(160, 0.4, 0.9),
         shelf_life=104),
    part("ejector", "Vacuum ejector", "pcs", 94.0, Source(AIRVOLT, 4), 5, 0.3, 1.0, Sale(1.4, 0.6, 0.35)),
    part("hose-8", "Air hose 8 mm", "m", 0.88, Source(AIRVOLT, 2), 100, 0.04),
    part("bearing-25", "Ball bearing 25 x 52", "pcs", 4.65, Source(ROTAVAN, 2, breaks=((500, 0.93),)), 20, 0.13, 1.6, Sale(24, 0.5, 0.8),
         other=Source(FIXWORKS, 1, 1.12, 0.2)),
    part("bearing-flange", "Flange bearing 30 mm", "pcs", 13.4, Source(ROTAVAN, 2, breaks=((200, 0.95),)), 10, 0.9),
    part("sprocket-18", "Sprocket 18 teeth", "pcs", 9.7, Source(ROTAVAN, 3), 10, 0.6, 1.2, Sale(6, 0.6, 0.4)),
    part("chain-08b", "Roller chain 1/2 in", "m", 8.8, Source(ROTAVAN, 2, breaks=((200, 0.95),)), 5, 0.7, 1.1, Sale(12, 0.6, 0.5)),
    part("belt-25", "Timing belt 25 mm", "m", 14.2, Source(LINEARIS, 3, breaks=((200, 0.95),)), 10, 0.2, 1.4, Sale(18, 0.5, 0.7),
         shelf_life=156),
    part("rail-20", "Linear rail 20", "m", 91.0, Source(LINEARIS, 7, breaks=((60, 0.96), (120, 0.94))), 4, 2.3, cover=5, safety=3),
    part("carriage-20", "Linear carriage 20", "pcs", 45.5, Source(LINEARIS, 7, breaks=((120, 0.95),)), 8, 0.4, 1.0, Sale(3, 0.6, 0.4),
         5, 3),
    part("strip-wear", "Wear strip, UHMW", "m", 7.6, Source(LINEARIS, 3), 20, 0.3, 1.5, Sale(30, 0.5, 0.75)),
    part("foot-machine", "Machine foot M20", "pcs", 13.8, Source(FIXWORKS, 2), 20, 0.9),
    part("cable-servo", "Servo cable, shielded", "m", 9.4, Source(CABLEMERE, 4, breaks=((1000, 0.95),)), 100, 0.3),
    part("cable-5", "Control cable 5 x 1", "m", 1.65, Source(CABLEMERE, 2, breaks=((2000, 0.94),)), 500, 0.1),
    part("plug-m12", "Plug M12", "pcs", 6.7, Source(CABLEMERE, 3, breaks=((400, 0.94),)), 25, 0.03),
    part("terminal", "Terminal 2.5", "pcs", 0.94, Source(CABLEMERE, 2), 100, 0.01),
    part("sign-set", "Warning signs, set", "pcs", 3.9, Source(CRATEWOOD, 2), 10, 0.1, cover=8),
    part("crate", "Crate for export", "pcs", 335.0, Source(CRATEWOOD, 2), 1, 140, cover=2, safety=1),
    screw("screw-m8", "Screw M8 x 30", 0.12, 500, 0.02), screw("screw-m12", "Screw M12 x 45", 0.29, 250, 0.06),
    screw("washer-m8", "Washer M8", 0.02, 1000, 0.003), screw("pin-8", "Dowel pin 8 x 30", 0.24, 250, 0.01),
)

PHANTOMS = (
    Phantom("kit-fix-s", "Screws of a module", {"screw-m8": 48, "washer-m8": 48, "pin-8": 8}),
    Phantom("kit-fix-l", "Screws and feet of a frame", {"screw-m12": 60, "screw-m8": 80, "washer-m8": 80, "foot-machine": 6}),
    Phantom("kit-axis-400", "Servo axis 400 W: motor, drive, cable", {"servo-400": 1, "amp-400": 1, "cable-servo": 12}),
    Phantom("kit-axis-1500", "Servo axis 1.5 kW: motor, drive, cable", {"servo-1500": 1, "amp-1500": 1, "cable-servo": 14}),
)


def turned(item: str, name: str, bill: dict[str, float], work: float, setup: float, rule: str = "periods", lot: float | None = 4,
           cover: float = 3, margin: float | None = None, sale: Sale | None = None, yield_share: float = 0.985,
           safety: float = 0.5) -> Make:
    """Turned, milled or cut in small lots."""
    return Make(item, name, bill, work, setup, 2, rule=rule, lot=lot, cover=cover, safety=safety, scrap=dict.fromkeys(bill, 0.1),
                yield_share=yield_share, family="spares" if sale else "machined", margin=margin, sale=sale)


MACHINED = (
    turned("shaft-main", "Main shaft 40 x 900", {"bar-steel": 9.6}, 96, 85),
    turned("shaft-idler", "Idler shaft 25 x 500", {"bar-steel": 2.4}, 31, 70, "minimum", 20),
    turned("roller", "Roller 60 x 450", {"bar-steel": 6.5}, 27, 65, "fixed", 120, margin=0.9, sale=Sale(8, 0.5, 0.5)),
    turned("cam-disc", "Cam disc, hardened", {"plate-steel": 14}, 148, 140, "fixed", 60, 3, 1.1, Sale(2, 0.6, 0.4), 0.97),
    turned("plate-side", "Side plate", {"plate-alu": 11.5}, 74, 80),
    turned("plate-mount", "Mounting plate", {"plate-alu": 3.2}, 29, 65, "multiple", 10),
    turned("block-bearing", "Bearing block", {"plate-alu": 1.1}, 22, 60, "fixed", 150, margin=0.9, sale=Sale(4, 0.6, 0.4)),
    turned("finger-grip", "Gripper finger", {"plate-alu": 0.45}, 17, 60, "multiple", 25, margin=1.6, sale=Sale(14, 0.5, 0.7)),
    turned("bracket-sensor", "Sensor bracket", {"sheet-inox": 0.35}, 4.2, 45, "fixed", 400),
    turned("hopper", "Hopper, stainless", {"sheet-inox": 28}, 210, 60, "lot_for_lot", None, 0.5),
)

FRAMES = (
    Make("frame-l", "Frame, large, welded and painted", {"tube-80": 34, "plate-steel": 95, "paint": 6.5}, 1180, 60, 2, cover=0.3,
         safety=0, scrap={"tube-80": 0.04, "plate-steel": 0.09}),
    Make("frame-s", "Frame, small, welded and painted", {"tube-80": 15, "plate-steel": 42, "paint": 3}, 540, 55, 2, cover=0.3, safety=0,
         scrap={"tube-80": 0.04, "plate-steel": 0.09}),
    Make("guard-door", "Guard door", {"profile-40": 5.6, "pc-6": 1.1, "screw-m8": 16, "sensor-prox": 1}, 58, 30, 1, rule="multiple", lot=4,
         cover=0.6, scrap={"profile-40": 0.05, "pc-6": 0.12}, margin=0.8, sale=Sale(1.2, 0.5, 0.35), family="spares"),
)


def module(item: str, name: str, bill: dict[str, float], work: float, lead: int = 2, changes: tuple[Change, ...] = ()) -> Make:
    """Built when a machine needs it."""
    return Make(item, name, bill, work, 45, lead, cover=0.3, safety=0, family="modules", changes=changes)


MODULES = (
    module("mod-drive", "Drive station", {"motor-075": 1, "vfd-075": 1, "shaft-main": 1, "bearing-flange": 2, "sprocket-18": 2,
           "plate-mount": 1, "chain-08b": 1.6, "kit-fix-s": 0.5}, 145, 1),
    module("mod-belt", "Belt deck, one meter", {"profile-80": 2.2, "roller": 2, "shaft-idler": 2, "bearing-25": 4, "block-bearing": 2,
           "belt-25": 2.3, "strip-wear": 2, "kit-fix-s": 0.5}, 120, 1),
    module("mod-infeed", "Infeed", {"mod-belt": 2, "kit-axis-400": 1, "sensor-photo": 3, "bracket-sensor": 3, "plate-side": 2}, 420),
    module("mod-magazine", "Blank magazine", {"profile-80": 6, "cylinder-32": 3, "cup-40": 8, "ejector": 2, "valve-52": 3, "plate-side": 2,
           "cam-disc": 1, "sensor-prox": 4, "bracket-sensor": 4, "kit-fix-s": 1}, 610),
    module("mod-pusher", "Pusher", {"kit-axis-1500": 1, "rail-20": 2.4, "carriage-20": 4, "belt-25": 3.2, "plate-side": 2,
           "cam-disc": 1, "bearing-25": 8, "sensor-prox": 3, "bracket-sensor": 3, "kit-fix-s": 1}, 540),
    module("mod-gripper", "Gripper head", {"kit-axis-400": 2, "finger-grip": 12, "cylinder-32": 4, "cup-40": 12, "ejector": 3, "valve-52": 6,
           "rail-20": 1.2, "carriage-20": 4, "hose-8": 18, "kit-fix-s": 1}, 720),
    module("mod-lift", "Lift axis", {"servo-1500": 1, "amp-1500": 1, "cable-servo": 14, "rail-20": 4.2, "carriage-20": 4, "belt-25": 5, "plate-side": 2, "shaft-main": 1,
           "bearing-flange": 2, "sensor-prox": 3, "kit-fix-s": 1.5}, 560,
           changes=(Change("servo-1500", "servo-1500-b", "2026-03-16"),)),
    module("mod-glue", "Glue station", {"glue-unit": 1, "plate-mount": 2, "sensor-photo": 1, "bracket-sensor": 2, "kit-fix-s": 0.5}, 260, 1),
    module("panel-air", "Air panel", {"valve-52": 6, "hose-8": 40, "plate-mount": 1, "cylinder-63": 1, "kit-fix-s": 0.3}, 165, 1),
    module("cabinet-s", "Control cabinet, small, wired", {"enclosure": 1, "plc": 1, "io-16": 3, "hmi-10": 1, "supply-24": 1, "terminal": 140,
           "cable-5": 90, "plug-m12": 20}, 690),
    module("cabinet-l", "Control cabinet, large, wired", {"enclosure": 2, "plc": 1, "io-16": 7, "hmi-10": 1, "supply-24": 2, "terminal": 320,
           "cable-5": 210, "plug-m12": 44}, 1420),
)


def machine(item: str, name: str, bill: dict[str, float], work: float, lead: int, margin: float, sale: Sale) -> Make:
    """Engineered, assembled and run off to a customer's order."""
    return Make(item, name, {**bill, "sign-set": 1, "crate": 1}, work, 150, lead, cover=0, safety=0, family="machines", margin=margin,
                sale=sale, planner="project planner")


SOLD = (
    machine("cartoner", "Cartoner CT-120", {"frame-l": 1, "mod-infeed": 2, "mod-magazine": 1, "mod-pusher": 1, "mod-glue": 1, "mod-drive": 2,
            "guard-door": 8, "panel-air": 1, "cabinet-l": 1, "kit-axis-400": 3, "kit-fix-l": 1.5}, 9800, 5, 0.34,
            Sale(0.9, 0.1, short=0)),
    machine("case-packer", "Case packer CP-60", {"frame-l": 1, "mod-infeed": 1, "mod-magazine": 1, "mod-gripper": 1, "mod-glue": 1, "mod-drive": 2,
            "guard-door": 8, "panel-air": 1, "cabinet-l": 1, "kit-axis-1500": 1, "kit-fix-l": 1.5}, 8900, 5, 0.36,
            Sale(1.1, 0.1, short=0)),
    machine("tray-former", "Tray former TF-40", {"frame-s": 1, "mod-magazine": 1, "mod-pusher": 1, "mod-glue": 1, "mod-drive": 1,
            "guard-door": 5, "panel-air": 1, "cabinet-s": 1, "kit-fix-l": 1}, 5200, 4, 0.3, Sale(0.7, 0.1, short=0)),
    machine("labeler", "Labeler LB-200", {"frame-s": 1, "mod-belt": 2, "print-head": 1, "mod-drive": 1, "kit-axis-400": 2, "guard-door": 2,
            "cabinet-s": 1, "sensor-photo": 4, "bracket-sensor": 4, "kit-fix-l": 0.7}, 2900, 4, 0.4, Sale(1.6, 0.1, short=0)),
    machine("palletizer", "Palletizer PZ-4", {"frame-l": 3, "mod-lift": 2, "mod-gripper": 1, "mod-infeed": 1, "mod-drive": 4, "guard-door": 10,
            "light-curtain": 2, "panel-air": 1, "cabinet-l": 1, "kit-axis-1500": 2, "kit-fix-l": 3}, 13600, 6, 0.28,
            Sale(0.5, 0.1, short=0)),
    machine("wrapper", "Shrink wrapper SW-30", {"frame-s": 1, "mod-belt": 3, "mod-lift": 1, "mod-drive": 2, "guard-door": 4, "cabinet-s": 1,
            "light-curtain": 1, "hopper": 1, "kit-fix-l": 1}, 4100, 4, 0.33, Sale(1.1, 0.1, short=0)),
    Make("conveyor", "Conveyor module, three meters", {"mod-belt": 3, "mod-drive": 1, "profile-80": 6, "profile-40": 8, "sensor-photo": 2,
         "bracket-sensor": 2, "foot-machine": 6, "crate": 0.25}, 360, 60, 2, cover=0.4, safety=0.2, family="machines", margin=0.42,
         sale=Sale(12, 0.35, short=0), planner="project planner", others={"chain drive": {"mod-belt": 3, "motor-075": 1, "vfd-075": 1,
         "sprocket-18": 4, "chain-08b": 4, "profile-80": 6, "profile-40": 8, "sensor-photo": 2, "bracket-sensor": 2,
         "foot-machine": 6, "crate": 0.25}}),
    Make("feeder", "Vibrating feeder", {"hopper": 1, "frame-s": 0.4, "motor-075": 1, "vfd-075": 1, "plate-mount": 2, "sensor-photo": 1,
         "bracket-sensor": 1, "kit-fix-s": 1, "crate": 0.5}, 480, 60, 2, cover=0.4, safety=0.2, family="machines", margin=0.5,
         sale=Sale(2, 0.2, short=0), planner="project planner"),
)

BASE = Industry(
    key="machinery",
    seed=20260109,
    about={
        "name": "Torvane Packaging Machines", "industry": "machinery", "jurisdiction": "US", "currency": "USD", "units": "metric",
        "first_day": "2026-01-05", "hours_per_shift": 8, "shifts_per_day": 1, "days_per_week": 5, "holding_rate": 0.18,
    },
    items=(*SOLD, *MODULES, *FRAMES, *MACHINED, *PHANTOMS, *METALS, *CONTROLS, *CATALOG),
    suppliers=(
        Supplier(STELVAR, -0.15, 0.25, 200, 150, 0.04),
        Supplier(ALUMVAR, -0.2, 0.25, 250, 120, 0.04),
        Supplier(MERIDOR, -0.6, 0.6, 400, 90, 0.05),
        Supplier(CONTROVAR, -0.65, 0.6, 200, 40, 0.04),
        Supplier(SENSIRA, -0.3, 0.3, 600, 20, 0.02),
        Supplier(AIRVOLT, -0.2, 0.35, 500, 35, 0.03),
        Supplier(ROTAVAN, -0.3, 0.3, 300, 30, 0.03),
        Supplier(LINEARIS, -0.6, 0.6, 300, 60, 0.03),
        Supplier(GLUTEC, -0.6, 0.9, 800, 180, 0.03),
        Supplier(CABLEMERE, -0.15, 0.2, 300, 25, 0.02),
        Supplier(FIXWORKS, -0.2, 0.2, 300, 18, 0.02),
        Supplier(CRATEWOOD, -0.1, 0.15, 400, 60, 0.03),
    ),
    promotions=(Promotion("spares", 22, 2, 1.5), Promotion("spares", 74, 2, 1.5)),
    seasons={"machines": (0.1, 46), "spares": (0.1, 30), "controls": (0.1, 30)},
    trends={"machines": 0.04, "spares": 0.06, "controls": 0.05},
)
