#!/usr/bin/env bash
# Makes the file tree of an image without Docker. Usage: deploy/container/layout.sh IMAGE DIR [--build-arg NAME=VALUE]…
#
# IMAGE is worker, worker-cpu or trainer. What it does is read from deploy/container/IMAGE.Dockerfile, line by line, so that tree and image
# cannot differ; an instruction that it does not understand ends it. In DIR, which must not exist, there are afterwards
#   root/         the files that the COPY lines add to the base image, with their rights
#   owners        lines "UID:GID PATH" of what belongs to somebody else than root
#   base          lines "IMAGE PATH" of what is copied from another image; in root/ it is an empty folder
#   environment   lines NAME=VALUE
#   entrypoint    the command, one word a line
#   user, workdir, volume
set -euo pipefail

image=${1:-} target=${2:-}
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
dockerfile=$root/deploy/container/$image.Dockerfile

fail() {
    echo "layout.sh: $*" >&2
    exit 1
}

if [[ -z $target || ! -f $dockerfile ]]; then
    echo "usage: deploy/container/layout.sh worker|worker-cpu|trainer DIR [--build-arg NAME=VALUE]..." >&2
    exit 2
fi
[[ ! -e $target ]] || fail "$target exists already"
shift 2
declare -A given=() arguments=()
while (($# > 0)); do
    [[ $1 == --build-arg && ${2:-} == *=* ]] || fail "not an option: $*"
    given[${2%%=*}]=${2#*=}
    shift 2
done

"$root/deploy/container/natives.sh" "${image%-cpu}" > /dev/null
"$root/deploy/container/sbom.sh" "${image%-cpu}" || echo "layout.sh: the tree is without an SBOM" >&2

mkdir -p "$target/root"
target=$(cd "$target" && pwd)
touch "$target/owners" "$target/base" "$target/environment"

# What the context leaves out, as patterns from the top folder of the project.
ignored=()
if [[ -f $dockerfile.dockerignore ]]; then
    mapfile -t ignored < <(grep -v -e '^#' -e '^$' "$dockerfile.dockerignore")
fi
is_ignored() {
    local pattern
    for pattern in "${ignored[@]}"; do
        # shellcheck disable=SC2053 # a pattern on purpose
        [[ $1 != $pattern ]] || return 0
    done
    return 1
}

# $NAME and ${NAME} of build arguments.
expand() {
    local text=$1 name
    for name in "${!arguments[@]}"; do
        text=${text//"\${$name}"/${arguments[$name]}}
    done
    [[ $text != *'$'* ]] || fail "cannot expand $1"
    echo "$text"
}

copy() {
    local owner="" from=""
    while [[ $1 == --* ]]; do
        case $1 in
            --chown=*) owner=${1#*=} ;;
            --from=*) from=${1#*=} ;;
            *) fail "COPY $1 is not understood" ;;
        esac
        shift
    done
    (($# == 2)) || fail "COPY takes one source and one place here: $*"
    local source place
    source=$(expand "$1")
    place=$(expand "$2")
    [[ $place == /* ]] || fail "COPY must name an absolute place: $place"
    if [[ -n $from ]]; then
        echo "$(expand "$from") $place" >> "$target/base"
        mkdir -p "$target/root$place"
        return
    fi
    [[ -e $root/$source ]] || fail "COPY $source: there is no such file; build it first with: mvn -DskipTests package"
    local file relative
    if [[ -d $root/$source ]]; then
        [[ $source == */ && $place == */ ]] || fail "COPY of a folder must end in slashes: $source $place"
        mkdir -p "$target/root$place"
        while IFS= read -r file; do
            relative=${file#"$root/$source"}
            is_ignored "$source$relative" && continue
            mkdir -p "$target/root$place$(dirname "$relative")"
            cp --no-dereference --preserve=mode "$file" "$target/root$place$relative"
        done < <(find "$root/$source" ! -type d)
    else
        mkdir -p "$target/root$(dirname "$place")"
        cp --preserve=mode "$root/$source" "$target/root$place"
    fi
    [[ -z $owner ]] || echo "$owner $place" >> "$target/owners"
}

# NAME=VALUE pairs of one ENV line; values hold no spaces.
environment() {
    local pair
    for pair in "$@"; do
        [[ $pair == [A-Z]*=* ]] || fail "ENV $pair is not understood"
        expand "$pair" >> "$target/environment"
    done
}

argument() {
    local name=${1%%=*}
    if [[ -v "given[$name]" ]]; then
        arguments[$name]=${given[$name]}
    elif [[ $1 == *=* ]]; then
        arguments[$name]=$(expand "${1#*=}")
    fi
}

# ["word", "word"] as one word a line.
words() {
    [[ $1 == '['*']' ]] || fail "ENTRYPOINT must be a list of words"
    grep -o '"[^"]*"' <<< "$1" | tr -d '"'
}

umask 022
# One instruction a line: continued lines joined, comments and empty lines left out.
while read -r instruction rest; do
    read -ra parts <<< "$rest"
    case $instruction in
        COPY) copy "${parts[@]}" ;;
        ENV) environment "${parts[@]}" ;;
        ARG) argument "$rest" ;;
        ENTRYPOINT) words "$rest" > "$target/entrypoint" ;;
        USER) echo "$rest" > "$target/user" ;;
        WORKDIR) echo "$rest" > "$target/workdir" ;;
        VOLUME) echo "$rest" > "$target/volume" ;;
        FROM | LABEL | EXPOSE) ;;
        *) fail "$instruction is not understood; such an image could not be checked without Docker" ;;
    esac
done < <(grep -v '^[[:space:]]*#' "$dockerfile" | sed -e ':join' -e '/\\$/N' -e 's/\\\n/ /' -e 'tjoin' | grep -v '^[[:space:]]*$')

# Where the Java of the base image is.
mkdir -p "$target/root$(sed -n 's/^JAVA_HOME=//p' "$target/environment")"
chmod -R a-w "$target/root"
if ((EUID == 0)); then
    chown -R 0:0 "$target/root"
    while read -r owner place; do
        chown -R "$owner" "$target/root$place"
    done < "$target/owners"
fi
while read -r _ place; do
    chmod -R u+w "$target/root$place"
done < "$target/owners"
