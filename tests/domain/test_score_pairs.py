"""One rater beside the others, and later scores beside earlier ones, worked by hand."""

from __future__ import annotations

from app.domain.agreement import RaterScore
from app.domain.score_pairs import Moves, Standing, moves_of, standing_of

A, B, C = 1, 2, 3


def cell(number: int, **scores: int) -> list[RaterScore]:
    return [RaterScore(1, number, "d", {"a": A, "b": B, "c": C}[who], score) for who, score in scores.items()]


def test_somebody_stands_beside_the_mean_of_the_others_alone() -> None:
    scored = [
        *cell(1, a=3, b=2, c=4),  # the mean of the others is 3
        *cell(2, a=3, b=3, c=2),  # 2.5
        *cell(3, a=3, b=3, c=4),  # 3.5
        *cell(4, a=2, b=2),
        *cell(5, a=4),  # nobody else
        *cell(6, b=1, c=4),  # not theirs
    ]
    assert standing_of(scored, A) == Standing(above=1, same=2, below=1)
    assert standing_of(scored, A).cells == 4
    assert standing_of(scored, 9) == Standing()
    assert standing_of(reversed(scored), A) == standing_of(scored, A)


def test_moves_by_how_far_two_scores_lie_apart() -> None:
    found = moves_of([(2, 2), (2, 3), (3, 2), (1, 3), (4, 1), (3, 3)])
    assert found == Moves(same=2, up=1, down=1, further=2)
    assert found.pairs == 6
    assert found + Moves(same=1) == Moves(3, 1, 1, 2)
