"""Pages on which needs are told and confirmed, plans made, compared, edited and published, and people say yes or no."""
