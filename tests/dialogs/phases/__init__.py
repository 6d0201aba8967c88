"""The phases of the model."""
