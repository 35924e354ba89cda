#!/usr/bin/env python3
"""Reads a vtlt repository from man/vtlt-repository.5 alone, sharing no code with vtlt, and says what is wrong.

    read_repository.py [--json] [--segment=BYTES] DIRECTORY      (.vtlt, or the directory that holds it)

BYTES: what a segment must have reached before the next begins, for tests that write small ones.

A line for each problem, "note:" before what is allowed, a summary last. Exit 1 when there are problems.
"""
import base64, collections, hashlib, json, pathlib, re, sys

HEADER = re.compile(
    rb'\{"v":1,"seq":([1-9]\d{0,15}),"tx":([1-9]\d{0,15}),"end":(true|false),'
    rb'"time":"\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-5]\d\.\d{3}\+07:00",'
    rb'"actor":"((?:[^"\\\x00-\x1f]|\\["\\]|\\u00[0-9a-f]{2})*)","type":"([a-z_]+(?:\.[a-z_]+)?/[1-9]\d*)",'
    rb'"body_hash":"([0-9a-f]{64})","prev":"([0-9a-f]{64})","hash":"([0-9a-f]{64})"\}')
BODY = re.compile(rb'\{"seq":([1-9]\d{0,15}),"salt":(?:"([0-9a-f]{32})"|null {30}),"body":(.*)\}', re.DOTALL)
SEGMENT, LIMIT, LARGEST = 268_435_456, 1_048_576, 2**53
TYPES = """genesis format config.set actor.declared role.granted policy.set fonds.opened fonds.named fonds.closed scheme.adopted holidays.set
scheme.rule_confirmed register.entry register.reserved register.amended register.year_closed register.linked register.voided register.status register.sent register.pending document.described content.attached file.opened file.document_added
file.document_removed file.planned file.arranged file.amended file.reordered file.closed file.state_changed file.numbered
file.rejected submission.made file.submitted file.kept_back file.taken file.returned box.made box.moved file.boxed batch.imported batch.withdrawn package.planned use.recorded use.returned
destruction.begun destruction.done stream.adopted restore.accepted journal.cut""".split()
problems, notes = [], []
Event = collections.namedtuple("Event", "seq tx end type hash segment faults body")  # body: dict, None blanked, str wrong


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def unique(pairs):
    if len(dict(pairs)) != len(pairs):
        raise ValueError("duplicate key")
    for key, value in pairs:
        if key.endswith("_b64") and isinstance(value, str):
            base64.b64decode(value, validate=True)
    return dict(pairs)


def whole(text):
    if abs(int(text)) >= LARGEST:
        raise ValueError("integer of 2^53 or more")
    return int(text)


def refuse(text):
    raise ValueError("a fraction, an exponent or no number: " + text)


def read_value(raw):
    """The body's value, or a sentence about what is wrong with it."""
    try:
        text = raw.decode("utf-8")
        value = json.loads(text, object_pairs_hook=unique, parse_int=whole, parse_float=refuse, parse_constant=refuse)
    except (ValueError, RecursionError) as error:
        return f"form of the body: {error}"
    if not isinstance(value, dict) or len(raw) > LIMIT:
        return "form of the body: not an object, or above 1 MiB"
    if re.search(r"\s", re.sub(r'"(?:[^"\\]|\\.)*"', "", text)):
        return "form of the body: white space between tokens"
    return value


def read_body(raw, body_hash):
    match = BODY.fullmatch(raw)
    if not match:
        return "body: not of the form of a line"
    salt, value = match[2], match[3]
    if salt is None:
        return None if re.fullmatch(rb"null *", value) else "body: salt blanked, value not"
    if sha256(b"vtlt-body-1\n" + salt + value) != body_hash:
        return "body: does not have the hash in the header"
    return read_value(value)


def lines(path, label, open_end):
    """Whole lines; what stands after the last line feed can only be a tail."""
    if not path.exists():
        (notes if open_end else problems).append(f"{label}: no {path.name}")
        return []
    *whole_lines, rest = path.read_bytes().split(b"\n")
    if rest:
        (notes if open_end else problems).append(f"{label}: {len(rest)} bytes after the last line of {path.name}")
    return whole_lines


