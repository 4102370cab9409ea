"""Reading a county's own text of a standard before it is entered: shown, not stored."""
