"""The words of a rubric that is being written: what is called what, and what keeps it from being a version."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pydantic import ValidationError

from app.domain.rubric_diff import Place
from app.domain.rubric_draft import HEAD, Part, place_of
from app.domain.value import ACROSS, Way
from app.words import tr

_QUOTED = re.compile("“([^“”]*)”")
SECTION_WORDS = {
    "head": tr("The rubric"),
    "dimension": tr("Dimension"),
    "exercise": tr("Exercise"),
    "plan": tr("Plan"),
    "area": tr("Area"),
    "skill": tr("Skill"),
    "kpi": tr("Measure"),
    "role": tr("Role card"),
    "levels": tr("Levels"),
    "onboarding": tr("First 90 days"),
    "gym": tr("Practice"),
}
FIELD_WORDS = {
    "name": tr("name"),
    "short": tr("everyday name"),
    "narrow": tr("narrow name"),
    "definition": tr("definition"),
    "rater_trap": tr("where raters go wrong"),
    "summary": tr("what it looks like"),
    "behaviours": tr("what is seen or heard"),
    "questions": tr("questions"),
    "text": tr("words"),
    "label": tr("label"),
    "probes": tr("probes"),
    "signals": tr("signals"),
    "brief": tr("brief"),
    "looks_at": tr("what it looks at"),
    "primary": tr("dimensions it shows"),
    "secondary": tr("dimensions it may show"),
    "minutes": tr("minutes"),
    "rounds": tr("rounds"),
    "note": tr("note"),
    "dimensions": tr("dimensions"),
    "must_have": tr("must-haves"),
    "plans": tr("plans"),
    "exercises": tr("exercises"),
    "level": tr("level"),
    "limits": tr("rule"),
    "hire_from": tr("a hire is supported from"),
    "mixed_from": tr("mixed from"),
    "min_raters": tr("raters a dimension needs"),
    "max_dimensions_per_interviewer": tr("dimensions one interviewer takes"),
    "version": tr("version"),
    "approvals": tr("approvals"),
    "target": tr("target"),
    "every": tr("how often"),
}
_LACKS = {
    "missing": tr("missing"),
    "string_too_short": tr("empty"),
    "string_too_long": tr("longer than {max_length} characters"),
    "too_short": tr("at least {min_length} needed"),
    "too_long": tr("{max_length} at most"),
    "greater_than_equal": tr("{ge} or more"),
    "less_than_equal": tr("{le} or less"),
    "fraction": tr("write it as 2.9 or 29/10"),
    "two_numbers": tr("write it as 1.0"),
    "plain": tr("begin with a letter, then letters, digits, _ and -"),
}


def part_words(part: Part) -> str:
    """What a part is called: its name, else its section and place."""
    if part.section in ("role", "levels", "onboarding", "gym", HEAD):
        return SECTION_WORDS[part.section]
    name = str(part.content.get("short") or part.content.get("name") or "").strip()
    return name or tr("{what} {n}").format(what=SECTION_WORDS[part.section], n=part.position + 1)


def lack_sentences(parts: Sequence[Part], invalid: ValidationError) -> list[str]:
    """Everything that keeps a draft from being a version, as sentences, in the order of the parts."""
    return [sentence for _, sentence in lacks(parts, invalid)]


def lacks(parts: Sequence[Part], invalid: ValidationError) -> list[tuple[int | None, str]]:
    """The same, each with the part it is about."""
    found: dict[tuple[int | None, str], None] = {}
    called = _names(parts)
    for error in invalid.errors(include_url=False):
        faults = error["ctx"]["faults"] if error["type"] == ACROSS else [((), "")]
        for inner, said in faults:
            way: Way = (*(p for p in error["loc"] if p != "[key]"), *inner)
            part, inside = place_of(parts, way)
            long_text = error["type"] == "too_long" and isinstance(error["input"], str)
            kind = "string_too_long" if long_text else error["type"]
            words = said or _LACKS.get(kind, str(error["msg"])).format(**error.get("ctx", {}))
            words = _QUOTED.sub(lambda quoted: f"“{called.get(quoted[1], quoted[1])}”", words)
            at = [_place_words(inside)] if _place_words(inside) else []
            name = part_words(part) if part is not None else tr("The rubric")
            sentence = tr("{part}: {what}.").format(part=name, what=": ".join([*at, words]))
            found[part.id if part is not None else None, sentence] = None
    return list(found)


def _names(parts: Sequence[Part]) -> dict[str, str]:
    """By id, what dimensions, exercises, skills and questions are called: a person never typed their ids."""
    found = {str(part.content["id"]): part_words(part) for part in parts if "id" in part.content}
    asked = [q for part in parts if part.section == "dimension" for q in part.content["questions"]]
    return found | {str(q["id"]): str(q["text"]) for q in asked if q.get("text")}


def _place_words(way: Way) -> str:
    """A place inside a part, as “anchor 3, what it looks like”."""
    words: list[str] = []
    for at, name in enumerate(way):
        following = way[at + 1] if at + 1 < len(way) else None
        if name == "anchors":
            words.append(tr("anchor {n}").format(n=following + 1) if isinstance(following, int) else tr("anchors"))
        elif name == "questions" and isinstance(following, int):
            words.append(tr("question {n}").format(n=following + 1))
        elif name == "rounds" and isinstance(following, int):
            words.append(tr("round {n}").format(n=following + 1))
        elif isinstance(name, str):
            words.append(FIELD_WORDS.get(name, name.replace("_", " ")))
    return ", ".join(words)


def change_words(place: Place) -> str:
    """Where a change stands, as “Systems design, anchor 3, what it looks like”."""
    section, *rest = place
    words = [FIELD_WORDS.get(section, SECTION_WORDS.get(section, section)).capitalize()]
    if section == "dimension":
        words = []
    words += [FIELD_WORDS.get(name, name.replace("_", " ")) for name in rest if name]
    return ", ".join(words)
