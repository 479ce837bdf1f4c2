"""In Settings: how long transcripts of recorded calls are kept."""

from __future__ import annotations

from PySide6.QtCore import Signal

from app.desk.parts.controls import Segmented
from app.desk.parts.label import Text
from app.desk.parts.layout import STRETCH, row
from app.desk.parts.section import Section
from app.domain.transcript import Keeping
from app.words import tr


class TranscriptsCard(Section):
    """`chosen` carries how long they are kept."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__(tr("Transcripts"))
        choices = (
            (str(Keeping.SUBMIT), tr("At submit")),
            (str(Keeping.DECISION), tr("At the decision")),
            (str(Keeping.KEPT), tr("By hand")),
        )
        self.kept = Segmented(choices, tr("Transcripts are deleted"))
        self.kept.chosen.connect(self.chosen)
        self.add(
            row(Text(tr("Deleted"), tone="soft"), self.kept, STRETCH, gap=16),
            Text(
                tr(
                    "The transcript of a recorded call is seen by who writes the card alone. Once deleted it is in no "
                    "backup either; evidence keeps its words. That of a draft which is never submitted goes with the "
                    "decision. Left to be deleted by hand, it stays with the card. "
                    "Another choice holds from the next submission or decision on."
                ),
                "caption",
                tone="soft",
                wrap=True,
            ),
        )

    def show_kept(self, keeping: Keeping) -> None:
        """Show what is chosen."""
        self.kept.choose(str(keeping))
