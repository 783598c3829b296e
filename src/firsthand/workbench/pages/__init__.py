"""What does each page of the workbench show, and what can be changed on it? Each lists its addresses in `ROUTES`."""
