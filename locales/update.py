"""`make translations`: the template and every catalog brought up to date with the source. What is up to date stays as it is."""

from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from locales import template
from locales.heads import cleaned
from locales.message import FILE, HERE, catalogs, read


def updated(path: Path, source: Catalog) -> str:
    """The text of a catalog with every message of the source, and no other; what is new is empty. Comments stay."""
    catalog = read(path, path.parent.parent.name)
    catalog.update(source, no_fuzzy_matching=True, update_creation_date=False)
    file = BytesIO()
    write_po(file, catalog, ignore_obsolete=True)
    return cleaned(file.getvalue().decode())


def main() -> None:
    """Write the template, and each catalog anew."""
    template.write(HERE / "messages.pot")
    source = read(HERE / "messages.pot")
    for code in catalogs(HERE):
        (HERE / code / FILE).write_text(updated(HERE / code / FILE, source), encoding="utf-8")


if __name__ == "__main__":
    main()
