#!/usr/bin/env python3
"""vtlt verify --schemas: verify_schemas.py VTLT SCHEMAS EXAMPLES. 77: the schemas are not here, nothing was checked."""
import json
import pathlib
import subprocess
import sys


def codes(vtlt, *words):
    result = subprocess.run([vtlt, "verify", *words, "--json"], capture_output=True, text=True, encoding="utf-8", timeout=300)
    return {finding["code"] for finding in json.loads(result.stdout)["findings"]}, result


def main():
    vtlt, schemas, examples = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    if not schemas.is_dir() or not examples.is_dir():
        print(f"SKIPPED, NOTHING WAS CHECKED: no {schemas}", file=sys.stderr)
        return 77
    spoilt, whole = str(examples / "minimal_IP_invmets.zip"), str(examples / "minimal_IP_with_schemas.zip")
    wrong = []
    if "CSIP-METS-schema" in codes(vtlt, spoilt)[0]:
        wrong.append("a breach of the schema is told without one")
    if "CSIP-METS-schema" not in codes(vtlt, spoilt, "--schemas", str(schemas))[0]:
        wrong.append("with --schemas the breach is not told")
    if "CSIP-METS-schema" in codes(vtlt, whole, "--schemas", str(schemas))[0]:
        wrong.append("a right package is told to break the schema")
    for absent in ("khong-co", whole):
        result = subprocess.run([vtlt, "verify", whole, "--schemas", absent], capture_output=True, text=True)
        if result.returncode != 2:
            wrong.append(f"--schemas {absent}: status {result.returncode}")
    print("\n".join(wrong))
    return 1 if wrong else 0


sys.exit(main())
