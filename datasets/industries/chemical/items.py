"""Alderway Coatings: paints, adhesives and cleaners, cooked, dispersed and blended in batches and filled into cans and drums.

Counted in US units: pounds and gallons. A batch never gives all that went in: yields are 0.95 to 0.99. Rinsing the tanks
leaves spent solvent; what the still recovers from it is a by-product, sold in drums. Splitting orange oil gives a light
fraction for cleaners and a heavy one that is sold as it is: a co-product, which carries part of the cost.

Orders of magnitude (from memory, unchecked): titanium dioxide 1.3 to 1.6 a pound, calcium carbonate 0.15, liquid epoxy resin
1.7, soybean oil 0.6; mineral spirits 3.5 a gallon, acetone 5; a steel drum 45, a five-gallon pail 5 to 8; a gallon of paint
weighs 10 to 14 pounds; traffic paint 10 to 15 a gallon, contact adhesive 25; painting season doubles the sales of winter;
adhesives and two-part epoxies keep 12 months, emulsions 6.

What there is to find: Ostavar Pigments sends bad lots of titanium dioxide; the store holds almost half a year of yellow pigment;
the second bead mill fails three times as often as the first; filler from a new silo made the white traffic paint denser. That
people were hurt at pail filling so often of late is chance.
"""

from __future__ import annotations

from industry import Buy, Coproduct, Industry, Make, Phantom, Promotion, Sale, Source, Supplier

OSTAVAR, MINERVAL, DYELINE = "Ostavar Pigments", "Minerval Fillers", "Dyeline Colors"
HALVERN, RESOREL, EMULTA = "Halvern Solvents", "Resorel Polymers", "Emulta Dispersions"
AGRIVO, ADDIVOR, CAUSTEK = "Agrivo Oils", "Addivor Specialties", "Caustek Alkalis"
CANWELL, DRUMLIN, TRADEWAY = "Canwell Containers", "Drumlin Steel Drums", "Tradeway Tools"

# Data, a row an item: kept as they are by hand.
# fmt: off


def powder(item: str, name: str, cost: float, source: Source, bag: float, cover: float = 3, safety: float = 1.5,
           other: Source | None = None, shelf_life: float | None = None) -> Buy:
    """A dry or liquid raw material by the pound, in whole bags or totes."""
    return Buy(item, name, "lb", cost, 95, cover, safety, (source, other) if other else (source,), bag,
               planner="raw material buyer", family="raw", shelf_life=shelf_life, weight=1)


def solvent(item: str, name: str, cost: float, weight: float, truck: float, cover: float = 2,
            weekly: float | None = None) -> Buy:
    """A solvent by the gallon, by tank truck compartment or tote; some is sold on as thinner."""
    return Buy(item, name, "gal", cost, 130, cover, 1.2, (
        Source(HALVERN, 1, share=0.85, breaks=((truck, 0.96), (2 * truck, 0.94))), Source(RESOREL, 2, 1.05, 0.15)),
        truck / 10, planner="raw material buyer", family="solvents", weight=weight, margin=0.7 if weekly else None,
        sale=Sale(weekly, 0.3) if weekly else None)


def drop(item: str, name: str, cost: float, shelf_life: float | None = 52, cover: float = 5) -> Buy:
    """An additive, of which a little goes into much: lower prices by steps of 55 lb drums."""
    return Buy(item, name, "lb", cost, 60, cover, 2, (
        Source(ADDIVOR, 3, breaks=((2000, 0.96), (6000, 0.93)), incremental=True, min_order=110),), 55, "minimum", 110,
        planner="raw material buyer", family="raw", shelf_life=shelf_life, weight=1)


def container(item: str, name: str, cost: float, supplier: str, pack: float, weight: float, cover: float = 2.5,
              other: bool = False) -> Buy:
    """Cans, drums, cartons, labels."""
    return Buy(item, name, "pcs", cost, 55, cover, 1, (
        Source(supplier, 2, share=0.8 if other else 1, breaks=((20 * pack, 0.96), (60 * pack, 0.93))),
        *((Source(TRADEWAY, 1, 1.1, 0.2),) if other else ())), pack, planner="packaging buyer", family="packaging",
        weight=weight)


