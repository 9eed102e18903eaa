# shellcheck shell=bash
# All parts, in an order in which each finds what it leans on. The caller sets $lib.

. "$lib/log.sh"
. "$lib/paths.sh"
. "$lib/packages.sh"
. "$lib/rust.sh"
. "$lib/node.sh"
. "$lib/place.sh"
. "$lib/process.sh"
. "$lib/postgres.sh"
. "$lib/redis.sh"
. "$lib/testdb.sh"
. "$lib/build.sh"
. "$lib/app.sh"
. "$lib/gen.sh"
. "$lib/steps.sh"
