"""Pages of those who take notices through their steps: the notices of an area, and one of them."""
