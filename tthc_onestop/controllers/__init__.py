from . import json2, portal, slips
