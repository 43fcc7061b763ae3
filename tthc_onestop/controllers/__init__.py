from . import handover, json2, portal, register, slips, uploads, workflow
