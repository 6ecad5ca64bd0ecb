"""Who one can be in the demo. These exist in no other installation."""

from __future__ import annotations

from dataclasses import asdict, dataclass

PASSWORD = "a walk along the river"  # noqa: S105 (the demo's, printed where it runs)


@dataclass(frozen=True)
class SignIn:
    """One way into the demo."""

    role: str
    email: str
    password: str = PASSWORD


SIGN_INS = (
    SignIn("Program director", "director@harborstreet.example"),
    SignIn("Clinician", "clinician@harborstreet.example"),
    SignIn("Facilitator", "facilitator@harborstreet.example"),
    SignIn("Admissions", "admissions@harborstreet.example"),
    SignIn("Billing", "billing@harborstreet.example"),
)


def as_settings() -> list[dict[str, str]]:
    """Return the sign-ins as the sign-in page reads them."""
    return [asdict(each) for each in SIGN_INS]
