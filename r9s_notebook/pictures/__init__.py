"""Pictures on the page: what it may ask about them, and what can be done with them."""
