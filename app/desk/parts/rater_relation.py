"""How a rater stands to a member: a word with a menu to say another, which takes a reason once theirs is in."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from app.actions.rater_relation import CHOICES, say_relation, say_relation_later
from app.desk.parts.controls import Button
from app.desk.parts.drop_menu import DropMenu
from app.desk.parts.label import Text
from app.desk.parts.subject_page import SubjectPage
from app.domain.assessment import Relation
from app.phrases.rubric import relation_word
from app.words import tr


def relation_widget(relation: Relation, name: str, choose: Callable[[str], object]) -> QWidget:
    """The word, or a button that lets `choose` another."""
    if relation is Relation.SELF:
        return Text(relation_word(relation), "caption", tone="soft")
    button = Button(relation_word(relation), "link", small=True)
    button.setAccessibleName(
        tr("How {name} stands to them: {relation}").format(name=name, relation=relation_word(relation))
    )
    button.setAccessibleDescription(tr("Opens a menu"))
    button.clicked.connect(lambda _on=False: _offer(button, choose))
    return button


def relate(page: SubjectPage[Any], assessment: int, name: str, is_in: bool, relation: str) -> None:
    """Say how `name`, who wrote the assessment or was asked for it, stands to the member."""
    if not is_in:
        page.act(partial(say_relation, page.workspace, assessment, Relation(relation)))
        return
    page.confirm(
        tr("{name} as {relation}?").format(name=name, relation=relation_word(Relation(relation))),
        tr("Their assessment is in and keeps what it said. This stands beside it from now on, with your reason."),
        tr("Say so"),
        lambda why: page.act(partial(say_relation_later, page.workspace, assessment, Relation(relation), why)),
        reason=tr("Why is it otherwise?"),
    )


def _offer(button: Button, choose: Callable[[str], object]) -> None:
    menu = DropMenu(button)
    for relation in CHOICES:
        menu.offer(relation_word(relation), partial(choose, str(relation)))
    menu.drop()
