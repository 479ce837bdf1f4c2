"""What the columns of a table of people can be, and by which headings other programs name them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from app.domain.candidate import FIELDS, FactKind


class About(StrEnum):
    """Whom a table is about."""

    CANDIDATES = "candidates"
    MEMBERS = "members"
    COLLEAGUES = "colleagues"


FURTHER, LEFT = "further", "left_out"
"""What a column can be beside a field: a further fact of the person under its own heading, or nothing."""


@dataclass(frozen=True)
class ImportField:
    """A field that a column can fill. Of a `several` one there may be many columns: what they hold is added up.

    `contact` headings may have words such as "work" or "secondary" before them.
    """

    key: str
    headings: tuple[str, ...]
    several: bool = False
    day: bool = False
    contact: bool = False


def _field(key: str, headings: str, *, several: bool = False, day: bool = False, contact: bool = False) -> ImportField:
    return ImportField(key, tuple(map(plain, headings.split(","))), several, day, contact)


_NUMBER = re.compile(r"[\s(#]*\d+\)?$")
_BEFORE = ("candidate", "applicant", "prospect", "contact", "person", "employee", "worker", "colleague", "member")
_BEFORE_CONTACT = (
    *("primary", "secondary", "personal", "work", "home", "main", "other", "additional", "alternate", "alternative"),
    *("private", "business", "mobile", "cell", "direct", "preferred", "second", "first", "e", "professional"),
)


def plain(heading: str) -> str:
    """What spellings of one heading have in common: letters and digits, without case, accents, stops and spaces."""
    text = unicodedata.normalize("NFKD", heading)
    return "".join(c for c in text if c.isalnum()).casefold()


_NAMES = (
    _field("name", "name,full name,candidate name,applicant name,applicant,display name,nome,nombre,nom"),
    _field("first", "first name,given name,first,forename,vorname,prénom,legal first name,nombre de pila,voornaam,имя"),
    _field("middle", "middle name,middle names,middle initial"),
    _field(
        "last",
        "last name,family name,surname,last,nachname,nom de famille,apellidos,achternaam,фамилия",
    ),
)
_MAIL = _field(
    "mail",
    "mail,mails,email,emails,email address,email addresses,mail address,e-mail-adresse,correo,courriel,candidate email,"
    "email 2,primary email address,secondary email,work email,correo electrónico,электронная почта,почта",
    several=True,
    contact=True,
)
_KNOWN_ELSEWHERE = (
    *_NAMES,
    _MAIL,
    _field(
        "phone",
        "phone,phones,telephone,tel,mobile,phone number,phone numbers,mobile phone,cell phone,cell,telefon,handy,"
        "phone (home),phone (cell),phone (work),home phone,work phone,mobile number,contact number,téléphone,teléfono,"
        "telefoon,телефон",
        several=True,
        contact=True,
    ),
    _field(
        "links",
        "links,link,website,websites,web site,website url,website urls,profile,profile url,linkedin,linkedin url,"
        "linkedin profile,linkedin profile url,url,urls,social links,social media,social profiles,social media links,"
        "github,github url,portfolio,portfolio url,personal website,twitter,xing,linkedin link",
        several=True,
        contact=True,
    ),
    _field("title", "title,current title,current job title,job title,current position,headline,current role"),
    _field("company", "current company,company,employer,current employer,organization,company name,firma"),
    _field("now_at", "now at,now"),
    _field(
        "place",
        "place,location,city,candidate location,location city,address city,ort,stadt,ville,ciudad,wohnort",
        several=True,
    ),
    _field(
        "region",
        "state,province,region,state/province,country,location country,address country,land,pays,país",
        several=True,
    ),
    _field("came_by", "came by,source,sources,source name,application source,lead source,herkunft"),
    _field("referred_by", "referred by,referrer,referral,referrer name"),
    _field("tags", "tags,tag,labels,candidate tags,schlagworte,étiquettes,etiquetas", several=True),
    _field("notes", "notes,note,comment,comments,remarks,notizen,candidate notes", several=True),
    _field(
        "opening",
        "job,jobs,job name,job opening,opening,requisition,position,posting,posting title,applied for,job applied for,"
        "applied job,vacancy,job posting,requisition name,position applied for,job titles,job requisition,stelle",
    ),
    _field("stage", "stage,current stage,pipeline stage,hiring stage,application stage,interview stage,stage name"),
    _field(
        "applied_on",
        "applied on,applied,date applied,application date,applied at,applied date,application created at,date added,"
        "added on,added at,created at,created time,created,created on,date created,application created,"
        "application submitted at,submitted at,apply date,creation time,datum der bewerbung,bewerbungsdatum,"
        "candidate created at,entry date",
        day=True,
    ),
    _field("status", "status,application status,candidate status,applicant status,state of application"),
    _field(
        "ended",
        "archive reason,archived,archived at,archive date,archived date,disqualified,disqualification reason,"
        "disqualified at,rejected,rejected at,rejection reason,date rejected,reason rejected,reject reason,hired at,"
        "hire date,disposition,archived reason,disqualify reason,refusal reason,rejected date",
        several=True,
    ),
)


def _candidate_fields() -> tuple[ImportField, ...]:
    """The columns above, and one for every fact of a candidate, by its headings too."""
    facts = {fact.key: fact for fact in FIELDS}
    above = tuple(
        replace(field, headings=(*field.headings, *map(plain, facts[field.key].headings)))
        if field.key in facts
        else field
        for field in _KNOWN_ELSEWHERE
    )
    there = {field.key for field in above}
    more = (
        ImportField(fact.key, tuple(map(plain, fact.headings)), day=fact.kind is FactKind.DAY)
        for fact in FIELDS
        if fact.key not in there
    )
    return (*above, *more)


_CANDIDATES = _candidate_fields()
_MEMBERS = (
    _field("name", "name,full name,member,person,employee,worker,employee name,worker name,display name"),
    *_NAMES[1:],
    _MAIL,
    _field("role", "role,title,job title,position,business title,job profile,funktion"),
    _field(
        "level",
        "level,grade,job level,job level - primary position,compensation grade,career level,job grade,stufe",
    ),
    _field("guide", "guide,leveling guide,ladder,framework"),
    _field("since", "since,level since,in level since,since when,in job profile since,level start date", day=True),
    _field("manager", "manager,reports to,line manager,lead,supervisor,manager name,reporting to,worker's manager"),
    _field(
        "started_on",
        "started on,started,start date,first day,joined,hire date,original hire date,date of joining,eintrittsdatum",
        day=True,
    ),
)
_COLLEAGUES = (
    _field("name", "name,full name,colleague,person,employee,worker,employee name,user,display name,interviewer"),
    *_NAMES[1:],
    _MAIL,
    _field("role", "role,title,job title,position,business title,funktion"),
)
FIELDS_ABOUT: Mapping[About, tuple[ImportField, ...]] = {
    About.CANDIDATES: _CANDIDATES,
    About.MEMBERS: _MEMBERS,
    About.COLLEAGUES: _COLLEAGUES,
}
_SENSITIVE = re.compile(
    r"\b(gender|sex|race|racial|ethnic\w*|hispanic|latin[oax]|veteran\w*|disab\w*|birth\w*|dob|age|marital|religio\w*"
    r"|pronouns?|sexual|national\w*|citizenship|ssn|social security|photo|picture|salary|ctc|pay|compensation"
    r"|geschlecht|geburts\w*|sexe|género|genero|naissance|nacimiento|pregnan\w*)\b"
)
_WANTED = re.compile(r"\b(expect\w*|desired|wanted|asked|asks|target|requested)\b")


def is_sensitive(heading: str) -> bool:
    """Whether a column holds what nobody may be chosen by, or what somebody earns now: left out unless a person says
    else. What somebody would like to earn is none of it."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])|[._/()\[\]-]", " ", heading).casefold()
    return bool(_SENSITIVE.search(spaced) and not _WANTED.search(spaced))


