"""Public-service procedures as versioned cards: papers, place, time, fee with its certainty, and who does each step.

An edit makes a new version and never rewrites an old one, so a session says which version the volunteer followed. `card`,
`rules`, `seed`, `search` and `difference` are pure: the shape of a card, what it must and must never say, the cards that
come with the product, finding one, telling two versions apart. Uses people, places, privacy, audit and kernel.
"""
