"""The history panel's parts: what a page asks, what it is told, and what it shows."""
