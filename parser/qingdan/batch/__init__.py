"""Archives: many documents in, one data package out, on one machine or many, stopped and gone on with at any point."""
