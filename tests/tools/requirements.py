#!/usr/bin/env python3
"""Which test names which requirement: makes a table of tests/requirements.txt and the tests themselves.

    requirements.py TABLE.md

A Catch2 test names ids in its name or tags, a transcript and a python check in their comments. Exit 1: a requirement
without a test and without a reason, or an id nobody knows.
"""
import pathlib
import re
import sys

tests = pathlib.Path(__file__).resolve().parent.parent
ID = re.compile(r"\b([PD])0?(\d{1,2})\b")
HEAD = """<!-- Made by tests/tools/requirements.py of tests/requirements.txt and the tests. -->
# Requirements and their tests

| id | requirement | tests |
|---|---|---|
"""


def ids_in(text):
    for letter, number in ID.findall(text):
        yield f"{letter}{int(number):02}" if letter == "P" else f"D{int(number)}"


def known():
    table = {}
    for number, line in enumerate((tests / "requirements.txt").read_text(encoding="utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        what, _, reason = line.partition(" | ")
        match = re.fullmatch(r"([PD]\d{1,2}) (.+)", what)
        if not match or (reason and not reason.startswith(("later: ", "not met: "))):
            sys.exit(f"requirements.txt:{number}: not understood: {line}")
        table[match[1]] = (match[2].strip(), reason.strip())
    return table


def named():
    """(id, where, what the test is called)"""
    for path in sorted(tests.rglob("*.cpp")):
        text = path.read_text(encoding="utf-8")
        for match in re.finditer(r'TEST_CASE\(\s*((?:"(?:[^"\\]|\\.)*"\s*,?\s*)+)\)', text):
            strings = re.findall(r'"((?:[^"\\]|\\.)*)"', match[1])
            for one in set(ids_in(" ".join(strings))):
                name = re.sub(r"\s*\[[^\]]*\]", "", strings[0]).replace('\\"', '"')
                yield one, path.relative_to(tests).as_posix(), name
    for path in sorted((tests / "transcripts").glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("# "):
                for one in set(ids_in(line)):
                    yield one, path.relative_to(tests).as_posix(), ""
    for path in sorted((tests / "tools").glob("*.py")):
        if path.name == "requirements.py":
            continue
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.lstrip().startswith("#"):
                for one in set(ids_in(line)):
                    yield one, path.relative_to(tests).as_posix(), ""


def main():
    table, faults, rows = known(), [], {}
    for one, where, name in named():
        if one not in table:
            faults.append(f"{where}: names {one}, which requirements.txt does not have")
        else:
            rows.setdefault(one, {}).setdefault(where, []).append(name)
    text = HEAD
    for one, (what, reason) in table.items():
        cells = []
        for where, names in rows.get(one, {}).items():
            shown = [n for n in dict.fromkeys(names) if n]
            cells.append(f"`{where}`" + (": " + "; ".join(shown) if shown else ""))
        if not cells and not reason:
            faults.append(f"{one}: no test names it, and nothing says why")
        if reason:
            cells.append(reason)
        text += f"| {one} | {what} | {'<br>'.join(cells).replace('|', chr(92) + '|')} |\n"
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    pathlib.Path(sys.argv[1]).write_text(text, encoding="utf-8")
    print(f"{len(table)} requirements, {sum(1 for one in table if one in rows)} with tests, "
          f"{sum(1 for one, (_, reason) in table.items() if reason and one not in rows)} with a reason instead")
    print(*faults, sep="\n", end="\n" if faults else "")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
