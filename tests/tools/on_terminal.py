#!/usr/bin/env python3
"""What vtlt does on a terminal: the progress line, Ctrl-C, questions, widths. Each on a pseudo-terminal.

    on_terminal.py VTLT SLOW_READS      SLOW_READS: the library of slow_reads.cpp, so that there is work to watch
"""
import fcntl
import json
import os
import pty
import re
import select
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import unicodedata
from pathlib import Path

VTLT, SLOW = (str(Path(word).resolve()) for word in sys.argv[1:3])
FILES = 60
ERASE = "\r\x1b[K"
wrong = 0


def check(what, holds, shown=""):
    global wrong
    if not holds:
        wrong += 1
        print(f"WRONG: {what}\n  {shown[-1500:]!r}")


def environment(**more):
    base = {"PATH": os.environ["PATH"], "HOME": str(scratch / "home"), "XDG_STATE_HOME": str(scratch / "state"),
            "VTLT_LANG": "vi", "LOGNAME": "lan", "TERM": "xterm"}
    for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"):
        if name in os.environ:
            base[name] = os.environ[name]
    return {**base, **more}


def terminal(*words, keys=(), columns=80, slow=False, **more):
    """Status and what was shown. keys: (seen, typed): typed as soon as seen has been shown since the last typing."""
    surroundings = environment(**more)
    if slow:
        surroundings["LD_PRELOAD"] = SLOW
        surroundings["ASAN_OPTIONS"] = surroundings.get("ASAN_OPTIONS", "") + ":verify_asan_link_order=0"
    child, screen = pty.fork()
    if child == 0:
        fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        os.chdir(scratch)
        os.execve(VTLT, ["vtlt", *words], surroundings)
    shown, begun, keys = b"", 0, list(keys)
    while True:
        if not select.select([screen], [], [], 60)[0]:
            os.kill(child, signal.SIGKILL)  # it waits for what nobody types
            break
        try:
            piece = os.read(screen, 65536)
        except OSError:
            break
        if not piece:
            break
        shown += piece
        if keys and keys[0][0].encode() in shown[begun:]:
            begun = len(shown)
            os.write(screen, keys.pop(0)[1].encode())
    os.close(screen)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return status, shown.decode().replace("\r\n", "\n")


def width(words):
    words = re.sub(r"\x1b\[[0-9;]*[mK]", "", words)
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in words)


def quietly(*words):
    done = subprocess.run([VTLT, *words], cwd=scratch, env=environment(), capture_output=True, text=True, timeout=120)
    if done.returncode != 0:
        sys.exit(f"{words}: {done.returncode}: {done.stdout}{done.stderr}")
    return done.stdout


def left_over(repository):
    root = scratch / repository / ".vtlt"
    return sorted(str(p.relative_to(root)) for p in (root / "tmp").iterdir()) + sorted(
        str(p.relative_to(root)) for p in (root / "objects").rglob("*") if p.is_file())


def office(folder):
    quietly("init", folder, "--from", "xa", "--name", "UBND xã Thử", "--organ", "H57.1", "--numbering", "internal",
            "--submission", "yes", "-q")


def progress():
    status, shown = terminal("-C", "kho", "register", "import", "giay", slow=True)
    lines = re.findall(re.escape(ERASE) + r"([^\r\n]+)", shown)
    check("progress: done", status == 0, shown)
    check("progress: how far, how fast, how long still",
          any(re.fullmatch(r"đọc tệp tin  \d+/60  [\d,]+ [KM]B/s  còn \d+:\d\d", line) for line in lines), shown)
    check("progress: erased", shown[shown.rfind("B/s"):].find(ERASE) >= 0, shown)
    check("progress: colour after it", "\x1b[36m" in shown, shown)
    check("progress: no word of it in what stays", "B/s" not in shown[shown.rfind(ERASE):], shown)
    status, shown = terminal("-C", "kho", "verify", slow=True, NO_COLOR="1", columns=40)
    lines = re.findall(re.escape(ERASE) + r"([^\r\n]+)", shown)[:-1]
    check("progress, narrow: there", lines and all("B/s" in line for line in lines), shown)
    check("progress, narrow: one line", all(width(line) < 40 for line in lines), shown)
    check("NO_COLOR: no colour", "\x1b[3" not in shown, shown)
    for flag in (["-q"], ["--quiet"]):
        status, shown = terminal("-C", "kho", "verify", *flag, slow=True)
        check("--quiet: no progress", status == 0 and "B/s" not in shown, shown)
    status, shown = terminal("-C", "kho", "verify", slow=True, TERM="dumb")
    check("a terminal that cannot erase: no progress, no colour", status == 0 and "\x1b" not in shown, shown)


