"""The assistant: finds the procedure a person means and answers from it, with its source."""
