#!/bin/sh
# npm's packages of a folder, unless they are there as its lock file says: install.sh FOLDER [OPTION of npm ci]...
folder="$1"
installed="$folder/node_modules/.package-lock.json"
[ -f "$installed" ] && ! [ "$folder/package-lock.json" -nt "$installed" ] && exit 0
shift
exec npm ci --prefix "$folder" --no-audit --no-fund "$@"
