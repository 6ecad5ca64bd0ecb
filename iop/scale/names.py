"""Names that nobody bears: a tree for a first name, a place that is none for a last name."""

from __future__ import annotations

from random import Random

TREES = """
Alder Ash Aspen Balsam Beech Birch Briar Buckeye Cedar Chestnut Cypress Dogwood Elder Elm Fir Gum
Hawthorn Hazel Hemlock Hickory Holly Ironwood Juniper Larch Laurel Linden Locust Magnolia Mahogany
Maple Mulberry Myrtle Oak Olive Pecan Pine Plum Poplar Redbud Rowan Sassafras Sequoia Spruce Sumac
Sycamore Tamarack Tupelo Walnut Willow Yew
"""
FRONTS = "Amber Blue Bright Broad Clear Copper Far Gray Green High Long Low New Old Red Still"
BACKS = "bank bridge brook cove creek crest dale field ford gate glen harbor hill lake mill"
FIRST, FRONT, BACK = TREES.split(), FRONTS.split(), BACKS.split()


def a_name(random: Random) -> tuple[str, str]:
    """Return a first and a last name."""
    return random.choice(FIRST), random.choice(FRONT) + random.choice(BACK)
