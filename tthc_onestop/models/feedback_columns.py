"""The columns of a feedback by who writes them, and when."""

# the six criteria of NĐ 20/2008 Đ14
CRITERIA = (
    "criterion_necessary",
    "criterion_lawful",
    "criterion_simple",
    "criterion_feasible",
    "criterion_consistent",
    "criterion_treaties",
)
# what the sender said: as it came, correctable until it is looked at
SAID = frozenset(
    "subject content proposal sender_kind sender_name sender_address sender_phone sender_email "
    "channel portal_code company_id partner_id about_officer sent_at".split()
)
# what the handler finds: until it is handed in for approval
FOUND = frozenset(("sufficient", "outcome", "answer", "template_id", *CRITERIA))
# columns that follow from the events: written by the gate alone
PROJECTED = frozenset(
    "name year number status waiting waits_since received_at received_on category conduct_kind "
    "within_authority procedure_id procedure_part sector_id sensitive accused_ids refusal_kind "
    "agency officer_id submitted_by_id approved_by_id sent_by answered_at answered_on dismissed_on "
    "public_question public_answer publication published_on checked_by_id asked_solved_on solved "
    "closed_on reopened_at due_at due_on due_kind duplicate_of_id fingerprint event_count "
    "reminded_due_on reminded_rung review_task_id told_on "
    "answer_due_on".split()
)
