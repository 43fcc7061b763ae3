#!/usr/bin/env bash
# Before Odoo serves: install the addons, or upgrade them to those of this image.
set -euo pipefail
odoo -d tthc --skip-auto-install --load-language vi_VN --no-http --stop-after-init \
    -i tthc_onestop,tthc_reporting -u tthc_onestop,tthc_reporting
odoo shell -d tthc --no-http </opt/tthc/first_start.py
