"""The words of the tables that are exported: the name of each one's file, and what a row of it is."""

from __future__ import annotations

from collections.abc import Sequence

from app.words import ntr, tr

Described = tuple[str, str, int, int, list[tuple[str, str]]]
"""A table that is written: its file, what a row is, how many rows, how many are left out, its columns in words."""


def table_words(table: str) -> tuple[str, str]:
    """The name of a table's file or sheet, and what a row of it is. Raises KeyError for a table that is not known."""
    return {**_of_hiring(), **_of_panels(), **_of_growth(), **_of_the_workspace()}[table]


def _of_hiring() -> dict[str, tuple[str, str]]:
    return {
        "opening": (tr("openings"), tr("a job to fill")),
        "opening_closing": (tr("closings of openings"), tr("one closing of an opening, also where it was reopened")),
        "stage": (tr("stages"), tr("a stage of an opening's board")),
        "candidate": (tr("candidates"), tr("a person who may be hired")),
        "contact": (tr("contacts"), tr("a mail address, telephone number or link of a candidate")),
        "tag": (tr("tags"), tr("a word put to a candidate")),
        "candidate_note": (tr("notes on candidates"), tr("what somebody noted about a candidate")),
        "further_fact": (tr("further facts"), tr("a fact about a candidate for which Tenfold has no field")),
        "merged_candidate": (tr("merged candidates"), tr("two entries of one person that were made one")),
        "two_people": (tr("told apart"), tr("two candidates of whom somebody said that they are two people")),
        "application": (tr("applications"), tr("a candidate in one opening")),
        "stage_entry": (tr("stage entries"), tr("one stay of an application in a stage")),
        "closing": (tr("closings of applications"), tr("one closing of an application, also where it was reopened")),
        "hold": (tr("holds"), tr("a time during which an application waits on purpose")),
        "attachment": (tr("attached files"), tr("a file attached to an application; what it holds is not in here")),
        "packet": (tr("packets of candidates"), tr("a packet about an application that was made")),
        "mail_draft": (tr("mail drafts"), tr("a draft of a mail to a candidate that was written to a file")),
        "imported_card": (tr("cards from elsewhere"), tr("a card that came from another program, counted nowhere")),
        "imported_mark": (tr("marks from elsewhere"), tr("what such a card says on one attribute")),
        "invitation": (tr("invitations"), tr("what was last written to a calendar file about a round")),
        "offer": (tr("offers"), tr("an offer to a candidate")),
        "offer_amount": (tr("offer amounts"), tr("money of an offer")),
        "offer_term": (tr("offer terms"), tr("a further term of an offer, such as place, hours or leave")),
        "offer_event": (tr("offer events"), tr("a change of an offer's status")),
    }


def _of_panels() -> dict[str, tuple[str, str]]:
    return {
        "plan": (tr("interview plans"), tr("one version of an opening's interview plan, with its rule")),
        "plan_round": (tr("plan rounds"), tr("one round of an interview plan")),
        "plan_seat": (tr("plan seats"), tr("a place in a round of a plan")),
        "interview": (tr("interviews"), tr("one round for one application, with its interviewer and its time")),
        "recording_consent": (tr("recording consents"), tr("that a candidate agreed to the recording of an interview")),
        "scorecard": (tr("scorecards"), tr("one interviewer's card of one interview")),
        "rating": (tr("ratings"), tr("a score on one dimension of a card, or why there is none")),
        "note": (tr("evidence on cards"), tr("a line on a card: evidence, or a note of your own")),
        "observed_signal": (tr("signals observed"), tr("a signal of the rubric that was ticked on a card")),
        "asked_question": (tr("questions asked"), tr("a question of the rubric that was asked in an interview")),
        "returned_form": (tr("forms back"), tr("a filled form that came back and became a card")),
        "debrief": (tr("debriefs"), tr("a meeting over an application's cards")),
        "debrief_walk": (tr("debrief dimensions"), tr("one dimension of a debrief, walked or skipped")),
        "second_vote": (tr("second votes"), tr("a silent second vote on a dimension in a debrief")),
        "second_score": (tr("second scores"), tr("one person's score in such a vote")),
        "flag_resolution": (tr("red flags resolved"), tr("what a debrief made of a red flag")),
        "decision": (tr("decisions"), tr("what was decided on an application; the newest one holds")),
        "dissent": (tr("dissents"), tr("a colleague's disagreement with a decision, by name")),
        "approval": (tr("approvals"), tr("one place in a decision's chain of approvals")),
    }


