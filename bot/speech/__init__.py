"""Languages: catalogs, templates, detecting the language that somebody writes in, and machine translation."""
