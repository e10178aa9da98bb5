"""The field app: an offline-first page for volunteers' phones; here only its door, the app itself is static/field.

The page holds nothing personal and is the same for everyone, so that a service worker can keep it. What a person may
see and hand in is decided by the API alone.
"""
