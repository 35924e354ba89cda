"""Small PDF 1.7 files with Vietnamese text: TrueType subsets, Identity-H, ToUnicode. Standard library only.

The same input gives the same bytes. Used by make_sample.py.
"""
import hashlib
import struct
import zlib

A4 = (595.28, 841.89)
MM = 72 / 25.4


class TrueType:
    """Reads a TrueType file; writes a subset that holds only what a PDF needs."""

    def __init__(self, path):
        with open(path, "rb") as stream:
            self.data = stream.read()
        count = struct.unpack_from(">H", self.data, 4)[0]
        self.tables = {}
        for i in range(count):
            tag, _, offset, length = struct.unpack_from(">4sLLL", self.data, 12 + 16 * i)
            self.tables[tag.decode("latin-1")] = self.data[offset:offset + length]
        head, hhea = self.tables["head"], self.tables["hhea"]
        self.units = struct.unpack_from(">H", head, 18)[0]
        self.box = struct.unpack_from(">4h", head, 36)
        self.ascent, self.descent = struct.unpack_from(">2h", hhea, 4)
        self.glyphs = struct.unpack_from(">H", self.tables["maxp"], 4)[0]
        long_loca = struct.unpack_from(">h", head, 50)[0]
        loca = self.tables["loca"]
        if long_loca:
            self.loca = struct.unpack_from(f">{self.glyphs + 1}L", loca)
        else:
            self.loca = [2 * n for n in struct.unpack_from(f">{self.glyphs + 1}H", loca)]
        self.metrics = self._metrics(struct.unpack_from(">H", hhea, 34)[0])
        self.cmap = self._cmap()

    def _metrics(self, full):
        table = self.tables["hmtx"]
        pairs = [struct.unpack_from(">Hh", table, 4 * i) for i in range(full)]
        rest = struct.unpack_from(f">{self.glyphs - full}h", table, 4 * full)
        return pairs + [(pairs[-1][0], bearing) for bearing in rest]

    def _cmap(self):
        table = self.tables["cmap"]
        found = {}
        for i in range(struct.unpack_from(">H", table, 2)[0]):
            offset = struct.unpack_from(">HHL", table, 4 + 8 * i)[2]
            if struct.unpack_from(">H", table, offset)[0] != 4:
                continue
            segments = struct.unpack_from(">H", table, offset + 6)[0] // 2
            ends = struct.unpack_from(f">{segments}H", table, offset + 14)
            at = offset + 16 + 2 * segments
            starts = struct.unpack_from(f">{segments}H", table, at)
            deltas = struct.unpack_from(f">{segments}h", table, at + 2 * segments)
            ranges_at = at + 4 * segments
            ranges = struct.unpack_from(f">{segments}H", table, ranges_at)
            for s in range(segments):
                for code in range(starts[s], min(ends[s], 0xFFFE) + 1):
                    glyph = code
                    if ranges[s]:
                        place = ranges_at + 2 * s + ranges[s] + 2 * (code - starts[s])
                        glyph = struct.unpack_from(">H", table, place)[0]
                        if not glyph:
                            continue
                    found[code] = (glyph + deltas[s]) & 0xFFFF
        return found

    def glyph_of(self, letter):
        glyph = self.cmap.get(ord(letter), 0)
        if not glyph:
            raise ValueError(f"the font has no {letter!r}")
        return glyph

    def outline(self, glyph):
        return self.tables["glyf"][self.loca[glyph]:self.loca[glyph + 1]]

    @staticmethod
    def components(outline):
        """(offset of the glyph index, glyph index) of each part of a composite outline."""
        if not outline or struct.unpack_from(">h", outline)[0] >= 0:
            return
        at, more = 10, True
        while more:
            flags, glyph = struct.unpack_from(">HH", outline, at)
            yield at + 2, glyph
            at += 4 + (4 if flags & 1 else 2)
            at += 2 if flags & 8 else 4 if flags & 0x40 else 8 if flags & 0x80 else 0
            more = bool(flags & 0x20)

    @staticmethod
    def without_hints(outline):
        if not outline:
            return b""
        contours = struct.unpack_from(">h", outline)[0]
        if contours >= 0:
            at = 10 + 2 * contours
            length = struct.unpack_from(">H", outline, at)[0]
            return outline[:at] + b"\0\0" + outline[at + 2 + length:]
        out = bytearray(outline)
        last = 10
        for at, _ in TrueType.components(outline):
            flags = struct.unpack_from(">H", out, at - 2)[0]
            struct.pack_into(">H", out, at - 2, flags & ~0x100)
            last = at + 2 + (4 if flags & 1 else 2)
            last += 2 if flags & 8 else 4 if flags & 0x40 else 8 if flags & 0x80 else 0
        return bytes(out[:last])

    def subset(self, glyphs):
        """The font with these glyphs renumbered in the order given (0 first); parts of composites follow."""
        order = list(glyphs)
        for glyph in order:
            for _, part in self.components(self.outline(glyph)):
                if part not in order:
                    order.append(part)
        new = {old: i for i, old in enumerate(order)}
        glyf, loca = bytearray(), [0]
        for glyph in order:
            outline = bytearray(self.without_hints(self.outline(glyph)))
            for at, part in self.components(bytes(outline)):
                struct.pack_into(">H", outline, at, new[part])
            glyf += outline + b"\0" * (-len(outline) % 4)
            loca.append(len(glyf))
        head = bytearray(self.tables["head"])
        struct.pack_into(">L", head, 8, 0)
        struct.pack_into(">h", head, 50, 1)
        hhea = bytearray(self.tables["hhea"])
        struct.pack_into(">H", hhea, 34, len(order))
        maxp = bytearray(self.tables["maxp"])
        struct.pack_into(">H", maxp, 4, len(order))
        tables = {
            "glyf": bytes(glyf), "head": bytes(head), "hhea": bytes(hhea),
            "hmtx": b"".join(struct.pack(">Hh", *self.metrics[g]) for g in order),
            "loca": struct.pack(f">{len(loca)}L", *loca), "maxp": bytes(maxp),
        }
        return self._assemble(tables)

    @staticmethod
    def _assemble(tables):
        def checksum(data):
            data += b"\0" * (-len(data) % 4)
            return sum(struct.unpack(f">{len(data) // 4}L", data)) & 0xFFFFFFFF

        count = len(tables)
        power = 1 << (count.bit_length() - 1)
        out = bytearray(struct.pack(">LHHHH", 0x10000, count, power * 16, power.bit_length() - 1, (count - power) * 16))
        at = 12 + 16 * count
        body = bytearray()
        places = {}
        for tag in sorted(tables):
            data = tables[tag]
            places[tag] = at + len(body)
            out += struct.pack(">4sLLL", tag.encode(), checksum(data), places[tag], len(data))
            body += data + b"\0" * (-len(data) % 4)
        out += body
        struct.pack_into(">L", out, places["head"] + 8, (0xB1B0AFBA - checksum(bytes(out))) & 0xFFFFFFFF)
        return bytes(out)


