"""Questions that yes or no answers, that ask two things, or that say what to answer."""

from __future__ import annotations

import pytest

from app.domain.rubric_check.finding import RubricRule
from tests.domain.rubric_check.drafts import dimension, found, question, rubric

CLOSED = [
    "Would you describe yourself as organised?",
    "Have you ever led a team through an outage?",
    "Do you write tests before you merge?",
    "Is it important to document a model?",
    "Are you comfortable giving hard feedback?",
    "Can you work under pressure?",
    "Did your last release have a rollback plan?",
    "Have you worked with Kubernetes? And have you worked with Terraform?",
    "Do you know what a canary release is?",
    "Imagine the alert fires at two in the morning. Would you roll back?",
    "If the sponsor insists on the date, would you ship?",
    "Would you say that you are a good listener?",
    "Was your team's on-call load reasonable?",
    "Have you mentored engineers and did they grow?",
]
OPEN = [
    "Have you ever led a team through an outage? Tell me about the last one.",
    "Have you ever missed a date, and if so, what did you do?",
    "Can you tell me about a time you disagreed with your lead?",
    "Could you walk me through your last design?",
    "Would you roll back or fix forward?",
    "Do you prefer a monolith or services for this load, and why?",
    "What do you do when a test is flaky?",
    "Tell me about a time you had to say no.",
    "In which order would you raise these points?",
    "Offline ranking rose by 4%, the A/B test shows nothing, Product wants to launch. What now?",
    "Is there a release you regret? What happened?",
    "Which incident did your team have more than once?",
]
TWO = [
    "How do you handle conflict and how do you plan your week?",
    "What is your experience with Python, and why did you leave your last job?",
    "Describe a conflict you resolved and explain how you prioritise work.",
    "How do you test your code? What do you like about management?",
    "Tell me about a project you led. How do you deal with difficult stakeholders?",
    "How would you design a cache and how would you test a payment API?",
    "What motivates you, and where do you see yourself in five years?",
    "Which database would you choose for orders, and how do you coach junior engineers?",
    "How do you estimate work and why do teams miss deadlines?",
    "Tell me about your biggest failure and describe your management style.",
    "What are your strengths? How do you keep up with research?",
]
ONE = [
    "Tell me about a time you had no authority. What was at stake, what steps did you take, and what was the outcome?",
    "Describe a situation with a tight deadline. How did you prioritise your tasks?",
    "Give me an example of a goal you didn't meet and how you handled it.",
    "What is the most complex system you have designed? What made it complex and what trade-offs did you make?",
    "Suppose a customer reports data loss. What are your first three steps, and who do you inform?",
    "Tell me about a project that failed. What was your role, and how did you tell the sponsor?",
    "What would you do first, and why?",
    "How would you find the cause, and how would you prove it?",
    "Tell me about a deadline you missed. When did you know, who did you tell, and what changed since?",
    "You inherit a service with no tests. What do you do in the first week, and what do you leave alone?",
    "When did you last change your mind about a design? What convinced you?",
    "How do you open the meeting and where do you try to land it?",
    "Pick a design you own. What breaks first when traffic triples, and how would you notice?",
    "Data Science, SRE and Product each bring you a reasonable demand. How do you open and where do you try to land?",
    "What do you check before a release, and who can stop it?",
]
LEADING = [
    "Most good engineers write tests first - don't you?",
    "Don't you agree that tests matter?",
    "You would surely roll back first, right?",
    "Wouldn't you escalate that to the director?",
    "You'd tell the customer, wouldn't you?",
    "Isn’t it better to ship small changes?",
    "Surely you write a postmortem after each incident?",
    "Would you agree that documentation is everybody's job?",
    "How important is it to you to mentor others?",
    "As you know, monoliths are bad. How would you split this one?",
    "You prefer working in a team, correct?",
    "Obviously you test your code. How?",
    "I assume you have run a service in production?",
]
FREE = [
    "What would you do if the team disagreed with you?",
    "What do you agree with its owner before you build on it?",
    "When did you last agree to a date you doubted?",
    "You have seven engineers, a launch and a migration. What comes first?",
    "You have twenty minutes with them: how do you open?",
    "Tell me about a time you tried and couldn't fix a fault.",
    "What did you not ship, and what was the evidence?",
    "Why wouldn't you roll back here?",
    "What right does a user have to be forgotten?",
    "Which of these would you not change?",
]


def of(text: str, *rules: RubricRule) -> list[tuple[RubricRule, tuple[str, ...]]]:
    return [(f.rule, f.quotes) for f in found(rubric(dimension(questions=[question(text)])), *rules)]


@pytest.mark.parametrize("text", CLOSED)
def test_what_yes_or_no_answers_is_found(text: str) -> None:
    ((_, quotes),) = of(text, RubricRule.YES_OR_NO)
    assert quotes[0] in text


@pytest.mark.parametrize("text", [*OPEN, *TWO, *ONE, *FREE])
def test_what_asks_for_more_passes(text: str) -> None:
    assert not of(text, RubricRule.YES_OR_NO)


@pytest.mark.parametrize("text", TWO)
def test_what_asks_two_things_is_found(text: str) -> None:
    ((_, quotes),) = of(text, RubricRule.TWO_QUESTIONS)
    assert len(quotes) == 2
    assert all(quote in text for quote in quotes)


@pytest.mark.parametrize("text", [*ONE, *OPEN, *FREE])
def test_what_develops_one_thing_passes(text: str) -> None:
    assert not of(text, RubricRule.TWO_QUESTIONS)


@pytest.mark.parametrize("text", LEADING)
def test_what_says_the_answer_is_found_and_not_called_closed_too(text: str) -> None:
    ((rule, quotes),) = of(text, RubricRule.LEADING, RubricRule.YES_OR_NO)
    assert rule is RubricRule.LEADING
    assert quotes[0] in text.replace("’", "'")


@pytest.mark.parametrize("text", [*FREE, *OPEN, *ONE, *CLOSED, *TWO])
def test_what_leaves_the_answer_open_passes(text: str) -> None:
    assert not of(text, RubricRule.LEADING)


def test_a_probe_may_be_short_and_closed_but_not_lead() -> None:
    asked = question("What did you change?", "Did it hold?", "And it held, didn't it?")
    (finding,) = found(rubric(dimension(questions=[asked])), RubricRule.YES_OR_NO, RubricRule.LEADING)
    assert finding.place == ("dimensions", 0, "questions", 0, "probes", 1)
    assert finding.rule is RubricRule.LEADING
