"""The options of `export`: what is exported, about what, into which format, and what goes together."""

from __future__ import annotations

import argparse

from app.cli.typed import day_of, number_of, out_of, rubric_of
from app.packets.printables import PRINTABLES
from app.packets.reports.table import FORMATS, REPORTS
from app.store.files import STANDARD_OUTPUT
from app.words import tr

WRITTEN = {"leveling-guide": ("pdf", "yaml"), "rubric": ("yaml", "xlsx")}
_ABOUT = ("application", "interview", "opening", "guide", "rubric", "cycle", "member", "report")
_FILTER = ("opening", "rubric")
"""Options of the filter that say of a packet what it is about."""


def add_options(export: argparse.ArgumentParser) -> None:
    """What `export` takes after its file."""
    export.add_argument("what", choices=[*PRINTABLES, "report", "rubric"])
    wholes = {
        "application": tr("whose packet"),
        "interview": tr("whose kit"),
        "opening": tr("a kit for each of its interviews with no card, or what a report is about"),
        "guide": tr("which version of a guide, as PDF or YAML"),
        "rubric": tr(
            "which version of a rubric, or the name it is listed by for its newest, as YAML or XLSX; of a report, the "
            "rubric of the openings it is about"
        ),
        "cycle": tr("forms of who is due in it, its promotion packets, its ballots or its minutes"),
        "member": tr("whose growth plan or promotion packet"),
    }
    for name, words in wholes.items():
        export.add_argument(f"--{name}", type=rubric_of if name == "rubric" else number_of, metavar="ID", help=words)
    export.add_argument("--report", choices=list(REPORTS), help=tr("which report"))
    export.add_argument(
        "--from", dest="since", type=day_of, metavar="DAY", help=tr("a report: the first day of its period")
    )
    export.add_argument(
        "--to", dest="until", type=day_of, metavar="DAY", help=tr("a report: the last day of its period")
    )
    export.add_argument("--interviewer", type=number_of, metavar="ID", help=tr("whose severity or days to submit"))
    export.add_argument(
        "--format", choices=["csv", "png", "pdf", "yaml", "xlsx"], help=tr("of the report, guide or rubric")
    )
    export.add_argument(
        "--out",
        type=out_of,
        metavar="PATH",
        required=True,
        help=tr("the file (“-” is standard output), or the folder of kits"),
    )


def check_options(top: argparse.ArgumentParser, chosen: argparse.Namespace) -> None:
    """Ends with 2 where what is exported, about what, into which format and where do not go together."""
    about, beside = _about(chosen.what), _FILTER if chosen.what == "report" else ()
    given = [name for name in _ABOUT if getattr(chosen, name) is not None]
    if not any(name in about for name in given):
        needed = " / ".join(f"--{name} {'NAME' if name == 'report' else 'ID'}" for name in about)
        top.error(tr("{what} needs {needed}").format(what=chosen.what, needed=needed))
    other = next((name for name in given if name not in (*about, *beside)), None)
    if other is not None or sum(name in about for name in given) > 1:
        top.error(tr("{what} takes no --{option}").format(what=chosen.what, option=other or given[-1]))
    _check_period(top, chosen)
    formats = FORMATS if chosen.what == "report" else WRITTEN.get(chosen.what, ("pdf",))
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


def _about(what: str) -> tuple[str, ...]:
    """The options that say what a packet or report is about; forms are made of a whole calibration alone."""
    if what in ("report", "rubric"):
        return (what,)
    printable = PRINTABLES[what]
    options = [printable.about] * (printable.about != "assessment")
    return (*options, *([printable.several.of] if printable.several is not None else []))


def _check_period(top: argparse.ArgumentParser, chosen: argparse.Namespace) -> None:
    since, until = chosen.since, chosen.until
    if chosen.what != "report" and (since is not None or until is not None):
        top.error(tr("only a report takes --from and --to"))
    if since is not None and until is not None and until < since:
        top.error(tr("--to lies before --from"))
