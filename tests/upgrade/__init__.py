"""Databases as earlier versions left them; tools/upgrade_snapshot.py writes one for each release."""
