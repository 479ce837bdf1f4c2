"""What the pages of an offer say beside its letter: the role, its rights and measures, and the first 90 days.

The rubric proposes them; each can be edited for one offer, or left out of its packet.
"""

from __future__ import annotations

from typing import Literal, Self

from app.domain.onboarding import Onboarding
from app.domain.pack import Pack
from app.domain.role import Role
from app.domain.rubric import Kpi
from app.domain.spelling import canonical
from app.domain.value import Value

PacketPage = Literal["role", "level", "days", "rights", "measures"]
FIRST_DAYS = 90
"""Goals due by this day stand on the page of the first days, later ones with the measures."""

OFFER_PAGES: tuple[PacketPage, ...] = ("role", "level", "days", "rights", "measures")


class OfferPages(Value):
    """Which pages are left out, and what others say where that is not what the rubric proposes."""

    left_out: tuple[PacketPage, ...] = ()
    role: Role | None = None
    kpis: tuple[Kpi, ...] | None = None
    onboarding: Onboarding | None = None

    def as_text(self) -> str:
        """One line of JSON with sorted keys; empty where everything is as proposed."""
        content = self.model_dump(mode="json", exclude_none=True)
        if not self.left_out:
            del content["left_out"]
        return canonical(content) if content else ""

    @classmethod
    def from_text(cls, text: str) -> Self:
        """What `as_text` wrote. Raises pydantic's ValidationError on anything else."""
        return cls.model_validate_json(text) if text else cls()

    def over(self, pack: Pack) -> OfferPages:
        """What the pages say in full: what was edited, else what the pack proposes, None where it has nothing."""
        return self.model_copy(
            update={
                "role": self.role or pack.role,
                "kpis": pack.rubric.kpis if self.kpis is None else self.kpis,
                "onboarding": self.onboarding or pack.onboarding,
            }
        )

    def has(self, page: PacketPage) -> bool:
        """Whether there is anything for a page to say; the level's page is not asked for here."""
        match page:
            case "role" | "rights":
                return self.role is not None
            case "days":
                return self.onboarding is not None and any(
                    h.due_days is not None and h.due_days <= FIRST_DAYS for h in self.onboarding.horizons
                )
            case "measures":
                return bool(self.kpis) or self.onboarding is not None
        return True

    def prints(self, page: PacketPage) -> bool:
        """Whether the packet has this page."""
        return page not in self.left_out and self.has(page)
