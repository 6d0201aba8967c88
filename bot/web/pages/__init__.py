"""Templates, and how a page is made of them."""
