#!/usr/bin/env python3
"""Measures vtlt beside the tools that people would pick, on the same data in one run, and prints a table of ratios.

  tests/bench/bench.py --vtlt build/release/cmd/vtlt [--work build/bench] [--scale small|full] [--huge] [--runs N]
                       [--only WORDS] [--output table.md] [--cold] [--no-install]

small  some seconds of data, to see that everything runs; its figures mean little
full   50,000 files of 8-40 KB and 1,000 of 1-3 MB (3.2 GB), a catalogue of 1 million documents; needs 20 GB
--huge beside it: one file of 10 GB, a catalogue of 10 million documents; needs 60 GB and an hour

The corpora are the same on every machine and are kept in the work folder for the next run. Tools that are missing are
installed with apt-get when this runs as root. Every tool of a row runs once, then all of them again, a sync before each;
the median counts, the least is shown. --cold drops the page cache before each run (root).
Only the standard library of python3 is used.
"""
import argparse
import datetime
import json
import os
import platform
import random
import re
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

MEGABYTE = 1_000_000
MEMORY_BAR = 100  # MB
PACKAGES = {"restic": "restic", "borg": "borgbackup", "git": "git", "bsdtar": "libarchive-tools", "hyperfine": "hyperfine",
            "strace": "strace", "openssl": "openssl", "/usr/bin/time": "time"}
SCALES = {
    "small": {"little": 2_000, "large": 40, "documents": 20_000, "rows": 10_000, "runs": 2},
    "full": {"little": 50_000, "large": 1_000, "documents": 1_000_000, "rows": 200_000, "runs": 3},
}
SUBJECTS = ("Công văn về việc thu nộp tài liệu vào Lưu trữ lịch sử", "Kế hoạch chuyển đổi số trong hoạt động của cơ quan",
            "Báo cáo kết quả công tác văn thư, lưu trữ", "Quyết định về việc phê duyệt dự toán kinh phí",
            "Công văn về việc rà soát hồ sơ đất đai", "Thông báo kết luận cuộc họp giao ban")
SENDERS = ("Sở Nội vụ", "Sở Tài chính", "UBND tỉnh", "Sở Nông nghiệp và Môi trường", "Sở Tư pháp", "Công an tỉnh")
NOTATIONS = ("SNV-VTLT", "STC-NS", "KH-UBND", "SNNMT-ĐĐ", "BC-STP", "CAT-TH")
HEADINGS = ("Ngày đến,Số đến,Tác giả,\"Số, ký hiệu văn bản\",Ngày tháng văn bản,Tên loại và trích yếu nội dung văn bản,"
            "Đơn vị hoặc người nhận")


def say(words):
    print(time.strftime("%H:%M:%S"), words, file=sys.stderr, flush=True)


# ---- running and measuring ----

class Failed(Exception):
    pass


class Run:
    def __init__(self, seconds, memory):
        self.seconds, self.memory = seconds, memory  # memory: MB, of the largest process


