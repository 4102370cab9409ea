from .gateways import receiver

__all__ = ["receiver"]
