"""Text to title, preamble, sections and items."""
