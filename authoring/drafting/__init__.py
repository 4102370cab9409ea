"""Where a county makes its own standard: read from its document, corrected, tried, published.

Public: ``drafts`` (begin, copy, publish, retire, discard), ``readiness.obstacles`` (why a draft
cannot be published yet), ``rules`` (who manages the standards of which areas).
"""
