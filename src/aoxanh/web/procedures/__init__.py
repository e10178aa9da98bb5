"""Pages about procedures: the public finder and guided cards, their history, the editor, and help with VNeID."""
