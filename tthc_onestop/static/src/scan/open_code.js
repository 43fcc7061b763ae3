import {_t} from "@web/core/l10n/translation";

// The shape of a dossier code, as rules/dossier_code.py issues it: H23.20.31-230605-0001
const CODE = /^[0-9A-Z]{3}(\.[0-9A-Z]{1,8}){0,4}-\d{6}-\d{4,}$/i;

export function isCode(text) {
    return CODE.test(String(text).trim());
}

/**
 * Open the dossier of a code that was typed or scanned.
 *
 * @param {Object} services of the environment: action, notification, orm
 * @param {String} text
 * @returns {Promise<Boolean>} whether a dossier was opened
 */
export async function openCode({action, notification, orm}, text) {
    const code = String(text).trim().toUpperCase();
    const [id] = await orm.search("tthc.dossier", [["name", "=", code]], {limit: 1});
    if (!id) {
        notification.add(_t("No dossier %s that you may see.", code), {type: "warning"});
        return false;
    }
    await action.doAction({
        type: "ir.actions.act_window",
        res_model: "tthc.dossier",
        res_id: id,
        views: [[false, "form"]],
    });
    return true;
}
