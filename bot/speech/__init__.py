"""Languages: catalogs, templates, which language somebody writes in, and a machine’s translation."""
