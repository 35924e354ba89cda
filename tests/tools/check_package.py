#!/usr/bin/env python3
"""An independent check of a TT05 package (SIP_hoso, AIP_hoso): a folder or a ZIP.

Standard library only and no code of vtlt: what the writer got wrong cannot be wrong here in the same way.
Prints one finding a line; exit 1 when there is any.

    check_package.py [--xsd DIR] [--java] PACKAGE

--xsd DIR   DIR holds mets1_12.xsd, xlink.xsd, the DILCIS extensions and premis-v3-0.xsd: METS and PREMIS are
            validated with xmllint (no network); the EAD files with the schemas in the package.
--java      a ZIP is also read to its end by java.util.zip.ZipInputStream.
"""
import argparse
import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

METS = "{http://www.loc.gov/METS/}"
XLINK = "{http://www.w3.org/1999/xlink}"
CSIP = "{https://DILCIS.eu/XML/METS/CSIPExtensionMETS}"
PREMIS = "{http://www.loc.gov/premis/v3}"
UUID = r"[0-9A-F]{8}-[0-9A-F]{4}-8[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}"
TIME = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+07:00"

FILE_REST = ("title maintenance mode language startDate endDate keyword totalDoc numberOfPaper numberOfPage format "
             "inforSign confidenceLevel paperFileCode riskRecovery riskRecoveryStatus description")
DOCUMENT = {
    "SIP": "docId docCode maintenance typeName codeNumber codeNotation issuedDate organName subject language "
           "numberOfPage inforSign keyword mode confidenceLevel autograph format riskRecovery riskRecoveryStatus "
           "process description",
    "AIP": "arcFileCode mode language keyword numberOfPage format inforSign confidenceLevel description docCode "
           "docOrdinal typeName codeNumber codeNotation issuedDate organName subject autograph process",
}
DOCUMENT["DIP"] = ("docId arcDocCode maintenance typeName codeNumber codeNotation issuedDate subject language numberOfPage "
                   "inforSign keyword mode confidenceLevel autograph format process riskRecovery riskRecoveryStatus description")
BATCH = {"SIP": "fileCode title source totalDoc description", "AIP": "arcFileCode title source description"}
REQUEST = "requestID requestDate purpose purposeContent feeObjectType researchTopic description"
PICTURE = ("typePic archivesNumber inforSign eventName imageTitle photographer photoPlace photoTime colour filmSize "
           "docAttached mode format")
MEDIA = ("typeMedia archivesNumber inforSign eventName movieTitle recorder recordPlace recordDate language playTime "
         "docAttached mode quality format")


def carrier(kind, middle, batch):
    if kind == "AIP" and not batch:
        return f"arcFileCode docOrdinal {middle} description"
    code = "docCode" if kind == "SIP" else "arcDocCode"
    return f"{code} maintenance {middle} riskRecovery riskRecoveryStatus description"


def expected_elements(kind, name, batch=False):
    if name == "EAD.xml" and kind == "DIP":
        return REQUEST
    if name == "EAD.xml" and batch:
        return BATCH[kind]
    if name == "EAD.xml":
        return ("arcFileCode " if kind == "AIP" else "fileCode ") + FILE_REST
    if name.startswith("EAD_pic_"):
        return carrier(kind, PICTURE, batch)
    if name.startswith("EAD_media_"):
        return carrier(kind, MEDIA, batch)
    return DOCUMENT[kind]


class Package:
    """The files of a package by their path, from a folder or a ZIP."""

    def __init__(self, path):
        self.path = Path(path)
        self.zip = None
        self.names = {}
        if self.path.is_dir():
            self.root = self.path.name
            for file in sorted(self.path.rglob("*")):
                if file.is_file():
                    self.names[file.relative_to(self.path).as_posix()] = file
        else:
            self.zip = zipfile.ZipFile(self.path)
            infos = self.zip.infolist()
            self.root = infos[0].filename.split("/")[0]
            for info in infos:
                self.names[info.filename.split("/", 1)[1]] = info

    def open(self, name):
        return self.zip.open(self.names[name]) if self.zip else open(self.names[name], "rb")

    def read(self, name):
        with self.open(name) as file:
            return file.read()

    def stamp(self, name):
        digest, size = hashlib.sha256(), 0
        with self.open(name) as file:
            while block := file.read(1 << 20):
                digest.update(block)
                size += len(block)
        return size, digest.hexdigest()


