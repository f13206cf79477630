# The item library of an office at the command line. Bundles are written into a folder that goes away again.
here=$(mktemp -d)
trap 'rm -r "$here"' EXIT
ln -s "$PWD/examples" "$here/examples"
cd "$here"

banli library export examples/county --since 2024-01-01 --by 政务办 -o county.jsonl
banli library list county.jsonl --law 食品安全法
banli library allowed county.jsonl --entry 1 --role 录入账号 --department MZ
banli library disclosure examples/county --on 2025-06-03

# What a bundle has in force comes back as documents.
banli library restore county.jsonl --on 2025-01-01 -o restored
banli library compare restored/items/62052400MZ-XK-0001.yaml examples/county/items/civil-association.yaml --lang en