def field_of(about: About, key: str) -> ImportField | None:
    """A field by its key, or None."""
    return next((field for field in FIELDS_ABOUT[about] if field.key == key), None)


def likely_field(about: About, heading: str) -> ImportField | None:
    """The field a heading names, or None. "Work e-mail 2" is a mail address."""
    word = plain(heading)
    known = _BY_HEADING[about]
    if word in known:
        return known[word]
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading)
    word = plain(_NUMBER.sub("", spaced))
    while word:
        found = known.get(word)
        if found is not None and (found.contact or not _NUMBER.search(spaced)):
            return found
        cut = next((b for b in _BEFORE if word.startswith(b) and word != b), None)
        if cut is None:
            break
        word = word.removeprefix(cut)
    return _contact(known, word)


def _contact(known: Mapping[str, ImportField], word: str) -> ImportField | None:
    for before in _BEFORE_CONTACT:
        found = known.get(word.removeprefix(before)) if word.startswith(before) else None
        if found is not None and found.contact:
            return found
        behind = known.get(word.removesuffix(before)) if word.endswith(before) else None
        if behind is not None and behind.contact:
            return behind
    return None


def headings_known(about: About, cells: Sequence[str]) -> int:
    """How many fields a row of cells names: the row of the headings names most."""
    found = {field.key for cell in cells if len(cell) < 60 and (field := likely_field(about, cell)) is not None}
    return len(found)


_BY_HEADING: Mapping[About, Mapping[str, ImportField]] = {
    about: {heading: field for field in reversed(fields) for heading in field.headings}
    for about, fields in FIELDS_ABOUT.items()
}