class Check:
    def __init__(self, package):
        self.package = package
        self.findings = []
        self.listed = {"METS.xml"}
        self.kind = ""
        self.batch = False
        self.stamps = {}

    def say(self, where, what):
        self.findings.append(f"{where}: {what}")

    def parse(self, name):
        try:
            return ET.fromstring(self.package.read(name))
        except (KeyError, ET.ParseError) as error:
            self.say(name, f"cannot be read: {error}")
            return None

    def stamp(self, name):
        if name not in self.stamps:
            self.stamps[name] = self.package.stamp(name)
        return self.stamps[name]

    # -- one METS file --

    def target(self, mets_name, href):
        path = PurePosixPath(mets_name).parent / unquote(href)
        parts = []
        for part in path.parts:
            if part == "..":
                if not parts:
                    return None
                parts.pop()
            elif part != ".":
                parts.append(part)
        return "/".join(parts)

    def core(self, mets_name, node, href):
        name = self.target(mets_name, href)
        if name not in self.package.names:
            self.say(mets_name, f"names {href}, which is not in the package")
            return None
        if name in self.listed and name != "METS.xml":
            self.say(mets_name, f"{href} is listed twice")
        self.listed.add(name)
        size, digest = self.stamp(name)
        if node.get("SIZE") != str(size):
            self.say(name, f"SIZE {node.get('SIZE')}, in truth {size}")
        if node.get("CHECKSUMTYPE") != "SHA-256" or node.get("CHECKSUM", "").lower() != digest:
            self.say(name, "CHECKSUM differs")
        if not node.get("MIMETYPE"):
            self.say(name, "no MIMETYPE")
        if not re.fullmatch(TIME, node.get("CREATED", "")):
            self.say(name, f"CREATED {node.get('CREATED')}")
        return name

    def mets(self, name):
        root = self.parse(name)
        if root is None:
            return None
        if root.tag != METS + "mets":
            self.say(name, f"root element {root.tag}")
        ids = {}
        for node in root.iter():
            if (id_ := node.get("ID")) is None:
                continue
            if id_ in ids:
                self.say(name, f"ID {id_} twice")
            ids[id_] = node
            form = "ID-" if node.tag == METS + "file" else "uuid-"
            if not re.fullmatch(form + UUID, id_):
                self.say(name, f"ID {id_} on {node.tag}")
        self.header(name, root)
        used = set()
        for node in root.iter():
            for attribute in ("DMDID", "ADMID", "FILEID"):
                for id_ in (node.get(attribute) or "").split():
                    if id_ not in ids:
                        self.say(name, f"{attribute} {id_} leads nowhere")
                    used.add(id_)
        for reference in root.iter(METS + "mdRef"):
            target = self.core(name, reference, reference.get(XLINK + "href"))
            if target:
                self.parse(target)
        for file in root.iter(METS + "file"):
            location = file.find(METS + "FLocat")
            self.core(name, file, location.get(XLINK + "href"))
            if location.get("LOCTYPE") != "URL" or location.get(XLINK + "type") != "simple":
                self.say(name, "FLocat without LOCTYPE URL or xlink:type simple")
        groups = {g.get("ID") for g in root.iter(METS + "fileGrp") if g.get("ID") in used}
        for group in root.iter(METS + "fileGrp"):
            for file in group.findall(METS + "file"):
                if group.get("ID") not in groups and file.get("ID") not in used and not self.by_mptr(root, group):
                    self.say(name, f"file {file.get('ID')} is not in the structMap")
        for section in root.iter(METS + "dmdSec"):
            if section.get("ID") not in used:
                self.say(name, f"dmdSec {section.get('ID')} is not in the structMap")
        for section in root.iter(METS + "digiprovMD"):
            if section.get("ID") not in used:
                self.say(name, f"digiprovMD {section.get('ID')} is not referred to")
        for pointer in root.iter(METS + "mptr"):
            if self.target(name, pointer.get(XLINK + "href")) not in self.package.names:
                self.say(name, f"mptr {pointer.get(XLINK + 'href')} leads nowhere")
        return root

    def by_mptr(self, root, group):
        hrefs = {p.get(XLINK + "href") for p in root.iter(METS + "mptr")}
        return all(f.find(METS + "FLocat").get(XLINK + "href") in hrefs for f in group.findall(METS + "file"))

    def header(self, name, root):
        header = root.find(METS + "metsHdr")
        self.kind = header.get(CSIP + "OAISPACKAGETYPE")
        if self.kind not in ("SIP", "AIP", "DIP"):
            self.say(name, f"OAISPACKAGETYPE {self.kind}")
            self.kind = "SIP"
        self.batch = root.get("TYPE") == "Collection"
        if root.get("TYPE") != ("MIXED" if self.kind == "DIP" else "Collection" if self.batch else "Mixed"):
            self.say(name, f"TYPE {root.get('TYPE')}")
        form = "urn:uuid:" if self.kind == "AIP" else "uuid-"
        if not re.fullmatch(form + UUID, root.get("OBJID", "")):
            self.say(name, f"OBJID {root.get('OBJID')}")
        for attribute in ("CREATEDATE", "LASTMODDATE"):
            if not re.fullmatch(TIME, header.get(attribute, "")):
                self.say(name, f"{attribute} {header.get(attribute)}")
        agents = {a.get("TYPE"): a for a in header.findall(METS + "agent") if a.get("ROLE") == "CREATOR"}
        if "OTHER" not in agents or agents["OTHER"].get("OTHERTYPE") != "SOFTWARE":
            self.say(name, "no agent for the software")
        note = agents["ORGANIZATION"].find(METS + "note") if "ORGANIZATION" in agents else None
        if note is None or note.get(CSIP + "NOTETYPE") != "IDENTIFICATIONCODE" or not note.text:
            self.say(name, "no agent with the code of the fonds")
        profile = root.get("PROFILE", "")
        wanted = "http://www.ra.ee/METS/v01/IP.xml" if self.kind == "AIP" and name == "METS.xml" else \
            "https://earkdip.dilcis.eu/profile/E-ARK-DIP.xml" if self.kind == "DIP" and name == "METS.xml" else \
            "https://earkcsip.dilcis.eu/profile/E-ARK-CSIP.xml"
        if profile != wanted:
            self.say(name, f"PROFILE {profile}")
        maps = root.findall(METS + "structMap")
        if len(maps) != 1 or maps[0].get("LABEL") != "CSIP" or maps[0].get("TYPE") != "PHYSICAL":
            self.say(name, "no structMap CSIP/PHYSICAL")
        elif maps[0].find(METS + "div").get("LABEL") != root.get("OBJID"):
            self.say(name, "top div is not labelled with the OBJID")

    # -- the whole --

    def names(self):
        folded = {}
        for name in self.package.names:
            if not re.fullmatch(r"[A-Za-z0-9._/-]+", name):
                self.say(name, "name is not ASCII")
            if name.lower() in folded:
                self.say(name, f"equal to {folded[name.lower()]} but for case")
            folded[name.lower()] = name
        if self.package.zip:
            raw = [i.filename.encode() for i in self.package.zip.infolist()]
            if raw != sorted(raw):
                self.say(self.package.path.name, "entries are not in byte order")
            if len({i.date_time for i in self.package.zip.infolist()}) != 1:
                self.say(self.package.path.name, "entries have different times")
            for info in self.package.zip.infolist():
                if not info.filename.startswith(self.package.root + "/"):
                    self.say(info.filename, "outside the package folder")
                if not info.flag_bits & 0x800 or info.flag_bits & 0x8:
                    self.say(info.filename, f"flags {info.flag_bits:#x}")

    def fields(self, name):
        root = self.parse(name)
        if root is None:
            return {}
        if root.tag != "simpledc":
            self.say(name, f"root element {root.tag}")
        order = [child.tag for child in root]
        if order != expected_elements(self.kind, name.rsplit("/", 1)[-1], self.batch).split():
            self.say(name, f"elements {' '.join(order)}")
        return {child.tag: child.text or "" for child in root}

    def descriptions(self):
        file = self.fields("metadata/descriptive/EAD.xml")
        documents = [n for n in self.package.names
                     if re.fullmatch(r"representations/rep1/metadata/descriptive/EAD_(doc|pic|media)_.+\.xml", n)]
        counted = not (self.kind == "DIP" or (self.kind == "AIP" and self.batch))
        if counted and file.get("totalDoc") != str(len(documents)):
            self.say("metadata/descriptive/EAD.xml", f"totalDoc {file.get('totalDoc')}, EAD files {len(documents)}")
        code = file.get("fileCode") or file.get("arcFileCode") or ""
        if file.get("confidenceLevel") == "02" and not file.get("paperFileCode"):
            self.say("metadata/descriptive/EAD.xml", "confidenceLevel 02 and no paperFileCode")
        for name in documents:
            data = self.fields(name)
            ordinal = int(re.search(r"\.(\d+)\.xml$", name).group(1))
            if "docCode" in data:
                head, _, tail = data["docCode"].rpartition(".")
                if tail != f"{ordinal:07d}":
                    self.say(name, f"docCode {data['docCode']}")
                year = re.search(r"(?:^|\.)((?:19|20)\d\d)\.", head + ".")
                if not year or f".{year.group(1)}." not in f".{code}.":
                    self.say(name, f"year of docCode {data['docCode']} differs from {code}")
                if not (code == head or code.endswith("." + head)):
                    self.say(name, f"docCode {data['docCode']} is not of {code}")
            if "docOrdinal" in data and data["docOrdinal"] != str(ordinal):
                self.say(name, f"docOrdinal {data['docOrdinal']}")
            if len(data.get("docId", "")) > 25:
                self.say(name, "docId is longer than 25 characters")

    def links(self, rep):
        files = {f.get("ID"): f.find(METS + "FLocat").get(XLINK + "href") for f in rep.iter(METS + "file")}
        sections = {s.get("ID"): s.find(METS + "mdRef").get(XLINK + "href") for s in rep.iter(METS + "dmdSec")}
        pointed = []
        for div in rep.iter(METS + "div"):
            if div.get("LABEL") not in ("MetadataLink/File", "MetadataLink/Holey"):
                continue
            href = sections.get(div.get("DMDID"), "")
            number = re.search(r"\.(\d+)\.xml$", href)
            stem = re.sub(r"^.*/EAD_[a-z]+_(.*)\.xml$", r"\1", href)
            if not number or div.get("ORDER") != number.group(1):
                self.say("rep1/METS.xml", f"ORDER {div.get('ORDER')} of {href}")
            for pointer in div.findall(METS + "fptr"):
                target = files.get(pointer.get("FILEID"), "")
                pointed.append(target)
                if not (target + ".").startswith(f"data/{stem}."):
                    self.say("rep1/METS.xml", f"{href} leads to {target}")
        if sorted(pointed) != sorted(files.values()):
            self.say("rep1/METS.xml", "MetadataLink does not lead to every content file exactly once")

    def premis(self):
        names = [n for n in self.package.names if "/preservation/" in "/" + n]
        if self.kind != "AIP":
            if names:
                self.say(names[0], f"PREMIS in a {self.kind}")
            return
        wanted = ["metadata/preservation/PREMIS.xml", "representations/rep1/metadata/preservation/PREMIS_rep1.xml"]
        if sorted(names) != sorted(wanted):
            self.say("AIP", f"PREMIS files {names}")
            return
        identifiers, events = set(), set()
        for name in names:
            root = self.parse(name)
            for pair in list(root.iter(PREMIS + "objectIdentifier")) + list(root.iter(PREMIS + "eventIdentifier")) + \
                    list(root.iter(PREMIS + "agentIdentifier")):
                key = tuple(child.text for child in pair)
                if key in identifiers:
                    self.say(name, f"identifier {key} twice")
                identifiers.add(key)
            events |= {e.text for e in root.iter(PREMIS + "eventType")}
        for name in names:
            root = self.parse(name)
            for link in ("linkingAgentIdentifier", "relatedObjectIdentifier"):
                for pair in root.iter(PREMIS + link):
                    if tuple(child.text for child in pair)[:2] not in identifiers:
                        self.say(name, f"{link} {[c.text for c in pair]} leads nowhere")
        if "information package creation" not in events:
            self.say(names[0], "no event for the making of the package")
        fixity = {}
        for node in self.parse(wanted[1]).iter(PREMIS + "object"):
            place = node.findtext(f"{PREMIS}storage/{PREMIS}contentLocation/{PREMIS}contentLocationValue")
            if place is None:
                continue
            path = self.target("representations/rep1/METS.xml", place)
            fixity[path] = True
            if path not in self.package.names:
                self.say(wanted[1], f"{place} is not in the package")
                continue
            size, digest = self.stamp(path)
            characteristics = node.find(PREMIS + "objectCharacteristics")
            if characteristics.findtext(f"{PREMIS}fixity/{PREMIS}messageDigest", "").lower() != digest:
                self.say(wanted[1], f"digest of {place} differs")
            if characteristics.findtext(PREMIS + "size") != str(size):
                self.say(wanted[1], f"size of {place} differs")
            if not node.findtext(PREMIS + "originalName"):
                self.say(wanted[1], f"no originalName of {place}")
        if set(fixity) != {n for n in self.package.names if n.startswith("representations/rep1/data/")}:
            self.say(wanted[1], "not every content file is an object")

    def run(self):
        self.names()
        root = self.mets("METS.xml")
        rep = self.mets("representations/rep1/METS.xml")
        if root is None or rep is None:
            return
        if self.package.root != root.get("OBJID").replace(":", "_"):
            self.say(self.package.root, "folder name is not the OBJID")
        for name in sorted(set(self.package.names) - self.listed):
            self.say(name, "is in the package but in no METS")
        self.descriptions()
        self.links(rep)
        self.premis()


