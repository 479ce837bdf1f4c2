"""The texts of letters to members: the workspace's own, and those that come with the program."""

from __future__ import annotations

from functools import cache

import yaml
from sqlalchemy import Connection

from app.domain.calibration import CalibrationOutcome
from app.domain.letter import LetterText
from app.resources import resource
from app.store.columns import rows_of
from app.store.tables_mail import LetterTemplate


def letter_texts(connection: Connection) -> dict[CalibrationOutcome, tuple[LetterText, bool]]:
    """By outcome the text that is taken, and whether it is the workspace's own."""
    own = {CalibrationOutcome(r.outcome): r for r in rows_of(connection, LetterTemplate)}
    return {
        outcome: (LetterText(outcome, own[outcome].subject, own[outcome].body), True)
        if outcome in own
        else (text, False)
        for outcome, text in shipped_letters().items()
    }


@cache
def shipped_letters() -> dict[CalibrationOutcome, LetterText]:
    """Those that come with the program, by outcome."""
    written = yaml.safe_load((resource("letters") / "en.yaml").read_text("utf-8"))
    texts = (LetterText(CalibrationOutcome(one["outcome"]), one["subject"], one["body"]) for one in written)
    return {text.outcome: text for text in texts}
