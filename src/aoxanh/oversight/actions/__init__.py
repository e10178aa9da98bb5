"""What people do in oversight, by noun."""
