from . import catalogue, handover, json2, portal, register, slips, uploads
