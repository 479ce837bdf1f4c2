"""The options of `export`: what is exported, about what, and into which format."""

from __future__ import annotations

import argparse

from app.cli.typed import day_of, number_of, out_of, rubric_of
from app.cli.usage import GROWTH, WHOLES
from app.packets.printables import PRINTABLES
from app.packets.reports.table import REPORTS
from app.words import tr


def add_options(export: argparse.ArgumentParser) -> None:
    """What `export` takes after its file."""
    export.add_argument("what", choices=[*PRINTABLES, "report", "rubric", *GROWTH, *WHOLES])
    wholes = {
        "application": tr("whose packet"),
        "interview": tr("whose kit"),
        "opening": tr("a kit for each of its interviews with no card, or what a report is about"),
        "guide": tr("which version of a guide, as PDF or YAML"),
        "rubric": tr(
            "which version of a rubric, or the name it is listed by for its newest, as YAML or XLSX; of a report, the "
            "rubric of the openings it is about"
        ),
        "cycle": tr("forms of who is due in it, its promotion packets, ballots, minutes, assessments or outcomes"),
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
    export.add_argument(
        "--interviewer", type=number_of, metavar="ID", help=tr("whose severity, days to submit or ratings")
    )
    export.add_argument(
        "--format", choices=["csv", "png", "pdf", "yaml", "xlsx"], help=tr("of the report, guide, rubric or tables")
    )
    export.add_argument(
        "--out",
        type=out_of,
        metavar="PATH",
        required=True,
        help=tr("the file (“-” is standard output), or the folder of kits or tables"),
    )
    export.add_argument(
        "--with-sealed",
        action="store_true",
        help=tr("everything: history, drafts, sealed cards and everybody’s private notes go along, and you know it"),
    )
