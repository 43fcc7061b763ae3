from . import (
    board,
    catalogue,
    fees,
    handover,
    json2,
    portal,
    procedure_list,
    register,
    slips,
    uploads,
    workflow,
)