def tool(item: str, name: str, cost: float, weekly: float, margin: float, pack: float) -> Buy:
    """A painter's tool, bought and sold on."""
    return Buy(item, name, "pcs", cost, 40, 5, 2, (Source(TRADEWAY, 3, breaks=((40 * pack, 0.95),)),), pack,
               planner="packaging buyer", family="tools", margin=margin, sale=Sale(weekly, 0.4, 0.9))


RAW = (
    powder("tio2", "Titanium dioxide, rutile", 1.46, Source(OSTAVAR, 4, share=0.85, breaks=((40000, 0.975), (80000, 0.955))),
           2000, 2, 1.5, Source(DYELINE, 3, 1.06, 0.15)),
    powder("calcium-carbonate", "Calcium carbonate, ground", 0.145, Source(MINERVAL, 1, breaks=((40000, 0.94),)), 2000, 2, 1),
    powder("talc", "Talc, 325 mesh", 0.23, Source(MINERVAL, 1, breaks=((20000, 0.95),)), 1000),
    powder("carbon-black", "Carbon black", 1.95, Source(DYELINE, 3, breaks=((2500, 0.95),)), 50, 4),
    Buy("yellow-74", "Organic yellow pigment", "lb", 6.35, 95, 5, 2, (
        Source(DYELINE, 5, breaks=((4000, 0.96), (10000, 0.93))),), 110, "fixed", 4400,
        planner="raw material buyer", family="raw", weight=1),
    powder("zinc-phosphate", "Zinc phosphate", 1.62, Source(MINERVAL, 3), 500, 4),
    powder("glass-beads", "Glass beads for road marking", 0.41, Source(MINERVAL, 2, breaks=((40000, 0.96),)), 2000, 2),
    powder("epoxy-liquid", "Epoxy resin, liquid", 1.74, Source(RESOREL, 2, breaks=((10000, 0.97), (20000, 0.95))), 500, 2.5,
           shelf_life=104),
    powder("amine-cure", "Amine curing agent", 2.92, Source(RESOREL, 3, breaks=((4000, 0.96),)), 440, 3, shelf_life=52),
    powder("soybean-oil", "Soybean oil, refined", 0.61, Source(AGRIVO, 1, breaks=((24000, 0.97), (48000, 0.95))), 1000, 2,
           1, shelf_life=26),
    powder("phthalic", "Phthalic anhydride, flaked", 0.79, Source(RESOREL, 2, breaks=((20000, 0.97),)), 2000, 2, 1),
    powder("pentaerythritol", "Pentaerythritol", 0.96, Source(RESOREL, 3), 1000, 2.5, shelf_life=104),
    powder("acrylic-emulsion", "Acrylic emulsion, 50 %", 0.83, Source(EMULTA, 1, breaks=((45000, 0.965),)), 2200, 1.5, 0.8,
           Source(RESOREL, 2, 1.08, 0.15), shelf_life=26),
    powder("va-emulsion", "Vinyl acetate emulsion, 55 %", 0.66, Source(EMULTA, 1, breaks=((20000, 0.96),)), 2200, 2, 1,
           shelf_life=26),
    powder("neoprene", "Polychloroprene chips", 2.62, Source(RESOREL, 6, breaks=((10000, 0.97),)), 1000, 3, 2, shelf_life=104),
    powder("tackifier", "Tackifier resin", 1.12, Source(RESOREL, 3, breaks=((8000, 0.96),)), 500, 3),
    powder("caustic-50", "Caustic soda, 50 %", 0.235, Source(CAUSTEK, 1, breaks=((12000, 0.95),)), 1200, 3, 1),
    powder("surfactant", "Alcohol ethoxylate surfactant", 1.24, Source(ADDIVOR, 2, breaks=((9000, 0.96),)), 450, 3),
    Buy("orange-oil", "Orange oil, cold pressed", "lb", 3.85, 110, 3, 2, (
        Source(AGRIVO, 6, share=0.8, breaks=((8000, 0.97),)), Source(ADDIVOR, 4, 1.07, 0.2)), 400,
        planner="raw material buyer", family="raw", shelf_life=39, weight=1),
    solvent("mineral-spirits", "Mineral spirits", 3.55, 6.5, 3000, weekly=260),
    solvent("xylene", "Xylene", 4.15, 7.2, 1200, 3, 110),
    solvent("toluene", "Toluene", 4.3, 7.2, 2000),
    solvent("acetone", "Acetone", 5.15, 6.6, 1500),
    solvent("glycol-ether", "Glycol ether", 9.4, 7.5, 600, 3),
    drop("biocide", "In-can biocide", 5.8, 39),
    drop("defoamer", "Defoamer", 3.1),
    drop("dispersant", "Dispersant", 2.45),
    drop("thickener", "Urethane thickener", 3.35),
    drop("drier", "Drier, cobalt-free", 4.95),
)

