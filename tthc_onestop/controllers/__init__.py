from . import json2, slips
