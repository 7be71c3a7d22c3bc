"""What names and types mean: a tree goes in, a tree with side tables comes out."""
