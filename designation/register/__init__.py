"""The register (名册): designations as the public sees them."""
