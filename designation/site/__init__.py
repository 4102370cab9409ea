"""What every page of the site shares, whatever room it stands in."""
