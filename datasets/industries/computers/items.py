"""Quillon Systems: desktops, workstations, servers and storage, assembled to order from barebones built to forecast.

What a customer chooses (processor, memory, disks, graphics, network) is planned by planning bills: a phantom for each kind
of option, whose components carry the share of orders that take them. Chips are dear, come after 8 to 14 weeks, and lose 10
to 25 % of their price in a year, so that stock is held for as short a time as the suppliers allow.

Orders of magnitude (from memory, unchecked): a desktop 500 to 900, a rack server 4,000 to 12,000; a desktop processor 150 to
500, a server processor 900 to 4,700, an accelerator 4,500 to 5,000 at the low end; 32 GB of server memory 120; a 4 TB server
disk 400; a mainboard 70 to 150, for servers 350 to 650; a resistor less than a cent on the reel; margins of 8 to 25 % of cost
on desktops, 20 to 30 % on servers, 40 to 100 % on upgrades and spares.

What there is to find: nothing. That three times as many computers as in the month before had the wrong image looks alarming, and
is chance.
"""

from __future__ import annotations

from industry import Buy, Change, Industry, Make, Phantom, Promotion, Sale, Source, Supplier

VESTRAL, MEMOWAY, STORVANE = "Vestral Processors", "Memoway Modules", "Storvane Disks"
GRAPHEON, BOARDOVA, POWERIS = "Grapheon Graphics", "Boardova Circuits", "Poweris Supplies"
CHASSOR, KOOLVANE, CABLORN = "Chassor Enclosures", "Koolvane Thermal", "Cablorn Harness"
COMPARTIS, SOFTAVANE, PACKLEY = "Compartis Distribution", "Softavane Licenses", "Packley Boxes"

# Data, a row an item: kept as they are by hand.
# fmt: off


def chip(item: str, name: str, cost: float, supplier: str, lead: float, tray: float, breaks: tuple[float, float], weight: float,
         cover: float = 3, safety: float = 2, margin: float | None = None, sale: Sale | None = None,
         broker: float = 0) -> Buy:
    """A dear part, long in coming; a distributor has some at once, for more."""
    return Buy(item, name, "pcs", cost, 140, cover, safety, (
        Source(supplier, lead, share=1 - broker, breaks=((breaks[0], 0.975), (breaks[1], 0.955))),
        *((Source(COMPARTIS, 2, 1.09, broker),) if broker else ())), tray, planner="chip buyer", family="upgrades" if sale else "chips",
        margin=margin, sale=sale, weight=weight)


def part(item: str, name: str, cost: float, supplier: str, lead: float, pack: float, weight: float, cover: float = 3,
         safety: float = 1.5, margin: float | None = None, sale: Sale | None = None, breaks: float = 0) -> Buy:
    """Chassis, supplies, fans, cables."""
    return Buy(item, name, "pcs", cost, 70, cover, safety, (
        Source(supplier, lead, breaks=((breaks, 0.96),) if breaks else ()),), pack, planner="parts buyer",
        family="upgrades" if sale else "parts-bought", margin=margin, sale=sale, weight=weight)


def reel(item: str, name: str, cost: float, count: float, unit: str = "pcs", weight: float = 0.001) -> Buy:
    """Small parts by the reel or bag, cheaper by steps."""
    return Buy(item, name, unit, cost, 35, 8, 2, (
        Source(COMPARTIS, 2, share=0.8, breaks=((4 * count, 0.92), (12 * count, 0.86)), incremental=True, min_order=count),
        Source(BOARDOVA, 3, 1.05, 0.2)), count, "minimum", count, planner="parts buyer", family="parts-bought", weight=weight)