PACKAGING = (
    container("can-gal", "Can, 1 gal, with lid", 1.86, CANWELL, 240, 0.7),
    container("pail-steel", "Pail, steel, 5 gal, with lid", 7.85, CANWELL, 120, 4.6, 1.5),
    container("pail-plastic", "Pail, plastic, 5 gal, with lid", 4.55, CANWELL, 120, 2.1),
    container("drum-steel", "Drum, steel, 55 gal", 46.5, DRUMLIN, 20, 38),
    container("tote-275", "Tote, 275 gal", 168.0, DRUMLIN, 4, 130, 3),
    container("cartridge-10", "Cartridge, 10 oz, with nozzle", 0.46, CANWELL, 1000, 0.12, 2),
    container("bottle-8", "Bottle, 8 oz, with spout", 0.31, CANWELL, 1000, 0.07),
    container("jug-gal", "Jug, 1 gal, with cap", 0.93, CANWELL, 240, 0.3),
    container("carton-4", "Carton for four gallons", 1.08, CANWELL, 200, 1.1, other=True),
    container("carton-12", "Carton for twelve", 0.84, CANWELL, 200, 0.6, other=True),
    container("label-can", "Label with hazard signs", 0.052, CANWELL, 2000, 0.005, 6),
    container("label-drum", "Drum label with hazard signs", 0.24, CANWELL, 200, 0.02, 6),
    container("seal-cap", "Induction seal", 0.021, CANWELL, 5000, 0.002, 8),
    container("film-pallet", "Stretch film", 0.018, CANWELL, 5000, 0.01, 6),
)

TOOLS = (
    tool("gun-cartridge", "Cartridge gun", 6.4, 130, 0.8, 12), tool("roller-9", "Roller cover, 9 in", 2.35, 420, 0.9, 24),
    tool("trowel-notch", "Notched trowel", 1.9, 150, 1.2, 24),
    tool("brush-3", "Brush, 3 in", 2.8, 260, 1.0, 24),
)

PHANTOMS = (
    Phantom("kit-can", "Can with label", {"can-gal": 1, "label-can": 1}),
    Phantom("kit-case-4", "Carton with its film, for four", {"carton-4": 1, "film-pallet": 3}),
    Phantom("kit-case-12", "Carton with its film, for twelve", {"carton-12": 1, "film-pallet": 2}),
    Phantom("kit-drum", "Drum with label", {"drum-steel": 1, "label-drum": 1}),
    Phantom("kit-additives", "Additives of a water-borne paint, a gallon's worth", {"biocide": 0.018, "defoamer": 0.02,
            "dispersant": 0.05, "thickener": 0.045}),
)


def cook(item: str, name: str, bill: dict[str, float], work: float, batch: float, yield_share: float, setup: float = 210,
         shelf_life: float | None = None) -> Make:
    """A reactor batch: one size only."""
    return Make(item, name, bill, work, setup, 1, "gal", "fixed", batch, cover=0.8, safety=0.3, yield_share=yield_share,
                family="resins", planner="batch planner", shelf_life=shelf_life)


def batch(item: str, name: str, bill: dict[str, float], work: float, tank: float, yield_share: float = 0.98,
          setup: float = 140, shelf_life: float | None = 52, scrap: dict[str, float] | None = None) -> Make:
    """A tank of it at a time, and the tank is washed after."""
    return Make(item, name, bill, work, setup, 1, "gal", "multiple", tank, cover=0.5, safety=0.25,
                yield_share=yield_share, family="bases", planner="batch planner", shelf_life=shelf_life, scrap=scrap or {})


