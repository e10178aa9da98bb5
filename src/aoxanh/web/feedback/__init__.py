"""Pages of citizens' feedback: three taps for anybody, and the list in which complaints are answered."""
