"""The pure engine of signed certificates: Open Badges 3.0 credentials as VC-JWT, their status lists, and checking; no Django, no I/O.

`credential` says what a certificate's credential holds, `jose` signs it with Ed25519, `status` packs who was taken back into a
list that anybody may keep, `checking` refuses whatever is not genuine on a day. Why so is docs/decisions/0024.
"""
