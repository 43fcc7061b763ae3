from . import board, handover, json2, portal, register, slips, uploads
