"""What a change was (`Op`), what kind of thing a row is (`Kind`), and what can never be undone."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """A kind of thing, by the word a person reads where one is missing."""

    WORKSPACE = "workspace"
    COLLEAGUE = "colleague"
    RUBRIC = "rubric"
    OPENING = "opening"
    PLAN = "plan"
    CANDIDATE = "candidate"
    APPLICATION = "application"
    INTERVIEW = "interview"
    SCORECARD = "scorecard"
    DEBRIEF = "debrief"
    DECISION = "decision"
    OFFER = "offer"
    FILE = "file"
    PACKET = "packet"
    TRAINING = "training"
    GUIDE = "guide"
    MEMBER = "member"
    ASSESSMENT = "assessment"
    FACT = "fact"
    CYCLE = "cycle"
    GROWTH = "growth"


class Op(StrEnum):
    """One thing a person can do that writes. The history keeps these words; they are never renamed."""

    CREATE_WORKSPACE = "create workspace"
    CHANGE_SETTINGS = "change settings"
    ADD_COLLEAGUE = "add colleague"
    EDIT_COLLEAGUE = "edit colleague"
    REMOVE_COLLEAGUE = "remove colleague"
    ADOPT_RUBRIC = "adopt rubric"
    DRAFT_RUBRIC = "draft rubric"
    MAKE_RUBRIC_VERSION = "make rubric version"
    RETIRE_QUESTION = "retire question"
    ADD_OPENING = "add opening"
    EDIT_OPENING = "edit opening"
    CANCEL_OPENING = "cancel opening"
    CHANGE_STAGES = "change stages"
    KEEP_STAGES = "keep stages"
    TELL_PAY = "tell pay"
    KEEP_MAIL_TEXT = "keep mail text"
    WRITE_MAILS = "write mails"
    INVITE = "invite"
    PLAN_ROUNDS = "plan rounds"
    PUT_OFF = "put off"
    CHANGE_PLAN = "change plan"
    REVISE_PLAN = "revise plan"
    KEEP_TEMPLATE = "keep template"
    REMOVE_TEMPLATE = "remove template"
    ADD_CANDIDATE = "add candidate"
    EDIT_CANDIDATE = "edit candidate"
    IMPORT_CANDIDATES = "import candidates"
    TAG_CANDIDATE = "tag candidate"
    NOTE_CANDIDATE = "note candidate"
    GIVE_ANSWER = "give answer"
    MERGE_CANDIDATES = "merge candidates"
    TELL_APART = "tell apart"
    ADD_APPLICATION = "add application"
    MOVE_APPLICATION = "move application"
    CLOSE_APPLICATION = "close application"
    REOPEN_APPLICATION = "reopen application"
    TRANSFER_APPLICATION = "transfer application"
    HOLD_APPLICATION = "hold application"
    GIVE_OWNER = "give owner"
    LIST_REASONS = "list reasons"
    KEEP_VIEW = "keep view"
    ADD_INTERVIEW = "add interview"
    EDIT_INTERVIEW = "edit interview"
    REMOVE_INTERVIEW = "remove interview"
    ATTACH_FILE = "attach file"
    REMOVE_FILE = "remove file"
    DRAFT_CARD = "draft card"
    SUBMIT_CARD = "submit card"
    AMEND_CARD = "amend card"
    OPEN_CARDS = "open cards"
    CARDS_OPENED = "cards opened"
    BRING_FORM = "bring form"
    RECORD_CONSENT = "record consent"
    ADD_TRANSCRIPT = "add transcript"
    DELETE_TRANSCRIPT = "delete transcript"
    START_DEBRIEF = "start debrief"
    WALK_DIMENSION = "walk dimension"
    SECOND_SCORES = "second scores"
    RESOLVE_FLAG = "resolve flag"
    DRAFT_DECISION = "draft decision"
    DECIDE = "decide"
    APPROVE = "approve"
    NAME_APPROVER = "name approver"
    DRAFT_OFFER = "draft offer"
    MOVE_OFFER = "move offer"
    EXPORT_PACKET = "export packet"
    COPY_FILE = "copy file"
    TRAIN = "train"
    ADOPT_GUIDE = "adopt guide"
    ADD_MEMBER = "add member"
    EDIT_MEMBER = "edit member"
    REMOVE_MEMBER = "remove member"
    IMPORT_MEMBERS = "import members"
    IMPORT_COLLEAGUES = "import colleagues"
    KEEP_IMPORT_MAP = "keep import map"
    CHANGE_LEVEL = "change level"
    DRAFT_ASSESSMENT = "draft assessment"
    SUBMIT_ASSESSMENT = "submit assessment"
    AMEND_ASSESSMENT = "amend assessment"
    BRING_ASSESSMENT = "bring assessment"
    ADD_FACT = "add fact"
    EDIT_FACT = "edit fact"
    SHARE_FACT = "share fact"
    ADD_CYCLE = "add cycle"
    EDIT_CYCLE = "edit cycle"
    PROPOSE = "propose"
    SAY_RELATION = "say relation"
    START_SESSION = "start session"
    CHOOSE_STORY = "choose story"
    TALK_PROPOSAL = "talk proposal"
    CYCLE_VOTE = "cycle vote"
    SEAT_COMMITTEE = "seat committee"
    OPEN_VOTE = "open vote"
    CAST_VOTE = "cast vote"
    EXCUSE_FROM_VOTE = "excuse from vote"
    END_VOTE = "end vote"
    CYCLE_DECIDE = "cycle decide"
    CLOSE_CYCLE = "close cycle"
    REOPEN_CYCLE = "reopen cycle"
    PLAN_GROWTH = "plan growth"
    CHANGE_GOAL = "change goal"
    CHECK_IN = "check in"
    ONBOARD = "onboard"
    ERASE = "erase"
    UNDO = "undo"
    REDO = "redo"


DECLARED = frozenset(
    {
        Op.CREATE_WORKSPACE,
        Op.ADOPT_RUBRIC,
        Op.MAKE_RUBRIC_VERSION,
        Op.REVISE_PLAN,
        Op.SUBMIT_CARD,
        Op.AMEND_CARD,
        Op.OPEN_CARDS,
        Op.CARDS_OPENED,
        Op.BRING_FORM,
        Op.ADD_TRANSCRIPT,
        Op.DELETE_TRANSCRIPT,
        Op.START_DEBRIEF,
        Op.SECOND_SCORES,
        Op.RESOLVE_FLAG,
        Op.DECIDE,
        Op.APPROVE,
        Op.EXPORT_PACKET,
        Op.COPY_FILE,
        Op.WRITE_MAILS,
        Op.INVITE,
        Op.TRAIN,
        Op.ADOPT_GUIDE,
        Op.SUBMIT_ASSESSMENT,
        Op.AMEND_ASSESSMENT,
        Op.BRING_ASSESSMENT,
        Op.START_SESSION,
        Op.CYCLE_VOTE,
        Op.OPEN_VOTE,
        Op.CAST_VOTE,
        Op.EXCUSE_FROM_VOTE,
        Op.END_VOTE,
        Op.CYCLE_DECIDE,
        Op.CLOSE_CYCLE,
        Op.REOPEN_CYCLE,
        Op.ERASE,
    }
)
"""Corrected by a new entry with a reason, never undone."""

KIT = "interview kit"
"""What a kit that was handed out is called among the packets of an application."""
