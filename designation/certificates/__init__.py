"""Certificates (证书): what a county hands out of a title, numbered, signed, checked by anybody.

``numbers`` counts, ``content`` says what a certificate states, ``signing`` signs it, ``issuing``
does all three in one transaction; ``printing`` draws it. See docs/certificates.md.
"""
