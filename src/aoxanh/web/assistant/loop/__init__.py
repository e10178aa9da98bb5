"""Pages on which people better the assistant: flags, questions without an answer, citizens' words, approved answers, what is asked."""