def xmllint(schema, files, findings):
    for begin in range(0, len(files), 500):
        run = subprocess.run(["xmllint", "--nonet", "--noout", "--schema", schema, *files[begin:begin + 500]],
                             capture_output=True, text=True)
        if run.returncode:
            findings += [line for line in run.stderr.splitlines() if not line.endswith(" validates")][:20]


def validate(check, directory):
    """With local copies: mets1_12.xsd spells the DILCIS namespaces in lower case, their schemas do not."""
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        for schema in Path(directory).glob("*.xsd"):
            text = schema.read_text(encoding="utf-8").replace("https://dilcis.eu/XML", "https://DILCIS.eu/XML")
            text = re.sub(r'schemaLocation="[^"]*/xlink\.xsd"', 'schemaLocation="xlink.xsd"', text)
            (work / schema.name).write_text(text, encoding="utf-8")
        content = work / "package"
        for name in check.package.names:
            if name.endswith((".xml", ".xsd")) and "/data/" not in name:
                place = content / name
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(check.package.read(name))
        xmllint(str(work / "mets1_12.xsd"), [str(p) for p in sorted(content.rglob("METS.xml"))], check.findings)
        if found := [str(p) for p in sorted(content.rglob("PREMIS*.xml"))]:
            xmllint(str(work / "premis-v3-0.xsd"), found, check.findings)
        xmllint(str(content / "schemas/EAD.xsd"), [str(content / "metadata/descriptive/EAD.xml")], check.findings)
        for form in ("doc", "pic", "media"):
            if found := [str(p) for p in sorted(content.rglob(f"EAD_{form}_*.xml"))]:
                xmllint(str(content / f"schemas/EAD_{form}.xsd"), found, check.findings)


