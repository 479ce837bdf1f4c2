"""What a change was (`Op`), what kinds of thing it touched (`Kind`), and what can never be undone."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """A kind of thing a page may show; a change report names the kinds it touched."""

    WORKSPACE = "workspace"
    COLLEAGUE = "colleague"
    RUBRIC = "rubric"
    OPENING = "opening"
    CANDIDATE = "candidate"
    APPLICATION = "application"
    INTERVIEW = "interview"
    SCORECARD = "scorecard"
    DECISION = "decision"
    FILE = "file"
    PACKET = "packet"


class Op(StrEnum):
    """One thing a person can do that writes. The history keeps these words; they are never renamed."""

    CREATE_WORKSPACE = "create workspace"
    CHANGE_SETTINGS = "change settings"
    ADD_COLLEAGUE = "add colleague"
    EDIT_COLLEAGUE = "edit colleague"
    REMOVE_COLLEAGUE = "remove colleague"
    ADOPT_RUBRIC = "adopt rubric"
    ADD_OPENING = "add opening"
    EDIT_OPENING = "edit opening"
    ADD_CANDIDATE = "add candidate"
    EDIT_CANDIDATE = "edit candidate"
    IMPORT_CANDIDATES = "import candidates"
    ADD_APPLICATION = "add application"
    MOVE_APPLICATION = "move application"
    CLOSE_APPLICATION = "close application"
    REOPEN_APPLICATION = "reopen application"
    ADD_INTERVIEW = "add interview"
    EDIT_INTERVIEW = "edit interview"
    REMOVE_INTERVIEW = "remove interview"
    ATTACH_FILE = "attach file"
    REMOVE_FILE = "remove file"
    DRAFT_CARD = "draft card"
    SUBMIT_CARD = "submit card"
    AMEND_CARD = "amend card"
    OPEN_CARDS = "open cards"
    CARDS_OPENED = "cards opened"
    DECIDE = "decide"
    EXPORT_PACKET = "export packet"
    ERASE = "erase"
    UNDO = "undo"
    REDO = "redo"


DECLARED = frozenset(
    {
        Op.CREATE_WORKSPACE,
        Op.ADOPT_RUBRIC,
        Op.SUBMIT_CARD,
        Op.AMEND_CARD,
        Op.OPEN_CARDS,
        Op.CARDS_OPENED,
        Op.DECIDE,
        Op.EXPORT_PACKET,
        Op.ERASE,
    }
)
"""Corrected by a new entry with a reason, never undone."""