CHIPS = (
    chip("cpu-d5", "Processor, desktop, 6 cores", 158.0, VESTRAL, 9, 50, (1000, 2000), 0.1),
    chip("cpu-d7", "Processor, desktop, 12 cores", 288.0, VESTRAL, 9, 50, (600, 1200), 0.1),
    chip("cpu-d9", "Processor, desktop, 24 cores", 472.0, VESTRAL, 10, 20, (300, 600), 0.1, 3, 3),
    chip("cpu-s16", "Processor, server, 16 cores", 885.0, VESTRAL, 12, 10, (200, 400), 0.15),
    chip("cpu-s32", "Processor, server, 32 cores", 2140.0, VESTRAL, 12, 5, (100, 200), 0.15),
    chip("cpu-s64", "Processor, server, 64 cores", 4660.0, VESTRAL, 14, 5, (40, 80), 0.15, 2),
    chip("ram-d16", "Memory, desktop, 16 GB", 36.5, MEMOWAY, 6, 50, (2000, 4000), 0.04, margin=0.8, sale=Sale(85, 0.25), broker=0.15),
    chip("ram-d32", "Memory, desktop, 32 GB", 69.0, MEMOWAY, 6, 50, (1000, 2500), 0.04, margin=0.7, sale=Sale(40, 0.3), broker=0.15),
    chip("ram-s32", "Memory, server, 32 GB", 116.0, MEMOWAY, 8, 25, (1000, 2000), 0.05, margin=0.7, sale=Sale(70, 0.3)),
    chip("ram-s64", "Memory, server, 64 GB", 222.0, MEMOWAY, 8, 25, (800, 1600), 0.05, margin=0.6, sale=Sale(35, 0.4)),
    chip("ssd-512", "Disk, solid state, 512 GB", 35.0, STORVANE, 6, 50, (1500, 3000), 0.05, margin=0.9, sale=Sale(45, 0.3), broker=0.15),
    chip("ssd-1t", "Disk, solid state, 1 TB", 56.0, STORVANE, 6, 50, (1200, 2500), 0.05, margin=0.8, sale=Sale(60, 0.3), broker=0.15),
    chip("ssd-s4t", "Disk, solid state, server, 4 TB", 405.0, STORVANE, 9, 10, (300, 700), 0.12, margin=0.5, sale=Sale(14, 0.4)),
    chip("hdd-18t", "Disk, spinning, 18 TB", 262.0, STORVANE, 8, 20, (400, 900), 0.7, margin=0.45, sale=Sale(18, 0.4)),
    chip("gpu-8", "Graphics card, 8 GB", 236.0, GRAPHEON, 8, 10, (300, 600), 0.9, 3, 3),
    chip("gpu-16", "Graphics card, 16 GB", 555.0, GRAPHEON, 9, 10, (200, 400), 1.3, 3, 3),
    chip("gpu-24", "Graphics card, 24 GB, workstation", 1465.0, GRAPHEON, 10, 5, (100, 200), 1.4, 3, 3),
    chip("accel-48", "Accelerator, 48 GB", 4870.0, GRAPHEON, 14, 4, (40, 80), 1.5, 3, 2),
    chip("nic-10", "Network card, 10 Gb", 63.0, GRAPHEON, 7, 20, (200, 400), 0.1, margin=0.7, sale=Sale(9, 0.5, 0.7)),
    chip("nic-25", "Network card, 25 Gb", 136.0, GRAPHEON, 8, 20, (150, 300), 0.1),
    chip("raid", "Disk controller", 282.0, GRAPHEON, 9, 10, (150, 300), 0.2, margin=0.5, sale=Sale(3, 0.5, 0.5)),
    chip("ic-expander", "Disk expander chip", 37.5, VESTRAL, 10, 24, (500, 1000), 0.005),
)

