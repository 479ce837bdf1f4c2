"""What is said of everything before it leaves the workspace."""

from __future__ import annotations

from collections.abc import Mapping

from app.words import sentence_list, tr


def carries_everything() -> str:
    """What is in the export of everything, said before it is made."""
    return tr(
        "Everything is for moving a workspace. In it are the whole history, drafts, cards that are sealed to you, "
        "files, transcripts, everybody’s private notes, and what candidates said of themselves of their own will, each "
        "beside their name, readable by whoever gets the file."
    )


def tables_left_words(where: str, left_out: Mapping[str, int]) -> str:
    """Where the tables are, and how many rows of which are left out."""
    said = tr("The tables you may see are in {path}.").format(path=where)
    counted = [f"{count} {name}" for name, count in left_out.items()]
    if not counted:
        return said
    hidden = tr("Left out, because they are sealed to you: {what}.").format(what=sentence_list(counted))
    return f"{said} {hidden}"
