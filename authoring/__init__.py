"""The standards manager's room: drafting, trying out, replaying what was submitted."""
