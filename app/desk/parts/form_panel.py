"""A form beside the page whose values are those of an action: names, types and what is required come from its class."""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from typing import Any, Generic, TypeVar, Union, get_args, get_origin, get_type_hints

from PySide6.QtWidgets import QWidget

from app.desk.parts.fields import Choices, Field, FieldSet, FieldType
from app.desk.parts.layout import Item, column, holder
from app.desk.parts.side_panel import SidePanel
from app.desk.theme import Theme

D = TypeVar("D")


@dataclasses.dataclass(frozen=True)
class Asked:
    """How a form asks for one value: its label, help and hint; `long` for several lines, `required` also where the
    action has a value of its own.

    With `choices`, keys of any type with their words, one of them is chosen; they can be given later. A number without
    choices lies from `least` to `most`; `wrong` is said where what is typed is none.
    """

    words: str
    help: str = ""
    hint: str = ""
    long: bool = False
    required: bool = False
    choices: Choices | None = None
    least: int = 0
    most: int = 1_000_000
    wrong: str = ""


_OPEN: Mapping[object, object] = {str: "", int: 0, bool: False}  # what a field left open says, where None can't


class Form(FieldSet, Generic[D]):
    """Fields for values of a dataclass. What it has and a form does not ask for keeps its default, or is given."""

    def __init__(self, theme: Theme, kind: type[D], asked: Mapping[str, Asked]) -> None:
        self._kind = kind
        self._types = get_type_hints(kind)
        needed = {f.name for f in dataclasses.fields(kind) if _has_no_default(f)}  # type: ignore[arg-type]
        super().__init__(
            theme, [self._field(name, how, required=how.required or name in needed) for name, how in asked.items()]
        )

    def value(self, **given: Any) -> D:
        """What is typed, with what is `given` beside it."""
        return self._kind(**(self._typed() | given))

    def show_value(self, value: D) -> None:
        """Begin from a value."""
        self.set_values({name: getattr(value, name) for name in self.values()})

    def changed_from(self, before: D) -> dict[str, Any]:
        """The values that differ from the ones before, by name, as an action that edits takes them."""
        return {name: value for name, value in self._typed().items() if value != getattr(before, name)}

    def _typed(self) -> dict[str, Any]:
        typed = self.values()
        return {name: _as(self._types[name], value) for name, value in typed.items()}

    def _field(self, name: str, how: Asked, *, required: bool) -> Field:
        return Field(
            name,
            how.words,
            self._sort(name, how),
            required,
            help=how.help,
            choices=how.choices or (),
            hint=how.hint,
            least=how.least,
            most=how.most,
            wrong=how.wrong,
        )

    def _sort(self, name: str, how: Asked) -> FieldType:
        if how.choices is not None:
            return FieldType.CHOICE
        match _bare(self._types[name]):
            case kind if kind is datetime:
                return FieldType.DATETIME
            case kind if kind is date:
                return FieldType.DATE
            case kind if kind is int:
                return FieldType.NUMBER
            case kind if kind is str:
                return FieldType.TEXT if how.long else FieldType.LINE
            case kind:
                raise TypeError(f"{name}: a {kind} is chosen, so its choices must be given")


class FormPanel(SidePanel, Generic[D]):
    """A `Form` beside the page. `saved` says that it is filled in; `value` then has what was typed."""

    def __init__(
        self,
        theme: Theme,
        title: str,
        kind: type[D],
        asked: Mapping[str, Asked],
        *under: Item,
        over: QWidget | None = None,
        save: str = "",
    ) -> None:
        """`over` stands above the fields, `under` are controls below them."""
        self.form: Form[D] = Form(theme, kind, asked)
        above = (over,) if over is not None else ()
        content = holder(column(*above, self.form, *under, gap=12)) if above or under else self.form
        super().__init__(theme, title, content, save=save)

    @property
    def checked_form(self) -> FieldSet:
        """What is checked before it is saved."""
        return self.form

    def value(self, **given: Any) -> D:
        """What is typed, with what is `given` beside it."""
        return self.form.value(**given)

    def offer(self, **choices: Sequence[tuple[object, str]]) -> None:
        """What can be chosen now, by the name of the field."""
        for name, offered in choices.items():
            self.form.set_choices(name, offered)

    def show_value(self, value: D) -> None:
        """Begin from a value."""
        self.form.show_value(value)


def _has_no_default(field: dataclasses.Field[Any]) -> bool:
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


def _as(kind: Any, value: Any) -> Any:
    """A value as its type has it: a choice of Qt's gives the text of an enumeration's member."""
    if value is None:
        return _OPEN.get(kind)
    bare = _bare(kind)
    return bare(value) if isinstance(bare, type) and issubclass(bare, Enum) else value


def _bare(kind: Any) -> Any:
    """A type without its None."""
    if get_origin(kind) in (Union, types.UnionType):
        return next(part for part in get_args(kind) if part is not types.NoneType)
    return kind
