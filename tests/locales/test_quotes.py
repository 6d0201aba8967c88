"""Quotation marks: of its language, in pairs, the same on the web as in the catalog."""

from pathlib import Path

from locales.message import HERE
from locales.quotes import QUOTES, faults, in_templates, on_the_web

WEB = HERE.parent / "bot" / "web"
STYLE = (WEB / "static" / "style.css").read_text(encoding="utf-8")


def test_each_language_has_its_own() -> None:
    for code, (first, last) in QUOTES.items():
        assert [*faults(f"{first}Malmö{last} – it’s {first}one{last}", code)] == []
        assert len([*faults(f"{first}Malmö", code)]) == 1
        assert len([*faults("‹Malmö›", code)]) == 1
    assert [*faults("‹Malmö›", "nb")] == [], "a language that nobody has said it of"


def test_the_web_has_the_marks_of_the_catalogs() -> None:
    assert [*on_the_web(STYLE)] == []
    planted = STYLE + '\n:lang(sq), :lang(tr) { quotes: "„" "“" "‚" "‘"; }\n'
    assert [one[:40] for one in on_the_web(planted)] == [
        "sq: quotation marks: „…“ in style.css, “",
        "tr: quotation marks: „…“ in style.css, “",
    ]


def test_no_template_quotes_for_every_language_alike(tmp_path: Path) -> None:
    assert [*in_templates(WEB / "templates")] == []
    (tmp_path / "page.html").write_text("<p>“{{ title }}”</p>", encoding="utf-8")
    assert [*in_templates(tmp_path)] == ["quotation marks: “” in page.html, for every language alike"]