def read_stream(directory, label, own):
    """All events as they stand; which of them count is decided later. Second: seq of bodies without a header."""
    files = {path.name for path in directory.iterdir()}
    segments = max((int(name[:8]) for name in files if re.fullmatch(r"\d{8}\.(head|body)", name)), default=0)
    for name in files - {f"{n:08}.{kind}" for n in range(1, segments + 1) for kind in ("head", "body")}:
        problems.append(f"{label}: {name} does not belong there")
    events, spare, previous, tx = [], [], "0" * 64, None
    for number in range(1, segments + 1):
        head, body = (directory / f"{number:08}.{kind}" for kind in ("head", "body"))
        last, bodies, newest = number == segments, {}, 0
        for raw in lines(body, label, last and own):
            start = re.match(rb'\{"seq":([1-9]\d{0,15}),', raw)
            if not start or int(start[1]) <= newest:
                problems.append(f"{label}: a line of {body.name} after seq {newest} has no seq above it")
                continue
            newest = int(start[1])
            bodies[newest] = raw
        for raw in lines(head, label, last and own):
            match = HEADER.fullmatch(raw)
            expected = events[-1].seq + 1 if events else 1
            seq = int(match[1]) if match else expected
            if not match:
                events.append(Event(seq, tx or seq, False, "?", "?", number, ["header: not of the form of a line"], {}))
                previous = "?"
                continue
            faults, end, kind, digest = [], match[3] == b"true", match[5].decode(), match[8].decode()
            if seq != expected or seq >= LARGEST:
                faults.append(f"seq is {seq}, not {expected}")
            if int(match[2]) != (tx or seq):
                faults.append(f"tx is {int(match[2])}, not {tx or seq}")
            if match[7].decode() != previous:
                faults.append("prev is not the hash of the header before")
            if sha256(b"vtlt-head-1\n" + raw[: raw.rindex(b',"hash":"')]) != digest:
                faults.append("header does not have its hash")
            try:
                if len(json.loads(b'"' + match[4] + b'"').encode()) > 200:
                    faults.append("actor above 200 bytes")
            except ValueError:
                faults.append("actor is not UTF-8")
            if (kind == "genesis/1") != (seq == 1):
                faults.append("genesis/1 is the first event and no other")
            if tx and events[-1].segment != number:
                faults.append("transaction spans segments")
            raw_body = bodies.pop(seq, None)
            value = read_body(raw_body, match[6].decode()) if raw_body is not None else "body: none in this segment"
            events.append(Event(seq, int(match[2]), end, kind, digest, number, faults, value))
            previous, tx = digest, None if end else int(match[2])
        if not last and max(path.stat().st_size for path in (head, body) if path.exists()) < SEGMENT:
            problems.append(f"{label}: segment {number} is followed by another before it is full")
        spare += [(seq, last) for seq in bodies]
    return events, spare


def complete(events, unfinished):
    """How many events stand before the tail: where the last whole transaction ends."""
    count, good = 0, False
    for place, event in enumerate(events, 1):
        wrong = isinstance(event.body, str) and not event.body.startswith("form") and event.seq not in unfinished
        good = (good or event.tx == event.seq) and not event.faults and not wrong
        if event.end:
            count, good = (place if good else count), False
    return count


def standing(events):
    """Events of whole transactions whose bodies can be read, be others damaged or not."""
    return [e for e in events[: complete(events, {e.seq for e in events})] if isinstance(e.body, dict) and not e.faults]


def check_objects(root, attached, destroyed):
    """attached: (where, body, being destroyed) of each content.attached/1; destroyed: {sha256: done}"""
    digests, sizes = set(), {}
    for directory in (f"{n:02x}" for n in range(256)):
        if not (root / directory).is_dir():
            problems.append(f"objects/{directory}: absent")
            continue
        for path in (root / directory).iterdir():
            digest = hashlib.sha256()
            with path.open("rb") as file:
                while block := file.read(1 << 20):
                    digest.update(block)
            if digest.hexdigest() != path.name or not path.name.startswith(directory):
                problems.append(f"objects/{directory}/{path.name}: its bytes have SHA-256 {digest.hexdigest()}")
            sizes[path.name] = path.stat().st_size
    for where, body, unfinished in attached:
        digest = body.get("sha256", "")
        digests.add(digest)
        if digest not in sizes:
            (notes if unfinished else problems).append(f"{where}: no object {digest}")
        elif sizes[digest] != body.get("size"):
            problems.append(f"{where}: size {body.get('size')}, the object has {sizes[digest]}")
    for digest in sorted(set(sizes) - digests):
        if destroyed.get(digest):
            problems.append(f"object {digest}: stands although its destruction is done")
        else:
            notes.append(f"object {digest}: no event cites it")
    return len(sizes)


