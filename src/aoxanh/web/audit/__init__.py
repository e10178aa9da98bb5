"""The auditor's page: who did or read what, in words, and whether the record was touched."""
