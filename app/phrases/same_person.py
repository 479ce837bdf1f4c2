"""What two candidates have in common, in words."""

from __future__ import annotations

from collections.abc import Iterable

from app.domain.same_person import Why
from app.words import sentence_list, tr


def why_words(why: Iterable[Why]) -> str:
    """'the same mail address and the same name'."""
    words = {
        Why.MAIL: tr("the same mail address"),
        Why.PHONE: tr("the same number"),
        Why.LINK: tr("the same link"),
        Why.NAME: tr("the same name"),
        Why.NEAR_NAME: tr("nearly the same name"),
    }
    return sentence_list([words[one] for one in why])
