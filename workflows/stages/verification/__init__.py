"""County verification (县级核验): a visit, measured values, three verdicts side by side."""
