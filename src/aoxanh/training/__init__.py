"""What volunteers are trained for: skill groups, the sessions that teach them, and the certificates that let somebody hold a post.

A certificate is a record that somebody answers for, with its source; without one that holds on the day nobody is sent to a post
of that group. Uses people, places, privacy, audit and kernel.
"""
