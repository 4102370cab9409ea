"""Pages and acts of the three administrators."""
