# ruff: noqa: E501  (a row of a table stays one line)
"""Tables of people as other programs write them: each vendor's headings, twice, and files that once went wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.actions.read_candidate import ReadCandidate
from app.domain.contact import ContactKind, apart
from app.domain.import_fields import About
from app.domain.import_map import DateOrder, guessed_map
from app.exchange.csv_rows import TableError
from app.exchange.people_import import Incoming, read_rows_of
from app.exchange.people_reading import read_people
from app.exchange.people_table import PeopleTable, table_in
from tests.exchange.people import candidates_in, incoming, reading, workbook

CASES = Path(__file__).with_name("cases")


def case(name: str, about: About = About.CANDIDATES, encoding: str = "") -> Incoming:
    """A file that went wrong once, read as the program reads it: in a process of its own."""
    table = read_people(CASES / name, about, encoding)
    return Incoming(table, guessed_map(about, table.headings))


def one(content: str, name: str = "theirs.csv") -> ReadCandidate:
    """The only person of a table."""
    people = candidates_in(content.encode(), name=name)
    assert len(people) == 1
    return people[0]


def ways(who: ReadCandidate, way: ContactKind) -> tuple[str, ...]:
    return apart(way, who.ways()[way])


# What each vendor's exports and templates look like: headings and a row, then what must be known of the person.
ANA = ("Ana Reyes", ("ana@example.org",), ("+1 202 555 0101",))
VENDORS: dict[str, tuple[str, tuple[tuple[str, ...], tuple[str, ...], dict[str, object]]]] = {
    "greenhouse, prospects": (
        (
            "First Name,Last Name,Company,Title,Notes,Email,Phone,Social Media,Website,Address,Source,Who gets credit,Job,"
            "Department,Office\n"
            "Ana,Reyes,Acme,ML Engineer,Met at a meetup,ana@example.org,+1 202 555 0101,https://example.org/in/ana,"
            "https://ana.example.org,1 Main St,LinkedIn,Dana Cole,ML Engineer,Engineering,Berlin\n"
        ),
        (ANA[1], ANA[2], {"now_at": "ML Engineer, Acme", "came_by": "LinkedIn", "notes": ("Met at a meetup",)}),
    ),
    "greenhouse, report": (
        (
            "Candidate Name,Email,Phone Number,Job,Current Stage,Status,Source,Recruiter,Application Date,Candidate Tags\n"
            "Ana Reyes,ana@example.org,+1 202 555 0101,ML Engineer,Phone Screen,Active,Referral,Dana,2026-03-14,ml;python\n"
        ),
        (
            ANA[1],
            ANA[2],
            {
                "applied_on": date(2026, 3, 14),
                "stage": ("Current Stage", "Phone Screen"),
                "tags": ("ml", "python"),
                "ended": False,
            },
        ),
    ),
    "lever, export": (
        (
            "Full-Name,Email,Date-Added,Stage,Archive-Reason,Archive-Date,Sources,Origin,Links,Tags,Phone\n"
            "Ana Reyes,ana@example.org,2026-03-01,New Lead,Underqualified,2026-03-09,LinkedIn,Sourced,"
            "https://a.example.org,ml,+1 202 555 0101\n"
        ),
        (ANA[1], ANA[2], {"applied_on": date(2026, 3, 1), "ended": True, "tags": ("ml",)}),
    ),
    "lever, opportunities": (
        (
            "Candidate Name,Contact Emails,Contact Phones,Headline,Location,Posting Title,Stage Name,Created At,Owner Name\n"
            "Ana Reyes,ana@example.org,+1 202 555 0101,Acme,Berlin,ML Engineer,New applicant,2026-03-01 10:11:12,Dana\n"
        ),
        (ANA[1], ANA[2], {"place": "Berlin", "opening": ("Posting Title", "ML Engineer")}),
    ),
    "ashby, applications": (
        (
            "Candidate Name,Candidate Primary Email,Candidate Primary Phone,Job Name,Current Stage,Status,Source,Credited To,"
            "Application Created At\n"
            'Ana Reyes,ana@example.org,+1 202 555 0101,ML Engineer,Onsite,Active,Inbound,Dana,"Feb 3, 2026"\n'
        ),
        (ANA[1], ANA[2], {"applied_on": date(2026, 2, 3), "stage": ("Current Stage", "Onsite")}),
    ),
    "ashby, import template": (
        (
            "Name,Email Address,Phone Number,LinkedIn URL,GitHub URL,Website URL,Location,Company,Title,Source,Tags\n"
            "Ana Reyes,ana@example.org,+1 202 555 0101,https://example.org/in/ana,https://git.example.org/ana,,Berlin,Acme,"
            "ML Engineer,Inbound,ml\n"
        ),
        (ANA[1], ANA[2], {"links": "https://example.org/in/ana, https://git.example.org/ana", "place": "Berlin"}),
    ),
    "workable, export": (
        (
            "Name,Email,Phone,Headline,Job,Stage,Source,Domain,Tags,Created at,Disqualified,Disqualification reason,Address\n"
            "Ana Reyes,ana@example.org,+1 202 555 0101,ML Engineer,ML Engineer,Applied,Indeed,,ml,2026-03-01T10:00:00Z,"
            "false,,Berlin\n"
        ),
        (ANA[1], ANA[2], {"applied_on": date(2026, 3, 1), "ended": False, "now_at": "ML Engineer"}),
    ),
    "workable, template": (
        (
            "firstname,lastname,email,phone,headline,cover_letter,job_title,stage,disqualified,social_profiles,source\n"
            "Ana,Reyes,ana@example.org,+1 202 555 0101,ML Engineer,Dear team,Engineer,Phone Screen,true,"
            "https://example.org/in/ana,Careers page\n"
        ),
        (ANA[1], ANA[2], {"ended": True, "links": "https://example.org/in/ana"}),
    ),
    "teamtailor, export": (
        (
            "first_name,last_name,email,phone,linkedin_url,pitch,tags,sourced,created_at,location,job_titles\n"
            "Ana,Reyes,ana@example.org,+1 202 555 0101,https://example.org/in/ana,Hello,ml,no,2026-03-01 09:00,Malmö,ML\n"
        ),
        (ANA[1], ANA[2], {"applied_on": date(2026, 3, 1), "place": "Malmö", "opening": ("job_titles", "ML")}),
    ),
    "teamtailor, list": (
        (
            "Name;Email;Phone;Job;Stage;Rejected at;Reject reason;Source;Date applied\n"
            "Ana Reyes;ana@example.org;+1 202 555 0101;ML Engineer;Inbox;2026-03-05;Not enough experience;Career site;"
            "1 mars 2026\n"
        ),
        (ANA[1], ANA[2], {"applied_on": date(2026, 3, 1), "ended": True}),
    ),
    "recruitee, export": (
        (
            "Name,Jobs,Emails,Phones,Tags,Sources,Links,Social Links,Cover Letter\n"
            'Ana Reyes,ML Engineer,ana@example.org,+1 202 555 0101,ml,Website,https://r.example.org,,"Dear team,\nhi"\n'
        ),
        (ANA[1], ANA[2], {"further": (("Cover Letter", "Dear team,\nhi"),), "came_by": "Website"}),
    ),
    "recruitee, second": (
        (
            "Full name,Email 1,Phone 1,Job,Stage,Disqualified,Disqualify reason,Applied at,Referrer\n"
            "Ana Reyes,ana@example.org,+1 202 555 0101,ML Engineer,Phone,No,,2026-03-01,Dana Cole\n"
        ),
        (ANA[1], ANA[2], {"referred_by": "Dana Cole", "ended": False, "applied_on": date(2026, 3, 1)}),
    ),
    "zoho, candidates": (
        (
            "Candidate Id,Salutation,First Name,Last Name,Candidate Owner,Email,Secondary Email,Phone,Mobile,"
            "Current Employer,Current Job Title,Experience in Years,Candidate Status,Source,City,Country,Created Time\n"
            "ZR_1,Ms.,Ana,Reyes,Dana,ana@example.org,ana2@example.org,+1 202 555 0101,+1 202 555 0102,Acme,ML Engineer,7,"
            "Rejected,LinkedIn,Berlin,Germany,2026-02-03 10:11\n"
        ),
        (
            ("ana@example.org", "ana2@example.org"),
            ("+1 202 555 0101", "+1 202 555 0102"),
            {"place": "Berlin, Germany", "ended": True, "applied_on": date(2026, 2, 3)},
        ),
    ),
    "zoho, applications": (
        (
            "Application Id,Candidate Name,E-mail,Mobile,Posting Title,Application Status,Application Source,Current Salary\n"
            "1,Ana Reyes,ana@example.org,+1 202 555 0101,ML Engineer,New,Job board,100000\n"
        ),
        (ANA[1], ANA[2], {"came_by": "Job board", "opening": ("Posting Title", "ML Engineer")}),
    ),
    "bamboohr, applicants": (
        (
            "Applicant Name,First Name,Last Name,Job Opening,Status,Rating,Application Date,Email,Phone,Source,Address\n"
            'Ana Reyes,Ana,Reyes,ML Engineer,Reviewed,3,02/23/2026,ana@example.org,+1 202 555 0101,Indeed,"1 Main St"\n'
        ),
        (ANA[1], ANA[2], {"applied_on": date(2026, 2, 23), "ended": False}),
    ),
    "bamboohr, report": (
        (
            "First Name,Last Name,Applicant Email,Applicant Phone,Position Applied For,Applicant Status,Applied Date,Website\n"
            "Ana,Reyes,ana@example.org,+1 202 555 0101,ML Engineer,Not Selected,2026-02-23,https://ana.example.org\n"
        ),
        (ANA[1], ANA[2], {"ended": True, "applied_on": date(2026, 2, 23)}),
    ),
    "opencats, export": (
        (
            "First Name,Last Name,Email,Email 2,Phone (Home),Phone (Cell),Phone (Work),City,State,Key Skills,Source,"
            "Date Available,Current Employer,Notes,Web Site,Date Created\n"
            "Ana,Reyes,ana@example.org,,+1 202 555 0101,,,Berlin,BE,python,Fair,May,Acme,Met twice,https://ana.example.org,"
            "2026-03-01\n"
        ),
        (ANA[1], ANA[2], {"can_start": "May", "place": "Berlin, BE", "notes": ("Met twice",)}),
    ),
    "opencats, import": (
        (
            "first_name,last_name,email1,email2,phone_home,phone_cell,city,source,key_skills,current_employer,entry_date\n"
            "Ana,Reyes,ana@example.org,a2@example.org,+1 202 555 0101,+1 202 555 0102,Berlin,Fair,python,Acme,03-14-26\n"
        ),
        (
            ("ana@example.org", "a2@example.org"),
            ("+1 202 555 0101", "+1 202 555 0102"),
            {"applied_on": date(2026, 3, 14), "now_at": "Acme"},
        ),
    ),
    "linkedin, connections": (
        (
            'Notes:\n"When exporting your connection data, some addresses are missing."\n\n'
            "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
            'Ana,Reyes,https://example.org/in/ana,ana@example.org,Acme,"Partner, Product",01 Sep 2026\n'
        ),
        (ANA[1], (), {"links": "https://example.org/in/ana", "further": (("Connected On", "01 Sep 2026"),)}),
    ),
    "linkedin, recruiter": (
        (
            "First Name,Last Name,Headline,Location,Current Title,Current Company,Email Address,Phone Number,Profile URL,"
            "Active Project,Notes\n"
            "Ana,Reyes,Engineer at Acme,Berlin,ML Engineer,Acme,ana@example.org,+1 202 555 0101,https://example.org/in/ana,"
            "Search,Likes maps\n"
        ),
        (ANA[1], ANA[2], {"links": "https://example.org/in/ana", "place": "Berlin", "notes": ("Likes maps",)}),
    ),
}


@pytest.mark.parametrize("vendor", VENDORS)
def test_headings_of_every_vendor_are_recognised(vendor: str) -> None:
    content, (mails, phones, facts) = VENDORS[vendor]
    who = one(content)
    assert who.name == "Ana Reyes"
    assert ways(who, ContactKind.MAIL) == mails
    assert ways(who, ContactKind.PHONE) == phones
    assert {key: getattr(who, key) for key in facts} == facts


@pytest.mark.parametrize("vendor", VENDORS)
def test_the_same_table_as_a_workbook_is_the_same(vendor: str) -> None:
    table = table_in("theirs.csv", VENDORS[vendor][0].encode(), About.CANDIDATES)
    content = workbook(table.headings, *(cells for _, cells in table.rows))
    again = candidates_in(content, name="theirs.xlsx")[0]
    first = one(VENDORS[vendor][0])
    assert {**vars(again), "line": 0} == {**vars(first), "line": 0}


def test_what_nobody_may_be_chosen_by_is_left_out_and_said() -> None:
    table = incoming(b"Name,Gender,Date of birth,Current Salary,Race/Ethnicity,Grade\nAna Reyes,f,1990-01-01,1,x,7\n")
    assert table.map.left_out == ("Gender", "Date of birth", "Current Salary", "Race/Ethnicity")
    assert table.map.further == ("Grade",)


# JSON


@pytest.mark.parametrize(
    "content",
    [
        '[{"name": "Ana Reyes", "emails": ["ana@example.org"], "phones": [{"type": "mobile", "value": "+1 202 555 0101"}]}]',
        (
            '{"candidates": [{"firstName": "Ana", "lastName": "Reyes", "emailAddresses": [{"value": "ana@example.org"}],'
            ' "phone": "+1 202 555 0101"}]}'
        ),
        (
            '{"total": 1, "data": [{"candidate": {"name": "Ana Reyes", "id": 7}, "contact": {"email": "ana@example.org",'
            ' "phone": "+1 202 555 0101"}}]}'
        ),
        '{"name": "Ana Reyes", "email": {"value": "ana@example.org"}, "phone": {"number": "+1 202 555 0101"}}',
    ],
)
def test_json_of_records_comes_in(content: str) -> None:
    who = one(content, "theirs.json")
    assert (who.name, who.mail, who.phone) == ("Ana Reyes", "ana@example.org", "+1 202 555 0101")


def test_what_is_nested_in_json_is_kept_under_the_name_of_both() -> None:
    who = one(
        '[{"name": "Ana Reyes", "location": {"city": "Berlin", "country": "Germany"}, "createdAt": 1772360000000,'
        ' "tags": ["ml", "python"], "custom": {"Visa": "no", "Grade": 7}}]',
        "theirs.json",
    )
    assert (who.place, who.tags, who.applied_on) == ("Berlin, Germany", ("ml", "python"), date(2026, 3, 1))
    assert who.further == (("custom Visa", "no"), ("custom Grade", "7"))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("[1, 2]", "no list of people"),
        ('{"name": ', "line 1 is wrong"),
        ("[" * 5000 + "]" * 5000, "nested deeper"),
        ("[]", "table is empty"),
        ('[{"name": "\\ud800"}]', "no JSON that can be read"),
    ],
)
def test_other_json_says_why_not(content: str, words: str) -> None:
    with pytest.raises(TableError, match=words):
        table_in("theirs.json", content.encode(), About.CANDIDATES)


# Files that went wrong once


def test_ashby_and_recruitee_keep_mail_and_phone() -> None:
    ash = read_rows_of(case("ashby-export.csv")).people[0]
    assert (ash.mail, ash.applied_on) == ("ash2@example.org", date(2026, 2, 3))
    rec = read_rows_of(case("recruitee.csv")).people[0]
    assert ways(rec, ContactKind.MAIL) == ("rec@example.org", "rec2@example.org")
    assert rec.phone == "+31 20 1234567"


def test_company_and_title_are_two_facts_and_phone_and_mobile_two_phones() -> None:
    assert read_rows_of(case("greenhouse-prospects.csv")).people[0].now_at == "ML Engineer, Acme"
    assert len(ways(read_rows_of(case("zoho.csv")).people[0], ContactKind.PHONE)) == 2


def test_headings_are_found_under_a_preamble_and_it_is_said() -> None:
    read = case("linkedin-connections.csv")
    assert read.table.remarks == ("The headings are in line 4; 2 lines above them are no part of the table.",)
    assert read_rows_of(read).people[0].now_at == "Talent Partner, Product, Acme"


@pytest.mark.parametrize("name", ["bamboohr-applicants.csv", "lever.csv"])
def test_an_order_that_can_not_be_told_is_asked_once(name: str) -> None:
    read = read_rows_of(case(name))
    with pytest.raises(TableError, match="could be two days"):
        read.must_know_days()
    content = (CASES / name).read_bytes()
    for order, month in ((DateOrder.DMY, (2, 3)), (DateOrder.MDY, (3, 2))):
        days = {who.applied_on for who in reading(content, order=order).people}
        assert days & {date(2026, month[0], month[1]), date(2026, month[1], month[0])}


def test_two_mails_in_a_cell_are_two() -> None:
    assert len(ways(read_rows_of(case("e-twomail.csv")).people[0], ContactKind.MAIL)) == 2
    assert len(ways(read_rows_of(case("lever.csv")).people[0], ContactKind.MAIL)) == 2


def test_a_separator_line_and_workbooks_are_read() -> None:
    assert read_rows_of(case("e-sepline.csv")).people[0].name == "Sep One"
    assert read_rows_of(case("c.xlsx")).people[0].mail == "xan@example.org"
    xan = read_rows_of(case("m.xlsx", About.MEMBERS)).people[0]
    assert (xan.name, xan.level, xan.since) == ("Xan Two", "MLE2", date(2025, 1, 1))


@pytest.mark.parametrize(
    ("name", "encoding", "right"),
    [
        ("e-cp1251.csv", "cp1251", "Анна Каренина"),
        ("e-latin2.csv", "iso8859_2", "Łukasz Żółć"),
        ("e-shiftjis.csv", "shift_jis", "山田太郎"),
    ],
)
def test_no_name_is_read_wrong_in_silence(name: str, encoding: str, right: str) -> None:
    with pytest.raises(TableError, match=right):
        case(name)
    assert read_rows_of(case(name, encoding=encoding)).people[0].name == right


def test_members_of_another_program_are_read_and_what_is_left_out_is_said() -> None:
    read = case("workday-9boxer.csv", About.MEMBERS)
    sara = read_rows_of(read).people[0]
    assert (sara.name, sara.level, sara.manager_name) == ("Sara Mem3", "MLE3", "Diya Mem1")
    assert sara.started_on == date(2020, 1, 15)
    assert {"Performance", "Potential", "Employee ID"} <= set(read.map.left_out)


def test_own_columns_are_said() -> None:
    assert case("own.csv").map.further == ("Level", "Since", "Manager", "Guide")


def test_homonyms_are_all_read() -> None:
    assert [who.mail for who in read_rows_of(case("homonyms.csv")).people] == [f"wei{n}@example.org" for n in (1, 2, 3)]
    assert read_rows_of(case("h2.csv")).people[0].mail == "wei4@example.org"


# What a table is


def test_a_table_without_a_heading_over_a_column_names_it() -> None:
    table = table_in("x.csv", b"Name,,Grade\nAna Reyes,seven,\n", About.CANDIDATES)
    assert table.headings == ("Name", "Column 2", "Grade")
    assert one("Name,,Grade\nAna Reyes,seven,\n").further == (("Column 2", "seven"),)


def test_only_one_sheet_is_read_and_that_is_said() -> None:
    import io

    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(workbook(["Read me"], ["This lists people"], sheet="About")))
    page = book.create_sheet("People")
    page.append(["Name", "Email"])
    page.append(["Ana Reyes", "ana@example.org"])
    out = io.BytesIO()
    book.save(out)
    table: PeopleTable = table_in("x.xlsx", out.getvalue(), About.CANDIDATES)
    assert table.headings == ("Name", "Email")
    assert table.remarks == ("Read from the sheet “People”; not read: About.",)


@pytest.mark.parametrize(
    ("column", "said", "sort"),
    [
        ("Source Type", "Referral", "referred"),
        ("Source Type", "Employee referral", "referred"),
        ("Source Type", "Agency", "agency"),
        ("Source Type", "Job board", "board"),
        ("Source", "LinkedIn", "board"),
        ("Source", "Careers page", "applied"),
        ("Source", "A friend of Ann", "not_said"),
    ],
)
def test_a_sort_of_source_is_known_by_the_words_others_have_for_it(column: str, said: str, sort: str) -> None:
    (who,) = reading(f"Name,Email,{column}\nAda Lind,ada@example.org,{said}\n".encode()).people
    assert who.source == sort
    assert (who.came_by == said) == (column == "Source")
