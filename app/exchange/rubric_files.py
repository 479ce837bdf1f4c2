"""Rubrics in and out as files: one YAML file, a workbook, or a folder as those in `rubrics/`."""

from __future__ import annotations

from pathlib import Path

from app.domain.pack import Pack
from app.domain.rubric import Rubric
from app.exchange.answer_by_line import problems_in
from app.exchange.packed import PACKED_BYTES
from app.exchange.packs import MAX_BYTES, Located, PackError, load_pack, read_tree
from app.exchange.quarantine import RUBRICS, SECONDS, Failed, Quarantine
from app.exchange.rubric_workbook import rubric_workbook, workbook_pack
from app.exchange.rubric_yaml import pack_in, rubric_yaml
from app.exchange.yaml_nodes import Problem, decoded
from app.store.files import bytes_in
from app.words import tr

SUFFIXES = (".yaml", ".yml", ".xlsx")
FORMATS = ("yaml", "xlsx")


def rubric_file(pack: Pack, form: str) -> bytes:
    """The pack as a file of one of the FORMATS; the same pack gives the same bytes."""
    return rubric_workbook(pack) if form == "xlsx" else rubric_yaml(pack)


def read_rubric(path: Path, seconds: float = SECONDS) -> Pack:
    """The pack in a file or folder; a file is read in a process of its own that may take so long. Raises PackError."""
    if path.is_dir():
        return load_pack(path)
    try:
        content = bytes_in(path, PACKED_BYTES + 1)
    except OSError as failed:
        words, remedy = tr("this file can’t be read: {why}.").format(why=failed.strerror), ""
        if isinstance(failed, FileNotFoundError):
            words, remedy = tr("there is no such file or folder."), tr("Look at the path. Nothing was changed.")
        raise PackError([Problem(path.name, 0, "", words)], remedy) from failed
    if len(content) > (PACKED_BYTES if path.suffix.lower() == ".xlsx" else MAX_BYTES):
        raise PackError([Problem(path.name, 0, "", tr("this file is too large for a rubric."))])
    try:
        with Quarantine(seconds, reader=RUBRICS) as quarantine:
            told = quarantine.told(path.name, [(path.name, content)])
    except Failed as failed:
        words = tr("this file can’t be read: its reader came to its end with it.")
        if failed.why == "late":
            words = tr("reading this file takes longer than any rubric does; it was left alone.")
        raise PackError([Problem(path.name, 0, "", words)]) from failed
    if problems := problems_in(told):
        raise PackError(problems)
    return Pack.from_text(told["pack"])


def located_rubric(path: Path) -> Located[Rubric]:
    """The rubric of a file with the lines of its parts, which a workbook has none of. Raises PackError."""
    rubric = read_rubric(path).rubric
    if path.suffix.lower() == ".xlsx":
        return Located(rubric, path.name, {})
    tree = read_tree(path.name, decoded(path.name, bytes_in(path, MAX_BYTES), PackError))
    inside = tree.part("rubric") if isinstance(tree.value, dict) and "rubric" in tree.value else tree
    return Located(rubric, path.name, inside.lines)


def rubric_in(name: str, content: bytes) -> Pack:
    """The pack in some bytes, by the suffix of their name. Raises PackError."""
    suffix = Path(name).suffix.lower()
    if suffix == ".xlsx":
        return workbook_pack(name, content)
    if suffix in (".yaml", ".yml"):
        return pack_in(read_tree(name, decoded(name, content, PackError)))
    raise PackError([Problem(name, 0, "", tr("a rubric comes as YAML or XLSX, and this is neither by its name."))])
