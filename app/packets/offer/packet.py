"""The offer packet: letter and terms, the role, the level, the first 90 days with their dates, measures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from reportlab.platypus import PageBreak

from app.domain.offer import OfferStatus, fill_letter
from app.domain.offer_pages import OFFER_PAGES, PacketPage
from app.packets.offer.first_days import days_pages
from app.packets.offer.role import level_page, measures, rights_page, role_page
from app.packets.paper.flow import Columns, Drawn, FlowColumn, PagePlace, Space, block, kept_together, ruled_line
from app.packets.paper.number import number_of
from app.packets.paper.page import Packet, PaperLook, Progress, compose
from app.packets.paper.type import BODY, HEAD, TABLE, TITLE, TextSpan, plain, rich
from app.phrases.rubric import offer_word
from app.queries.offer import OfferFacts
from app.words import day, long_day, money, sentence_list, tr

LETTER, ROLE, LEVEL, DAYS, RIGHTS, MEASURES = "letter", "role", "level", "days", "rights", "measures"
_TERM = 105.0  # points: the name of a term
_LINE = 46.0  # points above a line for a signature
_STANDS = (OfferStatus.APPROVED, OfferStatus.SENT, OfferStatus.ACCEPTED)


def offer_packet(facts: OfferFacts, progress: Progress | None = None) -> Packet:
    """The packet of an offer: the same facts give the same bytes. Raises what `progress` raises."""
    look = PaperLook(
        title=tr("Offer: {name}").format(name=facts.name),
        subject=facts.role,
        kind=_kind(facts),
        name=facts.name,
        first_head=tr("Personal: for {name}").format(name=facts.name),
        number=number_of("offer", facts),
        rubric_version=facts.rubric_version,
        paper=facts.paper,
        as_of=facts.as_of,
    )

    def story(pages: Mapping[str, int]) -> list[Any]:
        width, height = look.text_size
        draw: dict[PacketPage, Callable[[], list[Any]]] = {
            "role": lambda: role_page(facts, width, PagePlace(ROLE, tr("The role"))),
            "level": lambda: level_page(facts, width, PagePlace(LEVEL, tr("The level"))),
            "days": lambda: days_pages(facts, width, PagePlace(DAYS, tr("Your first 90 days")), pages.get(MEASURES)),
            "rights": lambda: rights_page(facts, width, PagePlace(RIGHTS, tr("What you decide"))),
            "measures": lambda: measures(facts, width, height, PagePlace(MEASURES, tr("Later, and how we measure"))),
        }
        found = letter_page(facts, width, pages)
        for page in OFFER_PAGES:
            if facts.prints(page):
                found += [PageBreak(), *draw[page]()]
        return found

    return compose(look, [story], progress)


def letter_page(facts: OfferFacts, width: float, pages: Mapping[str, int]) -> list[Any]:
    """Address, headline, letter with the terms in its middle, and the block to sign."""
    before, after = fill_letter(facts.letter, placeholders(facts))
    place = ", ".join(p for p in (facts.organisation_place, day(facts.made_on)) if p)
    half = width / 2
    head = Columns(
        [
            FlowColumn(0, half - 8, (plain(facts.name, TABLE.soft()), *_line(facts.address))),
            FlowColumn(half, half, (*_line(facts.organisation, right=True), plain(place, TABLE.soft().right()))),
        ]
    )
    headline = facts.headline.strip() or tr("An offer: {role}").format(role=facts.role)
    found: list[Any] = [
        head,
        Space(20),
        block(width, [plain(headline, TITLE)], places=(PagePlace(LETTER, tr("Letter and terms")),)),
        Space(14),
        *_paragraphs(before),
        Space(6),
        *_terms(facts, width, pages),
        Space(12),
        *_paragraphs(after),
    ]
    if facts.status in _STANDS:
        found += kept_together(_acceptance(facts, width), width, 400, 400, 10)
    else:
        unsigned = tr("This offer is {status}: there is nothing to sign.").format(status=offer_word(facts.status))
        found += [ruled_line(width, ink="ink", weight=1), Space(10), block(width, [plain(unsigned, BODY.soft())])]
    return found


def _kind(facts: OfferFacts) -> str:
    """What every page says it is: an offer that does not stand says so."""
    return tr("Offer") if facts.status in _STANDS else tr("Offer, {status}").format(status=offer_word(facts.status))


def placeholders(facts: OfferFacts) -> dict[str, str]:
    """What a letter may ask for, filled."""
    return {
        "first name": facts.name.split()[0] if facts.name.split() else facts.name,
        "name": facts.name,
        "role": facts.role,
        "level": facts.level.id,
        "level title": facts.level.title,
        "organisation": facts.organisation,
        "team": facts.pages.role.team if facts.pages.role is not None else "",
        "manager": facts.manager,
        "first day": long_day(facts.starts_on),
        "expires": long_day(facts.expires_on),
        "pages": sentence_list([words for page, words in _behind_the_letter().items() if facts.prints(page)]),
    }


def _behind_the_letter() -> dict[PacketPage, str]:
    """How a letter names the pages that follow it."""
    return {
        "role": tr("the role"),
        "level": tr("the level"),
        "days": tr("your first 90 days with their dates"),
        "rights": tr("what you decide"),
        "measures": tr("what comes later, and how we measure"),
    }


def _line(text: str, *, right: bool = False) -> list[Any]:
    type_ = TABLE.soft().right() if right else TABLE.soft()
    return [plain(text, type_)] if text else []


def _paragraphs(text: str) -> list[Any]:
    found: list[Any] = []
    for part in text.split("\n\n"):
        if part.strip():
            found += [plain(part, BODY), Space(8)]
    return found


def _terms(facts: OfferFacts, width: float, pages: Mapping[str, int]) -> list[Any]:
    level = facts.level.id
    if facts.level.title != facts.level.id:
        level = tr("{id}, {title}").format(id=facts.level.id, title=facts.level.title)
    where = pages.get(LEVEL)
    if where:
        level += tr("; page {n} says what that means").format(n=where)
    manager = ", ".join(p for p in (facts.manager, facts.manager_role) if p)
    rows: list[tuple[str, list[TextSpan]]] = [
        (tr("Role"), [TextSpan(facts.role)]),
        (tr("Level"), [TextSpan(level)]),
        *([(tr("You report to"), [TextSpan(manager)])] if manager else []),
        (tr("First day"), [TextSpan(long_day(facts.starts_on))]),
        *(
            (
                a.name,
                [TextSpan(money(a.money.minor, a.money.currency), 600), TextSpan(f" {a.words}" if a.words else "")],
            )
            for a in facts.amounts
        ),
        *((name, [TextSpan(text)]) for name, text in facts.terms),
        *([(tr("Conditions"), [TextSpan("\n".join(facts.conditions))])] if facts.conditions else []),
    ]
    found: list[Any] = [ruled_line(width)]
    for name, spans in rows:
        left = FlowColumn(0, _TERM - 8, (Space(4), plain(name, TABLE.soft()), Space(4)))
        right = FlowColumn(_TERM, width - _TERM, (Space(4), rich(spans, TABLE), Space(4)))
        found += [Columns([left, right], whole=120), ruled_line(width)]
    return found


def _acceptance(facts: OfferFacts, width: float) -> list[Any]:
    accepts = tr("I accept this offer on the terms above and begin on {day}.").format(day=day(facts.starts_on))
    signer = facts.manager or facts.organisation or tr("The employer")
    if facts.manager and facts.organisation:
        signer = tr("{name}, for {organisation}").format(name=facts.manager, organisation=facts.organisation)
    return [
        ruled_line(width, ink="ink", weight=1),
        Space(10),
        block(width, [plain(tr("Acceptance"), HEAD), Space(2), plain(accepts, BODY.soft())]),
        *(piece for name in (facts.name, signer) for piece in _signature(width, name)),
    ]


def _signature(width: float, name: str) -> list[Any]:
    split = width * 0.62

    def paint(canvas: Any) -> None:
        canvas.setLineWidth(0.6)
        canvas.line(0, 0, split - 24, 0)
        canvas.line(split, 0, width, 0)

    return [
        Drawn(width, _LINE, paint),
        Space(4),
        Columns(
            [
                FlowColumn(0, split - 24, (plain(name, TABLE.medium()),)),
                FlowColumn(split, width - split, (plain(tr("Place and date"), TABLE.soft()),)),
            ]
        ),
    ]
