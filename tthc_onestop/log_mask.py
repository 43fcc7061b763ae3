import logging

from .rules.identity import mask_digits

# a refused statement is logged with its values, a failed request with its traceback
LOGGERS = ("odoo.sql_db", "odoo.http")


class MaskPersonalNumbers(logging.Filter):
    """Changes what a logger says before any handler writes it; it drops nothing."""

    def filter(self, record):
        try:
            record.msg, record.args = mask_digits(record.getMessage()), ()
        except (TypeError, ValueError):
            return True  # its arguments do not fit: the handlers say so, the caller goes on
        if record.exc_info and not record.exc_text:
            record.exc_text = mask_digits(logging.Formatter().formatException(record.exc_info))
        return True


def install():
    """Add the filter to each logger; where it is already, nothing happens."""
    for name in LOGGERS:
        logger = logging.getLogger(name)
        if not any(isinstance(known, MaskPersonalNumbers) for known in logger.filters):
            logger.addFilter(MaskPersonalNumbers())
