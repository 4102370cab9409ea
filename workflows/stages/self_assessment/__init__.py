"""Self-assessment (自评): the applicant answers item by item, with evidence."""
