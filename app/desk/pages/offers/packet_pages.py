"""Which pages the offer's packet has, and the form that edits what one of them says."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from app.desk.parts.controls import Button
from app.desk.parts.fields import Field, FieldSet, FieldType
from app.desk.parts.label import Text
from app.desk.parts.layout import STRETCH, column, holder, row
from app.desk.parts.section import Section, fill
from app.desk.parts.side_panel import SidePanel
from app.desk.theme import Theme
from app.domain.offer import OfferStatus
from app.domain.offer_page_texts import horizons_on, texts_of, with_texts
from app.domain.offer_pages import OFFER_PAGES, OfferPages, PacketPage
from app.domain.onboarding_text import DONE_WHEN
from app.queries.offer import OfferView
from app.words import tr

_ONE_A_LINE = tr("One on each line.")
_FIELDS: dict[str, tuple[str, FieldType, str]] = {
    "title": (tr("Role"), FieldType.LINE, ""),
    "purpose": (tr("What it is for"), FieldType.TEXT, ""),
    "outcomes": (tr("What should be true because of them"), FieldType.TEXT, _ONE_A_LINE),
    "responsibilities": (
        tr("What they answer for"),
        FieldType.TEXT,
        tr("A group’s name, then its lines; an empty line between groups."),
    ),
    "reports_to": (tr("Reports to"), FieldType.LINE, ""),
    "team": (tr("Team"), FieldType.LINE, ""),
    "alone": (tr("Decided alone"), FieldType.TEXT, _ONE_A_LINE),
    "with_peers": (tr("Decided with peers"), FieldType.TEXT, _ONE_A_LINE),
    "needs_approval": (tr("Decided with approval"), FieldType.TEXT, _ONE_A_LINE),
    "hiring": (tr("Hiring"), FieldType.LINE, ""),
    "stakeholders": (tr("Whom they work with"), FieldType.TEXT, tr("“Name: what”, one on each line.")),
    "kpis": (tr("Measures"), FieldType.TEXT, tr("“Name: target (how often)”, one on each line.")),
}


def page_words(page: PacketPage) -> str:
    """What a page of the packet is called."""
    return {
        "role": tr("The role"),
        "level": tr("The level"),
        "days": tr("First 90 days"),
        "rights": tr("What they decide"),
        "measures": tr("Later goals and measures"),
    }[page]


class PacketPages(Section):
    """The pages with a tick each. `left_out` carries those that are not printed, `asked` the one to edit."""

    left_out = Signal(object)
    asked = Signal(str)

    def __init__(self) -> None:
        note = tr("The rubric proposes them. What is changed here holds for this offer alone.")
        super().__init__(tr("Pages of the packet"), note=note)
        self.ticks: dict[PacketPage, QCheckBox] = {}
        self._words: dict[PacketPage, Text] = {}
        self._edits: dict[PacketPage, Button] = {}

    def show_offer(self, page: OfferView) -> None:
        """Show which pages this offer prints."""
        shown = [one for one in OFFER_PAGES if page.pages.has(one)]
        if list(self.ticks) != shown:
            self.ticks, self._words, self._edits = {}, {}, {}
            self.show_lines([self._line(one) for one in shown], ruled=False, gap=4)
        writable = page.status is OfferStatus.DRAFTED
        for one, tick in self.ticks.items():
            tick.setChecked(one not in page.pages.left_out)
            tick.setEnabled(writable)
            if one in self._words:
                edited = texts_of(page.pages, one) != texts_of(page.proposed, one)
                self._words[one].setText(tr("edited for this offer") if edited else tr("as the rubric proposes"))
                self._edits[one].setVisible(writable)

    def _line(self, one: PacketPage) -> QWidget:
        tick = self.ticks[one] = QCheckBox(page_words(one))
        tick.clicked.connect(self._tell)
        if one == "level":
            return holder(row(tick, STRETCH))
        words = self._words[one] = Text("", "caption", tone="soft")
        name = tr("Edit {page}").format(page=page_words(one))
        edit = self._edits[one] = Button(tr("Edit…"), "link", name=name, run=partial(self.asked.emit, one))
        return holder(row(tick, STRETCH, words, edit, gap=8))

    def _tell(self) -> None:
        self.left_out.emit(tuple(page for page, tick in self.ticks.items() if not tick.isChecked()))


class PagePanel(SidePanel):
    """Edits one page."""

    def __init__(self, theme: Theme) -> None:
        self._fields: FieldSet | None = None
        self.page: PacketPage = "role"
        self._pages, self._proposed = OfferPages(), OfferPages()
        content = QWidget()
        self._body = column(gap=12, on=content)
        super().__init__(theme, tr("Page of the packet"), content)

    def show_page(self, offer: OfferView, page: PacketPage) -> None:
        """Begin from what the page says now."""
        self.page, self._pages, self._proposed = page, offer.pages, offer.proposed
        texts = dict.fromkeys((h.id for h in horizons_on(offer.proposed, page)), "") | texts_of(offer.pages, page)
        goals = tr("An empty line between two goals; under each, “{words}…”.").format(words=DONE_WHEN)
        fields = [Field(name, *_FIELDS[name][:2], help=_FIELDS[name][2]) for name in texts if name in _FIELDS]
        fields += [
            Field(h.id, f"{h.when}: {h.label}", FieldType.TEXT, help=goals) for h in horizons_on(offer.proposed, page)
        ]
        self._fields = FieldSet(self._theme, fields)
        self._fields.set_values(texts)
        back = Button(tr("Take what the rubric proposes"), "link", run=self._take_back)
        fill(self._body, [self._fields, back])

    def typed(self) -> OfferPages:
        """The pages as they were typed. Raises ValueError where a text is none that can be printed."""
        values = self._fields.values() if self._fields is not None else {}
        return with_texts(self._pages, self.page, values, self._proposed)

    def _take_back(self) -> None:
        if self._fields is not None:
            known = self._fields.values()
            texts = texts_of(self._proposed, self.page)
            self._fields.set_values({name: text for name, text in texts.items() if name in known})
