"""What of a command's arguments goes together: what is brought in or exported, and how."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from app.domain.import_fields import About, field_of
from app.packets.printables import PRINTABLES
from app.packets.reports.table import FORMATS
from app.store.files import STANDARD_OUTPUT
from app.words import tr

FORMS = ("scorecards", "assessments")
GREENHOUSE = "greenhouse"
PEOPLE = ("candidates", "members", "colleagues", GREENHOUSE)
EVERYTHING, TABLES = "everything", "tables"
WHOLES = (EVERYTHING, TABLES)
GROWTH = ("team", "assessments", "outcomes")
ABOUT = ("application", "interview", "opening", "guide", "rubric", "cycle", "member")
_FILTER = ("opening", "rubric")
"""Options that filter a report, and say of others what they are about."""
_TABLE = ("csv", "xlsx")
_WRITTEN = {
    "leveling-guide": ("pdf", "yaml"),
    "rubric": ("yaml", "xlsx"),
    TABLES: _TABLE,
    EVERYTHING: (),
    **dict.fromkeys(GROWTH, _TABLE),
}


def check_import(top: argparse.ArgumentParser, chosen: argparse.Namespace) -> None:
    """Ends with 2 where what is brought in and how do not go together."""
    if chosen.map and chosen.what not in (*PEOPLE, "guide"):
        top.error(tr("{what} take no --map").format(what=chosen.what))
    if chosen.what in PEOPLE:
        _check_each_once(top, about_whom(chosen.what), [pair.partition("=")[0].strip() for pair in chosen.map or []])
    tables = (chosen.use_map, chosen.save_map, chosen.leave_out, chosen.date_order, chosen.skip_refused)
    if any(tables) and chosen.what not in PEOPLE:
        top.error(tr("only candidates, members and colleagues come from a table with a map of its columns"))
    if chosen.opening is not None and chosen.what not in ("candidates", GREENHOUSE):
        top.error(tr("{what} take no --opening").format(what=chosen.what))
    if chosen.what == EVERYTHING and chosen.encoding:
        top.error(tr("{what} take no --encoding").format(what=chosen.what))
    if chosen.held and chosen.what not in FORMS:
        top.error(tr("{what} take no --held").format(what=chosen.what))
    if chosen.dry_run and chosen.what in (*FORMS, EVERYTHING):
        top.error(tr("{what} take no --dry-run").format(what=chosen.what))


def about_whom(what: str) -> About:
    """Whom a table that is brought in so is about."""
    return About.CANDIDATES if what == GREENHOUSE else About(what)


def _check_each_once(top: argparse.ArgumentParser, about: About, keys: list[str]) -> None:
    """Ends with 2 where two columns are said to be a field that takes one."""
    for key in keys:
        field = field_of(about, key)
        if field is not None and not field.several and keys.count(key) > 1:
            top.error(tr("two columns are said to be {field}, which takes one").format(field=key))


def check_export(top: argparse.ArgumentParser, chosen: argparse.Namespace) -> None:
    """Ends with 2 where what is exported, about what, into which format and where do not go together."""
    if chosen.with_sealed and chosen.what != EVERYTHING:
        top.error(tr("{what} take no --with-sealed").format(what=chosen.what))
    if chosen.what in WHOLES:
        _check_whole(top, chosen)
    elif chosen.what in GROWTH:
        _check_growth(top, chosen)
    else:
        _check_about(top, chosen, _about(chosen.what))
    _check_period(top, chosen)
    formats = FORMATS if chosen.what == "report" else _WRITTEN.get(chosen.what, ("pdf",))
    if chosen.format not in (None, *formats):
        top.error(tr("{what} does not come as {format}").format(what=chosen.what, format=chosen.format))
    several = PRINTABLES[chosen.what].several if chosen.what in PRINTABLES else None
    if several is not None and getattr(chosen, several.of) is not None and chosen.out == STANDARD_OUTPUT:
        top.error(tr("{what} needs a folder").format(what=chosen.what))
    if chosen.format is None:
        named = chosen.out.suffix.lstrip(".").lower()
        if named in ("csv", "png", "pdf", "yaml", "xlsx") and named not in formats and several is None:
            top.error(tr("{what} does not come as {format}").format(what=chosen.what, format=named))
        chosen.format = named if named in formats else None


def _check_about(top: argparse.ArgumentParser, chosen: argparse.Namespace, about: Sequence[str]) -> None:
    """One thing it is about, and nothing else; a report is filtered by an opening and a rubric beside."""
    beside = _FILTER if chosen.what == "report" else ()
    given = [name for name in (*ABOUT, "report") if getattr(chosen, name) is not None]
    if not any(name in about for name in given):
        needed = " / ".join(f"--{name} {'NAME' if name == 'report' else 'ID'}" for name in about)
        top.error(tr("{what} needs {needed}").format(what=chosen.what, needed=needed))
    other = next((name for name in given if name not in (*about, *beside)), None)
    if other is not None or sum(name in about for name in given) > 1:
        top.error(tr("{what} takes no --{option}").format(what=chosen.what, option=other or given[-1]))


def _check_period(top: argparse.ArgumentParser, chosen: argparse.Namespace) -> None:
    since, until = chosen.since, chosen.until
    if chosen.what != "report" and (since is not None or until is not None):
        top.error(tr("only a report takes --from and --to"))
    if since is not None and until is not None and until < since:
        top.error(tr("--to lies before --from"))


def _check_whole(top: argparse.ArgumentParser, chosen: argparse.Namespace) -> None:
    """What is of the whole workspace is about nothing in it, and is private: it goes to a place of its own."""
    named = [name for name in (*ABOUT, "report") if getattr(chosen, name) is not None]
    if named:
        top.error(tr("{what} takes no --{name}").format(what=chosen.what, name=named[0]))
    if chosen.out == STANDARD_OUTPUT:
        top.error(tr("{what} needs a name: only you may read it").format(what=chosen.what))


def _check_growth(top: argparse.ArgumentParser, chosen: argparse.Namespace) -> None:
    """Assessments and outcomes may be those of one calibration; the team is of none."""
    allowed = () if chosen.what == "team" else ("cycle",)
    other = next((n for n in (*ABOUT, "report") if n not in allowed and getattr(chosen, n) is not None), None)
    if other is not None:
        top.error(tr("{what} takes no --{option}").format(what=chosen.what, option=other))


def _about(what: str) -> tuple[str, ...]:
    """The options that say what a packet or report is about; forms are made of a whole calibration alone."""
    if what in ("report", "rubric"):
        return (what,)
    printable = PRINTABLES[what]
    options = [printable.about] * (printable.about != "assessment")
    return (*options, *([printable.several.of] if printable.several is not None else []))