def _of_growth() -> dict[str, tuple[str, str]]:
    return {
        "member": (tr("members"), tr("a colleague whose level and growth are kept here")),
        "level_spell": (tr("levels held"), tr("a level a member held, from a day on")),
        "assessment": (tr("assessments"), tr("one rater's ratings of a member against a level")),
        "relation_entry": (
            tr("relations said later"),
            tr("how a rater stands to the member, said after theirs was in"),
        ),
        "assessment_rating": (tr("assessment ratings"), tr("a score on one dimension of an assessment")),
        "fact": (tr("evidence about members"), tr("a dated thing that was seen of a member on a dimension")),
        "returned_assessment": (tr("assessment forms back"), tr("a filled form that became an assessment")),
        "cycle": (tr("calibrations"), tr("a calibration")),
        "proposal": (tr("proposals"), tr("a member in a calibration, with the level proposed for them")),
        "work_story": (tr("pieces of work"), tr("a piece of work chosen for a promotion packet")),
        "cycle_vote": (tr("calibration votes"), tr("a silent second vote on one cell in a session")),
        "cycle_score": (tr("calibration scores"), tr("one person's score in such a vote")),
        "committee_seat": (tr("committee seats"), tr("somebody on the committee of a calibration")),
        "committee_recusal": (tr("recusals"), tr("somebody of a committee who leaves a case to the others")),
        "committee_vote": (tr("committee votes"), tr("a silent vote of a committee on the outcome for a member")),
        "committee_turn": (tr("votes by seat"), tr("how a seat's part in such a vote ended")),
        "cycle_outcome": (tr("calibration outcomes"), tr("what was decided on a proposal; the newest one holds")),
        "cycle_dissent": (tr("calibration dissents"), tr("a disagreement with an outcome, by name")),
        "growth_plan": (tr("growth plans"), tr("what a member grows towards; the newest one holds")),
        "goal": (tr("goals"), tr("a goal of a growth plan")),
        "goal_action": (tr("actions"), tr("an action of a goal: when …, I will …")),
        "growth_talk": (tr("check-ins"), tr("a check-in of a growth plan or of the first year")),
        "first_year": (tr("first years"), tr("the plan of a member's first year")),
        "onboarding_goal": (tr("first-year goals"), tr("how far one goal of a first year is")),
        "own_note": (tr("your own notes"), tr("a note of yours on a growth plan or a check-in")),
        "member_packet": (tr("packets of members"), tr("a packet about a member that was made")),
    }


def _of_the_workspace() -> dict[str, tuple[str, str]]:
    return {
        "workspace": (tr("workspace"), tr("the workspace itself")),
        "colleague": (tr("colleagues"), tr("anybody on our side")),
        "rubric_version": (tr("rubrics"), tr("a version of a rubric; its text is exported as YAML or XLSX")),
        "guide_version": (tr("leveling guides"), tr("a version of a leveling guide; its text is exported as YAML")),
        "retired_question": (tr("retired questions"), tr("a question of a rubric that is asked no more")),
        "set_aside": (tr("findings set aside"), tr("a finding of the rubric check that somebody set aside")),
        "training": (tr("your practice"), tr("a written answer you scored in the calibration gym")),
        "close_reason": (tr("reasons of closing"), tr("a reason that is offered when an application is closed")),
        "stage_template": (tr("stage templates"), tr("stages kept under a name for further openings")),
        "letter_template": (tr("letter templates"), tr("the workspace's own words of a letter to members")),
        "mail_template": (tr("mail templates"), tr("the workspace's own words of a mail in one language")),
    }


def tables_readme(tables: Sequence[Described]) -> str:
    """What stands beside the exported tables: each file, its columns and what they mean, and what is left out."""
    lines = [
        tr("The tables of a Tenfold workspace, as its user may see them."),
        "",
        tr("What is in here: one table a file, with the columns named below. The numbers under “No.” tie them."),
        tr("Texts are on one line. A cell that a spreadsheet would take for a formula begins with an apostrophe."),
        tr("Moments are in the workspace’s time zone, days are year, month, day."),
        "",
        tr("What is left out:"),
        *[f"- {words}" for words in _left_out_lines(tables)],
    ]
    for name, about, rows, left_out, columns in tables:
        count = ntr("{n} row", "{n} rows", rows)
        lines += ["", tr("{name}: {about}. {count}.").format(name=name, about=about, count=count)]
        if left_out:
            lines.append(f"  {left_out_count(left_out)}")
        lines += [f"  {heading}: {meaning}" for heading, meaning in columns]
    return "\r\n".join([*lines, ""])


def left_out_count(count: int) -> str:
    """How many rows of a table its exporter may not see."""
    return ntr(
        "{n} more is left out, because it is sealed to you.",
        "{n} more are left out, because they are sealed to you.",
        count,
    )


def _left_out_lines(tables: Sequence[Described]) -> list[str]:
    hidden = any(left_out for _, _, _, left_out, _ in tables)
    sealed = tr("Cards, assessments, decisions and proposals that are sealed to you: how many is said below.")
    return [
        f"{sealed} {tr('What stands on them is not counted.')}" if hidden else tr("Nothing is sealed to you now."),
        tr("Notes, evidence, practice and work put off that are somebody else’s alone. They are not counted."),
        tr("What candidates said of themselves of their own will: it is shown as rates of groups alone."),
        tr("Transcripts, the content of files, the history, and what somebody is still writing."),
        tr("What the program keeps as one piece: rubrics and guides (export them as YAML), plans and views by name."),
    ]