COOKED = (
    cook("resin-alkyd", "Alkyd resin in mineral spirits", {"soybean-oil": 2.7, "phthalic": 1.35, "pentaerythritol": 0.95,
         "xylene": 0.03, "mineral-spirits": 0.38}, 1.15, 1500, 0.955),
    cook("terpene-light", "Orange terpenes, light fraction", {"orange-oil": 9.9}, 2.4, 300, 0.985, 160, 52),
    Make("terpene-heavy", "Orange terpenes, heavy fraction, filled", {"pail-plastic": 0.2, "label-can": 0.2}, 1.1, 70,
         unit="gal", rule="periods", lot=2, family="byproducts", planner="batch planner", margin=0.9, sale=Sale(105, 0.15),
         weight=7.4),
    Make("solvent-reclaimed", "Solvent, reclaimed, in drums", {"drum-steel": 0.01818, "label-drum": 0.01818}, 0.85, 90,
         unit="gal", rule="periods", lot=2, family="byproducts", planner="batch planner", margin=0.35,
         sale=Sale(165, 0.12), weight=7.6),
)

PASTES = (
    batch("paste-white", "White paste, alkyd", {"tio2": 8.2, "resin-alkyd": 0.48, "dispersant": 0.09, "mineral-spirits": 0.12},
          1.6, 400, 0.975, 170, 26),
    batch("paste-white-w", "White paste, water-borne", {"tio2": 9.0, "dispersant": 0.16, "biocide": 0.02, "defoamer": 0.03},
          1.5, 400, 0.975, 170, 26),
    batch("paste-black", "Black paste, alkyd", {"carbon-black": 1.9, "resin-alkyd": 0.62, "dispersant": 0.2,
          "mineral-spirits": 0.2}, 2.1, 100, 0.965, 190, 26),
    batch("paste-yellow", "Yellow paste, water-borne", {"yellow-74": 3.1, "dispersant": 0.22, "biocide": 0.02,
          "defoamer": 0.03}, 2.3, 200, 0.965, 190, 26),
)

BASES = (
    batch("base-enamel-white", "Enamel, white", {"resin-alkyd": 0.56, "paste-white": 0.28, "mineral-spirits": 0.14, "drier": 0.07}, 0.95, 1000),
    batch("base-enamel-gray", "Enamel, machine gray", {"resin-alkyd": 0.58, "paste-white": 0.18, "paste-black": 0.05,
          "mineral-spirits": 0.14, "drier": 0.07}, 1.0, 500, scrap={"paste-black": 0.02}),
    batch("base-primer", "Metal primer, red-free", {"resin-alkyd": 0.5, "zinc-phosphate": 0.9, "talc": 1.6,
          "paste-white": 0.08, "paste-black": 0.02, "xylene": 0.16, "drier": 0.06}, 1.1, 500),
    batch("base-traffic-white", "Traffic paint, white", {"acrylic-emulsion": 4.9, "calcium-carbonate": 6.2, "paste-white-w": 0.11,
          "kit-additives": 1, "acetone": 0.02}, 0.55, 2000, 0.985, 130, 39),
    batch("base-traffic-yellow", "Traffic paint, yellow", {"acrylic-emulsion": 4.9, "calcium-carbonate": 6.4,
          "paste-yellow": 0.07, "paste-white-w": 0.02, "kit-additives": 1, "acetone": 0.02}, 0.6, 1000, 0.98, 150, 39),
    batch("base-floor-a", "Floor epoxy, part A", {"epoxy-liquid": 6.9, "tio2": 1.1, "talc": 1.2, "glycol-ether": 0.05,
          "defoamer": 0.03}, 1.2, 300, 0.975, 160, 104),
    batch("base-floor-b", "Floor epoxy, part B", {"amine-cure": 6.8, "glycol-ether": 0.12}, 1.1, 150, 0.97, 160, 52),
    batch("base-contact", "Contact adhesive", {"neoprene": 1.35, "tackifier": 0.9, "toluene": 0.42, "acetone": 0.24}, 1.6, 500,
          0.965, 190, 52, {"neoprene": 0.01}),
    batch("base-construction", "Construction adhesive", {"va-emulsion": 4.6, "calcium-carbonate": 5.5, "tackifier": 0.7,
          "thickener": 0.06, "biocide": 0.02}, 1.3, 500, 0.96, 170, 52),
    batch("base-wood-glue", "Wood glue", {"va-emulsion": 8.4, "biocide": 0.02, "defoamer": 0.02}, 0.9, 300, 0.97, 120, 52),
    batch("base-degreaser", "Degreaser, alkaline", {"caustic-50": 0.75, "surfactant": 0.42,
          "glycol-ether": 0.05}, 0.42, 1000, 0.99, 80, 104),
    batch("base-citrus", "Citrus cleaner", {"terpene-light": 0.11, "surfactant": 0.7, "biocide": 0.012}, 0.5, 500, 0.985, 90, 52),
    batch("base-parts-wash", "Parts cleaner, solvent", {"mineral-spirits": 0.94, "glycol-ether": 0.03}, 0.35, 500, 0.99, 80, 104),
)


