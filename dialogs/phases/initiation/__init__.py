"""The initiation phase: from the idea to the Technical Committee’s first decision."""
