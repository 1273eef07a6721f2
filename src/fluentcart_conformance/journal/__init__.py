"""What a run created on a target, and how it is taken away again."""
