"""Tests of what goes out of a case: the PDF, the JSON, the letter and the package."""
