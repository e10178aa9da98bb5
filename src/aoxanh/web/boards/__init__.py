"""The boards: what leaders look at, drawn from oversight. `views` is the way in, `page` prepares what the templates show."""