def fill(item: str, name: str, bill: dict[str, float], work: float, setup: float, family: str, margin: float, sale: Sale,
         rule: str = "lot_for_lot", lot: float | None = None, unit: str = "pail", shelf_life: float | None = 52) -> Make:
    """Filled and labeled; the line loses a little of the liquid."""
    lost = {part: 0.008 for part in bill if part.startswith("base-")}
    return Make(item, name, bill, work, setup, 1, unit, rule, lot, 0.7, 0.6, lost, family=family, planner="filling planner",
                margin=margin, sale=sale, shelf_life=shelf_life)


SOLD = (
    fill("enamel-white-4x1", "Enamel, white, 4 x 1 gal", {"base-enamel-white": 4, "kit-can": 4, "kit-case-4": 1}, 2.6, 75,
         "paints", 0.5, Sale(640, 0.14), "minimum", 200, "case"),
    fill("enamel-white-5", "Enamel, white, 5 gal", {"base-enamel-white": 5, "pail-steel": 1, "label-can": 1}, 2.1, 60,
         "paints", 0.42, Sale(430, 0.15)),
    fill("enamel-gray-5", "Enamel, machine gray, 5 gal", {"base-enamel-gray": 5, "pail-steel": 1, "label-can": 1}, 2.1, 60,
         "paints", 0.42, Sale(260, 0.16)),
    fill("primer-5", "Metal primer, 5 gal", {"base-primer": 5, "pail-steel": 1, "label-can": 1}, 2.1, 60, "paints", 0.45,
         Sale(330, 0.15)),
    fill("traffic-white-5", "Traffic paint, white, 5 gal", {"base-traffic-white": 5, "pail-plastic": 1, "label-can": 1}, 1.5,
         65, "traffic", 0.42, Sale(1150, 0.16), "minimum", 300, shelf_life=39),
    fill("traffic-yellow-5", "Traffic paint, yellow, 5 gal", {"base-traffic-yellow": 5, "pail-plastic": 1, "label-can": 1},
         1.5, 65, "traffic", 0.4, Sale(620, 0.16), "minimum", 300, shelf_life=39),
    fill("traffic-white-275", "Traffic paint, white, tote", {"base-traffic-white": 275, "tote-275": 1, "label-drum": 2}, 28, 80,
         "traffic", 0.3, Sale(13, 0.2), unit="tote", shelf_life=39),
    fill("beads-50", "Glass beads, 50 lb bag", {"glass-beads": 50, "label-can": 1}, 1.4, 45, "traffic", 0.5, Sale(900, 0.2),
         "periods", 2, "bag", None),
    fill("floor-kit-3", "Floor epoxy, 3 gal kit", {"base-floor-a": 2, "base-floor-b": 1, "kit-can": 3, "kit-case-4": 1}, 5.2, 85,
         "paints", 0.6, Sale(270, 0.15), unit="kit"),
    fill("contact-5", "Contact adhesive, 5 gal", {"base-contact": 5, "pail-steel": 1, "label-can": 1}, 2.6, 80, "adhesives",
         0.55, Sale(290, 0.12)),
    fill("contact-4x1", "Contact adhesive, 4 x 1 gal", {"base-contact": 4, "kit-can": 4, "kit-case-4": 1}, 2.9, 80,
         "adhesives", 0.62, Sale(170, 0.14), unit="case"),
    fill("construct-12", "Construction adhesive, 12 cartridges", {"base-construction": 0.94, "cartridge-10": 12,
         "label-can": 12, "kit-case-12": 1}, 2.4, 110, "adhesives", 0.55, Sale(1850, 0.12), "fixed", 2000, "case"),
    fill("wood-glue-12", "Wood glue, 12 bottles", {"base-wood-glue": 0.75, "bottle-8": 12, "seal-cap": 12, "label-can": 12,
         "kit-case-12": 1}, 2.2, 95, "adhesives", 0.7, Sale(1100, 0.14), "fixed", 1500, "case"),
    fill("degreaser-4x1", "Degreaser, 4 x 1 gal", {"base-degreaser": 4, "jug-gal": 4, "seal-cap": 4, "label-can": 4,
         "kit-case-4": 1}, 2.0, 60, "cleaners", 0.75, Sale(1150, 0.1), "minimum", 300, "case", 104),
    fill("degreaser-55", "Degreaser, drum", {"base-degreaser": 55, "kit-drum": 1}, 9.5, 50, "cleaners", 0.5, Sale(120, 0.14),
         "multiple", 4, "drum", 104),
    fill("citrus-4x1", "Citrus cleaner, 4 x 1 gal", {"base-citrus": 4, "jug-gal": 4, "seal-cap": 4, "label-can": 4,
         "kit-case-4": 1}, 2.0, 60, "cleaners", 0.8, Sale(820, 0.12), "minimum", 200, "case"),
    fill("parts-wash-55", "Parts cleaner, drum", {"base-parts-wash": 55, "kit-drum": 1}, 9.0, 50, "cleaners", 0.38,
         Sale(62, 0.15), "multiple", 4, "drum", 104),
)

