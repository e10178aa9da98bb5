"""The signed addresses that a badge's QR holds: made, read and refused here. Pure: no Django, no database, no clock of its own."""
