#!/usr/bin/env bash
# Puts the SBOM of a program where its image copies it from. Usage: deploy/container/sbom.sh worker|trainer
#
# The build writes it as PROGRAM/target/bom.json, unless Maven runs with -o, which leaves out what may ask the network. Afterwards
# deploy/container/target/sbom/PROGRAM holds sbom.json; or nothing, and the status is 1, if there is none or it is older than the program.
set -euo pipefail

program=${1:-}
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
case $program in
    worker) jar=$root/worker/target/quarkus-app/quarkus-run.jar ;;
    trainer) jar=$root/trainer/target/trainer.jar ;;
    *)
        echo "usage: deploy/container/sbom.sh worker|trainer" >&2
        exit 2
        ;;
esac

bill=$root/$program/target/bom.json
target=$root/deploy/container/target/sbom/$program
mkdir -p "$target"
rm -f "$target/sbom.json"
if [[ ! -f $bill || $bill -ot $jar ]]; then
    echo "sbom.sh: $bill is not there or older than the program; build it, without -o, with: mvn -DskipTests package" >&2
    exit 1
fi
cp "$bill" "$target/sbom.json"
chmod 644 "$target/sbom.json"
