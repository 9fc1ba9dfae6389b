#!/usr/bin/env bash
# Builds a container image. Usage: deploy/container/build.sh worker|worker-cpu|trainer [OPTION OF THE ENGINE]…
#
# The image is named lesionstream/IMAGE:VERSION, with the version of the project unless VERSION is set. Build the project first, with
#   mvn -DskipTests -Pcu118 clean package      for worker and trainer
#   mvn -DskipTests clean package              for worker-cpu, and the trainer with --build-arg NATIVES=cpu --build-arg BASE=…
# CONTAINER_ENGINE names another program than docker.
set -euo pipefail

image=${1:-}
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
if [[ ! -f $root/deploy/container/$image.Dockerfile ]]; then
    echo "usage: deploy/container/build.sh worker|worker-cpu|trainer [OPTION OF THE ENGINE]..." >&2
    exit 2
fi
shift

"$root/deploy/container/natives.sh" "${image%-cpu}" > /dev/null
"$root/deploy/container/sbom.sh" "${image%-cpu}"
version=${VERSION:-$(sed -n 's/^  <version>\(.*\)<\/version>$/\1/p' "$root/pom.xml" | head -n 1)}
revision=$(git -C "$root" rev-parse HEAD 2> /dev/null || echo unknown)
exec "${CONTAINER_ENGINE:-docker}" build \
    --file "$root/deploy/container/$image.Dockerfile" \
    --tag "lesionstream/$image:$version" \
    --build-arg VERSION="$version" \
    --build-arg REVISION="$revision" \
    "$@" "$root"
