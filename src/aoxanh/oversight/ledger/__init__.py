"""The verified-impact ledger's reckoning: from counted answers and checks to shares with honest intervals. Pure, no Django."""
