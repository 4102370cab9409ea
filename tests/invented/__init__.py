"""What a test invents and takes back: nothing in the product knows of it."""
