from odoo import models

from ..rules import lifecycle


class TthcDossier(models.Model):
    """Why the lifecycle refuses a move, for people."""

    _inherit = "tthc.dossier"

    def _refusal(self, code, name):
        """The sentence for a code of ``lifecycle.Refused``."""
        env, dossier, move = self.env, self.display_name, self._move_label(name)
        if code == "not_from":
            statuses = dict(self._fields["status"]._description_selection(env))
            return env._(
                "Dossier %(dossier)s is “%(status)s”: “%(move)s” is possible only from "
                "%(sources)s.",
                dossier=dossier,
                status=statuses[self.status],
                move=move,
                sources=", ".join(
                    f"“{statuses[source]}”" for source in lifecycle.MOVES[name].sources
                ),
            )
        if code == "reason":
            return env._("“%(move)s” needs a reason in words.", move=move)
        sentences = {
            "supplements": env._(
                "A supplement has been asked for already on dossier %(dossier)s; "
                "only a leader may ask once more.",
                dossier=dossier,
            ),
            "supplements_over": env._(
                "Supplements have been asked for on dossier %(dossier)s as often as the law "
                "allows: decide on what there is.",
                dossier=dossier,
            ),
            "extensions": env._("Dossier %(dossier)s has been extended already.", dossier=dossier),
            "too_late": env._(
                "Dossier %(dossier)s can be extended only before its due day.", dossier=dossier
            ),
            "not_later": env._("The new due date must be after the present one."),
            "waits": env._("Dossier %(dossier)s waits for a signature already.", dossier=dossier),
            "not_submitted": env._(
                "Nobody has asked for a signature of dossier %(dossier)s.", dossier=dossier
            ),
            "own_work": env._(
                "Dossier %(dossier)s is your own work: another leader signs it.",
                dossier=dossier,
            ),
            "signature": env._(
                "The workflow of dossier %(dossier)s ends with a leader's signature: submit it "
                "for signature instead.",
                dossier=dossier,
            ),
            "holds": env._("Dossier %(dossier)s is in your hands already.", dossier=dossier),
            "nothing_given": env._(
                "No hand-over of dossier %(dossier)s waits to be confirmed.", dossier=dossier
            ),
            "gave": env._(
                "You handed dossier %(dossier)s over yourself: who takes it confirms.",
                dossier=dossier,
            ),
            "not_taker": env._(
                "Dossier %(dossier)s was handed over to %(officer)s, who confirms it.",
                dossier=dossier,
                officer=self.officer_id.tthc_name(),
            ),
            "parts": env._(
                "Another agency has not done its part of dossier %(dossier)s: record its "
                "answer first.",
                dossier=dossier,
            ),
            "window": env._(
                "Dossier %(dossier)s ended too long ago to be opened again: file a new one.",
                dossier=dossier,
            ),
            "has_result": env._(
                "The result of dossier %(dossier)s is recorded already: a leader corrects it.",
                dossier=dossier,
            ),
            "no_result": env._(
                "Dossier %(dossier)s has no result document to correct: record it first.",
                dossier=dossier,
            ),
            "same_due": env._(
                "The working calendar gives dossier %(dossier)s the due date it has.",
                dossier=dossier,
            ),
            "future": env._(
                "What is corrected must have been so already: enter an earlier moment."
            ),
            "before_last": env._(
                "Something happened to dossier %(dossier)s after that moment: enter a later one, "
                "see its diary.",
                dossier=dossier,
            ),
            "sealed": env._(
                "The figures of that day are sealed and stay: record “%(move)s” as of today. "
                "The next report tells of it.",
                move=move,
            ),
            "no_due": env._("Dossier %(dossier)s has no due date to extend.", dossier=dossier),
        }
        return sentences[code]
