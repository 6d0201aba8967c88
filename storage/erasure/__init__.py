"""Erasure: what is deleted when, the export that a person may take along, and the register of what was erased."""
