from . import fees, handover, json2, portal, register, slips, uploads