class Font:
    """A face in use: collects the letters that are shown."""

    def __init__(self, truetype, name):
        self.face, self.name = truetype, name
        self.order, self.letters = [0], {}

    def code(self, letter):
        if letter not in self.letters:
            glyph = self.face.glyph_of(letter)
            if glyph not in self.order:
                self.order.append(glyph)
            self.letters[letter] = self.order.index(glyph)
        return self.letters[letter]

    def width(self, text, size):
        return sum(self.face.metrics[self.face.glyph_of(c)][0] for c in text) * size / self.face.units

    def show(self, text):
        return "".join(f"{self.code(c):04X}" for c in text)

    def to_unicode(self):
        rows = sorted((code, letter) for letter, code in self.letters.items())
        lines = ["/CIDInit /ProcSet findresource begin", "12 dict begin", "begincmap",
                 "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
                 "/CMapName /Adobe-Identity-UCS def", "/CMapType 2 def",
                 "1 begincodespacerange", "<0000> <FFFF>", "endcodespacerange"]
        for start in range(0, len(rows), 100):
            part = rows[start:start + 100]
            lines.append(f"{len(part)} beginbfchar")
            lines += [f"<{code:04X}> <{letter.encode('utf-16-be').hex().upper()}>" for code, letter in part]
            lines.append("endbfchar")
        lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
        return "\n".join(lines).encode()


def text_string(text):
    return "<" + (b"\xfe\xff" + text.encode("utf-16-be")).hex().upper() + ">"


