"""What must not be asked, and words that narrow the field, by the lists that come with Tenfold."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from app.domain.exercise import Exercise
from app.domain.rubric_check.finding import RubricRule
from app.domain.rubric_check.lists import Jurisdiction, NarrowingWord, pattern_of
from app.exchange.check_lists import check_lists
from tests.domain.rubric_check.drafts import anchor, dimension, found, question, rubric, unfinished

LISTS = check_lists()

ASKED = [
    "How old are you?",
    "When did you graduate from university?",
    "In what year were you born?",
    "How many years until you retire?",
    "Are you too young for this team?",
    "How would you feel reporting to someone younger?",
    "Are you married?",
    "Do you have children, or plan to have any?",
    "Who looks after your children when you are on call?",
    "Do you plan to start a family soon?",
    "What does your husband think about the travel?",
    "How do you balance work and family?",
    "What are your childcare arrangements?",
    "What does your partner do?",
    "Are you pregnant?",
    "Do you intend to take maternity leave?",
    "Do you have any disabilities?",
    "How is your health?",
    "Do you have a medical condition that could affect your work?",
    "How many sick days did you take last year?",
    "Are you taking any medication?",
    "Have you ever been treated for depression?",
    "Do you suffer from anxiety?",
    "What religion are you?",
    "Do you go to church on Sundays?",
    "Which religious holidays do you observe?",
    "Would you be willing to take off your headscarf?",
    "Where are you originally from?",
    "Where were you born?",
    "What is your native language?",
    "Where is your accent from?",
    "What is your nationality?",
    "Are you a US citizen?",
    "Do you have a green card?",
    "What is your current salary?",
    "How much did you earn in your last job?",
    "What did your last employer pay you?",
    "What are you making now?",
    "What is your salary history?",
    "What was your compensation at your previous company?",
    "Can you share a payslip?",
    "Are you a member of a trade union?",
    "Who did you vote for?",
    "What are your political views?",
    "Have you ever been arrested?",
    "Do you have a criminal record?",
    "Are you gay?",
    "As a woman, how would you lead a team of men?",
    "What is your gender?",
    "Have you served in the military?",
    "What type of discharge did you receive?",
    "How is your credit score?",
    "Do you own your home?",
    "How tall are you?",
    "Does anyone in your family have a hereditary disease?",
    "Do you smoke?",
    "Do you live with your parents?",
    "Is there anything in your personal life that would keep you from travelling?",
    "Do you drink?",
    "What would your wife say about the move?",
]
FREE = [
    "What salary would you expect for this role?",
    "How would you protect patients' medical records in a training set?",
    "A report of yours asks for parental leave in the middle of the launch. What do you do?",
    "How would you test a model for bias by age or gender?",
    "Tell me about the oldest system you have run. How old was it?",
    "Where did your requirements come from?",
    "How do you balance latency and cost in a model family?",
    "What does a healthy on-call rota look like to you?",
    "Where were your models trained, and by whom?",
    "How do you age out stale features?",
    "What is your background in streaming systems?",
    "What does your partner team expect of you?",
    "Which party to a contract owns the schema?",
    "When did you last take a break from a project?",
    "What did you make of the review?",
    "How is the health of your service measured?",
    "What is the origin of your training data?",
    "What was the conviction behind your bet?",
    "How did you learn to write design documents?",
    "Your team's disability insurance model drifts. What do you do?",
    "Which state does your service keep in memory?",
    "How do you make a decision with half the data?",
    "What pay-off did you see from the migration?",
    "How do you race-proof a cache?",
    "Your parents in the dependency graph changed. What breaks?",
    "What do you do now, and what did you do last year?",
    "Where do you get your data from?",
    "Where would you go from here?",
    "What would you do if a colleague fell ill during an incident?",
    "How much did you make the service faster?",
    "How did you learn that the service was down?",
    "Have you been on the receiving end of a hard review?",
    "When do you plan to retire a model?",
    "How do you measure your model's gender bias?",
    "How is your cluster's health shown?",
    "How did you find your race condition?",
    "Are you using a single region?",
    "Where are you getting the data from?",
    "How do you predict a disease from scans?",
    "What would you make different now?",
    "What would you do when the training data is too old?",
    "What technical debt have you paid down last year?",
    "How would you act as a man in the middle of a fight over priorities?",
    "Which proposal did you vote for in the review?",
    "Are you expecting growth in traffic?",
    "What was your last package release?",
    "What would you like to be paid?",
]
NARROW = [
    "We need a rockstar who ships",
    "Is a coding ninja",
    "A true digital native",
    "Works well with the young team",
    "Native speaker of English",
    "Gets on with the guys in operations",
    "Is a good culture fit",
    "He explains his decisions to the board",
    "Takes an aggressive stance in negotiations",
    "Dominates the discussion",
    "Is assertive in meetings",
    "Energetic and full of ideas",
    "Is a recent graduate of a top university",
    "Has the manpower to deliver",
    "Would pass the sanity check of a reviewer",
    "Comes from an Ivy League school",
    "Handles crazy workloads",
    "Could explain it to a grandmother",
    "Fits in with our culture",
    "Is able-bodied and can travel",
    "Speaks without an accent",
    "Natural leader with killer instinct",
    "Acts like a chairman of the board",
    "Is overqualified for the role",
    "Works hard and plays hard, like a family",
]
WIDE = [
    "Uses aggressive caching with a stated limit",
    "Names the dominant cost of a design",
    "Keeps the younger services on the same release train",
    "Uses the setup wizard of the platform",
    "Names who they asked and what they changed",
    "Explains the theory to a new joiner",
    "The chairs of both groups agreed",
    "Humanely handles layoffs",
    "Shares the history of a fault with the team",
    "Names the heritage of a data set",
    "Keeps high energy use in the data centre down",
    "Runs the interview with written criteria",
    "Manages the release without heroics",
    "Shows the cultural change after the merger",
    "Speaks of the nature of the fault",
]


@pytest.mark.parametrize("text", ASKED)
def test_what_must_not_be_asked_is_found_in_questions_and_probes(text: str) -> None:
    asked = [question(text, name="q1"), question("What broke?", text, name="q2")]
    findings = found(rubric(dimension(questions=asked)), RubricRule.NOT_TO_BE_ASKED, lists=LISTS)
    assert {f.where[3:] for f in findings} == {("q1", "text"), ("q2", "probes")}
    assert all(f.quotes[0] in text and f.better and f.sources for f in findings)


@pytest.mark.parametrize("text", FREE)
def test_what_is_about_the_work_may_be_asked(text: str) -> None:
    assert not found(rubric(dimension(questions=[question(text)])), RubricRule.NOT_TO_BE_ASKED, lists=LISTS)


def test_whose_law_is_said_and_can_be_chosen() -> None:
    of = rubric(dimension(questions=[question("How is your credit score? What is your current salary?")]))
    both = {f.entry: f.sources for f in found(of, RubricRule.NOT_TO_BE_ASKED, lists=LISTS)}
    assert [s[:4] for s in both["pay_history"]] == ["EU: ", "US: "]
    assert [s[:4] for s in both["money"]] == ["US: "]
    (only,) = found(of, RubricRule.NOT_TO_BE_ASKED, lists=LISTS.under(Jurisdiction.EU))
    assert (only.entry, len(only.sources)) == ("pay_history", 1)
    assert "2023/970" in only.sources[0]


@pytest.mark.parametrize("text", NARROW)
def test_a_word_that_narrows_the_field_is_found(text: str) -> None:
    findings = found(rubric(dimension(anchors=[anchor(3, text)])), RubricRule.NARROWING, lists=LISTS)
    assert findings
    assert all(f.quotes[0] in text and f.better and f.sources for f in findings)


@pytest.mark.parametrize("text", WIDE)
def test_the_same_letters_in_another_sense_pass(text: str) -> None:
    assert not found(rubric(dimension(anchors=[anchor(3, text)])), RubricRule.NARROWING, lists=LISTS)


def test_every_text_is_read_but_a_rater_s_trap() -> None:
    brief = unfinished(Exercise, id="e", name="", brief="A talk with the guys", looks_at=("energetic replies",))
    trap = dimension().model_copy(update={"rater_trap": "Culture fit is no evidence", "definition": "A rockstar"})
    findings = found(rubric(trap, exercises=(brief,)), RubricRule.NARROWING, lists=LISTS)
    assert [f.entry for f in findings] == ["star", "guys", "energetic"]


def test_two_words_in_one_text_are_two_findings_that_can_be_set_aside_apart() -> None:
    findings = found(rubric(dimension(anchors=[anchor(3, "A ninja among guys")])), RubricRule.NARROWING, lists=LISTS)
    assert len({f.key for f in findings}) == 2


@pytest.mark.parametrize(
    ("phrase", "text", "quoted"),
    [
        ("your age", "What is YOUR  age?", "YOUR  age"),
        ("your age", "Manage your agenda", None),
        ("don't ask", "Please don’t ask", "don’t ask"),
        ("old* boss|lead", "an older lead", "older lead"),
        ("you ... born", "you were, I think, born here", "you were, I think, born"),
        ("you ... born", "you know. Born here", None),
        ("you ... born", "you one two three four five born", None),
        ("well-read", "well‑read", "well‑read"),
    ],
)
def test_how_a_phrase_is_matched(phrase: str, text: str, quoted: str | None) -> None:
    match = pattern_of((phrase,)).search(text)
    assert (match[0] if match else None) == quoted


@pytest.mark.parametrize("phrase", ["", "Guys", "a (b)", "guys ...", "a||b", "*", "a  b"])
def test_a_phrase_that_is_none_is_refused(phrase: str) -> None:
    with pytest.raises(ValidationError):
        NarrowingWord(id="a", words=(phrase,), narrows="age", better="b", source="c")
