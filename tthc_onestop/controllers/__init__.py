from . import handover, json2, portal, slips, uploads