PARTS = (
    chip("board-desk", "Mainboard, desktop", 76.0, BOARDOVA, 7, 20, (1500, 3000), 0.6),
    chip("board-desk-b", "Mainboard, desktop, next revision", 73.5, BOARDOVA, 7, 20, (1500, 3000), 0.6, margin=0.5, sale=Sale(24, 0.3)),
    chip("board-tower", "Mainboard, tower", 141.0, BOARDOVA, 7, 10, (500, 1000), 0.9),
    chip("board-s1", "Mainboard, server, one socket", 342.0, BOARDOVA, 9, 5, (150, 300), 1.6),
    chip("board-s2", "Mainboard, server, two sockets", 618.0, BOARDOVA, 9, 5, (100, 200), 2.1),
    part("psu-450", "Power supply 450 W", 33.0, POWERIS, 5, 24, 1.6, margin=0.9, sale=Sale(20, 0.4, 0.9), breaks=1500),
    part("psu-850", "Power supply 850 W", 79.0, POWERIS, 5, 12, 2.1, breaks=600),
    part("psu-1600", "Power supply 1,600 W, hot swap", 172.0, POWERIS, 6, 8, 1.4, margin=0.7, sale=Sale(7, 0.5, 0.6), breaks=300),
    part("case-desk", "Case, desktop", 29.5, CHASSOR, 4, 30, 4.2, 2, 1, breaks=1500),
    part("case-tower", "Case, tower", 57.0, CHASSOR, 4, 12, 8.5, 2, 1, breaks=400),
    part("chassis-1u", "Chassis 1U", 116.0, CHASSOR, 5, 8, 9.5, 3, 1.5, breaks=200),
    part("chassis-2u", "Chassis 2U", 162.0, CHASSOR, 5, 6, 14, 3, 1.5, breaks=120),
    part("chassis-4u", "Chassis 4U", 238.0, CHASSOR, 6, 4, 22, 3, 2),
    part("sled", "Disk sled, empty", 5.2, CHASSOR, 5, 50, 0.2, margin=1.6, sale=Sale(32, 0.4, 0.8), breaks=1500),
    part("rail-kit", "Rail kit", 36.0, CHASSOR, 5, 10, 3.1, margin=0.8, sale=Sale(10, 0.4, 0.7)),
    part("fan-120", "Fan 120 mm", 4.9, KOOLVANE, 4, 60, 0.17, margin=1.4, sale=Sale(24, 0.4, 0.8), breaks=2500),
    part("fan-80", "Fan 80 mm, double", 8.6, KOOLVANE, 4, 60, 0.2, margin=1.4, sale=Sale(18, 0.4, 0.8), breaks=1200),
    part("sink-desk", "Heat sink, desktop", 6.3, KOOLVANE, 4, 48, 0.35, breaks=2500),
    part("sink-srv", "Heat sink, server", 18.2, KOOLVANE, 4, 24, 0.6, breaks=500),
    Buy("paste", "Thermal paste", "g", 0.18, 35, 6, 2, (Source(KOOLVANE, 3, breaks=((4000, 0.94),)),), 500, planner="parts buyer",
        family="parts-bought", shelf_life=52, weight=0.001),
    part("cable-sata", "Disk cable", 0.82, CABLORN, 3, 200, 0.03, 4, breaks=5000),
    part("cable-sas", "Backplane cable", 10.8, CABLORN, 4, 40, 0.1, 4),
    part("card-wifi", "Wireless card with antenna", 9.3, COMPARTIS, 5, 50, 0.03, 3, breaks=1500),
    part("keyboard", "Keyboard and mouse", 11.2, COMPARTIS, 6, 20, 0.9, margin=0.9, sale=Sale(45, 0.3), breaks=2000),
    part("license-desk", "System license, desktop", 66.0, SOFTAVANE, 1, 100, 0.001, 2, 1),
    part("license-srv", "System license, server", 405.0, SOFTAVANE, 1, 10, 0.001, 2, 1),
    part("pcb-bare", "Bare board, backplane", 13.6, BOARDOVA, 5, 50, 0.2, 4, breaks=500),
    part("box-desk", "Carton with foam, desktop", 4.6, PACKLEY, 2, 60, 1.1, 1.5, 0.8, breaks=1500),
    part("box-srv", "Carton with foam, server", 13.5, PACKLEY, 2, 20, 3.4, 2, 1),
    reel("connector-sas", "Disk connector", 1.9, 400), reel("cap-100n", "Capacitor 100 nF", 0.011, 4000),
    reel("res-10k", "Resistor 10 k", 0.006, 5000), reel("screw-m3", "Screw M3", 0.02, 5000), reel("label-asset", "Label", 0.03, 2000),
)

PHANTOMS = (
    Phantom("opt-cpu-desk", "Option: processor, desktop", {"cpu-d5": 1, "cpu-d7": 1}, {"cpu-d5": 0.65, "cpu-d7": 0.35}),
    Phantom("opt-cpu-tower", "Option: processor, tower", {"cpu-d7": 1, "cpu-d9": 1}, {"cpu-d7": 0.55, "cpu-d9": 0.45}),
    Phantom("opt-ram-desk", "Option: memory, desktop", {"ram-d16": 2, "ram-d32": 2}, {"ram-d16": 0.6, "ram-d32": 0.4}),
    Phantom("opt-disk-desk", "Option: disk, desktop", {"ssd-512": 1, "ssd-1t": 1}, {"ssd-512": 0.45, "ssd-1t": 0.55}),
    Phantom("opt-gpu-tower", "Option: graphics, tower", {"gpu-8": 1, "gpu-16": 1, "gpu-24": 1}, {"gpu-8": 0.35, "gpu-16": 0.45, "gpu-24": 0.2}),
    Phantom("opt-cpu-srv", "Option: processor, server", {"cpu-s16": 1, "cpu-s32": 1, "cpu-s64": 1},
            {"cpu-s16": 0.6, "cpu-s32": 0.3, "cpu-s64": 0.1}),
    Phantom("opt-ram-srv", "Option: memory, server", {"ram-s32": 8, "ram-s64": 8}, {"ram-s32": 0.65, "ram-s64": 0.35}),
    Phantom("opt-disk-srv", "Option: disks, server", {"disk-ssd": 4, "disk-hdd": 6}, {"disk-ssd": 0.6, "disk-hdd": 0.4}),
    Phantom("opt-net-srv", "Option: network, server", {"nic-10": 1, "nic-25": 1}, {"nic-10": 0.7, "nic-25": 0.3}),
    Phantom("kit-desk", "Carton, keyboard, labels, desktop", {"box-desk": 1, "keyboard": 1, "label-asset": 2}),
    Phantom("kit-srv", "Carton, rails, labels, server", {"box-srv": 1, "rail-kit": 1, "label-asset": 4}),
)


