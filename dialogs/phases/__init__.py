"""The phases of the model, as anyone reads them in its description: one folder each, one file for each thing that can happen."""
