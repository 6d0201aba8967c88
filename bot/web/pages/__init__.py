"""Templates, and how pages are made from them."""