def sub(item: str, name: str, bill: dict[str, float], work: float, setup: float = 40, rule: str = "lot_for_lot",
        lot: float | None = None, lead: int = 1, cover: float = 0.8, yield_share: float = 1.0, safety: float = 0.5,
        changes: tuple[Change, ...] = (), others: dict[str, dict[str, float]] | None = None) -> Make:
    """Built to forecast, ahead of orders."""
    return Make(item, name, bill, work, setup, lead, rule=rule, lot=lot, cover=cover, safety=safety, yield_share=yield_share,
                family="assemblies", planner="build planner", changes=changes, others=others or {})


ASSEMBLIES = (
    sub("pcb-backplane", "Backplane board, populated", {"pcb-bare": 1, "ic-expander": 1, "connector-sas": 12, "cap-100n": 96,
        "res-10k": 140}, 19.0, 120, "fixed", 200, 1, 1.5, 0.975),
    sub("backplane", "Backplane, tested, with cables", {"pcb-backplane": 1, "cable-sas": 2, "screw-m3": 6}, 6.4, 40, "multiple", 20,
        yield_share=0.985),
    sub("fan-wall", "Fan wall, six fans", {"fan-80": 6, "screw-m3": 12}, 5.2, 35, "multiple", 10,
        others={"four fans": {"fan-80": 4, "screw-m3": 8}}),
    sub("cooler-desk", "Cooler, desktop", {"sink-desk": 1, "fan-120": 1, "paste": 1.5}, 1.1, 35, "minimum", 300),
    sub("disk-ssd", "Disk on sled, solid state", {"ssd-s4t": 1, "sled": 1, "screw-m3": 4}, 2.1, 30, "periods", 2),
    sub("disk-hdd", "Disk on sled, spinning", {"hdd-18t": 1, "sled": 1, "screw-m3": 4}, 2.1, 30, "periods", 2),
    sub("base-desk", "Barebone, desktop", {"case-desk": 1, "board-desk": 1, "psu-450": 1, "fan-120": 1, "cooler-desk": 1, "cable-sata": 2,
        "screw-m3": 14}, 8.5, 45, "multiple", 30, yield_share=0.995, changes=(Change("board-desk", "board-desk-b", "2026-03-02"),)),
    sub("base-tower", "Barebone, tower", {"case-tower": 1, "board-tower": 1, "psu-850": 1, "fan-120": 3, "cooler-desk": 1, "cable-sata": 3,
        "screw-m3": 22}, 12.5, 45, "multiple", 12, yield_share=0.995),
    sub("base-1u", "Barebone 1U", {"chassis-1u": 1, "board-s1": 1, "psu-1600": 1, "fan-wall": 1, "backplane": 0.5, "sink-srv": 1, "paste": 3,
        "screw-m3": 28}, 32, 50, yield_share=0.99),
    sub("base-2u", "Barebone 2U", {"chassis-2u": 1, "board-s2": 1, "psu-1600": 2, "fan-wall": 1, "backplane": 1, "sink-srv": 2, "paste": 6,
        "screw-m3": 40}, 46, 50, yield_share=0.99),
    sub("base-4u", "Barebone 4U", {"chassis-4u": 1, "psu-1600": 2, "fan-wall": 2, "backplane": 2, "screw-m3": 60}, 58, 50, yield_share=0.99),
)


def ordered(item: str, name: str, bill: dict[str, float], work: float, family: str, margin: float, sale: Sale, setup: float = 15) -> Make:
    """Assembled, loaded and tested once the order is there."""
    return Make(item, name, bill, work, setup, 1, cover=0.1, safety=0, family=family, planner="order planner", margin=margin, sale=sale)