class Bench:
    def __init__(self, options):
        self.options = options
        self.vtlt = str(Path(options.vtlt).resolve())
        self.work = Path(options.work).resolve()
        self.work.mkdir(parents=True, exist_ok=True)
        self.scale = SCALES[options.scale]
        self.runs = options.runs or self.scale["runs"]
        self.rows = []
        self.notes = []
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith("VTLT_")}
        self.environment.update(
            LC_ALL="C.UTF-8", VTLT_NOPROMPT="1", VTLT_LANG="en", XDG_STATE_HOME=str(self.work / "state"), HOME=str(self.work / "home"),
            RESTIC_PASSWORD="bench", RESTIC_CACHE_DIR=str(self.work / "home/restic"), BORG_BASE_DIR=str(self.work / "home/borg"),
            BORG_UNKNOWN_UNENCRYPTED_REPO_ACCESS_IS_OK="yes", BORG_RELOCATED_REPO_ACCESS_IS_OK="yes")
        (self.work / "home").mkdir(exist_ok=True)
        self.updated = False

    def has(self, tool):
        if shutil.which(tool):
            return True
        if os.geteuid() != 0 or self.options.no_install or shutil.which("apt-get") is None:
            return False
        apt = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for update in (False, True):
            if update:
                if self.updated:
                    break
                self.updated = True
                subprocess.run(["apt-get", "update", "-q"], env=apt, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
            say(f"installing {PACKAGES[tool]}")
            subprocess.run(["apt-get", "install", "-q", "-y", "--no-install-recommends", PACKAGES[tool]], env=apt,
                           stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
            if shutil.which(tool):
                return True
        return False

    def call(self, command, folder=None, allowed=(0,)):
        """Runs a step that is not measured; gives its standard output."""
        result = subprocess.run(command, cwd=folder, env=self.environment, stdin=subprocess.DEVNULL, capture_output=True)
        if result.returncode not in allowed:
            raise Failed(f"{' '.join(map(str, command))[:200]} ended with {result.returncode}: "
                         + (result.stderr or result.stdout).decode(errors="replace")[:2000])
        return result.stdout.decode(errors="replace")

    def ask(self, *words, folder=None):
        return self.call([self.vtlt, *map(str, words)], folder)

    def measure(self, command, folder=None, allowed=(0,)):
        """command: words, or a line for sh."""
        words = ["sh", "-c", command] if isinstance(command, str) else [str(word) for word in command]
        os.sync()
        if self.options.cold:
            Path("/proc/sys/vm/drop_caches").write_text("3\n")
        # GNU time starts small, so that the figure is the child's own and not what this python holds.
        figure = self.work / "memory"
        timed = ["/usr/bin/time", "-q", "-o", str(figure), "-f", "%M", *words] if self.has("/usr/bin/time") else words
        with open(self.work / "last.out", "wb") as out:
            begin = time.perf_counter()
            child = subprocess.Popen(timed, cwd=folder, env=self.environment, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT)
            _, status, usage = os.wait4(child.pid, 0)
            seconds = time.perf_counter() - begin
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode not in allowed:
            raise Failed(f"{' '.join(words)[:200]} ended with {child.returncode}: "
                         + (self.work / "last.out").read_text(errors="replace")[-2000:])
        kilobytes = int(figure.read_text().split()[-1]) if timed is not words else usage.ru_maxrss
        return Run(seconds, kilobytes * 1024 / MEGABYTE)

    def wanted(self, name):
        return self.options.only is None or re.search(self.options.only, name, re.IGNORECASE) is not None

    def compete(self, work, bar, subject, rivals, size=None):
        """One row a rival. subject, rivals: (name, tool it needs, prepare, command, folder)."""
        if not self.wanted(work):
            return
        say(work)
        rivals = [rival for rival in rivals if rival[1] is None or self.has(rival[1]) or self.absent(work, rival[1])]
        times = {one[0]: [] for one in [subject, *rivals]}
        try:
            for number in range(self.runs):
                for name, _, prepare, command, folder in [subject, *rivals]:
                    if prepare:
                        prepare()
                    run = self.measure(command, folder)
                    times[name].append(run)
                    say(f"  {number + 1}/{self.runs} {name}: {run.seconds:.2f} s, {run.memory:.0f} MB")
        except Failed as failure:
            self.notes.append(f"{work}: {failure}")
            say(str(failure))
            return
        for name, *_ in rivals:
            self.add_ratio(work, bar if name == rivals[0][0] else 1.0, times[subject[0]], name, times[name], size)

    def absent(self, work, tool):
        self.notes.append(f"{work}: {tool} is not installed")
        return False

    def add_ratio(self, work, bar, ours, name, theirs, size):
        median = statistics.median(run.seconds for run in ours), statistics.median(run.seconds for run in theirs)
        least = min(run.seconds for run in ours), min(run.seconds for run in theirs)
        ratio = median[0] / median[1]
        rate = f", {size / MEGABYTE / median[0]:.0f} MB/s" if size else ""
        self.rows.append((work, f"{median[0]:.2f} s ({least[0]:.2f}{rate})", f"{name}: {median[1]:.2f} s ({least[1]:.2f})",
                          f"{ratio:.2f} ({least[0] / least[1]:.2f})", f"{bar:.2f}", ratio <= bar,
                          f"{max(run.memory for run in ours):.0f} MB"))

    def add_figure(self, work, measured, bar, held, memory=""):
        self.rows.append((work, measured, "", "", bar, held, memory))

    def add_memory(self, work, megabytes):
        self.add_figure("memory: " + work, f"{megabytes:.0f} MB", f"{MEMORY_BAR} MB", megabytes <= MEMORY_BAR)

    def attempt(self, step):
        try:
            step()
        except Failed as failure:
            self.notes.append(str(failure))
            say(str(failure))


# ---- corpora ----

def remove(path):
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    elif path.exists():
        path.unlink()


def pdf(source, size):
    """As large as a scan, as incompressible, and a whole PDF of one page."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
               b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>"]
    image = source.randbytes(max(0, size - 600))
    objects.append(b"<</Length %d>> stream\n%b\nendstream" % (len(image), image))
    made, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj %b endobj\n" % (number, one)
    rows = b"0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return made + b"xref\n0 5\n%btrailer <</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (rows, len(made))


def once(folder, make):
    """Makes a corpus whole or not at all."""
    if folder.exists():
        return folder
    say(f"making {folder.name}")
    part = folder.with_name(folder.name + ".part")
    remove(part)
    part.mkdir(parents=True)
    make(part)
    part.rename(folder)
    return folder


def row_of(number, year, source):
    at = source.randrange(len(SENDERS))
    day = datetime.date(year, 1, 1) + datetime.timedelta(days=source.randrange(330))
    arrived = day + datetime.timedelta(days=source.randrange(1, 20))
    return (f"{arrived:%d/%m/%Y},{number},{SENDERS[at]},{number}/{NOTATIONS[at]},{day:%d/%m/%Y},"
            f"\"{SUBJECTS[source.randrange(len(SUBJECTS))]} năm {year}, việc số {number}\",VP")


def make_contents(folder, little, large):
    source = random.Random(20260101)
    total = 0
    with open(folder / "list.csv", "w", encoding="utf-8") as rows:
        rows.write(HEADINGS + ",Đường dẫn tệp\n")
        for number in range(1, little + large + 1):
            place = f"files/{number // 1000:03}/{number:06}.pdf"
            (folder / place).parent.mkdir(parents=True, exist_ok=True)
            size = source.randrange(8_000, 40_000) if number <= little else source.randrange(MEGABYTE, 3 * MEGABYTE)
            (folder / place).write_bytes(pdf(source, size))
            rows.write(row_of(number, 2025, source) + "," + place + "\n")
            total += size
    (folder / "size").write_text(str(total))


def make_list(path, rows, year, first=1):
    source = random.Random(year)
    with open(path, "w", encoding="utf-8") as out:
        out.write(HEADINGS + "\n")
        for number in range(first, first + rows):
            out.write(row_of(number, year, source) + "\n")


def make_huge_file(path):
    source = random.Random(10)
    with open(path, "wb") as out:
        for _ in range(10_000 // 8):
            out.write(source.randbytes(8 * MEGABYTE))


# ---- the work ----

class Work:
    def __init__(self, bench):
        self.bench = bench
        self.scale = bench.scale
        self.contents = once(bench.work / f"contents-{bench.options.scale}",
                             lambda folder: make_contents(folder, self.scale["little"], self.scale["large"]))
        self.size = int((self.contents / "size").read_text())
        self.files = self.contents / "files"
        self.there = bench.work / "scratch"
        remove(self.there)
        self.there.mkdir()
        self.repository = self.there / "kho"
        self.packages = self.there / "goi"

    def new_repository(self, path):
        remove(path)
        self.bench.ask("init", path, "--from", "xa", "--name", "UBND xã Phong Hải", "--organ", "H57.32.15", "--numbering", "external",
                       "--submission", "yes", "-q")

    def register(self):
        bench, there = self.bench, self.there
        copy, restic, borg, git = there / "copy", there / "restic", there / "borg", there / "git"

        def restic_new():
            remove(restic)
            bench.call(["restic", "-r", restic, "init", "-q"])

        def borg_new():
            remove(borg)
            bench.call(["borg", "init", "-e", "none", borg])

        def git_new():
            remove(git)
            bench.call(["git", "init", "-q", "--bare", git])

        rivals = [
            ("cp -r, sync", None, lambda: remove(copy), f"cp -r '{self.files}' '{copy}' && sync", None),
            ("restic backup", "restic", restic_new, ["restic", "-r", restic, "backup", "-q", self.files], None),
            ("borg create", "borg", borg_new, ["borg", "create", f"{borg}::one", self.files], None),
            ("git add", "git", git_new, ["git", f"--git-dir={git}", f"--work-tree={self.files}", "add", "-A", "."], self.files),
        ]
        new = lambda: self.new_repository(self.repository)
        bench.compete("register a folder", 1.3,
                      ("vtlt", None, new, [bench.vtlt, "-C", self.repository, "register", "import", self.files, "-q"], None), rivals, self.size)
        bench.compete("register a list with contents", 1.3,
                      ("vtlt", None, new,
                       [bench.vtlt, "-C", self.repository, "register", "import", self.contents / "list.csv", "--kind", "in", "-q"], None),
                      rivals[:1], self.size)
        for one in (copy, restic, borg, git):
            remove(one)

    def filled(self):
        """A repository with one closed file that holds all documents."""
        bench = self.bench
        if (self.repository / "ready").exists():
            return
        say("a closed file of all documents")
        self.new_repository(self.repository)
        at = ["-C", str(self.repository), "-q"]
        bench.ask(*at, "register", "import", self.contents / "list.csv", "--kind", "in")
        bench.ask(*at, "file", "open", "--class", "I.2", "--title", "Tài liệu thử nghiệm năm 2025", "--term", "VV", "--notation", "01.VP",
                  "--confidence", "Gốc điện tử", "--year", "2025")
        count = self.scale["little"] + self.scale["large"]
        for first in range(1, count + 1, 20_000):
            bench.ask(*at, "file", "add", "2025.01.VP", *(f"den.2025.{n}" for n in range(first, min(first + 20_000, count + 1))))
        bench.ask(*at, "file", "close", "2025.01.VP", "--ended", "2025", "--confirm-term")
        (self.repository / "ready").write_text("")

    def package_command(self, folder, *more):
        return [self.bench.vtlt, "-C", self.repository, "package", "2025.01.VP", "--kind", "aip", "-o", folder, "-q", *more]

    def package(self):
        bench = self.bench
        if not any(map(bench.wanted, ("package: a ZIP", "package: a folder", "verify a package", "verify a bag"))):
            return
        self.filled()
        bench.measure(self.package_command(self.packages))
        folder = next(path for path in self.packages.iterdir() if path.is_dir())
        tar, zips, again = self.there / "bsdtar.zip", self.there / "zip", self.there / "folder"
        bench.compete("package: a ZIP", 1.3, ("vtlt", None, lambda: remove(zips), self.package_command(zips, "--zip"), None), [
            ("bsdtar, sync", "bsdtar", lambda: remove(tar),
             f"bsdtar -c -f '{tar}' --format zip --options zip:compression=store -C '{self.packages}' '{folder.name}' && sync '{tar}'", None)],
            self.size)
        bench.compete("package: a folder", 1.3, ("vtlt", None, lambda: remove(again), self.package_command(again), None), [
            ("cp -r, sync", None, lambda: remove(self.there / "copy"), f"cp -r '{folder}' '{self.there / 'copy'}' && sync", None)], self.size)
        remove(again)
        remove(self.there / "copy")
        remove(tar)
        hashed = lambda path: ("xargs -P2 openssl", "openssl", None,
                               f"find '{path}' -type f -print0 | xargs -0 -P2 openssl dgst -sha256", None)
        hashing = hashed(folder)
        bench.compete("verify a package, folder", 0.75, ("vtlt", None, None, [bench.vtlt, "verify", folder], self.there), [hashing], self.size)
        if zips.exists() and list(zips.glob("*.zip")):
            bench.compete("verify a package, ZIP", 0.75, ("vtlt", None, None, [bench.vtlt, "verify", next(zips.glob("*.zip"))], self.there),
                          [hashing], self.size)
        remove(zips)
        remove(self.packages)
        if bench.wanted("verify a bag"):
            bench.measure([bench.vtlt, "-C", self.repository, "package", "2025.01.VP", "--spec", "bagit-1.0", "-o", self.packages, "-q"])
            bag = next(path for path in self.packages.iterdir() if path.is_dir())
            bench.compete("verify a bag", 0.75, ("vtlt", None, None, [bench.vtlt, "verify", bag], self.there), [hashed(bag)], self.size)
            remove(self.packages)

    def verify_repository(self):
        bench = self.bench
        if not bench.wanted("verify a repository"):
            return
        self.filled()
        bench.compete("verify a repository", 1.15, ("vtlt", None, None, [bench.vtlt, "-C", self.repository, "verify"], None), [
            ("xargs -P2 openssl", "openssl", None,
             f"find '{self.repository / '.vtlt/objects'}' -type f -print0 | xargs -0 -P2 openssl dgst -sha256", None)], self.size)

    def start(self):
        if self.bench.wanted("start"):
            self.short("vtlt --version", ["--version"], 15, 50)

    def short(self, name, words, bar, runs, prepare=None):
        """A short command, in milliseconds; hyperfine where there is one and nothing has to be prepared."""
        bench = self.bench
        command = [bench.vtlt, *map(str, words)]
        first = bench.measure(command)
        if prepare is None and bench.has("hyperfine"):
            result = self.there / "hyperfine.json"
            bench.call(["hyperfine", "-N", "--warmup", "3", "--runs", str(runs), "--export-json", result,
                        " ".join(f"'{word}'" for word in command)])
            times = [1000 * one for one in json.loads(result.read_text())["results"][0]["times"]]
        else:
            times = []
            for _ in range(runs):
                begin = time.perf_counter()
                bench.call([bench.vtlt, *map(str, prepare() if prepare else words)])
                times.append(1000 * (time.perf_counter() - begin))
        median = statistics.median(times)
        say(f"{name}: {median:.1f} ms, least {min(times):.1f} ms")
        bench.add_figure(name, f"{median:.1f} ms ({min(times):.1f})", f"{bar} ms", median <= bar, f"{first.memory:.0f} MB")

    def list_import(self):
        bench, rows = self.bench, self.scale["rows"]
        if not bench.wanted("import of a list"):
            return
        path = once(bench.work / f"list-{rows}", lambda folder: make_list(folder / "list.csv", rows, 2025)) / "list.csv"
        target = self.there / "list-kho"
        runs = []
        for _ in range(bench.runs):
            self.new_repository(target)
            runs.append(bench.measure([bench.vtlt, "-C", target, "register", "import", path, "--kind", "in", "-q"]))
            say(f"import of a list: {rows / runs[-1].seconds:,.0f} rows/s, {runs[-1].memory:.0f} MB")
        self.rate(f"import of a list, {rows:,} rows", rows, runs, 20_000, "rows/s")
        remove(target)

    def rate(self, name, count, runs, bar, unit):
        median = statistics.median(run.seconds for run in runs)
        best = min(run.seconds for run in runs)
        self.bench.add_figure(name, f"{count / median:,.0f} {unit} ({count / best:,.0f})", f"{bar:,} {unit}", count / median >= bar,
                              f"{max(run.memory for run in runs):.0f} MB")

    def many(self, documents, rate_cold=None, rate_warm=None):
        """A catalogue of many documents without contents, the same in every run; kept."""
        bench, year = self.bench, datetime.date.today().year
        name = f"{documents:,} documents"
        if not bench.wanted("catalogue of " + name):
            return
        kept = once(bench.work / f"catalogue-{documents}", lambda folder: self.make_many(folder, documents))
        at = ["-C", str(kept / "kho")]
        counter = kept / "next"

        def register_one():
            number = int(counter.read_text()) if counter.exists() else 1
            counter.write_text(str(number + 1))
            return [*at, "register", "in", f"{number}/SNV-VTLT", "--arrival", str(number), "--date", f"02/01/{year}", "--arrival-date",
                    f"05/01/{year}", "--sender", "Sở Nội vụ", "--subject", f"V/v thu nộp tài liệu, việc số {number}", "-q"]

        bench.ask(*register_one())  # whatever has to be done once is done
        self.short(f"status at {name}", [*at, "status"], 50, 20)
        self.short(f"show at {name}", [*at, "show", f"den.{2016 + documents // 2 % 10}.{documents // 20}"], 50, 20)
        self.short(f"register one at {name}", register_one(), 50, 20, register_one)
        self.syncs(f"syncs of one register at {name}", register_one())
        self.rebuild(name, kept / "kho")
        if rate_cold is not None:
            self.import_into(name, kept / "kho", rate_cold, rate_warm, counter)

    def make_many(self, folder, documents):
        self.new_repository(folder / "kho")
        a_year = documents // 10
        for year in range(2016, 2026):
            for first in range(1, a_year + 1, 100_000):
                rows = min(100_000, a_year - first + 1)
                make_list(folder / "list.csv", rows, year, first)
                run = self.bench.measure([self.bench.vtlt, "-C", folder / "kho", "register", "import", folder / "list.csv", "--kind", "in", "-q"])
                say(f"  {year} from {first:,}: {rows / run.seconds:,.0f} rows/s, {run.memory:.0f} MB")
        remove(folder / "list.csv")

    def syncs(self, name, words):
        bench = self.bench
        if not bench.has("strace"):
            bench.notes.append(f"{name}: strace is not installed")
            return
        table = self.there / "syncs"
        bench.call(["strace", "-f", "-c", "-o", table, "-e", "trace=fsync,fdatasync,syncfs,sync,sync_file_range,msync", bench.vtlt, *words])
        # % time, seconds, usecs/call, calls, errors (where there are any), name
        lines = [line.split() for line in table.read_text().splitlines()]
        calls = {words[-1]: int(words[3]) for words in lines if len(words) > 4 and "sync" in words[-1]}
        count = sum(calls.values())
        parts = ", ".join(f"{name} {number}" for name, number in calls.items())
        bench.add_figure(name, f"{count} ({parts})", "4", count <= 4)

    def rebuild(self, name, repository):
        bench, runs, events = self.bench, [], 0
        for _ in range(bench.runs):
            for one in (repository / ".vtlt/catalogue").iterdir():
                one.unlink()
            runs.append(bench.measure([bench.vtlt, "-C", repository, "repair", "--json"]))
            answer = json.loads((bench.work / "last.out").read_text().splitlines()[-1])["result"]
            if not answer["catalogue_rebuilt"]:
                raise Failed("repair did not build the catalogue again")
            events = answer["events"]
            say(f"rebuild: {events / runs[-1].seconds:,.0f} events/s, {runs[-1].memory:.0f} MB")
        self.rate(f"rebuild the catalogue, {name}", events, runs, 100_000, "events/s")

    def import_into(self, name, repository, cold, warm, counter):
        bench = self.bench
        rows = min(100_000, self.scale["rows"])
        path = self.there / "into.csv"
        for kind, bar in (("cold", cold), ("warm", warm)):
            first = int(counter.read_text())
            counter.write_text(str(first + rows))
            make_list(path, rows, datetime.date.today().year - 1, 50_000_000 + first)
            if kind == "cold":
                os.sync()
                if os.geteuid() != 0:
                    bench.notes.append(f"import into {name}, cold: only root can drop the page cache")
                    continue
                Path("/proc/sys/vm/drop_caches").write_text("3\n")
            run = bench.measure([bench.vtlt, "-C", repository, "register", "import", path, "--kind", "in", "-q"])
            self.rate(f"import into {name}, {kind}", rows, [run], bar, "rows/s")

    def huge_file(self):
        bench = self.bench
        if not bench.wanted("one file of 10 GB"):
            return
        big = once(bench.work / "huge", lambda folder: make_huge_file(folder / "phim.mp4")) / "phim.mp4"
        size = big.stat().st_size
        copy = self.there / "copy"

        def new():
            self.new_repository(self.there / "huge-kho")

        bench.compete("register one file of 10 GB", 1.3, ("vtlt", None, new, [
            bench.vtlt, "-C", self.there / "huge-kho", "register", "in", "1/SVHTT", big, "--arrival", "1", "--date", "02/01/2025", "--sender",
            "Sở Văn hóa và Thể thao", "--subject", "Phim tài liệu", "-q"], None),
            [("cp, sync", None, lambda: remove(copy), f"cp '{big}' '{copy}' && sync", None)], size)
        remove(copy)
        bench.compete("verify one file of 10 GB", 1.15,
                      ("vtlt", None, None, [bench.vtlt, "-C", self.there / "huge-kho", "verify"], None),
                      [("openssl dgst", "openssl", None, ["openssl", "dgst", "-sha256", big], None)], size)
        remove(self.there / "huge-kho")

    def everything(self):
        bench = self.bench
        steps = [self.start, self.register, self.package, self.verify_repository, self.list_import, lambda: self.many(self.scale["documents"])]
        if bench.options.huge:
            steps += [self.huge_file, lambda: self.many(10_000_000, 3_000, 8_000)]
        for step in steps:
            bench.attempt(step)


# ---- the table ----

def first_line(command):
    try:
        result = subprocess.run(command, capture_output=True, text=True)
        return (result.stdout or result.stderr).strip().splitlines()[0]
    except (OSError, IndexError):
        return ""


def machine(bench):
    model = next((line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")),
                 platform.processor())
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 1e9
    system = first_line(["stat", "-f", "-c", "%T", str(bench.work)])
    tools = [first_line([bench.vtlt, "--version"])]
    for tool, words in (("restic", ["version"]), ("borg", ["--version"]), ("git", ["--version"]), ("bsdtar", ["--version"]), ("openssl", ["version"])):
        if shutil.which(tool):
            tools.append(" ".join(first_line([tool, *words]).split()[:3]))
    return (f"{os.cpu_count()} × {model}, {memory:.0f} GB, {system}, Linux {platform.release()}; {datetime.date.today():%d/%m/%Y}.\n"
            f"{', '.join(filter(None, tools))}.")


def table(bench, work):
    options = bench.options
    lines = [machine(bench),
             f"Scale {options.scale}{' and huge' if options.huge else ''}: {bench.scale['little']:,} files of 8-40 KB and {bench.scale['large']:,} of "
             f"1-3 MB ({work.size / MEGABYTE:,.0f} MB). Median of {bench.runs} runs, the best in brackets; "
             f"{'page cache dropped' if options.cold else 'a sync'} before each.", "",
             "| work | vtlt | beside | ratio | bar | | memory |", "|---|---|---|---|---|---|---|"]
    for name, measured, beside, ratio, bar, held, memory in bench.rows:
        lines.append(f"| {name} | {measured} | {beside} | {ratio} | {bar} | {'held' if held else '**missed**'} | {memory} |")
    lines.append("")
    lines += [f"- {note}" for note in bench.notes]
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--vtlt", default="build/release/cmd/vtlt")
    parser.add_argument("--work", default="build/bench")
    parser.add_argument("--scale", choices=sorted(SCALES), default="small")
    parser.add_argument("--huge", action="store_true")
    parser.add_argument("--runs", type=int, default=0)
    parser.add_argument("--only", help="a regular expression: only rows whose name it fits")
    parser.add_argument("--output", help="the table goes here too")
    parser.add_argument("--cold", action="store_true")
    parser.add_argument("--no-install", action="store_true")
    options = parser.parse_args()
    if not os.access(options.vtlt, os.X_OK):
        parser.error(f"{options.vtlt} is not there: build it first, or name it with --vtlt")
    if options.cold and os.geteuid() != 0:
        parser.error("--cold needs root")
    bench = Bench(options)
    work = Work(bench)
    try:
        work.everything()
    finally:
        remove(work.there)
    # Memory has its own bar: the largest of every row.
    figures = [(float(row[6].split()[0]), row[0]) for row in bench.rows if row[6]]
    if figures:
        bench.add_memory("the largest, " + max(figures)[1], max(figures)[0])
    text = table(bench, work)
    print(text, end="")
    if options.output:
        Path(options.output).write_text(text, encoding="utf-8")
    return 1 if not bench.rows else 0


if __name__ == "__main__":
    sys.exit(main())
