"""Ladders in Markdown, HTML and DOCX, and in several files: what comes in, what stays beside, what is refused."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.guide import Guide
from app.exchange.guide_yaml import guide_yaml
from app.exchange.ladder_files import Content
from app.exchange.ladder_reading import read_ladder
from app.exchange.ladder_said import said_map
from app.exchange.ladder_words import reading_words
from app.exchange.ladders import build, guess_map, source_of_files
from app.exchange.located_values import LadderError
from tests.ladders import source_of

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
EXPECTED = {
    ("Junior", "Testing"): "Writes tests for own code",
    ("Senior", "Testing"): "Sets the way the team tests",
    ("Junior", "Design"): "Follows the design of others",
    ("Senior", "Design"): "Designs whole parts alone",
}


def read(name: str, content: str | bytes, *said: str) -> Guide:
    source = source_of(name, content.encode() if isinstance(content, str) else content)
    return build(source, said_map(source, said))


def read_folder(folder: Path, files: dict[str, str | bytes], *said: str) -> Guide:
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    source = read_ladder(folder)
    return build(source, said_map(source, said))


def texts(guide: Guide) -> dict[tuple[str, str], str]:
    return {(x.title, guide.dimension(d).name): c.expect for x in guide.levels for d, c in x.cells.items()}


def beside(guide: Guide) -> dict[str, Any]:
    return {e.name: e.value for e in guide.extras}


# Markdown

TABLE = """\
# Our ladder

How we grow.

| Competency | **Junior** | Senior |
|------------|:-----------|--------|
| Testing | Writes tests for own code | Sets the way the team tests |
| Design | Follows the design of others | Designs whole parts alone |

Written in spring.
"""
OUTLINE = """\
---
owner: The guild
since: 2024
---
# Our ladder
What we look for.

Junior
------
### Testing
Writes tests for own code
### Design ###
- Follows the design
  of others
