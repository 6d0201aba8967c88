"""A template is compiled once in a process, whichever application shows it, and anew when it says something else."""

from jinja2 import DictLoader, Environment

from bot.web.pages.compiled import Compiled


def test_what_was_compiled_is_known_to_the_next_and_what_changed_is_compiled_anew() -> None:
    said = [
        Environment(loader=DictLoader({"page": source}), bytecode_cache=Compiled(), autoescape=True)
        .get_template("page")
        .render(name="<Nadia>")
        for source in ("Hej {{ name }}", "Hej {{ name }}", "Hej då {{ name }}")
    ]
    assert said == ["Hej &lt;Nadia&gt;", "Hej &lt;Nadia&gt;", "Hej då &lt;Nadia&gt;"]
