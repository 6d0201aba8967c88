"""The applicants’ side around the questions: home, where they stand, help, terms, other languages."""
