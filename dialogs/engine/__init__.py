"""The machine that asks: declarations, drafts, one turn, forms and records. It knows no phase."""
