#!/usr/bin/env python3
"""Compares the man pages and the completions with what the program says of itself (vtlt COMMAND --help).

  check_docs.py lint MAN                    mandoc on every page
  check_docs.py man VTLT MAN                commands, flags and examples of the man pages
  check_docs.py bash|zsh|fish VTLT FOLDER   commands, flags and values of a completion

Differences are printed; any makes the status 1. 77: a tool is missing, nothing was checked.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

SKIPPED = 77
FLAG = re.compile(r"(?<![\w-])(--[a-z][\w-]*|-[A-Za-z])(?![\w-])")
HELP = {"-h", "--help"}
problems = []


def problem(words):
    problems.append(words)
    print("DIFFERENCE:", words)


def skip(tool):
    print(f"SKIPPED, NOTHING WAS CHECKED: {tool} is not installed", file=sys.stderr)
    sys.exit(SKIPPED)


def run(command, **more):
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=120, **more)


# ---- what the program says ----

class Command:
    def __init__(self):
        self.flags = {}     # "--role" -> its placeholder, "" for a flag without a value
        self.pairs = {}     # "-n" -> "--dry-run"
        self.commands = []


def read_help(vtlt, words, everywhere):
    """Fills in one command; `everywhere` takes the flags of every command."""
    result = run([vtlt, "--lang", "en", *words, "--help"])
    if result.returncode != 0:
        sys.exit(f"{' '.join([vtlt, *words])} --help ended with {result.returncode}: {result.stderr}")
    command, section = Command(), ""
    for line in result.stdout.splitlines():
        if line and line[0] != " ":
            section = line
            continue
        if section == "Commands" and (found := re.match(r"  (\S+)  ", line)):
            command.commands.append(found[1])
        into = {"Flags": command, "Flags of every command": everywhere}.get(section)
        found = into and re.match(r"  (?:    )?((?:-\w, )?--?[\w-]+)(?: (\S+))?", line)
        if found:
            names = found[1].split(", ")
            for name in names:
                into.flags[name] = found[2] or ""
            if len(names) == 2:
                into.pairs[names[0]] = names[1]
    return command


def read_program(vtlt):
    everywhere, commands = Command(), {}

    def read(words):
        command = read_help(vtlt, words, everywhere)
        for flag in HELP:
            command.flags.pop(flag, None)
        commands[" ".join(words)] = command
        for name in command.commands:
            read([*words, name])

    read([])
    if len(everywhere.flags) < 10 or len(commands) < 10:
        sys.exit("the program's help was not understood: " + ", ".join(commands))
    return everywhere, commands


def values_of(placeholder):
    """in|out|internal -> the values, and whether these are all."""
    values = [value for value in placeholder.split("|") if value and value != "…"]
    if "|" not in placeholder or any(not re.fullmatch(r"[a-z0-9][a-z0-9.-]*", value) for value in values):
        return (set(), False) if "|" in placeholder or not re.fullmatch(r"[a-z][a-z0-9]*\d", placeholder) else ({placeholder}, True)
    return set(values), "…" not in placeholder


def compare(where, said, wanted):
    for one in sorted(wanted - said):
        problem(f"{where}: {one} is missing")
    for one in sorted(said - wanted):
        problem(f"{where}: {one} is not known to the program")


# ---- man pages ----

def lint(man):
    mandoc = shutil.which("mandoc") or skip("mandoc")
    pages = sorted([*man.glob("*.1"), *man.glob("*.5")])
    if not pages:
        sys.exit(f"no man pages in {man}")
    for page in pages:
        result = run([mandoc, "-T", "lint", "-W", "warning", str(page)])
        for line in (result.stdout + result.stderr).splitlines():
            problem(line)
        if result.returncode != 0 and not result.stdout:
            problem(f"{page}: mandoc ended with {result.returncode}")
    return f"{len(pages)} pages"


class Page:
    def __init__(self, path):
        self.flags = {}        # section title -> {flag: whether it has a value}
        self.mentioned = set()
        self.references = set()
        self.examples = []     # command lines
        self.sections = []
        section, literal, line_before = "", False, ""
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith(".Bd -literal") or line == ".Ed":
                literal = line != ".Ed"
            elif literal:
                line_before += line.strip()
                if line_before.endswith("\\e"):
                    line_before = line_before[:-2]
                    continue
                self.examples.append(line_before)
                line_before = ""
            elif line.startswith((".Sh ", ".Ss ")):
                section = line[4:]
                self.sections.append(section)
            else:
                self.read_macros(section, line)

    def read_macros(self, section, line):
        if line.startswith(".Dl "):
            self.examples.append(line[4:])
        for found in re.finditer(r"\bXr (vtlt[\w-]*) (\d)", line):
            self.references.add(f"{found[1]}.{found[2]}")
        if not line.startswith("."):
            return
        flags = ["-" + name for name in re.findall(r"\bFl (-?[A-Za-z][\w-]*)", line)]
        self.mentioned.update(flags)
        if line.startswith(".It Fl "):
            value = bool(re.search(r" (Ar|Cm) ", line))
            self.flags.setdefault(section, {}).update({flag: value for flag in flags})


def example_commands(lines):
    """vtlt command lines in examples, with their words."""
    for line in lines:
        for part in re.split(r"&&|\|\||\||;|\bdo\b", re.sub(r'"[^"]*"', "TEXT", line)):
            words = part.split()
            if words[:1] == ["vtlt"]:
                yield line, words[1:]


def check_example(page, line, words, everywhere, commands):
    at = ""
    for word in words:
        if word in commands[at].commands:
            at = (at + " " + word).strip()
        elif not word.startswith("-") and at:
            break
    known = set(everywhere.flags) | set(commands[at].flags)
    for word in words:
        if word.startswith("-") and word.split("=")[0] not in known:
            problem(f"{page}: example \"{line}\": {word} is not known to vtlt {at}")


def check_flags(where, said, wanted):
    """Names, and whether a value follows."""
    compare(where, set(said), set(wanted))
    for flag in set(said) & set(wanted):
        if said[flag] != bool(wanted[flag]):
            problem(f"{where}: {flag} {'takes a value' if wanted[flag] else 'takes no value'}")


def check_codes(man):
    """Each code that verify may tell stands on its page."""
    code = re.compile(r'"(VTLT-(?:PATH|ZIP|TAR|XML|FOUND|PARTS|SCHEMA|METS|SPILL|CONTENT)\b[A-Za-z0-9-]*[A-Za-z0-9])"')
    sources = [path.read_text(encoding="utf-8") for path in (man.parent / "lib/package").glob("*.cpp")]
    told = {found for text in sources for found in code.findall(text)}
    if len(told) < 30:
        sys.exit(f"the codes of {man.parent}/lib/package were not understood: {', '.join(sorted(told))}")
    page = (man / "vtlt-verify.1").read_text(encoding="utf-8")
    for one in sorted(told - set(re.findall(r"VTLT-[A-Za-z0-9-]*[A-Za-z0-9]", page))):
        problem(f"vtlt-verify.1: the code {one} is missing")


def check_man(vtlt, man):
    check_codes(man)
    everywhere, commands = read_program(vtlt)
    known = set(everywhere.flags).union(*(set(command.flags) for command in commands.values()))
    chief = Page(man / "vtlt.1")
    check_flags("vtlt.1", chief.flags.get("FLAGS OF EVERY COMMAND", {}), everywhere.flags)
    pages = {path.name: Page(path) for path in man.glob("vtlt*.1")}
    compare("man pages", set(pages), {"vtlt.1"} | {f"vtlt-{name}.1" for name in commands[""].commands})
    compare("vtlt.1, references", {one for one in chief.references if one.endswith(".1")}, set(pages) - {"vtlt.1"})
    for name, page in sorted(pages.items()):
        for flag in sorted(page.mentioned - known):
            problem(f"{name}: {flag} is not known to any command")
        for one in sorted(page.references):
            if not (man / one).exists():
                problem(f"{name}: refers to {one}, which is not there")
        for line, words in example_commands(page.examples):
            check_example(name, line, words, everywhere, commands)
        if name == "vtlt.1":
            continue
        command = name[len("vtlt-"):-len(".1")]
        if command not in commands:
            continue
        if not commands[command].commands:
            said = {}
            for flags in page.flags.values():
                said.update(flags)
            check_flags(name, said, commands[command].flags)
            continue
        # "register in, register out": a section for several
        said = {one: None for one in commands if one.startswith(command + " ")}
        for section in page.sections:
            for one in section.split(", "):
                if one in said:
                    said[one] = {**(said[one] or {}), **page.flags.get(section, {})}
        for one, flags in said.items():
            if flags is None:
                problem(f"{name}: no section for \"{one}\"")
            else:
                check_flags(f"{name}, {one}", flags, commands[one].flags)
    return f"{len(pages)} pages, {len(commands)} commands"


# ---- completions ----

class Answering:
    """A shell that is asked what it completes; many questions are asked of one process."""

    def __init__(self):
        self.known = {}

    def prefetch(self, questions):
        questions = [" ".join(words) for words in questions]
        result = self.ask(questions)
        answer = None
        for line in result.stdout.splitlines():
            if line.startswith("<<"):
                answer = self.known[line[2:]] = set()
            elif line:
                answer.add(line.split("\t")[0])
        if result.stderr or any(question not in self.known for question in questions):
            problem(f"{self.tool}: {result.stderr or 'no answer'}")

    def complete(self, *words):
        question = " ".join(words)
        if question not in self.known:
            self.prefetch([words])
        return self.known.get(question, set())

    def flags(self, words):
        return self.complete("vtlt", *words, "-") | self.complete("vtlt", *words, "--")

    def values(self, words, flag):
        return self.complete("vtlt", *words, flag, "")

    def commands(self, words):
        return self.complete("vtlt", *words, "")


class Bash(Answering):
    tool = "bash"

    def __init__(self, folder):
        super().__init__()
        self.script = folder / "vtlt.bash"

    def syntax(self):
        return run(["bash", "-n", str(self.script)])

    def ask(self, questions):
        program = ('source "$1" || exit 1; shift; for line; do printf "<<%s\\n" "$line"; read -ra COMP_WORDS <<<"$line"; '
                   '[[ $line == *" " ]] && COMP_WORDS+=(""); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); '
                   '_vtlt; printf "%s\\n" "${COMPREPLY[@]}"; done')
        return run(["bash", "--norc", "--noprofile", "-c", program, "bash", str(self.script), *questions])


class Fish(Answering):
    tool = "fish"

    def __init__(self, folder):
        super().__init__()
        self.script = folder / "vtlt.fish"

    def syntax(self):
        return run(["fish", "--no-config", "--no-execute", str(self.script)])

    def ask(self, questions):
        program = "source $argv[1]; for line in $argv[2..-1]; echo \"<<$line\"; complete -C $line; end"
        return run(["fish", "--no-config", "-c", program, str(self.script), *questions])


class Zsh:
    tool = "zsh"

    def __init__(self, folder):
        self.folder, self.script = folder, folder / "_vtlt"
        self.specs_of = {}

    def syntax(self):
        return run(["zsh", "-n", str(self.script)])

    def specs(self, words):
        """flag -> its values in round brackets"""
        key = " ".join(words)
        if key not in self.specs_of:
            program = 'source "$1"; shift; local -a specs places; _vtlt_specs "$@"; print -rl -- $specs'
            out = {}
            for line in run(["zsh", "-f", "-c", program, "zsh", str(self.script), *words]).stdout.splitlines():
                found = re.match(r"(?:\([^)]*\)|\*)?(--?[\w-]+)\[[^]]*\](.*)$", line)
                if found:
                    values = re.search(r":\(([^)]*)\)$", found[2])
                    out[found[1]] = set(values[1].split()) if values else set()
                elif line:
                    problem(f"zsh: not understood: {line}")
            self.specs_of[key] = out
        return self.specs_of[key]

    def flags(self, words):
        return set(self.specs(["global"])) | set(self.specs(words))

    def values(self, words, flag):
        return {**self.specs(["global"]), **self.specs(words)}[flag]

    def commands(self, words):
        program = 'source "$1"; local -a subcommands; _vtlt_commands "$2"; print -rl -- ${subcommands%%:*}'
        return set(run(["zsh", "-f", "-c", program, "zsh", str(self.script), " ".join(words)]).stdout.split())

    def complete(self, *words):
        script = str(Path(__file__).with_name("complete.zsh"))
        return set(run(["zsh", "-f", script, str(self.folder), " ".join(words)]).stdout.split())

    def prefetch(self, questions):
        pass


def check_completion(shell, vtlt):
    if shutil.which(shell.tool) is None:
        skip(shell.tool)
    result = shell.syntax()
    if result.returncode != 0:
        problem(f"{shell.script}: {result.stderr}")
    everywhere, commands = read_program(vtlt)
    questions = []
    for name, command in commands.items():
        words = ["vtlt", *name.split()]
        questions += [[*words, "-"], [*words, "--"], [*words, ""]]
        questions += [[*words, flag, ""] for flag, value in {**everywhere.flags, **command.flags}.items() if values_of(value)[0]]
    shell.prefetch(questions)
    for name, command in commands.items():
        words = name.split()
        if command.commands:
            compare(f"{shell.tool}, vtlt {name}".rstrip(), shell.commands(words), set(command.commands))
        if command.commands and words:
            continue
        wanted = {**everywhere.flags, **command.flags}
        if words:
            wanted.pop("--version", None)
        compare(f"{shell.tool}, flags of vtlt {name}".rstrip(), shell.flags(words), set(wanted))
        for flag, placeholder in wanted.items():
            values, all_of_them = values_of(placeholder)
            if not values or flag not in shell.flags(words):
                continue
            said = shell.values(words, flag)
            compare(f"{shell.tool}, values of {flag} of vtlt {name}", said if all_of_them else said & values, values)
    for typed, wanted in ((["re"], {"register", "repair"}), (["register", "im"], {"import"}), (["register", "in", "--carr"], {"--carrier"}),
                          (["-C", "/", "file", "cl"], {"close"}), (["print", "so"], {"so-den", "so-di", "so-gui-buu-dien", "so-su-dung-ban-luu",
                                                                          "so-theo-doi-giai-quyet", "so-theo-doi-van-ban-di"})):
        compare(f"{shell.tool}, \"vtlt {' '.join(typed)}\" and tab", shell.complete("vtlt", *typed), wanted)
    check_references(shell, vtlt)
    return f"{shell.tool}: {len(commands)} commands"


def check_references(shell, vtlt):
    """References come from vtlt itself; where there is no repository, nothing is said."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["PATH"] = str(Path(vtlt).parent) + ":" + os.environ["PATH"]
        os.environ["XDG_STATE_HOME"] = folder + "/state"
        kho = folder + "/kho"
        name = Path(vtlt).name
        compare(f"{shell.tool}, references without a repository", shell.complete(name, "-C", folder, "file", "close", ""), set())
        for words in (["init", kho, "-y", "--from", "xa", "--name", "UBND xã"],
                      ["-C", kho, "file", "open", "--class", "I.2", "--title", "A", "--notation", "04.VP", "--year", "2026"]):
            result = run([vtlt, *words])
            if result.returncode != 0:
                problem(f"vtlt {' '.join(words)}: {result.stderr}")
        compare(f"{shell.tool}, references", shell.complete(name, "-C", kho, "file", "close", ""), {"2026.04.VP"})


def main():
    kind = sys.argv[1] if len(sys.argv) > 1 else ""
    if kind == "lint" and len(sys.argv) == 3:
        done = lint(Path(sys.argv[2]))
    elif kind == "man" and len(sys.argv) == 4:
        done = check_man(os.path.abspath(sys.argv[2]), Path(sys.argv[3]))
    elif kind in ("bash", "zsh", "fish") and len(sys.argv) == 4:
        shell = {"bash": Bash, "zsh": Zsh, "fish": Fish}[kind](Path(sys.argv[3]).resolve())
        done = check_completion(shell, os.path.abspath(sys.argv[2]))
    else:
        sys.exit(__doc__)
    print(f"{done}; {len(problems)} differences")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
