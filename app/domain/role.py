"""The role card: what the job is for, whom it works with, what it decides, and who approves a hire into it."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from app.domain.value import Fault, Id, Label, Text, Value, refuse

Several = Annotated[tuple[Text, ...], Field(min_length=1)]


class Stakeholder(Value):
    """A function the role works with, and on what."""

    name: Text
    what: Text


class Responsibilities(Value):
    """One group of what the role answers for."""

    group: Label
    items: Several


class DecisionRights(Value):
    """What is decided alone, what with peers, what needs approval, and who decides a hire."""

    alone: Several
    with_peers: Several
    needs_approval: Several
    hiring: Text


class Approver(Value):
    """One place in the chain of a hire; exactly one decides, the others approve after it."""

    role: Label
    verb: Literal["decides", "approves"]


class Escalation(Value):
    """Where something goes that cannot be settled here."""

    to: Text
    when: Text


class Role(Value):
    """The card of one role at one level."""

    title: Text
    level: Id
    purpose: Text
    outcomes: Several
    reports_to: Text
    team: Text
    stakeholders: Annotated[tuple[Stakeholder, ...], Field(min_length=1)]
    responsibilities: Annotated[tuple[Responsibilities, ...], Field(min_length=1)]
    decision_rights: DecisionRights
    approvals: Annotated[tuple[Approver, ...], Field(min_length=1)]
    escalation: tuple[Escalation, ...] = ()

    @model_validator(mode="after")
    def _one_decides_first(self) -> Self:
        verbs = [a.verb for a in self.approvals]
        if verbs[0] != "decides" or verbs.count("decides") != 1:
            refuse([Fault(("approvals",), "the first here must decide, and no other")])
        return self
