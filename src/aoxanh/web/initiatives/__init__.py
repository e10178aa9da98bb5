"""Pages about creative models: the registry, proposals and decisions, copies with their tools, and boards of what spread."""
