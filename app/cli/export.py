"""Packets, guides and reports on the command line: everything that leaves the workspace as a file."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.cli.output import named, say
from app.domain.report_filter import ReportFilter
from app.errors import ReadOnly, Refused
from app.packets.printables import PRINTABLES, Print, hand_out, hand_out_into
from app.packets.reports.table import REPORTS, content_of
from app.store.files import replace_file
from app.store.partial_files import make_private_folder
from app.store.workspace import Workspace
from app.words import ntr, tr


def export_packet(workspace: Workspace, chosen: argparse.Namespace) -> None:
    """One packet to a PDF, or one of each of a whole into a folder. Raises NotFound, NotYet."""
    printable = PRINTABLES[chosen.what]
    number = getattr(chosen, printable.about, None)
    if number is None:
        export_each(workspace, chosen)
        return
    made = printable.print(workspace, number)
    hand_out(workspace, made, chosen.out)
    form = made.facts.get("form")
    words = tr(" in {path}, packet {number}.") if form is None else tr(" in {path}, packet {number}, form {form}.")
    said = words.format(path=named(chosen.out), number=made.packet.number, form=form)
    facts = {name: value for name, value in made.facts.items() if name != "interview"}
    say(
        chosen,
        ntr("{n} page", "{n} pages", made.packet.pages) + said,
        packet=str(chosen.out),
        **facts,
        number=made.packet.number,
        sha256=made.packet.sha256,
        pages=made.packet.pages,
    )


def export_each(workspace: Workspace, chosen: argparse.Namespace) -> None:
    """Everything is drawn before the first file is written."""
    printable = PRINTABLES[chosen.what]
    assert printable.several is not None
    made = printable.print_each(workspace, getattr(chosen, printable.several.of))
    folder = _folder(chosen.out)
    written = [(one, hand_out_into(workspace, one, folder, beside=printable.several.beside)[0]) for one in made]
    lines = {printable.several.key: [_line(one, path) for one, path in written]}
    say(chosen, f"{printable.several.counted(len(made))} {folder}.", **lines)


def _line(one: Print, path: Path) -> object:
    """Forms are told by their paths alone, kits with their interview."""
    if not one.facts:
        return str(path)
    return {"interview": one.facts["interview"], "packet": str(path), "number": one.packet.number}


def _folder(path: Path) -> Path:
    try:
        if not path.is_dir():
            make_private_folder(path)
    except OSError as error:
        raise ReadOnly(
            tr("{path} can’t be a folder: {why}.").format(path=path, why=error.strerror or error),
            tr("Choose another folder."),
        ) from error
    return path


def export_guide_yaml(workspace: Workspace, chosen: argparse.Namespace) -> None:
    """A version of a guide as YAML. Raises NotFound."""
    from app.exchange.guide_yaml import guide_yaml  # noqa: PLC0415  (each command imports what it needs)
    from app.queries.guide import guide_at  # noqa: PLC0415

    guide = guide_at(workspace, chosen.guide)
    replace_file(chosen.out, guide_yaml(guide))
    words = tr("“{name}” is in {path}.").format(name=guide.name, path=named(chosen.out))
    say(chosen, words, path=str(chosen.out), guide=chosen.guide, format="yaml")


def export_report(workspace: Workspace, chosen: argparse.Namespace) -> None:
    """A report as CSV, PNG or PDF, under its filter. Raises NotFound for an opening or a rubric that is not there, and
    Refused where there is nothing to draw yet."""
    asked = ReportFilter(chosen.opening, str(chosen.rubric or ""), chosen.since, chosen.until)
    made = REPORTS[chosen.report].report(workspace, asked, chosen.interviewer)
    content = content_of(made, chosen.format or "csv")
    if content is None:
        raise Refused(tr("There is nothing to draw yet. {finding}").format(finding=made.finding), tr("Take the CSV."))
    replace_file(chosen.out, content)
    sentence = tr("{title}: {finding} It is in {path}.").format(
        title=made.title, finding=made.finding, path=named(chosen.out)
    )
    say(chosen, sentence, report=made.name, of=made.of, finding=made.finding, n=made.n, path=str(chosen.out))
