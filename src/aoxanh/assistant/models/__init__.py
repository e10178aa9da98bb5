"""What the assistant keeps: never a question by itself."""