JAVA = """
import java.io.*; import java.util.zip.*;
public class Read {
  public static void main(String[] paths) throws Exception {
    byte[] block = new byte[1 << 16];
    for (String path : paths) {
      long files = 0;
      try (ZipInputStream zip = new ZipInputStream(new BufferedInputStream(new FileInputStream(path)))) {
        while (zip.getNextEntry() != null) { while (zip.read(block) >= 0) {} zip.closeEntry(); ++files; }
      }
      System.out.println(files);
    }
  }
}
"""


def java_counts(paths):
    """Of each ZIP how many entries Java's stream reader finds; what it says instead where it stops."""
    with tempfile.TemporaryDirectory() as temporary:
        source = Path(temporary) / "Read.java"
        source.write_text(JAVA)
        run = subprocess.run(["java", str(source), *map(str, paths)], capture_output=True, text=True)
        return run.stdout.split() + ([run.stderr.strip()[:300]] if run.returncode else [])


def read_with_java(check):
    found = java_counts([check.package.path])
    if found != [str(len(check.package.names))]:
        check.say(check.package.path.name, f"java.util.zip: {' '.join(found)}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("package")
    parser.add_argument("--xsd", metavar="DIR")
    parser.add_argument("--java", action="store_true")
    options = parser.parse_args()
    check = Check(Package(options.package))
    check.run()
    if options.xsd:
        if not shutil.which("xmllint"):
            sys.exit("xmllint is not installed")
        validate(check, options.xsd)
    if options.java and check.package.zip:
        read_with_java(check)
    for finding in check.findings:
        print(finding)
    print(f"{options.package}: {check.kind}, {len(check.package.names)} files, {len(check.findings)} findings")
    return 1 if check.findings else 0


if __name__ == "__main__":
    sys.exit(main())
