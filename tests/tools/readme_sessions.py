#!/usr/bin/env python3
"""Runs the sessions of README.md and compares what the program says with what stands there.

    readme_sessions.py [--update] VTLT      VTLT: the built vtlt_hooked

Every ```console block is one session; its lines that begin with "$ " are commands, the rest is their answer. All run one
after the other, on one fixed day, in a scratch folder with a few papers of tests/sample. Identifiers of packages, digests
and heads are not compared. Exit 1: something differs. --update writes the answers into README.md: read the difference.
"""
import difflib
import os
import pty
import re
import select
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from run_transcripts import DIGEST, HEAD, UUID

ROOT = Path(__file__).resolve().parent.parent.parent
README = ROOT / "README.md"
PAPERS = ROOT / "tests" / "sample" / "xa-mau" / "van-ban"
ANSWERS = ["UBND xã Phong Hải", "H57.32.15", "1", ""]  # to the questions of `vtlt init --from xa`
NOW = "2026-11-23T08:30:00.000+07:00"
COLUMNS = "Ngày đến,Số đến,Tác giả,\"Số, ký hiệu văn bản\",Ngày tháng văn bản,Trích yếu,Đơn vị nhận,Trạng thái"
ROWS = """\
06/11/2026,1312,Sở Nội vụ,245/SNV-VTLT,05/11/2026,V/v thu nộp tài liệu năm 2026,VP,Đã chuyển
06/11/2026,1313,Sở Tài chính,611/STC-NS,05/11/2026,V/v dự toán năm 2027,KT,Đã chuyển
09/11/2026,1314,Sở Y tế,77/SYT-NV,31/02/2026,"V/v phòng, chống dịch",VHXH,Đã chuyển
09/11/2026,1315,Sở Nội vụ,251/SNV-TCBC,06/11/2026,V/v đánh giá công chức năm 2026,VP,Đã chuyển
10/11/2026,1315,Sở Xây dựng,90/SXD-QLN,09/11/2026,V/v kiểm tra nhà ở,KT,Chờ chuyển
10/11/2026,1316,Bảo hiểm xã hội tỉnh,130/BHXH-TN,09/11/2026,V/v đối chiếu thu,KT,Đã chuyển"""


def papers(folder):
    shutil.copy(next((PAPERS / "den").glob("02 *")), folder / "cv245.pdf")
    shutil.copy(next((PAPERS / "di").glob("CV 04 *")), folder / "87-ky.pdf")
    (folder / "so-den-T11.csv").write_bytes("\r\n".join([COLUMNS, *ROWS.split("\n"), ""]).encode("utf-8-sig"))


def on_terminal(command, folder, environment):
    """What a terminal shows when the questions are answered."""
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(folder)
        os.execvpe("bash", ["bash", "-c", command], environment)
    shown, answers = b"", list(ANSWERS)
    while True:
        ready, _, _ = select.select([terminal], [], [], 3)
        if ready:
            try:
                piece = os.read(terminal, 4096)
            except OSError:
                break
            if not piece:
                break
            shown += piece
        if answers and re.search(rb"[:?\]] ?(\[.*\]: ?)?$", shown):
            os.write(terminal, (answers.pop(0) + "\n").encode())
        elif not ready:
            raise SystemExit(f"no answer for: {shown.decode()}")
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return shown.decode().replace("\r\n", "\n"), status


def answer(command, folder, environment):
    if command == "vtlt init --from xa":
        return on_terminal(command, folder, {**environment, "NO_COLOR": "1"})
    done = subprocess.run(["bash", "-c", command], cwd=folder, env=environment, stdin=subprocess.DEVNULL, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    return done.stdout, done.returncode


def played(block, state):
    """The block with the answers of today."""
    out, lines = [], block.split("\n")
    i = 0
    while i < len(lines):
        line = lines[i]
        i += 1
        if not line.startswith("$ "):
            if line.startswith("#") or (not line and i < len(lines) and lines[i].startswith("$ ")):
                out.append(line)
            continue
        out.append(line)
        command = line[2:]
        while command.endswith("\\"):
            out.append(lines[i])
            command = command[:-1] + lines[i].strip()
            i += 1
        if match := re.fullmatch(r"cd (\S+)", command):
            state["folder"] /= match[1]
            papers(state["folder"])
            continue
        state["environment"]["VTLT_TEST_SEED"] = str(int(state["environment"]["VTLT_TEST_SEED"]) + 1)
        said, status = answer(command, state["folder"], state["environment"])
        out += said.rstrip("\n").split("\n") if said.strip() else []
        if status:
            out.append(f"(mã thoát {status})")
    return "\n".join(out)


def steady(text):
    for pattern, word in ((UUID, "UUID"), (DIGEST, "DIGEST"), (HEAD, "HEAD")):
        text = pattern.sub(word, text)
    return text


def main():
    arguments = [a for a in sys.argv[1:] if a != "--update"]
    if len(arguments) != 1:
        raise SystemExit(__doc__)
    program = Path(arguments[0]).resolve()
    text = README.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as scratch:
        (Path(scratch) / "bin").mkdir()
        (Path(scratch) / "bin" / "vtlt").symlink_to(program)
        environment = {"PATH": f"{scratch}/bin:/usr/bin:/bin", "HOME": scratch, "XDG_STATE_HOME": scratch + "/state",
                       "VTLT_LANG": "vi", "VTLT_ACTOR": "Nguyễn Thị Lan", "LC_ALL": "C.UTF-8", "TERM": "xterm",
                       "VTLT_TEST_NOW": NOW, "VTLT_TEST_SEED": "1"}
        environment |= {name: os.environ[name] for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS") if name in os.environ}
        state = {"folder": Path(scratch), "environment": environment}
        new = re.sub(r"(?<=^```console\n).*?(?=\n```$)", lambda m: played(m[0], state), text, flags=re.DOTALL | re.MULTILINE)
        new = new.replace(scratch, "/home/lan")
    if "--update" in sys.argv:
        README.write_text(new, encoding="utf-8")
        return
    difference = list(difflib.unified_diff(steady(text).split("\n"), steady(new).split("\n"), "README.md", "today", lineterm=""))
    print("\n".join(difference) or "README.md: the sessions say what the program says")
    sys.exit(1 if difference else 0)


if __name__ == "__main__":
    main()
