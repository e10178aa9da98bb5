"""An initiative on paper."""
