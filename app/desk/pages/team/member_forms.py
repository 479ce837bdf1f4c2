"""The forms of a member's page, and what its guide says in a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from app.actions.member import LevelChange, MemberFacts
from app.desk.parts.controls import Button
from app.desk.parts.form_panel import Asked, FormPanel
from app.desk.theme import Theme
from app.domain.guide_diff import GuideChange
from app.phrases.guide import FIELD_WORDS
from app.queries.team import MemberRow, MemberView
from app.words import ntr, sentence_list, tr

_SAID = 3  # changed sentences that are told whole


def level_form(theme: Theme) -> FormPanel[LevelChange]:
    """A level from a day on."""
    later = tr("A day to come holds from then on; a day past is kept as what was.")
    return FormPanel(
        theme,
        tr("Another level"),
        LevelChange,
        {
            "level": Asked(tr("Level"), choices=()),
            "since": Asked(tr("Since"), help=later),
            "reason": Asked(tr("Reason"), long=True),
        },
    )


def facts_form(theme: Theme, out: Button) -> FormPanel[MemberFacts]:
    """Name, mail, title, managers, first day, last day; `out` takes them off the team."""
    return FormPanel(
        theme,
        tr("Member"),
        MemberFacts,
        {
            "name": Asked(tr("Name")),
            "mail": Asked(tr("Mail")),
            "role": Asked(tr("Title")),
            "manager_id": Asked(tr("Manager"), choices=()),
            "second_manager_id": Asked(
                tr("Also reports to"), help=tr("By a dotted line: asked as a manager, and not who decides."), choices=()
            ),
            "started_on": Asked(tr("First day"), help=tr("Every date of the first year counts from it.")),
            "left_on": Asked(tr("Last day"), help=tr("Once they have left: nothing of them is due from then on.")),
        },
        out,
    )


def with_words(row: MemberRow) -> str:
    """Whom a member reports to, by a dotted line too."""
    names = [name for name in (row.manager_name, row.second_name) if name]
    return tr("with {name}").format(name=sentence_list(names)) if names else ""


def kept_words(page: MemberView) -> str:
    """By which guide a member is kept, where there is a newer version of it or another one; and why they stay."""
    newer, level = page.newer, page.row.level
    if newer is None:
        others = any(one.name != page.guide.name for one in page.guides)
        return tr("By the guide {name}.").format(name=page.guide.name) if others else ""
    said = tr("By version {n} of the guide; there is version {newer}.").format(n=page.version, newer=newer.version)
    if newer.has_level:
        return said
    return f"{said} " + tr("It has no level {level}: keep them by it at another one.").format(level=level)


def newer_guide_words(page: MemberView) -> str:
    """What a newer version of the guide says otherwise of the member's level."""
    newer, level = page.newer, page.row.level
    if newer is None:
        return ""
    if not newer.changed:
        said = tr("It says the same of {level}.").format(level=level)
    else:
        said = " ".join([tr("It says otherwise of {level}:").format(level=level), *_changes(page, newer.changed)])
    stays = tr("Assessments count on where a sentence is the same. A plan stays on its version until a new one begins.")
    return f"{said} {stays}"


def _changes(page: MemberView, changed: Sequence[GuideChange]) -> list[str]:
    names = {d.id: d.short for d in page.guide.dimensions}
    found = []
    for change in changed[:_SAID]:
        what = FIELD_WORDS.get(change.field, change.field)
        where = tr("{dimension}, {what}").format(dimension=names.get(change.dimension or "", ""), what=what.lower())
        where = where if change.dimension is not None else what
        found.append(
            tr("{where}: “{after}”, was “{before}”.").format(
                where=where, after=change.after.strip(), before=change.before.strip()
            )
        )
    more = len(changed) - _SAID
    return [*found, ntr("And {n} more.", "And {n} more.", more)] if more > 0 else found
