#!/usr/bin/env bash
# Runs the tree that layout.sh made as a container engine would. Usage: deploy/container/run-layout.sh DIR [-v FROM:TO[:rw]]… [ARGUMENT]…
#
# The program sees only its tree and, in place of the base image, the system folders and the Java of this machine, all of them read-only. It may
# write to its volume and nowhere else, and runs as the user of the image. FROM is a folder of this machine, seen as TO, read-only without rw. Of our
# environment it gets the variables LESIONSTREAM_…, QUARKUS_… and MP_JWT_…; the arguments come after the entry point. Ports are those of this machine.
#
# It needs a mount namespace, which root has, and others where user namespaces are allowed. Where there is none, or with
# LAYOUT_WITHOUT_NAMESPACE=1, the program runs in the tree as it lies, where permissions alone keep it from writing.
set -euo pipefail

usage() {
    echo "usage: deploy/container/run-layout.sh DIR [-v FROM:TO[:rw]]... [ARGUMENT]..." >&2
    exit 2
}

layout=${1:-}
[[ -f $layout/entrypoint ]] || usage
layout=$(cd "$layout" && pwd)

# Once more in a namespace of our own, if there can be one.
if [[ -z ${LAYOUT_WITHOUT_NAMESPACE:-} ]]; then
    for namespace in "--mount" "--mount --user --map-root-user"; do
        # shellcheck disable=SC2086 # several words
        if unshare $namespace true 2> /dev/null; then
            LAYOUT_WITHOUT_NAMESPACE=inside exec unshare $namespace --propagation private "$0" "$@"
        fi
    done
fi

shift
froms=() tos=() modes=()
while [[ ${1:-} == -v ]]; do
    IFS=: read -r from to mode <<< "${2:-}"
    [[ $from == /* && $to == /* && ${mode:-ro} == @(ro|rw) ]] || usage
    froms+=("$from") tos+=("$to") modes+=("${mode:-ro}")
    shift 2
done

mapfile -t command < "$layout/entrypoint"
command+=("$@")
mapfile -t environment < "$layout/environment"
mapfile -t -O "${#environment[@]}" environment < <(env | grep -E '^(LESIONSTREAM|QUARKUS|MP_JWT)_' || true)
environment+=("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin")
user=$(cat "$layout/user")
volume=$(cat "$layout/volume")
image_java=$(sed -n 's/^JAVA_HOME=//p' "$layout/environment")
our_java=${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")}

# The words that run a command as the user of the image; none where we are nobody else anyway.
as_user=()
if setpriv --reuid="${user%:*}" --regid="${user#*:}" --clear-groups true 2> /dev/null; then
    as_user=(setpriv --reuid="${user%:*}" --regid="${user#*:}" --clear-groups)
fi

# Makes a folder of this machine visible in the new root: show FROM TO ro|rw.
show() {
    mkdir -p "$new$2"
    mount --rbind "$1" "$new$2"
    [[ $3 == rw ]] || mount -o remount,bind,ro "$new$2"
}

in_namespace() {
    new=$layout/mounted # empty for everybody else
    mkdir -p "$new"
    mount -t tmpfs -o mode=755 root "$new"
    local top i
    for top in usr bin sbin lib lib32 lib64 etc; do
        [[ ! -e /$top ]] || show "/$top" "/$top" ro
    done
    for top in proc sys dev; do
        show "/$top" "/$top" rw
    done
    for top in "$layout"/root/*; do
        show "$top" "/${top##*/}" ro
    done
    show "$our_java" "$image_java" ro
    mount -t tmpfs -o mode=700 scratch "$new$volume"
    ((${#as_user[@]} == 0)) || chown "$user" "$new$volume"
    for i in "${!froms[@]}"; do
        show "${froms[$i]}" "${tos[$i]}" "${modes[$i]}"
    done
    mount -o remount,bind,ro "$new"
    # shellcheck disable=SC2016 # for the shell inside
    exec env -i "${environment[@]}" chroot "$new" "${as_user[@]}" sh -c 'cd "$0" && exec "$@"' "$volume" "${command[@]}"
}

# A path of the image where it lies on this machine.
placed() {
    local word=$1 i
    for i in "${!tos[@]}"; do
        word=${word//"${tos[$i]}"/"${froms[$i]}"}
    done
    word=${word//"$image_java"/"$our_java"}
    word=${word//"$volume"/"$layout/written"}
    echo "${word//'/opt/lesionstream'/"$layout/root/opt/lesionstream"}"
}

in_place() {
    local i
    for i in "${!environment[@]}"; do environment[i]=$(placed "${environment[$i]}"); done
    for i in "${!command[@]}"; do command[i]=$(placed "${command[$i]}"); done
    mkdir -p "$layout/written"
    ((${#as_user[@]} == 0)) || chown "$user" "$layout/written"
    cd "$layout/written"
    exec env -i "${environment[@]}" "${as_user[@]}" "${command[@]}"
}

if [[ ${LAYOUT_WITHOUT_NAMESPACE:-} == inside ]]; then
    in_namespace
else
    in_place
fi