def main(root):
    own = (root / "journal/own").read_bytes()
    if not re.fullmatch(rb"[0-9a-f]{64}\n", own):
        problems.append("journal/own: not 64 hexadecimal letters and a line feed")
    own = own.decode(errors="replace").strip()
    names = sorted(p.name for p in (root / "journal").iterdir() if p.name != "own")
    streams = {name: read_stream(root / "journal" / name, f"stream {name[:8]}", name == own) for name in names}
    if own not in streams:
        sys.exit("journal/own: names a stream that is not there")
    adopted, reached = {}, [own]
    for name in reached:  # own stream, what it adopted, what those had adopted
        for where, body in ((f"stream {name[:8]} event {e.seq}", e.body) for e in standing(streams[name][0])
                            if e.type == "stream.adopted/1"):
            adopted.setdefault(body.get("stream"), []).append((where, body.get("events"), body.get("head")))
            if body.get("stream") in streams and body.get("stream") not in reached:
                reached.append(body.get("stream"))
    notes.extend(f"stream {name[:8]}: not adopted, left out" for name in names if name not in reached)
    names = sorted(reached)
    stands = [(name, e) for name in names for e in standing(streams[name][0])]
    done = {e.body.get("dossier") for _, e in stands if e.type == "destruction.done/1"}
    named, destroyed = {}, {}
    for _, event in stands:
        if event.type == "destruction.begun/1":
            finished = event.body.get("dossier") in done
            named.update({(s, n): finished or named.get((s, n), False) for s, n in event.body.get("bodies", [])})
            destroyed.update({d: finished or destroyed.get(d, False) for d in event.body.get("objects", [])})
    counts, types, attached, schemes, sizes = collections.Counter(), collections.Counter(), [], set(), {}
    for name in names:
        events, spare = streams[name]
        label = f"stream {name[:8]}"
        count = complete(events, {n for (s, n), finished in named.items() if s == name and not finished})
        sizes[name] = (count, events)
        if count < len(events):
            (notes if name == own else problems).append(f"{label}: {len(events) - count} headers in a tail after {count}")
        for seq, last in spare:
            tail = last and seq > count and name == own
            (notes if tail else problems).append(f"{label}: body {seq} without a header" + (" in a tail" if tail else ""))
        if not events or events[0].hash != name:
            problems.append(f"{label}: its name is not the hash of its first header")
        for event in events[:count]:
            where, body = f"{label} event {event.seq} ({event.type})", event.body
            problems.extend(f"{where}: {fault}" for fault in event.faults)
            counts["events"] += 1
            types[event.type] += 1
            finished = named.pop((name, event.seq), None)
            if body is None:
                counts["blanked"] += 1
                if finished is None:
                    problems.append(f"{where}: blanked, no destruction names it")
                continue
            counts["bodies"] += 1
            if finished:
                problems.append(f"{where}: stands although its destruction is done")
            elif finished is False:
                notes.append(f"{where}: its destruction has begun")
            if isinstance(body, str):
                (notes if finished is False else problems).append(f"{where}: {body}")
                continue
            if event.type.split("/")[0] not in TYPES or not event.type.endswith("/1"):
                notes.append(f"{where}: a type this reader does not know")
            if event.type in ("genesis/1", "format/1"):
                for feature in body.get("incompatible", []):
                    problems.append(f"{where}: needs feature {feature}, which this reader does not know")
            nonce = re.fullmatch("[0-9a-f]{32}", str(body.get("nonce")))
            if event.type == "genesis/1" and (body.get("format") != 1 or not nonce):
                problems.append(f"{where}: format or nonce")
            if event.type == "content.attached/1":
                attached.append((where, body, finished is False))
            if event.type == "scheme.adopted/1":
                schemes.add((where, body.get("scheme")))
    for (name, seq) in named:
        if name in streams:
            problems.append(f"stream {name[:8]}: a destruction names event {seq}, which is not there")
    for name in names:
        if name != own and max(events for _, events, _ in adopted[name]) != sizes[name][0]:
            problems.append(f"stream {name[:8]}: {sizes[name][0]} events are not as many as were adopted")
    for name, adoptions in adopted.items():
        for where, events, head in adoptions:
            if name not in streams or not 0 < events <= sizes[name][0] or sizes[name][1][events - 1].hash != head:
                problems.append(f"{where}: no stream {str(name)[:8]} with that head after {events} events")
    held = {p.name for p in (root / "schemes").iterdir()}
    for name in sorted(held):
        if sha256((root / "schemes" / name).read_bytes()) + ".yaml" != name:
            problems.append(f"schemes/{name}: its bytes have another SHA-256")
    for where, digest in schemes:
        if f"{digest}.yaml" not in held:
            problems.append(f"{where}: no schemes/{digest}.yaml")
    counts["objects"] = check_objects(root / "objects", attached, destroyed)
    return counts, types, {name: sizes[name][0] for name in names}


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        if argument.startswith("--segment="):
            SEGMENT = int(argument[len("--segment=") :])
    arguments = [a for a in sys.argv[1:] if a != "--json" and not a.startswith("--segment=")]
    if len(arguments) != 1 or arguments[0].startswith("-"):
        sys.exit(__doc__)
    place = pathlib.Path(arguments[0])
    counts, types, streams = main(place / ".vtlt" if (place / ".vtlt").is_dir() else place)
    if "--json" in sys.argv:
        print(json.dumps({**{k: counts[k] for k in ("events", "bodies", "blanked", "objects")}, "streams": streams,
                          "types": dict(sorted(types.items())), "problems": problems, "notes": notes}, ensure_ascii=False))
    else:
        print(*problems, *("note: " + n for n in notes), sep="\n", end="\n" if problems or notes else "")
        print(("OK: " if not problems else f"FAILED, {len(problems)} problems: ") +
              f"{counts['events']} events, {counts['bodies']} bodies, {counts['objects']} objects")
    sys.exit(1 if problems else 0)
