"""First review (初审) by the superior body: a mark and a comment per item, then a decision."""
