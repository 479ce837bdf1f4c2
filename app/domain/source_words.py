"""Of which sort a way of coming by is, by the words other programs have for it."""

from __future__ import annotations

import unicodedata

from app.domain.candidate import Source

_WORDS = {
    Source.APPLIED: "applied,applied by themselves,career page,careers page,career site,careers site,company website,"
    "corporate website,website,jobs page,job page,jobs page on your website,direct,direct application,inbound,organic,"
    "applied through your website,company marketing,karriereseite",
    Source.REFERRED: "referred,referral,referrals,employee referral,internal referral,external referral,empfehlung,"
    "mitarbeiterempfehlung,cooptation",
    Source.BOARD: "job board,job boards,board,linkedin,linkedin jobs,linkedin (ad posting),indeed,glassdoor,stepstone,"
    "monster,xing,ziprecruiter,hacker news,third-party boards,job portal,jobbörse",
    Source.AGENCY: "agency,agencies,recruitment agency,staffing agency,headhunter,external recruiter,agency submission,"
    "personalvermittlung",
    Source.FOUND: "found by us,sourced,sourcing,prospecting,outbound,linkedin (prospecting),linkedin recruiter,"
    "added manually,direct sourcing",
    Source.EVENT: "event,events,in-person event,campus,university,career fair,job fair,campus job fair,meetup,meetups,"
    "conference,hackathon,attend",
    Source.INTERNAL: "from inside,internal,internal applicant,internal mobility,internal transfer,employee",
}
_BY_WORDS = {words: source for source, every in _WORDS.items() for words in every.split(",")}


def source_by_words(said: str) -> Source | None:
    """The sort that words name as a whole, or None: "Referral by Ann" is somebody's own words."""
    plain = " ".join(unicodedata.normalize("NFC", said).casefold().replace("_", " ").split())
    return _BY_WORDS.get(plain)