def stopped():
    stop = [("B/s", "\x03")]
    office("dung")
    before = left_over("dung")
    status, shown = terminal("-C", "dung", "register", "import", "giay", keys=stop, slow=True)
    check("Ctrl-C, import: status", status == 130, shown)
    check("Ctrl-C, import: said on a line of its own", ERASE + "Đã dừng; không để lại gì" in shown, shown)
    check("Ctrl-C, import: nothing left", left_over("dung") == before == [], str(left_over("dung")))
    status, shown = terminal("-C", "kho", "verify", "--lang", "en", keys=stop, slow=True)
    check("Ctrl-C, verify", status == 130 and "Stopped; nothing was left behind" in shown, shown)
    status, shown = terminal("-C", "kho", "verify", "--json", keys=stop, slow=True)
    check("Ctrl-C, verify --json", status == 130, shown)
    check("Ctrl-C, verify --json: whole", json.loads(shown[shown.rfind(ERASE) + len(ERASE):])["findings"][0]["code"] ==
          "VTLT-STOPPED", shown)
    status, shown = terminal("-C", "kho", "verify", "--report", "junit=kq.xml", keys=stop, slow=True)
    check("Ctrl-C, verify: no half report", status == 130 and not (scratch / "kq.xml").exists(), shown)
    entries = json.loads(quietly("-C", "kho", "register", "list", "--json"))["result"]["entries"]
    quietly("-C", "kho", "file", "open", "--class", "I.2", "--rule", "tt09-148", "--title", "Hồ sơ", "-q")
    quietly("-C", "kho", "file", "add", "01.VP", *[entry["document"] for entry in entries], "-q")
    year = str(entries[0]["year"])
    quietly("-C", "kho", "file", "close", "01.VP", "--ended", year, "--confirm-term", "-q")
    for flags in ([], ["--zip"]):
        status, shown = terminal("-C", "kho", "package", "01.VP", "-o", "goi/moi", *flags, keys=stop, slow=True)
        check(f"Ctrl-C, package {flags}: status", status == 130, shown)
        check(f"Ctrl-C, package {flags}: nothing left", not (scratch / "goi").exists() and
              not any((scratch / "kho/.vtlt/tmp").iterdir()), shown)
    status, shown = terminal("-C", "kho", "verify")
    check("after all that the repository is whole", status == 0, shown)


def questions():
    for key in ("\x03", "\x04"):
        status, shown = terminal("init", "hoi", "--from", "xa", keys=[("Tên cơ quan", key)])
        check("a question that is not answered", status == 130 and not (scratch / "hoi").exists(), shown)
    answers = [("Tên cơ quan", "UBND xã Thử\n"), ("Mã định danh", "\n"), ("[1]", "2\n"), ("[có]", "không\n")]
    status, shown = terminal("init", "hoi", "--from", "xa", keys=answers)
    check("questions answered", status == 0 and (scratch / "hoi/.vtlt").is_dir(), shown)
    status, shown = terminal("init", "--from", "xa", VTLT_NOPROMPT="1")
    check("nobody wants to be asked", status == 2 and "--name" in shown, shown)


def widths():
    for columns in (60, 80, 100, 200):
        status, shown = terminal("help", "register", "list", columns=columns)
        body = shown[shown.index("\nCờ"):shown.index("\nVí dụ")]
        widest = max(width(line) for line in body.split("\n"))
        check(f"help fits {columns} columns", status == 0 and widest <= min(columns, 100), f"{widest}\n{body}")
        check(f"help uses {columns} columns", widest > min(columns, 100) - 15, f"{widest}\n{body}")
    for columns in (100, 120):
        status, shown = terminal("-C", "mau", "register", "list", columns=columns)
        widest = max(width(line) for line in shown.split("\n"))
        check(f"a list fits {columns} columns", status == 0 and widest <= columns, f"{widest}\n{shown}")


scratch = Path(tempfile.mkdtemp(prefix="vtlt-terminal-"))
try:
    (scratch / "giay").mkdir()
    for number in range(FILES):
        (scratch / "giay" / f"{number:02}.bin").write_bytes(bytes([number]) * 100_000)
    office("kho")
    quietly("init", "mau", "--demo", "-q")
    progress()
    stopped()
    questions()
    widths()
finally:
    shutil.rmtree(scratch)
print("on a terminal:", "as it should be" if wrong == 0 else f"{wrong} wrong")
sys.exit(1 if wrong else 0)
