#!/usr/bin/env python3
"""The whole sample commune through vtlt: register, file, package, verify; then the counts and every package are
compared with the sample's own truth (expected.json) and checked by check_package.py and sha256sum, not by vtlt.

usage: sample_commune.py VTLT SAMPLE_DIR SCHEME.yaml [--keep DIR] [--xsd DIR]
"""
import argparse
import csv
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
import zipfile

from check_package import java_counts

HERE = os.path.dirname(os.path.abspath(__file__))


def fail(text):
    print("FAILED:", text)
    sys.exit(1)


class Vtlt:
    def __init__(self, program, folder, state):
        self.program, self.folder = program, folder
        self.env = dict(os.environ, XDG_STATE_HOME=state, VTLT_NOPROMPT="1", LC_ALL="C", VTLT_LANG="vi")

    def run(self, *words, expect=0):
        done = subprocess.run([self.program, *words], cwd=self.folder, env=self.env, capture_output=True, text=True,
                              encoding="utf-8")
        if done.returncode != expect:
            fail(f"vtlt {' '.join(words)}: exit {done.returncode}, wanted {expect}\n{done.stdout}{done.stderr}")
        return done.stdout


def sheet_rows(path):
    """Rows of the first sheet of an XLSX, as lists of text."""
    space = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    with zipfile.ZipFile(path) as book:
        sheet = ET.fromstring(book.read("xl/worksheets/sheet1.xml"))
    rows = []
    for row in sheet.iter("{%s}row" % space["m"]):
        cells = {}
        for cell in row:
            column = 0
            for letter in re.match(r"[A-Z]+", cell.get("r")).group():
                column = column * 26 + ord(letter) - 64
            cells[column - 1] = "".join(cell.itertext())
        rows.append([cells.get(i, "") for i in range(max(cells) + 1)])
    return rows


def messages(v, sample, truth):
    """The messages of the exchange axis through register in, against what the sample says of them."""
    checks, number = [], 64
    for wanted in truth["edxml"]:
        path = os.path.join(sample, wanted["path"])
        number += 1
        answer = json.loads(v.run("register", "in", path, "--arrival", str(number), "--arrival-date", "30/12/2024", "--json"))
        result, name = answer["result"], os.path.basename(path)
        held = wanted["already_in_register_as_so_den"]
        outcome = "present" if held else "changed" if wanted["business"] == "recall" else "registered"
        checks += [(name + " outcome", result["outcome"], outcome), (name + " business", result["business"], wanted["business"]),
                   (name + " document id", result["document_id"], wanted["document_id"]),
                   (name + " sender", result["sender"], wanted["sender"])]
        if held:
            checks.append((name + " line", result["ref"], f"den.2024.{held}"))
        if outcome != "registered":
            continue
        entry = result["entry"]
        urgency = ["", "khẩn", "thượng khẩn", "hỏa tốc"][wanted["priority"]]
        checks += [(name + " number", entry["own"]["number"], wanted["so"]),
                   (name + " notation", entry["own"]["notation"], wanted["ky_hieu"]),
                   (name + " date", entry["date"], wanted["ngay"]), (name + " type", entry["type"], wanted["loai"]),
                   (name + " subject", entry["subject"], wanted["trich_yeu"]),
                   (name + " issuer", entry["issuer"], wanted["sender_name"]),
                   (name + " due", entry.get("due"), wanted["due"]), (name + " urgency", entry.get("urgency", ""), urgency)]
        brought = [(c["name"], c["size"], c["sha256"]) for c in result["components"] if c["role"] != "message"]
        checks.append((name + " contents", brought, [(a["name"], a["size"], a["sha256"]) for a in wanted["attachments"]]))
        kept = [(c["size"], c["sha256"]) for c in result["components"] if c["role"] == "message"]
        checks.append((name + " itself", kept, [(wanted["size"], wanted["sha256"])]))
        answers = [link["document_id"] for link in result["links"] if link["relation"] == "answers"]
        checks.append((name + " answers", answers, [wanted["answers"]] if wanted["answers"] else []))
    again = json.loads(v.run("register", "import", os.path.join(sample, "edxml"), "--json"))["result"]
    checks.append(("messages fed again", (again["rows"], again["present"]), (len(truth["edxml"]),) * 2))
    v.run("verify")
    return checks


