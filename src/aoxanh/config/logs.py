"""Where log lines go and who may write them: one handler, in the form that kernel.logs gives them."""

from typing import Any

FORMS = {"text": "aoxanh.kernel.logs.PlainLines", "json": "aoxanh.kernel.logs.JsonLines"}


def logging_for(*, level: str, style: str) -> dict[str, Any]:
    """Return the logging configuration; everything goes to standard error, where a service manager takes it.

    Django's own handlers are taken off: they would write addresses. Of refused requests our access log tells already.
    """
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": FORMS[style]}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {
            "aoxanh": {"level": level, "propagate": True},
            "django": {"handlers": [], "level": "WARNING", "propagate": True},
            "django.request": {"handlers": [], "level": "ERROR", "propagate": True},
            # Every scanner that names another host would be an error with a trace; the access log has its 400.
            "django.security": {"handlers": [], "level": "CRITICAL", "propagate": True},
            "django.security.DisallowedHost": {"handlers": [], "level": "CRITICAL", "propagate": True},
            "django.server": {"handlers": [], "level": "ERROR", "propagate": True},
            "_granian": {"handlers": [], "level": "WARNING", "propagate": True},
        },
    }
