"""Reports: what the record says of many at once, read only; counts, tables, exports."""
