"""Ready-made lists of the topics that a state wants taught; each clinic checks them itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Jurisdiction:
    """A state with its topics, in the words they are kept in, and the regulation behind them."""

    code: str
    name: str
    citation: str
    topics: tuple[str, ...]


LISTS = (
    Jurisdiction(
        code="TX",
        name="Texas",
        citation="25 TAC 448.901; 26 TAC 564.902",
        topics=(
            "Tuberculosis",
            "HIV",
            "Hepatitis",
            "Sexually transmitted diseases",
            "Tobacco",
        ),
    ),
    Jurisdiction(
        code="NJ",
        name="New Jersey",
        citation="N.J.A.C. 10:161B-10.1",
        topics=(
            "The disease of addiction",
            "HIV and hepatitis",
            "Family",
            "Relapse prevention",
            "Co-occurring disorders",
            "Domestic violence",
            "Parenting",
            "Sexual abuse",
        ),
    ),
)
BY_CODE = {each.code: each for each in LISTS}