class Pdf:
    """Pages of positioned text; write() gives the bytes."""

    def __init__(self, faces):
        self.fonts = {key: Font(face, name) for key, (face, name) in faces.items()}
        self.pages = []
        self.new_page()

    def new_page(self):
        self.pages.append([])

    def text(self, font, size, x, y, text, stretch=0.0):
        """Baseline at (x, y) from the lower left; stretch: points to add at each space."""
        face = self.fonts[font]
        if stretch:
            gap = -stretch * 1000 / size
            shown = f" {gap:.2f} ".join(f"<{face.show(part)}>" for part in text.replace(" ", " \0").split("\0"))
            operator = f"[{shown}] TJ"
        else:
            operator = f"<{face.show(text)}> Tj"
        self.pages[-1].append(f"BT /{font} {size:g} Tf 1 0 0 1 {x:.2f} {y:.2f} Tm {operator} ET")

    def line(self, x1, x2, y):
        self.pages[-1].append(f"0.6 w {x1:.2f} {y:.2f} m {x2:.2f} {y:.2f} l S")

    def write(self, title, author, created):
        objects = []

        def add(body):
            objects.append(body)
            return len(objects)

        def stream(data, extra=""):
            packed = zlib.compress(data, 9)
            head = f"<< /Length {len(packed)} /Filter /FlateDecode{extra} >>\nstream\n".encode()
            return head + packed + b"\nendstream"

        catalog, tree = add(b""), add(b"")
        fonts = []
        for key, font in sorted(self.fonts.items()):
            if len(font.order) > 1:
                fonts.append(f"/{key} {self._font(font, add, stream)} 0 R")
        resources = "<< /Font << " + " ".join(fonts) + " >> >>"
        kids = []
        for page in self.pages:
            content = add(stream("\n".join(page).encode()))
            kids.append(add(f"<< /Type /Page /Parent {tree} 0 R /MediaBox [0 0 {A4[0]} {A4[1]}] "
                            f"/Resources {resources} /Contents {content} 0 R >>".encode()))
        listed = " ".join(f"{kid} 0 R" for kid in kids)
        objects[catalog - 1] = f"<< /Type /Catalog /Pages {tree} 0 R /Lang (vi-VN) >>".encode()
        objects[tree - 1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{listed}] >>".encode()
        info = add(f"<< /Title {text_string(title)} /Author {text_string(author)} /Producer (make_sample.py) "
                   f"/CreationDate (D:{created:%Y%m%d}090000+07'00') >>".encode())

        out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        places = []
        for number, body in enumerate(objects, 1):
            places.append(len(out))
            out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
        start = len(out)
        ident = hashlib.sha256(bytes(out)).hexdigest()[:32].upper()
        out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
        for place in places:
            out += f"{place:010d} 00000 n \n".encode()
        out += (f"trailer\n<< /Size {len(objects) + 1} /Root {catalog} 0 R /Info {info} 0 R "
                f"/ID [<{ident}> <{ident}>] >>\nstartxref\n{start}\n%%EOF\n").encode()
        return bytes(out)

    @staticmethod
    def _font(font, add, stream):
        face = font.face
        scale = 1000 / face.units
        program = face.subset(font.order)
        file = add(stream(program, f" /Length1 {len(program)}"))
        tag = "".join(chr(65 + b % 26) for b in hashlib.sha256(program).digest()[:6])
        name = f"{tag}+{font.name}"
        box = " ".join(f"{n * scale:.0f}" for n in face.box)
        descriptor = add(f"<< /Type /FontDescriptor /FontName /{name} /Flags 6 /FontBBox [{box}] /ItalicAngle 0 "
                         f"/Ascent {face.ascent * scale:.0f} /Descent {face.descent * scale:.0f} "
                         f"/CapHeight 729 /StemV {120 if 'Bold' in name else 80} /FontFile2 {file} 0 R >>".encode())
        widths = " ".join(f"{face.metrics[g][0] * scale:.0f}" for g in font.order)
        descendant = add(f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{name} "
                         f"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
                         f"/FontDescriptor {descriptor} 0 R /W [0 [{widths}]] /CIDToGIDMap /Identity >>".encode())
        unicode = add(stream(font.to_unicode()))
        return add(f"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H "
                   f"/DescendantFonts [{descendant} 0 R] /ToUnicode {unicode} 0 R >>".encode())
