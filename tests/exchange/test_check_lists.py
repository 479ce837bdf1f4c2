"""The lists of the rubric check: every entry has its source, and no two say the same."""

from __future__ import annotations

import pytest

from app.domain.rubric_check.lists import Jurisdiction, NarrowingWord, NotAsked, pattern_of
from app.exchange.check_lists import check_lists

LISTS = check_lists()


@pytest.mark.parametrize("subject", LISTS.not_asked, ids=lambda s: s.id)
def test_a_subject_names_a_law_by_article(subject: NotAsked) -> None:
    assert all(len(law) > 10 for law in subject.law.values())
    eu, us = subject.law.get(Jurisdiction.EU, ""), subject.law[Jurisdiction.US]
    assert not eu or "Art." in eu
    assert any(code in us for code in ("USC", "CFR", "Code", "Law", "EEOC", "Laws"))
    assert len(set(subject.phrases)) == len(subject.phrases)


@pytest.mark.parametrize("word", LISTS.narrowing, ids=lambda w: w.id)
def test_a_word_has_a_source_and_better_ones_that_are_not_in_the_list(word: NarrowingWord) -> None:
    assert any(mark in word.source for mark in ("doi:", "Directive", "CFR", "USC", "EEOC", "NBER", "Guide", "guide"))
    assert not [w.id for w in LISTS.narrowing if pattern_of(w.words).search(word.better)]


def test_ids_stand_once_and_both_jurisdictions_have_their_subjects() -> None:
    for ids in ([s.id for s in LISTS.not_asked], [w.id for w in LISTS.narrowing]):
        assert len(set(ids)) == len(ids) >= 15
    wanted = {"age", "family", "pregnancy", "health", "religion", "origin", "orientation", "pay_history"}
    for jurisdiction in Jurisdiction:
        assert wanted <= {s.id for s in LISTS.under(jurisdiction).not_asked}
    assert LISTS.under().not_asked == ()


def test_a_phrase_of_words_finds_itself() -> None:
    for entry in (*(s.phrases for s in LISTS.not_asked), *(w.words for w in LISTS.narrowing)):
        for phrase in entry:
            words = [word.split("|")[0].removesuffix("*") for word in phrase.split() if word != "..."]
            assert pattern_of((phrase,)).search(" ".join(words)), phrase