SOLD = (
    ordered("desk-office", "Desktop Office", {"base-desk": 1, "opt-cpu-desk": 1, "opt-ram-desk": 1, "opt-disk-desk": 1, "license-desk": 1,
            "kit-desk": 1}, 14, "desktops", 0.12, Sale(520, 0.12)),
    ordered("desk-plus", "Desktop Plus, wireless", {"base-desk": 1, "opt-cpu-desk": 1, "opt-ram-desk": 1, "ssd-1t": 1, "card-wifi": 1,
            "license-desk": 1, "kit-desk": 1}, 15, "desktops", 0.15, Sale(240, 0.14)),
    ordered("tower-cad", "Workstation CAD", {"base-tower": 1, "opt-cpu-tower": 1, "ram-d32": 4, "ssd-1t": 2, "gpu-24": 1, "card-wifi": 1,
            "license-desk": 1, "kit-desk": 1}, 34, "towers", 0.25, Sale(62, 0.16)),
    ordered("tower-game", "Tower Play", {"base-tower": 1, "opt-cpu-tower": 1, "opt-ram-desk": 1, "ssd-1t": 1, "opt-gpu-tower": 1, "card-wifi": 1,
            "license-desk": 1, "kit-desk": 1}, 24, "towers", 0.17, Sale(105, 0.2)),
    ordered("srv-edge", "Server Edge", {"base-1u": 1, "cpu-s16": 1, "ram-s32": 4, "disk-ssd": 2, "nic-10": 1, "kit-srv": 1}, 55,
            "servers", 0.24, Sale(40, 0.2)),
    ordered("srv-1u", "Server 1U", {"base-1u": 1, "opt-cpu-srv": 1, "opt-ram-srv": 1, "opt-disk-srv": 1, "opt-net-srv": 1, "license-srv": 1,
            "kit-srv": 1}, 78, "servers", 0.26, Sale(34, 0.2)),
    ordered("srv-2u", "Server 2U", {"base-2u": 1, "opt-cpu-srv": 2, "opt-ram-srv": 2, "opt-disk-srv": 1.5, "opt-net-srv": 2, "raid": 1,
            "license-srv": 1, "kit-srv": 1}, 110, "servers", 0.28, Sale(22, 0.22)),
    ordered("srv-gpu", "Server with accelerators", {"base-4u": 1, "board-s2": 1, "sink-srv": 2, "paste": 6, "cpu-s32": 2, "ram-s64": 16, "disk-ssd": 4, "accel-48": 4,
            "nic-25": 2, "license-srv": 1, "kit-srv": 1}, 260, "servers", 0.24, Sale(2.2, 0.3)),
    ordered("jbod-24", "Disk shelf, 24 disks", {"base-4u": 1, "disk-hdd": 24, "raid": 1, "kit-srv": 1}, 85, "servers", 0.22, Sale(5, 0.3)),
)

BASE = Industry(
    key="computers",
    seed=20260110,
    about={
        "name": "Quillon Systems", "industry": "computers", "jurisdiction": "US", "currency": "USD", "units": "metric",
        "first_day": "2026-01-05", "hours_per_shift": 8, "shifts_per_day": 2, "days_per_week": 5, "holding_rate": 0.36,
    },
    items=(*SOLD, *ASSEMBLIES, *PHANTOMS, *CHIPS, *PARTS),
    suppliers=(
        Supplier(VESTRAL, -0.3, 0.4, 40, 90, -0.12),
        Supplier(MEMOWAY, -0.25, 0.35, 120, 60, -0.2),
        Supplier(STORVANE, -0.25, 0.35, 150, 70, -0.18),
        Supplier(GRAPHEON, -0.3, 0.4, 140, 90, -0.14),
        Supplier(BOARDOVA, -0.25, 0.35, 180, 120, -0.06),
        Supplier(POWERIS, -0.2, 0.25, 200, 110, -0.02),
        Supplier(CHASSOR, -0.2, 0.3, 160, 210, 0.01),
        Supplier(KOOLVANE, -0.2, 0.25, 200, 60, -0.02),
        Supplier(CABLORN, -0.15, 0.2, 180, 30, 0.01),
        Supplier(COMPARTIS, -0.15, 0.15, 120, 25, -0.05),
        Supplier(SOFTAVANE, -0.2, 0.1, 0, 0, 0.02),
        Supplier(PACKLEY, -0.1, 0.1, 150, 40, 0.02),
    ),
    promotions=(
        Promotion("desktops", 31, 3, 1.5), Promotion("desktops", 83, 3, 1.5), Promotion("towers", 45, 2, 1.8), Promotion("towers", 97, 2, 1.8),
        Promotion("upgrades", 20, 2, 1.6), Promotion("upgrades", 72, 2, 1.6),
    ),
    seasons={"desktops": (0.18, 34), "towers": (0.25, 48), "servers": (0.12, 48), "upgrades": (0.1, 46)},
    trends={"desktops": -0.03, "towers": 0.05, "servers": 0.08, "upgrades": 0.04},
)
