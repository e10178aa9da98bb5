"""Accounts, volunteers, teams, roles and scopes: who a person is here, what they may do, and where.

`permissions.may` is the only permission check of the product. Uses places, privacy, audit and kernel.
"""
