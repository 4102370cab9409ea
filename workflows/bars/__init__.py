"""What keeps organizations from applying: read from the record, said, lifted by a decision."""
