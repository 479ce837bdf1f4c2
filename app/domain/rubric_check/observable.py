"""Anchors in which there is nothing to see or hear: what a person is said to be, know or feel, and nothing they do.

A line counts as a mere state only where it begins with one and goes on to no act; every line that is not recognised is
let pass. English words only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.domain.rubric_check.draft import DraftAnchor, DraftDimension
from app.domain.rubric_check.english import vocabulary, words
from app.domain.rubric_check.finding import Finding, RubricRule

_PARTS = re.compile(r"[,;:.!?()–—]|\b(?:and|but|or|who|which|that|so)\b", re.IGNORECASE)
_SHOWN_BY = re.compile(
    r"\b(?:by|when|while|after|before) (?!being\b|having\b|knowing\b)\w+ing\b|\b(?:shown|seen) (?:by|in)\b"
)
_PASSED = vocabulary(
    "always often never sometimes rarely usually also still just very quite rather highly extremely really so does "
    "do did not doesn't don't didn't cannot can't can will would may might to they he she the candidate person "
    "someone somebody"
)
_ABLE = vocabulary("can could will would may might to")
_STATES = vocabulary(
    "know understand believe think feel like love enjoy value appreciate care want wish hope possess realise "
    "realize grasp comprehend respect prefer aspire seem appear dislike hate fear desire"
)
_HAVING = vocabulary(
    "has have had lacks lack shows show demonstrates demonstrate displays exhibits possesses brings bring gives "
    "radiates exudes conveys with"
)
_BEING = vocabulary("is are was were be being remains stays becomes comes seems appears")
_TRAITS = vocabulary(
    "abilities ability achiever adaptability all-rounder ambition appreciation aptitude attitude attitudes "
    "awareness background capabilities capability character charisma command commitment communicator competence "
    "competency confidence creativity curiosity dedication drive empathy energy enthusiasm ethic excellence "
    "experience expert expertise familiarity flexibility fluency fundamentals genius go-getter grasp gravitas guru "
    "humility initiative insight instinct instincts integrity intellect intelligence interest interests judgement "
    "judgment knowledge leader leadership learner listener maturity mentality mind mindset motivation ninja "
    "ownership passion performer personality player positivity potential presence pride problem-solver "
    "professionalism proficiency resilience rockstar self-awareness self-confidence self-starter sense skill skills "
    "star talent temperament thinker thinking understanding vision will willingness"
)
_QUALITIES = vocabulary(
    "able-minded adaptable ambitious analytical articulate assertive authentic aware brilliant bright calm capable "
    "careful charismatic clever collaborative comfortable committed competent confident conscientious considerate "
    "courageous creative credible curious decisive dedicated dependable detail-oriented determined diligent "
    "disciplined driven dynamic eager empathetic empathic energetic engaged enthusiastic experienced expert "
    "familiar fearless flexible focused focussed forward-thinking friendly hard-working hardworking helpful honest "
    "humble independent innovative inquisitive insightful inspiring intelligent interested intelligible keen kind "
    "knowledgeable likeable logical loyal mature mindful motivated open open-minded optimistic organised organized "
    "outgoing passionate patient personable positive practical pragmatic proactive productive professional "
    "proficient qualified reliable resilient resourceful respectful respected responsible rigorous self-aware "
    "self-motivated self-reliant sensible sharp skilled smart sociable strategic supportive talented technical "
    "tenacious thorough thoughtful trustworthy trusted versatile visionary well-organised well-organized "
    "well-rounded willing wise hungry lazy arrogant negative passive weak poor good great excellent strong solid "
    "deep broad basic advanced limited outstanding exceptional superb natural high low sound clear wide genuine "
    "healthy real true some no little much growing working can-do interpersonal communication people team born "
    "inexperienced unmotivated disorganised incompetent unreliable"
)
_SMALL = vocabulary("a an the in of for with at on to about as their own any")
_ACTS = vocabulary(
    "act adapt add agree analyse analyze answer apply approve argue attend ask assign automate begin break bring "
    "build calculate call catch challenge change check choose close coach code collect compare complete compute "
    "contain contribute correct count create cut debug decide define delegate deliver demonstrate deploy describe "
    "design develop diagnose divide document draft draw drive encourage ensure escalate estimate evaluate explain "
    "facilitate fetch find finish fix follow force gather get give grow guide handle help hire hold host identify "
    "implement improve interview introduce investigate invite isolate justify keep lay lead learn link list listen "
    "log look make manage map measure mentor merge mitigate migrate miss model monitor move name negotiate offer "
    "open organise organize own pair participate persuade pick plan present prevent prioritise prioritize produce "
    "propose protect prove publish pull put question quote raise rank read record reduce refactor refuse reject "
    "release remove repair replace reply report reproduce request resolve restate review revise roll run say "
    "schedule seek sell send separate set share ship show sign simplify size sketch solve speak split stand start "
    "state stop summarise summarize support swap switch take talk teach tell test trace track train translate turn "
    "update use validate verify wait walk warn weigh win withdraw work write"
)
_PAST_ACTS = vocabulary(
    "built broke brought came caught chose cut did drew found gave got grew held kept laid led made ran read said "
    "sent set shown showed sold spoke stood stopped taught told took won wrote"
)
_OBJECTS = vocabulary(
    "a an the what how why when where which whether who it them this that these those its his her their our own "
    "each one two three every others other people to up out down off through against into"
)


def nothing_seen(dimension: DraftDimension) -> Iterator[Finding]:
    """Anchors whose lines all tell of states. One act in the summary is enough; blank lines count for nothing."""
    for anchor in dimension.anchors:
        lines = [p for p in anchor.behaviours if p.written]
        if lines and all(_only_a_state(p.text) for p in lines) and not _tells_an_act(anchor.summary.text):
            yield _finding(anchor, tuple(p.text for p in lines))


def _finding(anchor: DraftAnchor, lines: tuple[str, ...]) -> Finding:
    return Finding(
        rule=RubricRule.NOTHING_SEEN,
        place=anchor.place,
        where=anchor.where,
        dimension=anchor.summary.dimension,
        quotes=lines,
        texts=(anchor.summary.text, *lines),
    )


def _parts(text: str) -> list[list[str]]:
    return [found for part in _PARTS.split(text) if (found := words(part))]


def _only_a_state(text: str) -> bool:
    parts = _parts(text)
    if not parts or not _is_state(parts[0]) or _SHOWN_BY.search(text.lower()):
        return False
    return not any(_is_act(part) for part in parts[1:])


def _tells_an_act(text: str) -> bool:
    return any(_is_act(part) and not _is_state(part) for part in _parts(text))


def _from_the_verb(part: list[str]) -> list[str]:
    """A part from its first word that says something: 'does not really know' begins with 'know'."""
    for place, word in enumerate(part):
        if word not in _PASSED and not (word.endswith("ly") and len(word) > 4 and word not in _QUALITIES):
            return part[place:]
    return []


def _is_state(part: list[str]) -> bool:
    said = _from_the_verb(part[part[0] in {"a", "an", "the"} :])
    if not said:
        return False
    first, rest = said[0], said[1:]
    if _base(first) in _STATES or first == "aware":
        return True
    if _ABLE.intersection(part[: -len(said)]):
        return False  # 'can articulate' is an act, 'articulate' a quality
    if first in _BEING:
        return _quality_first(rest)
    if first in _HAVING:
        return _names_a_trait(rest)
    return first in _TRAITS or (first in _QUALITIES and (not rest or rest[0] in _SMALL or _names_a_trait(rest)))


def _quality_first(rest: list[str]) -> bool:
    """After 'is': an adjective of a person, or 'a natural leader'."""
    rest = _from_the_verb([w for w in rest if w not in {"across", "as"}])
    if rest and rest[0] in {"a", "an", "the"}:
        return _names_a_trait(rest[1:]) or (len(rest) > 1 and rest[1] in _QUALITIES)
    return bool(rest) and rest[0] in _QUALITIES


def _names_a_trait(rest: list[str]) -> bool:
    """Whether a trait is what the first words are about: 'a very strong understanding', not 'a test strategy'."""
    for word in rest[:6]:
        if word in _TRAITS:
            return True
        if word in {"of", "for", "in", "with", "on", "how", "what", "when", "where", "by", "between"}:
            return False
    return False


def _is_act(part: list[str]) -> bool:
    part = _from_the_verb(part)
    if not part:
        return False
    first, rest = part[0], part[1:]
    if first in _QUALITIES or first in _TRAITS or first in _HAVING:
        return False
    if first in _PAST_ACTS or _base(first) in _ACTS:
        return bool(rest) and rest[0] != "of"
    finite = first.endswith(("ed", "ing")) or (first.endswith("s") and not first.endswith("ss"))
    return finite and bool(rest) and rest[0] in _OBJECTS and _base(first) not in _STATES


def _base(word: str) -> str:
    """The verb without its ending."""
    known = _STATES | _ACTS
    for ending in ("", "s", "es", "d", "ed"):
        cut = word.removesuffix(ending) if ending else word
        if cut in known and (not ending or cut != word):
            return cut
    return word[:-3] + "y" if word.endswith("ies") else word
