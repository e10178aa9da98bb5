"""What is done in the training room; one module for each noun."""

from aoxanh.training.actions.certificates import CertificateFacts, record_certificate, revoke_certificate

__all__ = ["CertificateFacts", "record_certificate", "revoke_certificate"]
