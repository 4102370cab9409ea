"""The first day of a county: one link, behind it the county and its three administrators."""
