"""The HTML door: pages for officers and citizens, and `field`, the offline app. Views parse, call an action, respond."""
