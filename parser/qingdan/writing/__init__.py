"""Documents to tables, files and the terminal, and tables and files back."""