- Asks before changing it
  [why](https://example.org/why)

## Senior
Somebody others learn from.
### Testing
Sets the way the team tests
```
# no heading | in code
```
### Design
Designs whole parts alone
### Empty
"""


def test_a_markdown_table_is_a_ladder_and_what_stands_around_it_stays() -> None:
    guide = read("ours.md", TABLE)
    assert texts(guide) == EXPECTED
    assert beside(guide) == {"Text beside the tables": ["Our ladder", "How we grow.", "Written in spring."]}


def test_cells_of_markdown_keep_bars_breaks_and_links() -> None:
    body = TABLE.replace("Writes tests for own code", r"Reads a \| b<br>and [c](https://example.org)")
    assert texts(read("ours.md", body))["Junior", "Testing"] == "Reads a | b\nand [c](https://example.org)"


def test_headings_with_text_beneath_are_levels_and_dimensions() -> None:
    guide = read("ours.md", OUTLINE)
    assert [x.title for x in guide.levels] == ["Junior", "Senior"]
    assert [d.name for d in guide.dimensions] == ["Testing", "Design"]
    assert [s.text for s in guide.level("Junior").cells["Design"].said] == [
        "Follows the design\nof others",
        "Asks before changing it\n[why](https://example.org/why)",
    ]
    assert "# no heading | in code" in guide.level("Senior").cells["Testing"].expect
    assert beside(guide) == {
        "owner": "The guild",
        "since": 2024,
        "Text beside the outline": [
            "Our ladder",
            "What we look for.",
            "Senior / Somebody others learn from.",
            "Empty",
        ],
    }
    turned = read("ours.md", "# Testing\n## Junior\nWrites tests for own code\n## Senior\nSets the way\n"
                  "# Design\n## Junior\nFollows the design\n## Senior\nDesigns whole parts\n")  # fmt: skip
    assert [x.title for x in turned.levels] == ["Junior", "Senior"]
    assert [d.name for d in turned.dimensions] == ["Testing", "Design"]


def test_a_file_for_each_level_with_its_front_matter(tmp_path: Path) -> None:
    page = "---\nlevel: {level}\ntitle: {title}\n---\n# {title}\n## Testing\n{one}\n## Design\n{two}\n"
    files: dict[str, str | bytes] = {
        "1-junior.md": page.format(level="Junior", title="J", one=EXPECTED["Junior", "Testing"], two="Follows others"),
        "2-senior.md": page.format(level="Senior", title="S", one=EXPECTED["Senior", "Testing"], two="Designs alone"),
        "picture.png": b"\x89PNG",
    }
    guide = read_folder(tmp_path / "ladder", files)
    assert [x.title for x in guide.levels] == ["Junior", "Senior"]
    assert texts(guide)["Senior", "Testing"] == "Sets the way the team tests"
    assert beside(guide)["1-junior.md: title"] == "J"
    source = read_ladder(tmp_path / "ladder")
    assert "Not read: picture.png." in reading_words(source, guess_map(source), guide)


def test_a_text_under_one_heading_is_no_level() -> None:
    with pytest.raises(LadderError, match="nothing here says what the levels are"):
        read("note.md", "# A note\nThis is no ladder at all.\n")
    with pytest.raises(LadderError, match="is empty, or holds no table"):
        read("note.md", "Just a word of mine.\n")
    with pytest.raises(LadderError, match="line 2: this holds a control character"):
        read("note.md", "# A\n\x07\n")


# HTML

PAGE = """\
<!doctype html><html><head><title>Ladder</title><style>p {color: red}</style><script>var x = "hidden"</script></head>
<body><h1>Our ladder</h1><p>How we&nbsp;grow.</p>
<table><tr><th>Pillar<th>Competency<th>Junior<th>Senior</tr>
<tr><td rowspan=2>Craft</td><td>Testing</td><td>Writes tests<br>for own code</td>
<td><a href="https://example.org/t">Sets the way the team tests</a></td></tr>
<tr><td>Design</td><td colspan="2"><p>Draws <b>and</b> redraws</p><ul><li>at once</ul></td></tr>
</table><p>The end.</body></html>
"""


def test_a_table_of_a_web_page_is_read_as_it_looks() -> None:
    guide = read("ours.html", PAGE)
    assert texts(guide) == {
        ("Junior", "Testing"): "Writes tests\nfor own code",
        ("Senior", "Testing"): "Sets the way the team tests",
        ("Junior", "Design"): "Draws and redraws\nat once",
        ("Senior", "Design"): "Draws and redraws\nat once",
    }
    assert {d.name: [(e.name, e.value) for e in d.extras] for d in guide.dimensions} == {
        "Testing": [("Pillar", "Craft"), ("Link of Senior", "https://example.org/t")],
        "Design": [("Pillar", "Craft")],
    }
    assert beside(guide) == {"Text beside the tables": ["Ladder", "Our ladder", "How we grow.", "The end."]}


def test_headings_of_a_web_page_without_tables() -> None:
    body = "<h2>Junior</h2><h3>Testing</h3><p>Writes tests for own code<h3>Design</h3><ul><li>Follows the design</ul>"
    guide = read("ours.htm", body + body.replace("Junior", "Senior"))
    assert [x.title for x in guide.levels] == ["Junior", "Senior"]
    assert texts(guide)["Senior", "Design"] == "Follows the design"


def test_a_page_that_spans_without_end_is_refused() -> None:
    cell = '<td colspan="400" rowspan="20000">x</td>'
    with pytest.raises(LadderError, match="too large"):
        read("wide.html", f"<table><tr>{cell}{cell}</tr></table>")
    with pytest.raises(LadderError, match="too large"):
        read("long.html", f"<table><tr>{cell}</tr>{'<tr></tr>' * 2_000}</table>")


# DOCX


def docx(body: str, **parts: str) -> bytes:
    made = io.BytesIO()
    related = "".join(
        f'<Relationship Id="r{n}" Type="{R}/{name}" Target="{name}.xml"/>' for n, name in enumerate(parts)
    )
    link = f'<Relationship Id="link" Type="{R}/hyperlink" Target="https://example.org/t" TargetMode="External"/>'
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "word/document.xml", f'<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{body}</w:body></w:document>'
        )
        archive.writestr("word/_rels/document.xml.rels", f"<Relationships>{related}{link}</Relationships>")
        for name, text in parts.items():
            archive.writestr(f"word/{name}.xml", f'<w:x xmlns:w="{W}">{text}</w:x>')
    return made.getvalue()


def par(text: str, style: str = "") -> str:
    known = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{known}<w:r><w:t>{text}</w:t></w:r></w:p>"


def cell(inner: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner if inner.startswith('<') else par(inner)}</w:tc>"


def row(*cells: str) -> str:
    return f"<w:tr>{''.join(c if c.startswith('<w:tc>') else cell(c) for c in cells)}</w:tr>"


def test_a_table_of_a_document_is_read_with_its_comments_and_links() -> None:
    down, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    linked = '<w:p><w:hyperlink r:id="link"><w:r><w:t>Sets the way the team tests</w:t></w:r></w:hyperlink></w:p>'
    noted = (
        "<w:p><w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
        '<w:r><w:t xml:space="preserve">Writes tests </w:t><w:t>for own code</w:t></w:r>'
        '<w:r><w:commentReference w:id="7"/></w:r></w:p>'
    )
    table = row("Pillar", "Competency", "Junior", "Senior")
    table += row(cell("Craft", down), "Testing", cell(noted), cell(linked))
    table += row(cell("<w:p/>", on), "Design", cell("Draws and redraws", '<w:gridSpan w:val="2"/>'))
    comment = f'<w:comment w:id="7">{par("Such as a regression test")}</w:comment>'
    body = par("Our ladder", "Heading1") + f"<w:tbl>{table}</w:tbl>" + par("The end.")
    guide = read(
        "ours.docx", docx(body, comments=comment, footnotes=f'<w:footnote w:id="1">{par("See page 2")}</w:footnote>')
    )
    assert texts(guide) == {
        ("Junior", "Testing"): "Writes tests for own code",
        ("Senior", "Testing"): "Sets the way the team tests",
        ("Junior", "Design"): "Draws and redraws",
        ("Senior", "Design"): "Draws and redraws",
    }
    assert {d.name: {e.name: e.value for e in d.extras} for d in guide.dimensions} == {
        "Testing": {
            "Pillar": "Craft",
            "Note on Junior": "Such as a regression test",
            "Link of Senior": "https://example.org/t",
        },
        "Design": {"Pillar": "Craft"},
    }
    assert beside(guide) == {"Footnotes": ["See page 2"], "Text beside the tables": ["Our ladder", "The end."]}


def test_headings_of_a_document_without_tables() -> None:
    styles = '<w:style w:styleId="u2"><w:name w:val="heading 2"/></w:style>'
    half = par("{}", "Heading1") + par("Testing", "u2") + par("Writes tests for own code") + par("Design", "u2")
    half += par("Follows the design of others")
    guide = read("ours.docx", docx(half.format("Junior") + half.format("Senior"), styles=styles))
    assert [x.title for x in guide.levels] == ["Junior", "Senior"]
    assert texts(guide)["Senior", "Design"] == "Follows the design of others"


def test_a_hostile_document_is_refused() -> None:
    good = docx(par("x"))
    wide = cell("x", '<w:gridSpan w:val="399"/>')
    with pytest.raises(LadderError, match="damaged or locked"):
        read("d.docx", good[: len(good) // 2])
    with pytest.raises(LadderError, match="damaged or locked"):
        read("d.docx", docx("<w:p>"))
    with pytest.raises(LadderError, match="document type"):
        read("d.docx", docx("", evil='<!DOCTYPE x [<!ENTITY a "b">]>'))
    with pytest.raises(LadderError, match="unpacks to more"):
        read("d.docx", docx(" " * 41_000_000))
    with pytest.raises(LadderError, match="too large"):
        read("d.docx", docx(f"<w:tbl>{row(wide, wide)}</w:tbl>"))


# Several files


def test_a_folder_of_tables_is_one_ladder_with_a_table_for_each_dimension(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "Testing.csv": "Junior,Senior\nWrites tests for own code,Sets the way the team tests\n",
        "Design.csv": "Junior,Senior\nFollows the design of others,Designs whole parts alone\n",
        "about.md": "# About\n## Us\nWho wrote this text\n",
    }
    guide = read_folder(tmp_path / "Our ladder", files)
    assert guide.name == "Our ladder"
    assert texts(guide) == EXPECTED
    assert "Who wrote this text" in guide.canonical_text()


def test_a_folder_of_yaml_lies_under_the_names_of_its_files(tmp_path: Path) -> None:
    entry = "Testing: [{}]\nDesign: [{}]\n"
    files: dict[str, str | bytes] = {
        "L1.yaml": entry.format("Writes tests for own code", "Follows the design of others"),
        "L2.yaml": entry.format("Sets the way the team tests", "Designs whole parts alone"),
    }
    guide = read_folder(tmp_path / "levels", files)
    assert [x.title for x in guide.levels] == ["L1", "L2"]
    assert texts(guide)["L2", "Design"] == "Designs whole parts alone"
    (tmp_path / "levels" / "L2.yaml").write_text("Testing: &a [x]\nDesign: *a\n")
    with pytest.raises(LadderError, match=r"L2\.yaml, line 2"):
        read_ladder(tmp_path / "levels")


def test_what_is_wrong_in_one_of_several_tables_names_its_file(tmp_path: Path) -> None:
    head = "Level,Competency,Text,Bar\n"
    files: dict[str, str | bytes] = {
        "a.csv": f"{head}L1,Testing,Writes tests alone,3\n",
        "b.csv": f"{head}L2,Testing,Sets the way,9\n",
    }
    with pytest.raises(LadderError, match=r"b\.csv, sheet “b”, line 2, Bar: “9” is no bar"):
        read_folder(tmp_path / "several", files)


def test_workbooks_with_a_sheet_for_each_dimension_and_another_heading_row() -> None:
    book = openpyxl.Workbook()
    for name in ("Testing", "Design"):
        page = book.create_sheet(name)
        page.append([f"About {name}"])
        page.append(["Junior", "Senior"])
        page.append([EXPECTED["Junior", name], EXPECTED["Senior", name]])
    book.remove(book.worksheets[0])
    made = io.BytesIO()
    book.save(made)
    guide = read("ours.xlsx", made.getvalue())
    assert texts(guide) == EXPECTED
    assert "About Design" in guide.canonical_text()
    alone = read("ours.xlsx", made.getvalue(), "sheet=Design", "level_columns=Senior", "rows=Junior")
    assert texts(alone) == {("Senior", "Follows the design of others"): "Designs whole parts alone"}
    assert beside(alone)["Sheet Testing"][0] == ["About Testing"]


# Hostile files


_line = st.sampled_from(
    [
        "# a",
        "## Junior",
        "### b",
        "|a|b|",
        "|-|-|",
        "| |",
        "```",
        "---",
        "===",
        "- x",
        "x y z",
        "",
        "level: 1",
        "\t|",
        "|",
    ]
)
_tag = st.sampled_from(
    ["<table>", "</table>", "<tr>", "<td>", "<th rowspan=3>", "<td colspan=2>", "</td>", "<h2>a", "<p>", "x y z",
     "<a href=u>", "<caption>c", "<script>", "</script>", "<svg>", "&amp;", "<", "<!--", "<br>", "<li>"]
)  # fmt: skip


@settings(deadline=None, max_examples=150)
@given(st.lists(_line, max_size=14), st.lists(_tag, max_size=20))
def test_whatever_a_text_or_page_holds_it_comes_in_or_is_refused(lines: list[str], tags: list[str]) -> None:
    for name, content in (("x.md", "\n".join(lines)), ("x.html", "".join(tags))):
        try:
            guide = read(name, content)
        except LadderError as refused:
            assert refused.problems
        else:
            assert read("again.yaml", guide_yaml(guide)) == guide


def test_merged_cells_without_end_are_refused() -> None:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.append(["Competency", "Junior"])
    page.append(["Testing", "Writes own tests"])
    page.merge_cells("A2:B3")
    made, endless = io.BytesIO(), io.BytesIO()
    book.save(made)
    with zipfile.ZipFile(made) as parts, zipfile.ZipFile(endless, "w", zipfile.ZIP_DEFLATED) as out:
        for name in parts.namelist():  # openpyxl itself would make eight million cells of it
            out.writestr(name, parts.read(name).replace(b'ref="A2:B3"', b'ref="A2:OJ20000"'))
    assert b"OJ20000" in b"".join(zipfile.ZipFile(endless).read(n) for n in zipfile.ZipFile(endless).namelist())
    with pytest.raises(LadderError, match="too many cells"):
        read("m.xlsx", endless.getvalue())


def test_a_folder_of_too_many_files_or_too_much_is_refused(tmp_path: Path) -> None:
    for n in range(61):
        (tmp_path / f"{n}.csv").write_text("Level,Theme,Text\n")
    with pytest.raises(LadderError, match="61 files"):
        read_ladder(tmp_path)
    large = tmp_path / "large"
    large.mkdir()
    for n in range(3):
        (large / f"{n}.csv").write_bytes(b"x" * 3_000_000)
    with pytest.raises(LadderError, match="larger than 8 MB"):
        read_ladder(large)


def test_what_was_read_is_handed_over_unchanged(tmp_path: Path) -> None:
    """By way of its process: notes of cells, what stands beside, files and remarks."""
    (tmp_path / "a.html").write_text(PAGE, "utf-8")
    (tmp_path / "b.md").write_text(OUTLINE, "utf-8")
    (tmp_path / "c.yaml").write_text("a: [1, 2]\n", "utf-8")
    files = [Content(p.name, p.read_bytes()) for p in sorted(tmp_path.iterdir())]
    assert read_ladder(tmp_path) == source_of_files(tmp_path.name, files)