def unzipped(path):
    """Tools that people have must read our ZIPs."""
    for tool in (["unzip", "-tqq", path], ["bsdtar", "-xOf", path]):
        if shutil.which(tool[0]):
            done = subprocess.run(tool, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
            if done.returncode != 0:
                fail(" ".join(tool) + ": " + done.stderr.decode())
    broken = zipfile.ZipFile(path).testzip()
    if broken:
        fail(f"{path}: {broken}")


def bags(folder):
    """RFC 8493 by sha256sum -c, which reads the same lines, and by counting: nothing here is vtlt's."""
    seen = 0
    for name in sorted(os.listdir(folder)):
        bag = os.path.join(folder, name)
        with tempfile.TemporaryDirectory() as temporary:
            if name.endswith(".zip"):
                unzipped(bag)
                zipfile.ZipFile(bag).extractall(temporary)
                (top,) = os.listdir(temporary)
                bag = os.path.join(temporary, top)
            with open(os.path.join(bag, "bagit.txt"), "rb") as declaration:
                if declaration.read() != b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n":
                    fail(bag + ": bagit.txt")
            listed = set()
            for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
                done = subprocess.run(["sha256sum", "--strict", "--quiet", "-c", manifest], cwd=bag, capture_output=True, text=True)
                if done.returncode != 0:
                    fail(bag + ": " + done.stdout + done.stderr)
                with open(os.path.join(bag, manifest), encoding="utf-8") as lines:
                    listed |= {line.rstrip("\n").split("  ", 1)[1] for line in lines}
            there = {os.path.relpath(os.path.join(at, one), bag) for at, _, names in os.walk(bag) for one in names}
            if there != listed | {"tagmanifest-sha256.txt"}:
                fail(f"{bag}: listed and there differ: {there ^ listed}")
            payload = [one for one in there if one.startswith("data/")]
            size = sum(os.path.getsize(os.path.join(bag, one)) for one in payload)
            with open(os.path.join(bag, "bag-info.txt"), encoding="utf-8") as info:
                if f"Payload-Oxum: {size}.{len(payload)}\n" not in info.readlines():
                    fail(bag + ": Payload-Oxum")
            seen += 1
    if seen != 2:
        fail(f"{seen} bags, wanted 2")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("vtlt")
    parser.add_argument("sample")
    parser.add_argument("scheme")
    parser.add_argument("--keep")
    parser.add_argument("--xsd")
    options = parser.parse_args()
    if not os.path.isdir(options.sample):
        print("SKIPPED: the sample commune is not here:", options.sample)
        sys.exit(77)
    truth = json.load(open(os.path.join(options.sample, "expected.json"), encoding="utf-8"))
    work = options.keep or tempfile.mkdtemp(prefix="vtlt-sample-")
    os.makedirs(work, exist_ok=True)
    sample = os.path.join(work, "mau")
    shutil.copytree(options.sample, sample)
    subprocess.run(["chmod", "-R", "u+w", sample], check=True)
    kho = os.path.join(work, "kho")
    v = Vtlt(os.path.abspath(options.vtlt), work, os.path.join(work, "state"))
    v.run("init", kho, "--from", os.path.abspath(options.scheme))
    v.folder = kho

    # Everything the lists hold.
    v.run("register", "import", os.path.join(sample, "van-ban-den.csv"), "--kind", "in")
    v.run("register", "import", os.path.join(sample, "van-ban-di.csv"), "--kind", "out")
    again = v.run("register", "import", os.path.join(sample, "van-ban-den.csv"), "--kind", "in")
    if "64" not in again:
        fail("the same list fed again must say that all 64 are there already: " + again)

    # What ho-so.xlsx holds beyond the two registers of 2024: a list made from it.
    rows = sheet_rows(os.path.join(sample, "ho-so.xlsx"))
    heads = rows[0]
    second = heads.index("Số thứ tự văn bản trong hồ sơ")

    def cell(row, name, after=0):
        at = heads.index(name, after)
        return row[at] if at < len(row) else ""

    listed = set()
    for name in ("van-ban-den.csv", "van-ban-di.csv"):
        with open(os.path.join(sample, name), encoding="utf-8-sig", newline="") as lines:
            listed |= {row["Đường dẫn tệp"] for row in csv.DictReader(lines)}
    extra = os.path.join(sample, "van-ban-khac.csv")
    seen = set()
    with open(extra, "w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["Số, ký hiệu", "Ngày tháng văn bản", "Tác giả", "Tên loại", "Trích yếu", "Đường dẫn"])
        for row in rows[1:]:
            path = cell(row, "Đường dẫn file").replace("\\", "/")
            if path in listed or path in seen:
                continue
            seen.add(path)
            number = cell(row, "Số của văn bản")
            date = [cell(row, part + " văn bản") for part in ("Ngày", "Tháng", "Năm")]
            writer.writerow([number + "/" + cell(row, "Ký hiệu của văn bản") if number else "", "/".join(date),
                             cell(row, "Tên cơ quan, tổ chức ban hành"), cell(row, "Tên loại văn bản"),
                             cell(row, "Trích yếu nội dung"), path])
    v.run("register", "import", extra, "--kind", "internal")

    # Which document holds which bytes: the catalogue is plain SQLite.
    generation = open(os.path.join(kho, ".vtlt/catalogue/current")).read().strip()
    base = sqlite3.connect(os.path.join(kho, ".vtlt/catalogue", generation + ".sqlite"))
    letters = "0123456789abcdefghjkmnpqrstvwxyz"

    def text_of(bits):
        number = int.from_bytes(bits, "big") << 2
        return "d" + "".join(letters[number >> (5 * i) & 31] for i in range(25, -1, -1))

    document = {sha: text_of(bits) for sha, bits in base.execute("SELECT sha256, document_id FROM component")}
    shas = {entry["path"]: entry["sha256"] for entry in truth["files"]}

    # The twelve files, closed and packed twice.
    files = {}
    for row in rows[1:]:
        path = cell(row, "Đường dẫn file").replace("\\", "/")
        files.setdefault((cell(row, "Số và ký hiệu hồ sơ"), cell(row, "Tiêu đề hồ sơ")), []).append((row, path))
    wanted = {(f["notation"], f["title"]): f for f in truth["ho_so"]}
    if set(files) != set(wanted):
        fail("the files of ho-so.xlsx are not those of expected.json")
    access = {"Công khai": "open", "Sử dụng có điều kiện": "conditional"}
    out = os.path.join(work, "goi")
    for (notation, title), members in files.items():
        first, expected = members[0][0], wanted[(notation, title)]
        reference = f"{expected['year']}.{notation}"
        words = ["file", "open", "--year", str(expected["year"]), "--notation", notation, "--title", title, "--term",
                 cell(first, "Thời hạn bảo quản"), "--access", access[cell(first, "Chế độ sử dụng")], "--language",
                 cell(first, "Ngôn ngữ"), "--box", cell(first, "Hộp số"), "--inventory", cell(first, "Mục lục")]
        for flag, name in (("--keyword", "Từ khóa"), ("--sheets", "Số lượng tờ"), ("--condition", "Tình trạng vật lý"),
                           ("--confidence", "Mức độ tin cậy"), ("--paper-code", "Mã hồ sơ giấy gốc (nếu có)")):
            if cell(first, name):
                words += [flag, cell(first, name)]
        v.run(*words)
        v.run("file", "add", reference, *[document[shas[path]] for _, path in members])
        v.run("file", "close", reference, "--ended", str(expected["end_year"]), "--confirm-term")
        for kind in ("sip", "aip"):
            v.run("package", reference, "--kind", kind, "--spec", "tt05", "-o", os.path.join(out, kind))
            v.run("package", reference, "--kind", kind, "--spec", "tt05", "--zip", "-o", os.path.join(out, kind + "-zip"))

    # Loose documents, what a reader asked for, bags: written here, judged by others below.
    held = [f"den.{year}.{number}" for year, number in base.execute(
        "SELECT year, number FROM entry JOIN document ON document.entry=entry.handle WHERE book=1 AND components>0 "
        "ORDER BY number LIMIT 5")]
    with open(os.path.join(kho, "yc.yaml"), "w", encoding="utf-8") as request:
        request.write("vtlt: request/1\nnumber: YC-1\ndate: 06/11/2026\nby: Lê Thị Hoa\npurpose: cong-vu\n"
                      "content: nghiên cứu\n")
    first_file = f"{wanted[next(iter(files))]['year']}.{next(iter(files))[0]}"
    for form in ([], ["--zip"]):
        tail = "-zip" if form else ""
        v.run("package", *held, "--kind", "sip", "-o", os.path.join(out, "sip-roi" + tail), *form)
        v.run("package", *held, "--kind", "aip", "-o", os.path.join(out, "aip-roi" + tail), *form)
        v.run("package", *held, first_file, "--kind", "dip", "--copy", "dip", "--request", "yc.yaml", "--basis", "1/UBND",
              "-o", os.path.join(out, "dip" + tail), *form)
        v.run("package", first_file, "--spec", "bagit-1.0", "-o", os.path.join(work, "tui"), *form)
    bags(os.path.join(work, "tui"))
    v.run("verify", *[os.path.join(work, "tui", name) for name in os.listdir(os.path.join(work, "tui"))])

    v.run("verify")
    packages = [os.path.join(out, folder, name) for folder in sorted(os.listdir(out))
                for name in sorted(os.listdir(os.path.join(out, folder)))]
    if len(packages) != 4 * len(files) + 6:
        fail(f"{len(packages)} packages, wanted {4 * len(files) + 6}")
    for package in packages:
        if package.endswith(".zip"):
            unzipped(package)
    v.run("verify", *packages)
    if shutil.which("java"):
        zips = [package for package in packages if package.endswith(".zip")]
        found, there = java_counts(zips), [str(len(zipfile.ZipFile(package).namelist())) for package in zips]
        if not zips or found != there:
            fail(f"java.util.zip: {found}, wanted {there}")
    else:
        print("SKIPPED: java.util.zip over the ZIPs, no java here")
    tool = [sys.executable, os.path.join(HERE, "check_package.py")]
    if options.xsd and os.path.isdir(options.xsd):
        tool += ["--xsd", options.xsd]
    for package in packages:
        done = subprocess.run(tool + [package], capture_output=True, text=True)
        if done.returncode != 0:
            fail("check_package.py: " + package + "\n" + done.stdout + done.stderr)
    done = subprocess.run([sys.executable, os.path.join(HERE, "read_repository.py"), os.path.join(kho, ".vtlt")],
                          capture_output=True, text=True)
    if done.returncode != 0:
        fail("read_repository.py: " + done.stdout + done.stderr)
    # sha256sum on every object: its name is its digest.
    objects = os.path.join(kho, ".vtlt/objects")
    sums = subprocess.run(f"find '{objects}' -type f -exec sha256sum {{}} +", shell=True, capture_output=True, text=True)
    held = set()
    for line in sums.stdout.splitlines():
        digest, path = line.split(maxsplit=1)
        if os.path.basename(path) != digest:
            fail("object with another name than its digest: " + path)
        held.add(digest)

    # Counts.
    base = sqlite3.connect(os.path.join(kho, ".vtlt/catalogue", generation + ".sqlite"))
    one = lambda sql: base.execute(sql).fetchone()[0]
    counts = truth["counts"]
    checks = [
        ("incoming", one("SELECT count(*) FROM entry WHERE book=1"), counts["incoming_rows"]),
        ("outgoing", one("SELECT count(*) FROM entry WHERE book=2"), counts["outgoing_rows"]),
        ("files", one("SELECT count(*) FROM file WHERE state=3"), counts["ho_so"]),
        ("documents in files", one("SELECT count(DISTINCT document) FROM file_document"), counts["documents_in_files"]),
        ("rows of files", one("SELECT count(*) FROM file_document"), counts["ho_so_rows"]),
        ("objects", len(held), len({shas[path] for members in files.values() for _, path in members} |
                                   {shas[p] for p in listed if p})),
    ]
    for (notation, title), expected in wanted.items():
        key, term, ended, documents = base.execute(
            "SELECT handle, term, ended, documents FROM file WHERE title=?", (title,)).fetchone()
        pages = one(f"SELECT sum(pages) FROM document JOIN file_document ON document.handle=document WHERE file={key}")
        shorthand = "VV" if expected["term"]["kind"] == "permanent" else str(expected["term"]["years"])
        checks += [(notation + " term", term, shorthand), (notation + " ended", ended, expected["end_year"]),
                   (notation + " documents", documents, expected["document_count"])]
        checks.append((notation + " pages", pages, expected["page_count"]))
    # The register as printed.
    for form, kind, count in (("so-den", "in", 64), ("so-di", "out", 80)):
        target = os.path.join(work, form + ".csv")
        v.run("print", form, "--year", "2024", "--format", "csv", "-o", target)
        with open(target, encoding="utf-8-sig", newline="") as lines:
            printed = [row for row in csv.reader(lines)]
        checks.append((form + " rows", sum(1 for row in printed if len(row) == 10) - 1, count))
    checks += messages(v, sample, truth)
    wrong = [f"{name}: {have!r}, wanted {want!r}" for name, have, want in checks if have != want]
    if wrong:
        fail("\n  ".join(["counts"] + wrong))
    print(f"OK: {len(packages)} packages, {len(held)} objects, {len(checks)} counts agree")
    if not options.keep:
        shutil.rmtree(work)


main()
