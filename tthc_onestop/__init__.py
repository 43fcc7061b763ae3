from . import controllers, log_mask, models, wizard
from .hooks import uninstall_hook

log_mask.install()
