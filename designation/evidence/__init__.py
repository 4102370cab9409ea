"""Evidence files by their content: what is taken, as what it is kept, and how it is given out."""
