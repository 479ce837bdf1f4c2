"""What is said of everything before it leaves the workspace."""

from __future__ import annotations

from app.words import tr


def carries_everything() -> str:
    """What is in the export of everything, said before it is made."""
    return tr(
        "Everything is for moving a workspace. In it are the whole history, drafts, cards that are sealed to you, "
        "files, transcripts, and everybody’s private notes, readable by whoever gets the file."
    )
