from odoo import models

from ..rules import feedback as rules


class TthcFeedback(models.Model):
    """Why the lifecycle refuses a move, for people."""

    _inherit = "tthc.feedback"

    def _refusal(self, code, name):
        """The sentence for a code of ``Refused``."""
        env, number, move = self.env, self.name, self._move_label(name)
        if code == "not_from":
            statuses = dict(self._fields["status"]._description_selection(env))
            return env._(
                "%(feedback)s is “%(status)s”: “%(move)s” is possible only from %(sources)s.",
                feedback=number,
                status=statuses[self.status],
                move=move,
                sources=", ".join(f"“{statuses[each]}”" for each in rules.MOVES[name].sources),
            )
        if code == "reason":
            return env._("“%(move)s” needs a reason in words.", move=move)
        return {
            "waits_sender": env._(
                "%(feedback)s waits for its sender: let it go on first.", feedback=number
            ),
            "waits_suspended": env._(
                "%(feedback)s is suspended: let it go on first.", feedback=number
            ),
            "waits_approval": env._(
                "%(feedback)s waits for a leader to approve its answer.", feedback=number
            ),
            "waits_approved": env._(
                "The answer to %(feedback)s is approved: send it.", feedback=number
            ),
            "not_waiting": env._(
                "“%(move)s” is not what %(feedback)s waits for.", move=move, feedback=number
            ),
            "own_work": env._(
                "You have worked on the answer to %(feedback)s yourself: another leader approves "
                "it.",
                feedback=number,
            ),
            "window": env._(
                "%(feedback)s was answered too long ago to be opened again: register a new one.",
                feedback=number,
            ),
            "no_answer": env._("Write the answer to %(feedback)s first.", feedback=number),
            "blanks": env._(
                "The answer to %(feedback)s still has dots of its template: write there what "
                "belongs there, or take them out.",
                feedback=number,
            ),
            "no_ground": env._(
                "Say whether there is enough ground to look at %(feedback)s.", feedback=number
            ),
            "criteria": env._("Assess %(feedback)s against all six criteria.", feedback=number),
            "no_outcome": env._("Choose what is to be done about %(feedback)s.", feedback=number),
        }[code]
