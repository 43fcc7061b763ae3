# The databases. Two templates, built once and cloned in a moment:
#   tthc_odoo      Odoo's own modules, Vietnamese, Vietnam, the web client's bundles
#   tthc_template  that and both addons with the commune's data; main and test databases are its clones
# What a database was made from is written in its comment; a changed source makes it stale.
# shellcheck shell=bash

ODOO_TEMPLATE=tthc_odoo
TEMPLATE=tthc_template
COPY=_before_upgrade
PASSWORDS=$STATE/passwords.json
ODOO_MODULES=base,web,barcodes,mail,portal,rating,resource,rpc

sql() { # DATABASE STATEMENT
    "$PG_BIN/psql" -XAtq -v ON_ERROR_STOP=1 -d "$1" -c "$2"
}

db_exists() { [ "$(sql postgres "SELECT 1 FROM pg_database WHERE datname = '$1'")" = 1 ]; }
db_drop() { sql postgres "DROP DATABASE IF EXISTS \"$1\" WITH (FORCE)" 2>/dev/null; }
db_copy() { sql postgres "CREATE DATABASE \"$2\" TEMPLATE \"$1\""; }
db_rename() { sql postgres "ALTER DATABASE \"$1\" RENAME TO \"$2\""; }
db_source() { sql postgres "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = '$1'"; }
db_set_source() { sql postgres "COMMENT ON DATABASE \"$1\" IS '$2'"; }

odoo_on() { # DATABASE LOG ARGUMENT...: one run of Odoo to its end
    logged "$2" "$ODOO" server -c "$CONF" -d "$1" --skip-auto-install --max-cron-threads=0 --no-http --stop-after-init "${@:3}"
}

script_on() { # DATABASE SCRIPT: run in Odoo's shell
    local name
    name=$(basename "$2" .py)
    TTHC_PASSWORDS=$PASSWORDS "$ODOO" shell -c "$CONF" -d "$1" --max-cron-threads=0 --no-http <"$2" >"$LOGS/$name.log" 2>&1 ||
        die "scripts/$name.py failed on database $1$(last_error "$name")."
}

addons_key() { # what the addons' databases are made from; tests do not count
    local files
    mapfile -t files < <(cd "$ROOT" && find "${MODULES[@]}" scripts/commune.py scripts/prepare_db.py "$PASSWORDS" -type f \
        ! -path '*/tests/*' ! -path '*/__pycache__/*' ! -name '*.md' | sort)
    (cd "$ROOT" && { echo "$ODOO_VERSION"; sha256sum -- "${files[@]}"; } | sha256sum | cut -c1-16)
}

install_modules() { # DATABASE MODULES LOG ARGUMENT...
    odoo_on "$1" "$3" -i "$2" "${@:4}" ||
        die "the modules $2 could not be installed$(last_error "$3")."
    local missing
    missing=$(sql "$1" "SELECT string_agg(m, ', ') FROM unnest(string_to_array('$2', ',')) m
        WHERE m NOT IN (SELECT name FROM ir_module_module WHERE state = 'installed')")
    [ -z "$missing" ] || die "these modules were not installed: $missing$(last_error "$3")."
}

publish() { # NEW NAME SOURCE: put a finished database in the place of the old one
    db_set_source "$1" "$3"
    db_drop "$2"
    db_rename "$1" "$2"
}

make_templates() {
    local odoo_key key new
    odoo_key=$(echo "$ODOO_VERSION $ODOO_MODULES $(hash_of "$ROOT/scripts/prepare_db.py")" | sha256sum | cut -c1-16)
    key=$(addons_key)
    DETAIL="template up to date"
    [ "$(db_source $TEMPLATE)" = "$key" ] && return

    if [ "$(db_source $ODOO_TEMPLATE)" != "$odoo_key" ]; then
        new=${ODOO_TEMPLATE}_new
        db_drop $new
        install_modules $new $ODOO_MODULES template-odoo --load-language vi_VN
        [ "$(sql $new "SELECT count(*) FROM pg_extension WHERE extname IN ('pg_trgm', 'unaccent')")" = 2 ] ||
            die "the PostgreSQL server has no pg_trgm or no unaccent, which search needs; install its contrib package (postgresql-contrib)."
        script_on $new "$ROOT/scripts/prepare_db.py"
        publish $new $ODOO_TEMPLATE "$odoo_key"
    fi
    new=${TEMPLATE}_new
    db_drop $new
    db_copy $ODOO_TEMPLATE $new
    install_modules $new "$ADDONS" template-addons
    script_on $new "$ROOT/scripts/commune.py"
    script_on $new "$ROOT/scripts/prepare_db.py"
    publish $new $TEMPLATE "$key"
    DETAIL="template built: $ADDONS and the commune's data"
}

clone_template() { # NAME: a database that is nobody's twin: own identity and secret, files on disk
    local new=$1_new
    db_drop "$new"
    db_copy $TEMPLATE "$new"
    sql "$new" "
        UPDATE ir_config_parameter SET value = gen_random_uuid() WHERE key IN ('database.uuid', 'database.secret');
        DELETE FROM ir_config_parameter WHERE key = 'ir_attachment.location'"
    publish "$new" "$1" "$(addons_key)"
}

# The main database is cloned the first time and upgraded when the addons have changed. A copy made
# before the upgrade is put back if it fails or is interrupted.
set_up_database() { # DB, by default the main one; another is taken as it is
    DB=${DB:-$MAIN_DB}
    if [ "$DB" != "$MAIN_DB" ]; then
        unlock
        db_exists "$DB" || die "there is no database $DB; make it with: make db NAME=$DB."
        return
    fi
    put_back_main
    db_exists "$MAIN_DB" || step "Modules, data" make_templates
    step "Database" make_main_database
    unlock
}

make_main_database() {
    local key
    key=$(addons_key)
    if ! db_exists "$MAIN_DB"; then
        clone_template "$MAIN_DB"
        DETAIL="$MAIN_DB created"
    elif [ "$(db_source "$MAIN_DB")" = "$key" ]; then
        DETAIL="$MAIN_DB up to date"
    else
        [ "$(sql "$MAIN_DB" "SELECT to_regclass('tthc_dossier') IS NOT NULL")" = t ] ||
            die "the database $MAIN_DB exists and has no tthc_onestop in it; name another one in DATABASE_URL, or drop it."
        db_copy "$MAIN_DB" "$MAIN_DB$COPY" 2>"$LOGS/psql.log" ||
            die "the database $MAIN_DB is to be upgraded and is in use; stop the Odoo that runs on it and try again."
        db_set_source "$MAIN_DB$COPY" "$(db_source "$MAIN_DB")"
        at_exit put_back_main
        odoo_on "$MAIN_DB" upgrade -u "$ADDONS" ||
            die "the upgrade of database $MAIN_DB failed and it is put back as it was$(last_error upgrade)."
        script_on "$MAIN_DB" "$ROOT/scripts/commune.py"
        db_set_source "$MAIN_DB" "$key"
        db_drop "$MAIN_DB$COPY"
        DETAIL="$MAIN_DB upgraded"
    fi
}

put_back_main() {
    db_exists "$MAIN_DB$COPY" || return 0
    db_drop "$MAIN_DB"
    db_rename "$MAIN_DB$COPY" "$MAIN_DB"
}
