"""The command line: for scripts, and for machines without a screen.

Every command acts as the workspace's own user. Exit codes: 0 done, 1 the data says no, 2 wrong usage.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from app import __version__
from app.cli.export_options import add_options
from app.cli.output import failure_of, refusal_of, say, say_json, say_line, say_refused
from app.cli.typed import path_of
from app.cli.usage import FORMS, GROWTH, PEOPLE, WHOLES, check_export, check_import
from app.errors import Refused
from app.store.workspace import Workspace, open_workspace, read_workspace, try_workspace
from app.words import tr

DONE, NO, USAGE = 0, 1, 2
LISTS = (
    "openings",
    "candidates",
    "applications",
    "interviews",
    "scorecards",
    "colleagues",
    "guides",
    "rubrics",
    "members",
    "cycles",
)
COMMANDS = ("sample", "import", "list", "find", "export", "check", "check-rubric", "backup", "restore")
JURISDICTIONS = ("eu", "us", "all")


def parser() -> argparse.ArgumentParser:
    """Every command with its help."""
    top = argparse.ArgumentParser(
        prog="tenfold",
        description=tr("Hire and grow people against one rubric. Without a command, the window opens."),
        epilog=tr("Every command takes --json. Exit codes: 0 done, 1 the data says no, 2 wrong usage."),
    )
    top.add_argument("--version", action="version", version=f"tenfold {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)

    def command(
        name: str, run: Callable[[argparse.Namespace], int], words: str, about: str = "FILE", what: str = ""
    ) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=words, description=words)
        added.add_argument(about.lower(), type=path_of, metavar=about, help=what or tr("the workspace"))
        added.add_argument("--json", action="store_true", help=tr("print JSON for programs"))
        added.set_defaults(run=run)
        return added

    command("sample", _sample, tr("write the sample workspace to a new FILE"))
    bring = command(
        "import",
        _import,
        tr(
            "bring in candidates, members or colleagues from a table, filled forms from a folder, a guide or a rubric; "
            "or everything, into a new FILE"
        ),
    )
    bring.add_argument("what", choices=[*PEOPLE, *FORMS, "guide", "rubric", "calibration", "everything"])
    bring.add_argument(
        "--held", action="store_true", help=tr("scorecards: interviews whose time is still to come were held")
    )
    bring.add_argument(
        "--encoding", default="", metavar="NAME", help=tr("what the table is written in, such as cp1251")
    )
    bring.add_argument(
        "source",
        type=path_of,
        metavar="SOURCE",
        help=tr(
            "the table, a file or folder of Greenhouse’s JSON, the folder of PDFs, the ladder (a file or a folder), or "
            "the export of everything"
        ),
    )
    bring.add_argument("--opening", metavar="CODE", help=tr("candidates: put those into it whose row names no other"))
    _add_map(bring)
    bring.add_argument("--dry-run", action="store_true", help=tr("say what would happen, change nothing"))
    listing = command("list", _list, tr("list what the workspace holds, oldest first"))
    listing.add_argument("what", choices=LISTS)
    finding = command("find", _find, tr("find people, openings, guides, files, and words inside"))
    finding.add_argument("words", nargs="+", metavar="WORDS", help=tr("each must be there, the last as a beginning"))
    export = command(
        "export",
        _export,
        tr(
            "write a packet, kit or guide as PDF, a report as CSV, PNG or PDF, every table you may see as CSV or XLSX, "
            "or everything as JSON"
        ),
    )
    add_options(export)
    command("check", _check, tr("verify the file, its history and every submitted card"))
    rubric = command(
        "check-rubric",
        _check_rubric,
        tr("say where a rubric’s anchors, questions, plans and words would let an interview down"),
        "SOURCE",
        tr("the folder of a pack, or a rubric.yaml"),
    )
    rubric.add_argument(
        "--jurisdiction", choices=JURISDICTIONS, default="all", help=tr("whose law says what must not be asked")
    )
    command("backup", _backup, tr("make a backup in your data folder, opened and checked"))
    back = command("restore", _restore, tr("put a backup in the workspace's place; what was there is kept"))
    back.add_argument("backup", type=path_of, metavar="BACKUP")
    return top


def _add_map(bring: argparse.ArgumentParser) -> None:
    """How a table or a ladder is read."""
    bring.add_argument(
        "--map",
        action="append",
        metavar="FIELD=COLUMN",
        help=tr(
            "how a table or ladder is read, such as “mail=Contact address”, or “level_columns=Junior, Senior”, "
            "rows=Competency, groups=Category, track=Track, sheet=Matrix, heading_row=3; --dry-run shows how, with "
            "--json the whole map"
        ),
    )
    bring.add_argument("--use-map", default="", metavar="NAME", help=tr("a table: read it by a map that was kept"))
    bring.add_argument("--save-map", default="", metavar="NAME", help=tr("a table: keep its map under this name"))
    bring.add_argument(
        "--leave-out", action="append", metavar="COLUMN", help=tr("a table: a column that does not come in")
    )
    bring.add_argument(
        "--date-order", default="", choices=["dmy", "mdy", "ymd"], help=tr("a table: how days such as 02/03/2026 go")
    )
    bring.add_argument(
        "--skip-refused", action="store_true", help=tr("a table: bring in all rows but those that are refused")
    )


def main(arguments: Sequence[str]) -> int:
    """Run one command and give its exit code."""
    chosen = _parsed(arguments)
    try:
        return int(chosen.run(chosen))
    except BrokenPipeError:  # whoever reads has gone
        raise
    except Refused as refused:
        say_refused(refused, as_json=chosen.json)
    except (OSError, UnicodeEncodeError) as error:
        say_refused(refusal_of(error), as_json=chosen.json)
    except Exception as error:  # noqa: BLE001  (said by kind and place: its message may hold what a person wrote)
        say_refused(failure_of(error), as_json=chosen.json)
    return NO


def _parsed(arguments: Sequence[str]) -> argparse.Namespace:
    """The arguments; ends with 2 where they do not go together."""
    top = parser()
    chosen = top.parse_args(arguments)
    if chosen.command == "export":
        check_export(top, chosen)
    if chosen.command == "import":
        check_import(top, chosen)
    return chosen


@contextmanager
def _writing(path: Path) -> Iterator[Workspace]:
    from app.store.partial_files import data_folder, sweep  # noqa: PLC0415  (each command imports what it needs)

    sweep()
    workspace = open_workspace(path, backups=data_folder())
    try:
        yield workspace
    finally:
        workspace.close()


@contextmanager
def _trying(path: Path) -> Iterator[Workspace]:
    """For a dry run: what is done is done to a copy in memory, and the file is only read."""
    workspace = try_workspace(path)
    try:
        yield workspace
    finally:
        workspace.close()


@contextmanager
def _reading(path: Path) -> Iterator[Workspace]:
    workspace = read_workspace(path)
    try:
        yield workspace
    finally:
        workspace.close()


def _sample(chosen: argparse.Namespace) -> int:
    from app.exchange.sample import make_sample  # noqa: PLC0415
    from app.packets.printables import print_hiring_packet  # noqa: PLC0415

    path = make_sample(chosen.file, print_hiring_packet)
    say(chosen, tr("The sample workspace is in {path}.").format(path=path), workspace=str(path))
    return DONE


def _import(chosen: argparse.Namespace) -> int:
    if chosen.what == "everything":
        from app.cli.everything import import_everything  # noqa: PLC0415

        import_everything(chosen)
        return DONE
    if chosen.what in PEOPLE:
        from app.cli.people import import_people  # noqa: PLC0415

        return DONE if import_people(_trying if chosen.dry_run else _writing, chosen) else NO
    if chosen.what == "assessments":
        from app.cli.growth import import_assessments  # noqa: PLC0415

        with _writing(chosen.file) as workspace:
            return DONE if import_assessments(workspace, chosen) else NO
    if chosen.what == "scorecards":
        from app.cli.forms import import_scorecards  # noqa: PLC0415

        with _writing(chosen.file) as workspace:
            return DONE if import_scorecards(workspace, chosen) else NO
    if chosen.what == "calibration":
        from app.cli.growth import import_calibration  # noqa: PLC0415

        with (_trying if chosen.dry_run else _writing)(chosen.file) as workspace:
            import_calibration(workspace, chosen)
        return DONE
    if chosen.what == "guide":
        from app.cli.guides import import_guide  # noqa: PLC0415

        import_guide(_writing, chosen)
        return DONE
    from app.cli.rubrics import import_rubric  # noqa: PLC0415

    return DONE if import_rubric(_trying if chosen.dry_run else _writing, chosen) else NO


def _find(chosen: argparse.Namespace) -> int:
    from app.cli.finding import find  # noqa: PLC0415

    return DONE if find(chosen.file, " ".join(chosen.words), as_json=chosen.json) else NO


def _list(chosen: argparse.Namespace) -> int:
    from app.queries import plain_lists  # noqa: PLC0415

    with _reading(chosen.file) as workspace:
        rows: list[plain_lists.Entry] = getattr(plain_lists, chosen.what)(workspace)
    if chosen.json:
        say_json(rows, indent=1)
        return DONE
    for row in rows:
        say_line("  ".join(f"{key} {_shown(value)}" for key, value in row.items() if value not in (None, "", [], {})))
    if not rows:
        say_line(tr("No {what} yet.").format(what=chosen.what))
    return DONE


def _shown(value: object) -> str:
    """A cell in words."""
    if isinstance(value, dict):
        return ",".join(f"{k}:{v if v is not None else '-'}" for k, v in value.items())
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return f"{len(value)} ({', '.join(str(v['name']) for v in value)})"
    if isinstance(value, list):
        return ",".join(str(v) for v in value)
    return str(value)


def _export(chosen: argparse.Namespace) -> int:
    from app.cli import export  # noqa: PLC0415

    if chosen.what == "report":
        with _reading(chosen.file) as workspace:
            export.export_report(workspace, chosen)
        return DONE
    if chosen.what == "rubric":
        from app.cli.rubrics import export_rubric  # noqa: PLC0415

        with _reading(chosen.file) as workspace:
            export_rubric(workspace, chosen)
        return DONE
    if chosen.what in GROWTH:
        from app.cli.growth import export_growth_table  # noqa: PLC0415

        with _reading(chosen.file) as workspace:
            export_growth_table(workspace, chosen)
        return DONE
    if chosen.what in WHOLES:
        from app.cli.everything import export_whole  # noqa: PLC0415

        export_whole(_writing, chosen)
        return DONE
    with _writing(chosen.file) as workspace:
        if chosen.format == "yaml":
            export.export_guide_yaml(workspace, chosen)
        else:
            export.export_packet(workspace, chosen)
    return DONE


def _check(chosen: argparse.Namespace) -> int:
    from app.cli.upkeep import check  # noqa: PLC0415

    return DONE if check(chosen) else NO


def _check_rubric(chosen: argparse.Namespace) -> int:
    from app.cli.rubric_check import check_rubric  # noqa: PLC0415

    return DONE if check_rubric(chosen) else NO


def _backup(chosen: argparse.Namespace) -> int:
    from app.cli.upkeep import back_up  # noqa: PLC0415

    back_up(_writing, chosen)
    return DONE


def _restore(chosen: argparse.Namespace) -> int:
    from app.cli.upkeep import put_back  # noqa: PLC0415

    put_back(chosen)
    return DONE