BASE = Industry(
    key="chemical",
    seed=20260107,
    about={
        "name": "Alderway Coatings", "industry": "chemical", "jurisdiction": "US", "currency": "USD", "units": "US",
        "first_day": "2026-01-05", "hours_per_shift": 8, "shifts_per_day": 2, "days_per_week": 5, "holding_rate": 0.24,
    },
    items=(*SOLD, *BASES, *PASTES, *COOKED, *PHANTOMS, *RAW, *PACKAGING, *TOOLS),
    suppliers=(
        Supplier(OSTAVAR, -0.4, 0.4, 100, 480, 0.03),
        Supplier(MINERVAL, -0.1, 0.12, 60, 260, 0.02),
        Supplier(DYELINE, -0.2, 0.35, 150, 120, 0.03),
        Supplier(HALVERN, -0.1, 0.1, 20, 340, 0.05),
        Supplier(RESOREL, -0.3, 0.3, 80, 290, 0.04),
        Supplier(EMULTA, -0.1, 0.1, 120, 310, 0.03),
        Supplier(AGRIVO, -0.4, 0.4, 200, 270, 0.06),
        Supplier(ADDIVOR, -0.2, 0.25, 50, 85, 0.02),
        Supplier(CAUSTEK, -0.1, 0.1, 40, 150, 0.02),
        Supplier(CANWELL, -0.15, 0.2, 900, 140, 0.03),
        Supplier(DRUMLIN, -0.15, 0.2, 400, 190, 0.02),
        Supplier(TRADEWAY, -0.25, 0.3, 700, 40, 0.02),
    ),
    promotions=(
        Promotion("paints", 14, 3, 1.4), Promotion("paints", 34, 2, 1.35), Promotion("paints", 66, 3, 1.4),
        Promotion("paints", 86, 2, 1.35), Promotion("cleaners", 8, 2, 1.5), Promotion("cleaners", 60, 2, 1.5),
        Promotion("adhesives", 42, 2, 1.3), Promotion("adhesives", 94, 2, 1.3), Promotion("tools", 14, 3, 1.6),
        Promotion("tools", 66, 3, 1.6),
    ),
    seasons={"paints": (0.25, 24), "traffic": (0.55, 26), "adhesives": (0.08, 20), "cleaners": (0.04, 10), "tools": (0.2, 24), "solvents": (0.2, 24),
             "byproducts": (0.15, 26)},
    trends={"paints": -0.02, "traffic": 0.05, "adhesives": 0.06, "cleaners": 0.03, "tools": 0.02, "solvents": -0.03, "byproducts": 0.01},
    coproducts=(
        Coproduct("terpene-light", "terpene-heavy", 0.3, 0.1),
        *(Coproduct(base, "solvent-reclaimed", 0.0165) for base in ("base-enamel-white", "base-enamel-gray", "base-primer",
          "base-contact")),
    ),
)
