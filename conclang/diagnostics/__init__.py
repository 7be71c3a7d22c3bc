"""What can be said to a person about a text: places, reports, codes, ways of showing them."""
