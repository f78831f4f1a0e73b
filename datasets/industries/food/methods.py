"""Valcedre Foods: how the work is done. Looks at hand packing, motions at the gift box, a wash after nuts."""

from __future__ import annotations

from methods import Filmed, Hands, Looks, Methods

# Data, laid out by hand.
# fmt: off

METHODS = Methods(
    looks=(
        Looks("hand packing", {"at work": 0.72, "fetching cartons": 0.12, "waiting for jars": 0.06, "cleaning": 0.05, "away": 0.05}),
    ),
    hands=(
        Hands("four jars into a gift box", {
            "today": (("", "reach-far", 4), ("", "grasp", 4), ("", "look", 4), ("", "move-far", 4), ("", "fit", 4), ("", "let-go", 4)),
            "proposed": (("reach-near", "reach-near", 2), ("grasp", "grasp", 2), ("move-near", "move-near", 2), ("fit", "fit", 2),
                         ("let-go", "let-go", 2), ("", "look")),
        }),
    ),
    filmed=(
        Filmed("cold mixer, pesto to dressing", (
            ("empty and scrape", 540, "i", "i", 420), ("fetch detergent, brushes and gloves", 480, "i", "e", 240), ("rinse", 420, "i", "i", 420),
            ("take the rotor out", 510, "i", "i", 240), ("foam and scrub", 1_380, "i", "i", 1_140), ("rinse", 540, "i", "i", 540),
            ("scrub the rotor in the sink", 720, "i", "e", 720), ("swab for nut protein", 300, "i", "i", 300),
            ("wait for the result", 900, "i", "i", 900), ("put together", 390, "i", "i", 240), ("weigh the first ingredients", 300, "i", "e", 300),
            ("write the allergen log", 180, "e", "e", 120),
        )),
    ),
    motions={"tie": ("tie a ribbon in a bow", 7.8)},
)
