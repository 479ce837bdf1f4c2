"""How a rater stands to a member: a word, and while their assessment is due a menu to say it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from app.actions.rater_relation import CHOICES
from app.desk.parts.controls import Button
from app.desk.parts.drop_menu import DropMenu
from app.desk.parts.label import Text
from app.domain.assessment import Relation
from app.phrases.rubric import relation_word
from app.words import tr


def relation_widget(relation: Relation, name: str, is_in: bool, choose: Callable[[str], object]) -> QWidget:
    """The word, or a button that lets `choose` another."""
    if is_in or relation is Relation.SELF:
        return Text(relation_word(relation), "caption", tone="soft")
    button = Button(relation_word(relation), "link", small=True)
    button.setAccessibleName(
        tr("How {name} stands to them: {relation}").format(name=name, relation=relation_word(relation))
    )
    button.setAccessibleDescription(tr("Opens a menu"))
    button.clicked.connect(lambda _on=False: _offer(button, choose))
    return button


def _offer(button: Button, choose: Callable[[str], object]) -> None:
    menu = DropMenu(button)
    for relation in CHOICES:
        menu.offer(relation_word(relation), partial(choose, str(relation)))
    menu.drop()
