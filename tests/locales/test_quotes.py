"""Quotation marks: of its language, in pairs, the same on the web as in the catalog."""

from pathlib import Path

from locales.message import HERE
from locales.quotes import QUOTES, faults, in_templates, on_the_web

WEB = HERE.parent / "bot" / "web"


def test_each_language_has_its_own() -> None:
    for code, (first, last) in QUOTES.items():
        assert [*faults(f"{first}Malmö{last} – it’s {first}one{last}", code)] == []
        assert len([*faults(f"{first}Malmö", code)]) == 1
        assert len([*faults("‹Malmö›", code)]) == 1
    assert [*faults("‹Malmö›", "nb")] == [], "a language that nobody has said it of"


def test_an_apostrophe_before_a_word_is_a_quotation_mark_in_every_language() -> None:
    for code in QUOTES:
        assert ["’ before a word" in one for one in faults("’Malmö’", code)] == [True]
        assert [*faults("Malmö’s {name}’in", code)] == []


def test_a_mark_stands_close_to_what_it_quotes() -> None:
    for code, (first, last) in QUOTES.items():
        found = [*faults(f"{first} Malmö {last}", code)]
        assert ["a space inside" in one for one in found] == ([True] if first != last else [])


def test_what_the_style_sheet_quotes_is_the_city_s_model_in_swedish() -> None:
    style = (WEB / "static" / "style.css").read_text(encoding="utf-8")
    rule = 'blockquote.wording { quotes: "”" "”"; }'
    assert rule in style
    assert [*on_the_web(style)] == []
    found = [*on_the_web(style.replace(rule, 'blockquote.wording { quotes: "«" "»"; }'))]
    assert "sv: quotation marks: «…» in style.css, ”…” in the catalog" in found


def test_a_style_sheet_with_other_marks_than_the_catalog_is_told() -> None:
    root, swedish = ':root { quotes: "“" "”" "‘" "’"; }\n', ':lang(sv), :lang(da) { quotes: "”" "”" "’" "’"; }\n'
    albanian = ':lang(sq) { quotes: "„" "“" "‚" "‘"; }\n'
    assert [*on_the_web(swedish)] == [*on_the_web('blockquote { quotes: "”" "”"; }\n')] == []
    assert "sq: quotation marks: „…“ in style.css, “…” in the catalog" in [*on_the_web(root + albanian)]
    wrong = {one.partition(":")[0] for one in on_the_web(root + swedish)}
    assert wrong == QUOTES.keys() - {"sv", "sv@easy", "da", "en", "so", "sq", "tr"}


def test_no_template_quotes_for_every_language_alike(tmp_path: Path) -> None:
    assert [*in_templates(WEB / "templates")] == []
    (tmp_path / "page.html").write_text("<p>“{{ title }}”</p>", encoding="utf-8")
    assert [*in_templates(tmp_path)] == ["quotation marks: “” in page.html, for every language alike"]
