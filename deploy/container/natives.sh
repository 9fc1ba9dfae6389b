#!/usr/bin/env bash
# Unpacks the engine's native libraries for an image. Usage: deploy/container/natives.sh worker|trainer
#
# The engine unpacks them at its first start into a cache folder; in an image they must be there already. This makes, from the
# libraries of the built program, in deploy/container/target/natives/FLAVOR, where FLAVOR is cpu or cu118:
#   cache/     the cache folder as the engine would have made it
#   PROGRAM/   the archive of the natives, without the natives: the engine reads there which version it has
# The last line printed is FLAVOR.
set -euo pipefail

program=${1:-}
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
case $program in
    worker) libraries=$root/worker/target/quarkus-app/lib/main ;;
    trainer) libraries=$root/trainer/target/lib ;;
    *)
        echo "usage: deploy/container/natives.sh worker|trainer" >&2
        exit 2
        ;;
esac

fail() {
    echo "natives.sh: $*" >&2
    exit 1
}

# The one jar of the program with this name.
only() {
    local found=("$libraries"/*"$1"*.jar)
    [[ -f ${found[0]} ]] || fail "$libraries holds no $1; build it with: mvn -DskipTests package"
    ((${#found[@]} == 1)) || fail "$libraries holds several of $1; build it with: mvn -DskipTests clean package"
    echo "${found[0]}"
}

# The value of a key in a properties file.
property() {
    local value
    value=$(sed -n "s/^$2=//p" "$1" | tr -d '\r')
    [[ -n $value ]] || fail "$1 does not say its $2"
    echo "$value"
}

natives=$(only pytorch-native-)
bridge=$(only pytorch-jni-)
engine=$(only pytorch-engine-)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd "$work" && jar xf "$natives" native/lib/pytorch.properties && jar xf "$engine" pytorch-engine.properties)
about=$work/native/lib/pytorch.properties
flavor=$(property "$about" flavor)
classifier=$(property "$about" classifier)
version=$(property "$about" version)
api=$(property "$work/pytorch-engine.properties" djl_version)

target=$root/deploy/container/target/natives/$flavor
mkdir -p "$target"
new=$(mktemp -d "$target/unpacking-XXXXXX")
trap 'rm -rf "$work" "$new"' EXIT
cache=$new/cache/pytorch/$version-$flavor-$classifier
mkdir -p "$cache" "$new/$program"

(cd "$new" && jar xf "$natives" "pytorch/$flavor/$classifier" && jar xf "$bridge" "jnilib/$classifier/$flavor")
IFS=, read -ra listed <<< "$(property "$about" libraries)"
for library in "${listed[@]}"; do
    mv "$new/pytorch/$flavor/$classifier/$library" "$cache/"
done
mv "$new/jnilib/$classifier/$flavor/libdjl_torch.so" "$cache/$api-libdjl_torch.so"
jar --create --date=2026-01-01T00:00:00Z --file "$new/$program/$(basename "$natives")" -C "$work" native/lib/pytorch.properties
find "$new" -type d -exec chmod 755 {} +
find "$new" -type f -exec chmod 644 {} +

for part in cache "$program"; do
    rm -rf "${target:?}/$part"
    mv "$new/$part" "$target/"
done
echo "$flavor"
