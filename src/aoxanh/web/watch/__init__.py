"""What an operator's machines ask of the site: is it alive, is it ready, what does it count; and its access log."""
