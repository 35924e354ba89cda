#!/usr/bin/env python3
"""Runs transcripts (tests/transcripts/*.txt): the commands in them, against what they say will be read.

A transcript is a readable text:
  # prose, kept as it is
  % now 2026-11-06T08:30:00.000+07:00     a setting for what follows: now, or env NAME=VALUE (env NAME= unsets)
  $ command                               run by bash in a fresh directory; "> " lines go on with it
  what it prints                          stdout and stderr together
  (exit 2)                                when the status is not 0

Each transcript has a directory of its own, with tests/sample as $SAMPLE. `--update` writes what was printed into
the transcript: read every line of the difference before it is kept.
"""
import argparse
import difflib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HEAD = re.compile(r"\b[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){7}\b")
DIGEST = re.compile(r"\b[0-9a-f]{64}\b")
UUID = re.compile(r"(?i)(?<![0-9a-f])[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b")


def steps(lines):
    """Yields ("text", [line]), ("set", [line]) or ("run", [lines of the command], [expected lines])."""
    at = 0
    while at < len(lines):
        line = lines[at]
        if line.startswith("$ "):
            command = [line]
            at += 1
            while at < len(lines) and (lines[at].startswith("> ") or lines[at] == ">"):
                command.append(lines[at])
                at += 1
            expected = []
            while at < len(lines) and not lines[at].startswith(("$ ", "# ", "% ")):
                expected.append(lines[at])
                at += 1
            yield "run", command, expected
            continue
        yield ("set" if line.startswith("% ") else "text"), [line], []
        at += 1


def run(path, vtlt, update, source):
    lines = path.read_text(encoding="utf-8").split("\n")
    if lines and lines[-1] == "":
        lines.pop()
    scratch = pathlib.Path(tempfile.mkdtemp(prefix="vtlt-transcript-"))
    try:
        (scratch / "bin").mkdir()
        (scratch / "bin" / "vtlt").symlink_to(vtlt)
        work = scratch / "work"
        work.mkdir()
        env = {
            "PATH": f"{scratch / 'bin'}:/usr/local/bin:/usr/bin:/bin",
            "HOME": str(scratch / "home"),
            "XDG_STATE_HOME": str(scratch / "state"),
            "LANG": "C",
            "VTLT_LANG": "vi",
            "LOGNAME": "lan",
            "TZ": "America/New_York",
            "SAMPLE": str(source / "tests" / "sample"),
            "VTLT_TEST_NOW": "2026-11-06T08:30:00.000+07:00",
        }
        for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"):
            if name in os.environ:
                env[name] = os.environ[name]
        result, wrong, count = [], False, 0
        for kind, head, expected in steps(lines):
            result += head
            if kind == "set":
                words = head[0][2:].split(None, 1)
                if words[0] == "now":
                    env["VTLT_TEST_NOW"] = words[1].strip()
                elif words[0] == "env":
                    name, _, value = words[1].strip().partition("=")
                    if value:
                        env[name] = value
                    else:
                        env.pop(name, None)
                else:
                    sys.exit(f"{path}: unknown setting: {head[0]}")
            if kind != "run":
                continue
            count += 1
            # Every command of a transcript has ids of its own.
            env["VTLT_TEST_SEED"] = str(count)
            command = "\n".join([head[0][2:]] + [line[2:] for line in head[1:]])
            done = subprocess.run(["bash", "-c", command], cwd=work, env=env, stdin=subprocess.DEVNULL,
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=300, check=False)
            text = done.stdout.decode("utf-8", errors="backslashreplace").replace(str(scratch / "work"), "TMP")
            text = text.replace(env["SAMPLE"], "$SAMPLE")
            text = HEAD.sub("HEAD", DIGEST.sub("SHA256", UUID.sub("UUID", text)))
            printed = [line.rstrip("\r").lstrip("\ufeff") for line in text.split("\n")]
            if printed[-1] == "":
                printed.pop()
            if done.returncode != 0:
                printed.append(f"(exit {done.returncode})")
            if any(line.startswith(("$ ", "# ", "% ")) for line in printed):
                sys.exit(f"{path}: {head[0]}: prints a line that would be read as part of the transcript")
            # Blank lines at the end belong to the transcript.
            blank = []
            while expected and expected[-1] == "":
                blank.append(expected.pop())
            while printed and printed[-1] == "":
                printed.pop()
            if printed != expected:
                wrong = True
                if not update:
                    print(f"{path.name}: {head[0]}")
                    for line in difflib.unified_diff(expected, printed, "expected", "printed", lineterm=""):
                        print("  " + line)
            result += printed + blank
        if update and wrong:
            path.write_text("\n".join(result) + "\n", encoding="utf-8")
            print(f"{path.name}: updated")
            return True
        return not wrong
    finally:
        for directory, _, _ in os.walk(scratch):
            os.chmod(directory, 0o700)
        shutil.rmtree(scratch)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--vtlt", required=True, help="the program vtlt_hooked")
    parser.add_argument("--update", action="store_true")
    parser.add_argument("transcripts", nargs="+", type=pathlib.Path)
    arguments = parser.parse_args()
    source = pathlib.Path(__file__).resolve().parent.parent.parent
    vtlt = pathlib.Path(arguments.vtlt).resolve()
    good = [run(path, vtlt, arguments.update, source) for path in arguments.transcripts]
    sys.exit(0 if all(good) else 1)


if __name__ == "__main__":
    main()
