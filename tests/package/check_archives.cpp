// Archives and XML made to harm whoever reads them: an error or no verdict, soon, in little memory, and
// nothing written. Names and links are in check_hostile.cpp.
#include <sys/resource.h>

#include <algorithm>
#include <catch2/catch.hpp>

#include "eark_support.h"

using namespace vtlt::package;
using check_support::crc_of;
using check_support::EarkMaker;
using check_support::has;
using check_support::make_zip;
using check_support::put;
using check_support::put_tree;
using check_support::run;
using check_support::text_of;
using check_support::Tree;
using check_support::Workshop;
using check_support::zip_descriptor;
using check_support::ZipEntry;
using vtlt::Level;

namespace {

// Peak of the whole process: good enough to see a bomb go off.
long megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss / 1024;
}

// Ends (else ctest ends it), without much memory, and beside it nothing has come into being.
Verdict check_file(const std::string& name, const std::string& bytes) {
  const Workshop workshop;
  put(workshop.path() / name, bytes);
  const long before = megabytes();
  const Verdict verdict = run(workshop.path() / name);
  CHECK(megabytes() - before < 300);
  CHECK(std::distance(std::filesystem::directory_iterator(workshop.path()), {}) == 1);
  return verdict;
}
Verdict check_zip(const std::vector<ZipEntry>& entries) {
  return check_file("goi.zip", make_zip(entries));
}

std::vector<ZipEntry> right_entries() {
  std::vector<ZipEntry> entries;
  for (const auto& [name, bytes] : EarkMaker{}.make())
    entries.push_back({EarkMaker::folder() + "/" + name, bytes});
  return entries;
}
void put_number(std::string& bytes, std::size_t at, std::uint64_t value, int count) {
  for (int i = 0; i < count; ++i)
    bytes[at + static_cast<std::size_t>(i)] = static_cast<char>(value >> (8 * i) & 0xff);
}

// ---- TAR ----

void octal(std::string& header, std::size_t at, std::size_t width, std::uint64_t value) {
  for (std::size_t i = width - 1; i-- > 0; value >>= 3)
    header[at + i] = static_cast<char>('0' + (value & 7));
}
struct TarEntry {
  std::string name, data;
  char type = '0';
  std::string link{};
  std::uint64_t real_size = 0;  // of a sparse file whose data are one hole
  std::optional<std::uint64_t> size{};
  std::function<void(std::string&)> spoil{};  // the header, before its sum is made
};
std::string make_tar(const std::vector<TarEntry>& entries) {
  std::string out;
  for (const TarEntry& entry : entries) {
    std::string header(512, '\0');
    header.replace(0, std::min<std::size_t>(entry.name.size(), 100), entry.name.substr(0, 100));
    octal(header, 100, 8, 0644);
    octal(header, 108, 8, 0);
    octal(header, 116, 8, 0);
    octal(header, 124, 12, entry.size.value_or(entry.data.size()));
    octal(header, 136, 12, 1'750'000'000);
    header[156] = entry.type;
    header.replace(157, entry.link.size(), entry.link);
    header.replace(257, 8, entry.type == 'S' ? std::string("ustar  \0", 8) : std::string("ustar\00000", 8));
    if (entry.type == 'S') {
      octal(header, 386, 12, entry.real_size);
      octal(header, 398, 12, 0);
      octal(header, 483, 12, entry.real_size);
    }
    if (entry.spoil) entry.spoil(header);
    header.replace(148, 8, 8, ' ');
    unsigned sum = 0;
    for (const char c : header)
      sum += static_cast<unsigned char>(c);
    octal(header, 148, 7, sum);
    header[154] = '\0';
    out += header + entry.data + std::string((512 - entry.data.size() % 512) % 512, '\0');
  }
  return out + std::string(1024, '\0');
}
std::vector<TarEntry> right_tar() {
  std::vector<TarEntry> entries;
  for (const auto& [name, bytes] : EarkMaker{}.make())
    entries.push_back({EarkMaker::folder() + "/" + name, bytes});
  return entries;
}
std::string pax(const std::string& key, const std::string& value) {
  for (std::size_t length = key.size() + value.size() + 3;; ++length) {
    const std::string line = std::to_string(length) + " " + key + "=" + value + "\n";
    if (line.size() == length) return line;
  }
}

Verdict check_metadata(const std::string& path, const std::string& xml) {
  EarkMaker maker;
  maker.before = [&](Tree& tree) { tree[path] = xml; };
  return check_file("goi.zip", make_zip(EarkMaker::folder(), maker.make()));
}
Verdict check_mets(const std::string& xml) {
  EarkMaker maker;
  maker.after = [&](Tree& tree) { tree["METS.xml"] = xml; };
  return check_file("goi.zip", make_zip(EarkMaker::folder(), maker.make()));
}

}  // namespace

TEST_CASE("right archives pass, as ZIP and as TAR", "[package][hostile]") {
  const Verdict zip = check_zip(right_entries());
  INFO(text_of(zip));
  CHECK(zip.findings.empty());
  const Verdict tar = check_file("goi.tar", make_tar(right_tar()));
  INFO(text_of(tar));
  CHECK(tar.findings.empty());
  CHECK(tar.passed());
}

TEST_CASE("a large ZIP is read from several places, and nothing in it is overlooked", "[package][hostile]") {
  EarkMaker maker;
  maker.before = [](Tree& tree) {
    for (int i = 10; i < 40; ++i)
      tree["representations/rep1/data/" + std::to_string(i) + ".pdf"] =
          "%PDF-1.7\n" + std::string(600'000, static_cast<char>('a' + i % 20)) + "\n%%EOF\n";
  };
  std::vector<ZipEntry> right;
  for (const auto& [name, bytes] : maker.make())
    right.push_back({EarkMaker::folder() + "/" + name, bytes});
  const auto at = [&](std::vector<ZipEntry>& entries, const char* name) {
    return std::find_if(entries.begin(), entries.end(),
                        [&](const ZipEntry& entry) { return entry.name.ends_with(name); });
  };
  struct Case {
    const char* what;
    std::function<void(std::vector<ZipEntry>&)> before;
    std::function<void(std::string&)> after;
    std::vector<const char*> codes;
  };
  const Case cases[] = {
      {"right", {}, {}, {}},
      {"not by name", [](auto& entries) { std::reverse(entries.begin(), entries.end()); }, {}, {}},
      {"junk between",
       [&](auto& entries) { at(entries, "/25.pdf")->junk = "PKPK\x03"; },
       {},
       {"VTLT-ZIP-GAP"}},
      {"not in the list",
       [&](auto& entries) {
         entries.insert(at(entries, "/25.pdf"), ZipEntry{EarkMaker::folder() + "/x.pdf", "x", {}, {}, false});
       },
       {},
       {"VTLT-ZIP-LOCAL"}},
      {"twice, once in the list",
       [&](auto& entries) {
         ZipEntry again = *at(entries, "/25.pdf");
         again.in_central = false;
         entries.insert(entries.begin(), again);
       },
       {},
       {"VTLT-ZIP-LOCAL"}},
      {"in the list only",
       [&](auto& entries) { at(entries, "/25.pdf")->in_local = false; },
       {},
       {"VTLT-ZIP-OVERLAP"}},
      {"changed", {}, [](std::string& bytes) { bytes[bytes.size() / 2] ^= 1; }, {"VTLT-ZIP-CRC"}},
      {"a place that is not one",
       {},
       [](std::string& bytes) {
         std::size_t central = bytes.find("PK\x01\x02");
         for (int i = 0; i < 20; ++i)
           central = bytes.find("PK\x01\x02", central + 4);
         put_number(bytes, central + 42, bytes.size() / 2, 4);
       },
       {"VTLT-ZIP-LOCAL"}},
      {"with a piece taken out",
       {},
       [](std::string& bytes) { bytes.erase(bytes.size() / 2, 1000); },
       {"VTLT-ZIP-TRUNCATED"}},
  };
  for (const Case& one : cases) {
    auto entries = right;
    if (one.before) one.before(entries);
    std::string bytes = make_zip(entries);
    REQUIRE(bytes.size() > std::size_t{16} << 20);
    if (one.after) one.after(bytes);
    const Verdict verdict = check_file("goi.zip", bytes);
    INFO(one.what << "\n" << text_of(verdict));
    CHECK(verdict.passed() == one.codes.empty());
    for (const char* code : one.codes)
      CHECK(has(verdict, code, Level::error));
  }
}

TEST_CASE("a list of contents that promises more than there is", "[package][hostile]") {
  std::string bytes = make_zip(right_entries());
  const std::size_t end = bytes.rfind("PK\x05\x06");
  SECTION("ten million entries by ZIP64") {
    std::string record = "PK\x06\x06", locator = "PK\x06\x07";
    record += std::string(52, '\0');
    put_number(record, 4, 44, 8);
    put_number(record, 24, 10'000'000, 8);
    put_number(record, 32, 10'000'000, 8);
    put_number(record, 40, end - bytes.find("PK\x01\x02"), 8);
    put_number(record, 48, bytes.find("PK\x01\x02"), 8);
    locator += std::string(16, '\0');
    put_number(locator, 8, end, 8);
    put_number(locator, 16, 1, 4);
    bytes.insert(end, record + locator);
    for (int field = 0; field < 2; ++field)
      put_number(bytes, end + record.size() + locator.size() + 8 + static_cast<std::size_t>(2 * field),
                 0xffff, 2);
  }
  SECTION("more than there are") {
    put_number(bytes, end + 8, 60'000, 2);
    put_number(bytes, end + 10, 60'000, 2);
  }
  const Verdict verdict = check_file("goi.zip", bytes);
  INFO(text_of(verdict));
  CHECK_FALSE(verdict.passed());
  CHECK(has(verdict, "VTLT-ZIP-TRUNCATED", Level::error));
}

TEST_CASE("entries that share their bytes, and bombs of many harmless entries", "[package][hostile]") {
  auto entries = right_entries();
  const std::size_t right = entries.size();
  for (int i = 0; i < 50; ++i)
    entries.push_back({EarkMaker::folder() + "/documentation/" + std::to_string(i), "x"});
  // change gets the place of each of the fifty in the list of contents.
  const auto spoil = [&](const std::function<void(std::string&, std::size_t)>& change) {
    std::string bytes = make_zip(entries);
    std::size_t central = bytes.find("PK\x01\x02");
    for (std::size_t i = 0; i < entries.size(); ++i, central = bytes.find("PK\x01\x02", central + 4))
      if (i >= right) change(bytes, central);
    return check_file("goi.zip", bytes);
  };
  const Verdict kernel = spoil([](std::string& bytes, std::size_t central) {
    put_number(bytes, central + 20, bytes.size() / 20, 4);
    put_number(bytes, central + 24, bytes.size() / 20, 4);
  });
  INFO(text_of(kernel));
  CHECK(has(kernel, "VTLT-ZIP-OVERLAP", Level::error));
  CHECK(kernel.bytes_read == 0);
  const Verdict many =
      spoil([](std::string& bytes, std::size_t central) { put_number(bytes, central + 24, 60'000'000, 4); });
  INFO(text_of(many));
  CHECK(has(many, "VTLT-ZIP-BOMB", Level::error));
  CHECK(many.bytes_read == 0);
  CHECK_FALSE(many.complete);
}

TEST_CASE("a ZIP in which programs find different things is not right", "[package][hostile]") {
  std::vector<ZipEntry> right;
  for (const auto& [name, bytes] : EarkMaker{}.make())
    right.push_back({EarkMaker::folder() + "/" + name, bytes});
  const std::string zip = make_zip(right);
  const std::size_t list = zip.find("PK\x01\x02"), end = zip.rfind("PK\x05\x06");
  REQUIRE(check_file("goi.zip", zip).passed());
  const auto central = [&](std::size_t at, std::uint64_t value, std::size_t bytes) {
    return [=](std::string& text) { put_number(text, list + at, value, bytes); };
  };
  struct Case {
    const char* what;
    std::function<void(std::string&)> change;
    const char* code;
  };
  const Case cases[] = {
      {"something behind the end", [](std::string& text) { text += "x"; }, "VTLT-ZIP-LOCAL"},
      {"an entry behind the end", [&](std::string& text) { text += zip.substr(0, 200); }, "VTLT-ZIP-LOCAL"},
      {"a comment that holds another end",
       [&](std::string& text) {
         const std::string other = text.substr(end, 22);
         put_number(text, end + 20, other.size(), 2);
         text += other;
       },
       "VTLT-ZIP-LOCAL"},
      {"something between list and end", [&](std::string& text) { text.insert(end, "x"); }, "VTLT-ZIP-LOCAL"},
      {"fewer entries than there are",
       [&](std::string& text) { put_number(text, end + 10, right.size() - 1, 2); }, "VTLT-ZIP-TRUNCATED"},
      {"another method in the list", central(10, 8, 2), "VTLT-ZIP-LOCAL"},
      {"another sum in the list", central(16, 1, 4), "VTLT-ZIP-LOCAL"},
      {"another disk", central(34, 3, 2), "VTLT-ZIP-LOCAL"},
      {"strong encryption", central(8, 0x840, 2), "VTLT-ZIP-ENCRYPTED"},
      {"a link by another system's bits",
       [&](std::string& text) {
         put_number(text, list + 4, 16 << 8 | 20, 2);
         put_number(text, list + 38, std::uint64_t{0120777} << 16, 4);
       },
       "VTLT-PATH-SYMLINK"},
  };
  for (const Case& one : cases) {
    std::string bytes = zip;
    one.change(bytes);
    const Verdict verdict = check_file("goi.zip", bytes);
    INFO(one.what << "\n" << text_of(verdict));
    CHECK_FALSE(verdict.passed());
    CHECK(has(verdict, one.code, Level::error));
  }
  const auto with = [&](ZipEntry entry, bool first) {
    auto entries = right;
    entries.insert(first ? entries.begin() : entries.end(), std::move(entry));
    return check_file("goi.zip", make_zip(entries));
  };
  CHECK(has(with({EarkMaker::folder(), "../outside"}, true), "VTLT-PATH-ROOT", Level::error));
  CHECK(has(with({EarkMaker::folder() + "/schemas/x/", "data"}, false), "VTLT-ZIP-LOCAL", Level::error));
  // "documentation-1" sorts between the file and what is below it.
  auto entries = right;
  entries.push_back({EarkMaker::folder() + "/documentation-1", "x"});
  entries.push_back({EarkMaker::folder() + "/documentation", "x"});
  CHECK(has(check_file("goi.zip", make_zip(entries)), "VTLT-PATH-DUPLICATE", Level::error));
  for (const char* root : {"..\\evil", "C:", "a\nb"}) {
    INFO(root);
    CHECK_FALSE(check_file("goi.zip", make_zip(root, EarkMaker{}.make())).passed());
  }
}

TEST_CASE("sums and sizes behind the data are those of the list", "[package][hostile]") {
  const std::string data = "%PDF-1.7 nội dung";
  const std::string name = EarkMaker::folder() + "/representations/rep1/data/1.pdf";
  EarkMaker maker;
  maker.before = [&](Tree& tree) { tree["representations/rep1/data/1.pdf"] = data; };
  const Tree tree = maker.make();
  // Deflate as it is written without compressing: one piece, and it is the last.
  const auto stored_deflate = [](const std::string& text) {
    std::string out(5, '\1');
    put_number(out, 1, text.size(), 2);
    put_number(out, 3, ~text.size() & 0xffff, 2);
    return out + text;
  };
  const auto zip_with = [&](const std::function<void(ZipEntry&)>& change) {
    std::vector<ZipEntry> entries;
    for (const auto& [path, bytes] : tree) {
      entries.push_back({EarkMaker::folder() + "/" + path, bytes});
      if (entries.back().name == name) change(entries.back());
    }
    std::string bytes = make_zip(entries);
    for (const auto& [mark, at, size] : {std::tuple("PK\x03\x04", 8, 30), std::tuple("PK\x01\x02", 10, 46)}) {
      std::size_t place = bytes.find(name);
      if (size == 46) place = bytes.find(name, place + 1);
      REQUIRE(bytes.substr(place - static_cast<std::size_t>(size), 4) == mark);
      put_number(bytes, place - static_cast<std::size_t>(size - at), 8, 2);
    }
    return bytes;
  };
  // As stored, and as deflated, whose sizes are two.
  const auto deflated = [&](ZipEntry& entry, bool marked) {
    entry.data = stored_deflate(data);
    std::string sizes = zip_descriptor(data, marked);
    put_number(sizes, sizes.size() - 8, entry.data.size(), 4);
    entry.descriptor = sizes;
    entry.size = static_cast<std::uint32_t>(data.size());
    entry.central_crc = crc_of(data);
    entry.central_packed = static_cast<std::uint32_t>(entry.data.size());
  };
  for (const bool marked : {true, false}) {
    const Verdict verdict =
        check_file("goi.zip", zip_with([&](ZipEntry& entry) { deflated(entry, marked); }));
    INFO(marked << "\n" << text_of(verdict));
    CHECK(verdict.findings.empty());
  }
  struct Case {
    const char* what;
    std::function<void(ZipEntry&)> change;
  };
  const Case cases[] = {
      {"another sum in the list", [](ZipEntry& entry) { *entry.central_crc ^= 1; }},
      {"another packed size in the list", [](ZipEntry& entry) { *entry.central_packed += 1; }},
      {"a smaller one", [](ZipEntry& entry) { *entry.central_packed -= 1; }},
      {"another size in the list", [](ZipEntry& entry) { *entry.size += 1; }},
      {"two of them, and the list means the second",
       [&](ZipEntry& entry) {
         const std::string first = entry.descriptor;
         entry.data += first;
         *entry.central_packed += static_cast<std::uint32_t>(first.size());
         put_number(entry.descriptor, 8, *entry.central_packed, 4);
       }},
      {"bytes behind them", [](ZipEntry& entry) { entry.descriptor += std::string(8, 'x'); }},
      {"none", [](ZipEntry& entry) { entry.descriptor = std::string(16, '\0'); }},
  };
  for (const Case& one : cases) {
    const Verdict verdict = check_file("goi.zip", zip_with([&](ZipEntry& entry) {
                                         deflated(entry, true);
                                         one.change(entry);
                                       }));
    INFO(one.what << "\n" << text_of(verdict));
    CHECK_FALSE(verdict.passed());
  }
}

TEST_CASE("headers of a ZIP that programs read differently", "[package][hostile]") {
  const auto field = [](unsigned id, const std::string& bytes) {
    std::string out(4, '\0');
    put_number(out, 0, id, 2);
    put_number(out, 2, bytes.size(), 2);
    return out + bytes;
  };
  const auto numbers = [](std::initializer_list<std::uint64_t> values) {
    std::string out;
    for (const std::uint64_t value : values) {
      out += std::string(8, '\0');
      put_number(out, out.size() - 8, value, 8);
    }
    return out;
  };
  struct Case {
    const char* what;
    std::function<void(ZipEntry&)> change;
    bool right = false;
  };
  const Case cases[] = {
      {"extra fields as zip writes them",
       [&](ZipEntry& entry) {
         entry.local_extra = field(0x5455, std::string(9, '\1')) + field(0x7875, std::string(11, '\1'));
         entry.central_extra = field(0x5455, std::string(5, '\1')) + field(0x7875, std::string(11, '\1'));
       },
       true},
      {"ZIP64 numbers that say the same",
       [&](ZipEntry& entry) {
         entry.local_extra = field(1, numbers({entry.data.size(), entry.data.size()}));
       },
       true},
      {"a newer writer", [](ZipEntry& entry) { entry.central_version = 46; }, true},
      {"a version that unzip does not know", [](ZipEntry& entry) { entry.central_version = 47; }},
      {"another level of deflate before the data", [](ZipEntry& entry) { entry.local_flags = 0x802; }},
      {"a file that DOS calls a folder", [](ZipEntry& entry) { entry.dos = 0x10; }},
      {"a file that DOS calls the name of the medium", [](ZipEntry& entry) { entry.dos = 0x08; }},
      {"a link for libarchive alone",
       [&](ZipEntry& entry) {
         entry.central_extra = field(0x6c78, std::string("\x04\0\0\0\xff\xa1\0\0", 8));
       }},
      {"a ZIP64 field of one number before the data",
       [&](ZipEntry& entry) { entry.local_extra = field(1, numbers({entry.data.size()})); }},
      {"64 bits behind the data that nobody expects",
       [](ZipEntry& entry) { entry.descriptor = zip_descriptor(entry.data, true, true); }},
      {"a file that Unix calls a folder", [](ZipEntry& entry) { entry.unix_mode = 040755; }},
      {"an extra field longer than what is there",
       [](ZipEntry& entry) { entry.central_extra = std::string("\x55\x54\xff\xff", 4); }},
      {"the same before the data",
       [](ZipEntry& entry) { entry.local_extra = std::string("\x55\x54\xff\xff", 4); }},
      {"a rest behind the extra fields", [](ZipEntry& entry) { entry.central_extra = "ab"; }},
      {"a slash more in the list", [](ZipEntry& entry) { entry.central_name = entry.name + "/"; }},
      {"a slash more before the data",
       [](ZipEntry& entry) { entry.central_name = std::exchange(entry.name, entry.name + "/"); }},
      {"a dot more in the list", [](ZipEntry& entry) { entry.central_name = "./" + entry.name; }},
      {"patched data", [](ZipEntry& entry) { entry.flags |= 1 << 5; }},
      {"strong encryption before the data only", [](ZipEntry& entry) { entry.local_flags = 0x840; }},
      {"UTF-8 before the data only",
       [](ZipEntry& entry) { entry.name += "\xC3\xA1", entry.local_flags = 0; }},
      {"a version that is none", [](ZipEntry& entry) { entry.central_version = 255; }},
      {"the same before the data", [](ZipEntry& entry) { entry.local_version = 255; }},
      {"two ZIP64 fields before the data",
       [&](ZipEntry& entry) {
         const std::string one = field(1, numbers({entry.data.size(), entry.data.size()}));
         entry.local_extra = one + one;
       }},
      {"other ZIP64 numbers before the data",
       [&](ZipEntry& entry) {
         entry.local_extra = field(1, numbers({entry.data.size(), 3}));
       }},
      {"other ZIP64 numbers in the list",
       [&](ZipEntry& entry) {
         entry.central_extra = field(1, numbers({entry.data.size(), 3}));
       }},
      {"another Unicode path in the list",
       [&](ZipEntry& entry) { entry.central_extra = field(0x7075, "\1abcdkhac.pdf"); }},
      {"another Unicode path before the data",
       [&](ZipEntry& entry) { entry.local_extra = field(0x7075, "\1abcdkhac.pdf"); }},
      {"a ZIP64 packed size that is another",
       [&](ZipEntry& entry) {
         entry.central_packed = 0xffffffff;
         entry.central_extra = field(1, numbers({entry.data.size() + 1}));
       }},
  };
  const Tree tree = EarkMaker{}.make();
  for (const Case& one : cases) {
    std::vector<ZipEntry> entries;
    for (const auto& [name, bytes] : tree)
      entries.push_back({EarkMaker::folder() + "/" + name, bytes});
    one.change(entries[entries.size() / 2]);
    const Verdict verdict = check_file("goi.zip", make_zip(entries));
    INFO(one.what << "\n" << text_of(verdict));
    CHECK(verdict.passed() == one.right);
    CHECK(has(verdict, "VTLT-ZIP-LOCAL", Level::error) != one.right);
  }
}

TEST_CASE("folders of a ZIP hold nothing, as Java writes them or otherwise", "[package][hostile]") {
  const auto zip_with = [&](const std::function<void(ZipEntry&)>& change,
                            const char* name = "/documentation/") {
    auto entries = right_entries();
    for (const std::size_t at : {std::size_t{0}, entries.size() / 2, entries.size()}) {
      ZipEntry folder{EarkMaker::folder() + (at == 0 ? "/" : name) + (at == entries.size() ? "x/" : ""), ""};
      folder.unix_mode = 0;
      change(folder);
      entries.insert(entries.begin() + static_cast<std::ptrdiff_t>(at), folder);
    }
    return make_zip(entries);
  };
  // A few bytes of deflate, with sum and sizes behind them.
  const std::string nothing = GENERATE(std::string("\3\0", 2), std::string("\1\0\0\xff\xff", 5));
  std::string java = zip_with([&](ZipEntry& entry) {
    entry.data = nothing;
    entry.size = 0;
    entry.central_crc = 0;
    entry.central_packed = static_cast<std::uint32_t>(nothing.size());
    entry.descriptor = std::string("PK\x07\x08\0\0\0\0\2\0\0\0\0\0\0\0", 16);
    entry.descriptor[8] = static_cast<char>(nothing.size());
  });
  for (std::size_t at = java.find("PK"); at != std::string::npos; at = java.find("PK", at + 1)) {
    const bool local = java.compare(at, 4, "PK\x03\x04") == 0;
    if (!local && java.compare(at, 4, "PK\x01\x02") != 0) continue;
    const std::size_t length = static_cast<unsigned char>(java[at + (local ? 26 : 28)]);
    if (java[at + (local ? 30 : 46) + length - 1] == '/') java[at + (local ? 8 : 10)] = 8;
  }
  Verdict verdict = check_file("goi.zip", java);
  INFO(text_of(verdict));
  CHECK(verdict.findings.empty());
  java[java.find(nothing, java.find("/documentation/"))] ^= 4;
  CHECK_FALSE(check_file("goi.zip", java).passed());
  CHECK(check_file("goi.zip", zip_with([](ZipEntry&) {})).findings.empty());
  CHECK_FALSE(check_file("goi.zip", zip_with([](ZipEntry& entry) {
                           entry.data = std::string(900, 'x');
                           entry.size = 0;
                           entry.central_packed = 900;
                         }))
                  .passed());
  // A folder that only the data know, before everything.
  auto entries = right_entries();
  entries.insert(entries.begin(), ZipEntry{EarkMaker::folder() + "/", std::string(900, 'x')});
  entries.front().in_central = false;
  verdict = check_file("goi.zip", make_zip(entries));
  CHECK(has(verdict, "VTLT-ZIP-GAP", Level::error));
  // A folder whose header is quoted in the data of another entry.
  entries = right_entries();
  const std::string quoted = make_zip({{EarkMaker::folder() + "/", ""}});
  entries.push_back({EarkMaker::folder() + "/documentation/x", quoted.substr(0, quoted.find("PK\x01\x02"))});
  entries.push_back({EarkMaker::folder() + "/", ""});
  entries.back().unix_mode = 040755;
  std::string bytes = make_zip(entries);
  const std::size_t last = bytes.rfind("PK\x01\x02"), place = bytes.find("documentation/x") + 15;
  put_number(bytes, last + 42, place, 4);
  CHECK_FALSE(check_file("goi.zip", bytes).passed());
}

TEST_CASE("a ZIP without a file in its list", "[package][hostile]") {
  for (const std::uint32_t mode : {0120777, 040755, 020644}) {
    std::vector<ZipEntry> entries{
        {"tui/bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"},
        {"tui/data/a", "x"},
        {"tui/manifest-sha256.txt", "x"}};
    for (ZipEntry& entry : entries)
      entry.unix_mode = mode;
    const Verdict verdict = check_zip(entries);
    CHECK_FALSE(verdict.passed());
    CHECK(verdict.files_read == 0);
  }
}

TEST_CASE("a ZIP that is a TAR as well", "[package][hostile]") {
  auto entries = right_entries();
  // Extra fields to the end of the first block, and the sum where the name does not reach.
  const std::size_t header = 30 + entries.front().name.size();
  std::string extra(512 - header, '\0');
  put_number(extra, 0, 0x9999, 2);
  put_number(extra, 2, extra.size() - 4, 2);
  entries.front().local_extra = extra;
  std::string bytes = make_zip(entries);
  CHECK(check_file("goi.zip", bytes).findings.empty());
  REQUIRE(header + 4 < 148);
  unsigned sum = 8 * ' ';
  for (std::size_t i = 0; i < 512; ++i)
    sum += i >= 148 && i < 156 ? 0 : static_cast<unsigned char>(bytes[i]);
  octal(bytes, 148, 7, sum);
  const Verdict verdict = check_file("goi.zip", bytes);
  INFO(text_of(verdict));
  CHECK(has(verdict, "VTLT-ZIP-LOCAL", Level::error));
  CHECK_FALSE(verdict.passed());
}

TEST_CASE("a ZIP of exactly 65,535 entries is whole", "[package][hostile]") {
  for (const int count : {65'534, 65'535}) {
    std::vector<ZipEntry> entries;
    for (int i = 0; i < count; ++i)
      entries.push_back({"t/data/" + std::to_string(i), ""});
    const Verdict verdict = check_file("t.zip", make_zip(entries));
    CHECK_FALSE(has(verdict, "VTLT-ZIP-TRUNCATED"));
    CHECK_FALSE(has(verdict, "VTLT-ZIP-LOCAL"));
  }
}

TEST_CASE("a folder of a ZIP stands where the list says", "[package][hostile]") {
  auto entries = right_entries();
  entries.insert(entries.begin(), ZipEntry{EarkMaker::folder() + "/", ""});
  entries.front().unix_mode = 040755;
  const std::string right = make_zip(entries);
  CHECK(check_file("goi.zip", right).findings.empty());
  const std::size_t list = right.find("PK\x01\x02");
  for (const std::uint64_t place : {std::uint64_t{32}, std::uint64_t{8192}, std::uint64_t{0xfffffff0}}) {
    std::string bytes = right;
    put_number(bytes, list + 42, place, 4);
    const Verdict verdict = check_file("goi.zip", bytes);
    INFO(text_of(verdict));
    CHECK(has(verdict, "VTLT-ZIP-LOCAL", Level::error));
  }
}

TEST_CASE("the end records of a ZIP leave no room for another list", "[package][hostile]") {
  const std::string right = make_zip(right_entries());
  const std::size_t list = right.find("PK\x01\x02"), end = right.rfind("PK\x05\x06");
  const auto wide = [&](const std::function<void(std::string&)>& change) {
    std::string records = "PK\x06\x06" + std::string(52, '\0') + "PK\x06\x07" + std::string(16, '\0');
    const std::uint64_t count = right_entries().size();
    put_number(records, 4, 44, 8);
    put_number(records, 12, 45, 2);
    put_number(records, 14, 45, 2);
    put_number(records, 24, count, 8);
    put_number(records, 32, count, 8);
    put_number(records, 40, end - list, 8);
    put_number(records, 48, list, 8);
    put_number(records, 56 + 8, end, 8);
    put_number(records, 56 + 16, 1, 4);
    if (change) change(records);
    std::string bytes = right;
    return check_file("goi.zip", bytes.insert(end, records));
  };
  const auto number = [](std::size_t at, std::uint64_t value, int bytes) {
    return [=](std::string& records) { put_number(records, at, value, bytes); };
  };
  const Verdict fine = wide({});
  INFO(text_of(fine));
  CHECK(fine.findings.empty());
  CHECK_FALSE(wide(number(4, 0, 8)).passed());
  CHECK_FALSE(wide(number(4, ~std::uint64_t{0}, 8)).passed());
  CHECK_FALSE(wide(number(16, 1, 4)).passed());
  CHECK_FALSE(wide(number(24, 1, 8)).passed());
  const Verdict negative = wide(number(56 + 8, ~std::uint64_t{15}, 8));
  CHECK_FALSE(negative.passed());
  CHECK(std::any_of(negative.findings.begin(), negative.findings.end(),
                    [](const auto& finding) { return finding.level == Level::error; }));
  CHECK(check_file("goi.zip", right + std::string(10'240, '\0')).findings.empty());
  CHECK_FALSE(check_file("goi.zip", right + std::string(1000, '\0') + 'x').passed());
  CHECK_FALSE(check_file("goi.zip", right + std::string(1000, '\0') + right.substr(end)).passed());
  std::string bytes = right;
  put_number(bytes, bytes.rfind("PK\x01\x02") + 32, 5, 2);  // the last comment ends behind the list
  CHECK_FALSE(check_file("goi.zip", bytes).passed());
  bytes = right;
  put_number(bytes, end + 16, list + 20, 4);  // bytes before the list that belong to nothing
  bytes.insert(list, 20, '\0');
  CHECK_FALSE(check_file("goi.zip", bytes).passed());
}

TEST_CASE("bytes of no entry in a ZIP are told", "[package][hostile]") {
  const std::string right = make_zip(EarkMaker::folder(), EarkMaker{}.make()), hidden(100, 'x');
  const std::size_t place = right.find("PK\x03\x04", 4), list = right.find("PK\x01\x02"),
                    end = right.rfind("PK\x05\x06");
  const auto number = [&](std::size_t at) {
    std::uint64_t value = 0;
    for (std::size_t i = 4; i-- > 0;)
      value = value << 8 | static_cast<unsigned char>(right[at + i]);
    return value;
  };
  for (const std::size_t at : {place, list}) {
    std::string spoilt = right;
    for (std::size_t one = list; one != std::string::npos && one < end;
         one = right.find("PK\x01\x02", one + 46))
      if (number(one + 42) >= at) put_number(spoilt, one + 42, number(one + 42) + hidden.size(), 4);
    put_number(spoilt, end + 16, number(end + 16) + hidden.size(), 4);
    spoilt.insert(at, hidden);
    const Verdict verdict = check_file("goi.zip", spoilt);
    INFO(text_of(verdict));
    CHECK(has(verdict, "VTLT-ZIP-GAP", Level::error));
  }
  CHECK_FALSE(has(check_file("goi.zip", right), "VTLT-ZIP-GAP", Level::error));
}

TEST_CASE("names in decomposed letters, as macOS packs them, are no fault of the ZIP",
          "[package][hostile][P44]") {
  std::vector<ZipEntry> entries{
      {"tui/bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"}};
  const std::string name = "data/bie\xCC\x82n ba\xCC\x89n.txt";
  entries.push_back({"tui/" + name, "x"});
  vtlt::Hasher hasher;
  hasher.update("x");
  entries.push_back({"tui/manifest-sha256.txt", hasher.finish_hex() + "  " + name + "\n"});
  const Verdict verdict = check_file("tui.zip", make_zip(entries));
  INFO(text_of(verdict));
  CHECK(verdict.passed());
  CHECK_FALSE(has(verdict, "VTLT-ZIP-LOCAL", Level::error));
}

TEST_CASE("thousands of one name, and names of thousands of parts, are judged soon", "[package][hostile]") {
  const Workshop workshop;
  std::vector<ZipEntry> entries{{"tui/bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"},
                                {"tui/manifest-sha256.txt", ""}};
  for (int i = 0; i < 60'000; ++i)
    entries.push_back({"tui/data/e", ""});
  std::string deep;
  for (int i = 0; i < 20'000; ++i)
    deep += "a/";
  for (int i = 0; i < 20; ++i)
    entries.push_back({"tui/data/" + std::to_string(i) + '/' + deep + "x", ""});
  put(workshop.path() / "tui.zip", make_zip(entries));
  const Verdict verdict = run(workshop.path() / "tui.zip");
  CHECK(has(verdict, "VTLT-PATH-DUPLICATE", Level::error));
  CHECK_FALSE(verdict.passed());
}

TEST_CASE("a METS that is a bomb is not unpacked either", "[package][hostile]") {
  std::string bytes = make_zip(right_entries());
  put_number(bytes, bytes.rfind(EarkMaker::folder() + "/METS.xml") - 46 + 24, 2'000'000'000, 4);
  const Verdict verdict = check_file("goi.zip", bytes);
  INFO(text_of(verdict));
  CHECK(has(verdict, "VTLT-ZIP-BOMB", Level::error));
  CHECK_FALSE(verdict.complete);
  CHECK(verdict.objid.empty());
}

TEST_CASE("a ZIP in a ZIP is a file like any other", "[package][hostile]") {
  EarkMaker maker;
  const std::string inner = make_zip({{"../../etc/passwd", "x"}});
  maker.before = [&](Tree& tree) { tree["representations/rep1/data/1.pdf"] = inner; };
  const Verdict verdict = check_zip([&] {
    std::vector<ZipEntry> entries;
    for (const auto& [name, bytes] : maker.make())
      entries.push_back({EarkMaker::folder() + "/" + name, bytes});
    return entries;
  }());
  INFO(text_of(verdict));
  CHECK(verdict.findings.empty());
}

TEST_CASE("an end that lies behind the data", "[package][hostile]") {
  auto entries = right_entries();
  entries[2].flags |= 8;  // sizes come after the data, and do not
  const Verdict verdict = check_zip(entries);
  INFO(text_of(verdict));
  CHECK_FALSE(verdict.passed());
}

TEST_CASE("names that deceive", "[package][hostile]") {
  struct Case {
    std::string name;
    const char* code;
    Level level;
  };
  const Case cases[] = {
      {std::string("data/a\0.exe.pdf", 15), "VTLT-PATH-CONTROL", Level::error},
      {"data/gpj.\xE2\x80\xAE.exe", "VTLT-PATH-CONTROL", Level::error},
      {"data/a\x1b[2J.pdf", "VTLT-PATH-CONTROL", Level::error},
      {"data/a\xC2\x9B[2J.pdf", "VTLT-PATH-CONTROL", Level::error},
      {"data/gpj.\xE2\x80\x8F.exe", "VTLT-PATH-CONTROL", Level::error},
      {"data/gpj.\xD8\x9C.exe", "VTLT-PATH-CONTROL", Level::error},
      {"data/\xff\xfe.pdf", "VTLT-PATH-ENCODING", Level::error},
      {"data/..\\..\\x.pdf", "VTLT-PATH-BACKSLASH", Level::error},
      {"C:/x.pdf", "VTLT-PATH-WINDOWS", Level::warning},
      {"data/CON", "VTLT-PATH-WINDOWS", Level::warning},
      {"data/nul.txt", "VTLT-PATH-WINDOWS", Level::warning},
      {"data/com1.a.pdf", "VTLT-PATH-WINDOWS", Level::warning},
      {"data/cuoi.pdf.", "VTLT-PATH-WINDOWS", Level::warning},
      {"data /x.pdf", "VTLT-PATH-WINDOWS", Level::warning},
      {"data/a:b.pdf", "VTLT-PATH-WINDOWS", Level::warning},
      {"data/" + std::string(300, 'a'), "VTLT-PATH-LENGTH", Level::error},
  };
  for (const Case& one : cases) {
    auto entries = right_entries();
    entries.push_back({EarkMaker::folder() + "/representations/rep1/" + one.name, "x"});
    const Verdict verdict = check_zip(entries);
    INFO(one.code << "\n" << text_of(verdict));
    CHECK(has(verdict, one.code, one.level));
  }
  auto entries = right_entries();
  for (const char* fine : {"data/console.pdf", "data/com10.pdf", "data/.an", "data/auxiliary/x"})
    entries.push_back({EarkMaker::folder() + "/representations/rep1/" + fine, "x"});
  CHECK_FALSE(has(check_zip(entries), "VTLT-PATH-WINDOWS"));
}

TEST_CASE("a TAR with links, devices, holes and names that change", "[package][hostile][tar]") {
  const std::string folder = EarkMaker::folder() + "/representations/rep1/data/";
  struct Case {
    std::vector<TarEntry> entries;
    const char* code;
  };
  const std::string elsewhere = pax("path", "../../ngoai.pdf"), absolute = pax("path", "/etc/cron.d/x");
  const Case cases[] = {
      {{{folder + "a", "", '2', "/etc/passwd"}}, "VTLT-PATH-SYMLINK"},
      {{{folder + "a", "", '1', "/etc/passwd"}}, "VTLT-PATH-SYMLINK"},
      {{{folder + "a", "", '3'}}, "VTLT-PATH-SPECIAL"},
      {{{folder + "a", "", '6'}}, "VTLT-PATH-SPECIAL"},
      {{{"x", elsewhere, 'x'}, {folder + "a", "x"}}, "VTLT-PATH-ROOT"},
      {{{"x", absolute, 'x'}, {folder + "a", "x"}}, "VTLT-PATH-ROOT"},
      {{{folder + "a", "", 'S', "", std::uint64_t{4} << 30}}, "VTLT-TAR-BOMB"},
      {{{folder + "a", "x", '0', "", 0, std::uint64_t{4} << 30}}, "VTLT-TAR-TRUNCATED"},
      {{{folder + "1.pdf", "hai lần"}}, "VTLT-PATH-DUPLICATE"},
      {{{EarkMaker::folder() + "/../x", "x"}}, "VTLT-PATH-PARENT"},
      {{{"x", pax("path", folder + "b"), 'g'}, {folder + "a", "x"}}, "VTLT-TAR-HEADER"},
      {{{"x", pax("size", "1"), 'g'}, {folder + "a", "x"}}, "VTLT-TAR-HEADER"},
      {{{"x", pax("path", folder + "b"), 'x'}, {"x", pax("path", folder + "c"), 'x'}, {folder + "a", "x"}},
       "VTLT-TAR-HEADER"},
      {{{"x", folder + "b", 'L'}, {"x", folder + "c", 'L'}, {folder + "a", "x"}}, "VTLT-TAR-HEADER"},
      {{{"x", folder + "b", 'L'}, {"x", pax("path", folder + "c"), 'x'}, {folder + "a", "x"}},
       "VTLT-TAR-HEADER"},
      {{{"x", pax("path", folder + "b") + "99 x", 'x'}, {folder + "a", "x"}}, "VTLT-TAR-HEADER"},
  };
  for (const Case& one : cases) {
    auto entries = right_tar();
    entries.insert(entries.end(), one.entries.begin(), one.entries.end());
    const Verdict verdict = check_file("goi.tar", make_tar(entries));
    INFO(one.code << "\n" << text_of(verdict));
    CHECK(has(verdict, one.code, Level::error));
    CHECK_FALSE(verdict.passed());
  }
}

TEST_CASE("a TAR of which programs make different things", "[package][hostile][tar]") {
  const std::string name = EarkMaker::folder() + "/representations/rep1/data/x";
  struct Case {
    const char* what;
    std::vector<TarEntry> entries;
    bool right = false;
  };
  const auto field = [](std::size_t at, std::string bytes) {
    return [=](std::string& header) { header.replace(at, bytes.size(), bytes); };
  };
  const auto piece = [](std::size_t at, std::uint64_t begin, std::uint64_t length) {
    return [=](std::string& header) {
      octal(header, at, 12, begin);
      octal(header, at + 12, 12, length);
    };
  };
  std::string large(12, '\0');
  large[0] = '\x80';
  large[11] = '\1';
  const Case cases[] = {
      {"a plain entry", {{name, "x"}}, true},
      {"the size as GNU writes large ones", {{name, "x", '0', "", 0, {}, field(124, large)}}, true},
      {"the size twice, the same", {{"x", pax("size", "1"), 'x'}, {name, "x"}}, true},
      {"the size of the extension header only", {{"x", pax("size", "1"), 'x'}, {name, "x", '0', "", 0, 0}}},
      {"a size that is not there", {{name, "", '0', "", 0, {}, field(124, std::string(12, ' '))}}},
      {"another size of libarchive's", {{"x", pax("SCHILY.realsize", "600"), 'x'}, {name, "x"}}},
      {"names in another encoding", {{"x", pax("hdrcharset", "KOI8-R"), 'x'}, {name, "x"}}},
      {"a time that is none", {{"x", pax("mtime", "hôm qua"), 'x'}, {name, "x"}}},
      {"a time with a fraction", {{"x", pax("mtime", "-1.5"), 'x'}, {name, "x"}}, true},
      {"a value with an end inside",
       {{"x", pax("comment", std::string("a\0b", 3)) + pax("path", name + "2"), 'x'}, {name, "x"}}},
      {"a prefix that GNU's format has not",
       {{name,
         "x",
         '0',
         "",
         0,
         {},
         [&](auto& header) { field(257, "ustar  ")(header), field(345, "../../tmp")(header); }}}},
      {"a file with a slash at its end", {{name + "/", "", '0'}}},
      {"a medium's number that is none", {{name, "x", '0', "", 0, {}, field(329, "zzz")}}},
      {"a key with a blank before it", {{"x", pax(" path", name + "2"), 'x'}, {name, "x"}}},
      {"a key with a tab before it", {{"x", pax("\tsize", "1"), 'x'}, {name, "x"}}},
      {"bytes that are UTF-8",
       {{"x", pax("hdrcharset", "BINARY") + pax("path", name + "đ"), 'x'}, {"x", "x"}},
       true},
      {"a file with the name of a link", {{name, "", '0', "y"}}},
      {"a file with the path of a link", {{"x", pax("linkpath", "y"), 'x'}, {name, ""}}},
      {"a file with the long name of a link", {{"x", "y", 'K'}, {name, ""}}},
      {"a medium's number that is blank", {{name, "x", '0', "", 0, {}, field(329, "        ")}}},
      {"a time that is blank", {{name, "x", '0', "", 0, {}, field(136, std::string(12, ' '))}}},
      {"a time before all", {{name, "x", '0', "", 0, {}, field(136, "\xff" + std::string(11, '\0'))}}},
      {"a time of nothing but a point", {{"x", pax("mtime", "."), 'x'}, {name, "x"}}},
      {"one without a magic", {{name, "x", '0', "", 0, {}, field(257, std::string(8, '\0'))}}},
      {"headers for nothing", {{name, "x"}, {"x", pax("comment", "x"), 'x'}}},
      {"holes",
       {{name,
         "x",
         'S',
         "",
         9,
         {},
         [&](auto& header) { piece(386, 3, 1)(header), piece(410, 9, 0)(header); }}}},
      {"sizes that differ", {{"x", pax("size", "1"), 'x'}, {name, "x", '0', "", 0, 2}}},
      {"a size that is no number", {{"x", pax("size", "1a"), 'x'}, {name, "x"}}},
      {"a size with a point", {{"x", pax("size", "1.0"), 'x'}, {name, "x"}}},
      {"letters behind the size", {{name, "x", '0', "", 0, {}, field(124, "00000000001A")}}},
      {"letters behind a blank", {{name, "x", '0', "", 0, {}, field(124, "0000000001 A")}}},
      {"an owner that is no number", {{name, "x", '0', "", 0, {}, field(108, "abc")}}},
      {"rights that are no number", {{name, "x", '0', "", 0, {}, field(100, "\xC1")}}},
      {"a magic that is none", {{name, "x", '0', "", 0, {}, field(257, "ustaR")}}},
      {"a time before 1970", {{name, "x", '0', "", 0, {}, field(136, std::string(12, '\xff'))}}, true},
      {"a list of access rights", {{name, "x", 'A'}}},
      {"a list of a folder", {{name, "x", 'D'}}},
      {"the rest of a file on another medium", {{name, "x", 'M'}}},
      {"the name of a medium", {{name, "", 'V'}}},
      {"a link with data", {{name, "x", '2', "y"}}},
      {"holes by extension header",
       {{"x", pax("GNU.sparse.map", "0,1") + pax("GNU.sparse.size", "1"), 'x'}, {name, "x"}}},
  };
  for (const Case& one : cases) {
    auto entries = right_tar();
    entries.insert(entries.end(), one.entries.begin(), one.entries.end());
    const Verdict verdict = check_file("goi.tar", make_tar(entries));
    INFO(one.what << "\n" << text_of(verdict));
    CHECK((has(verdict, "VTLT-TAR-HEADER", Level::error) || has(verdict, "VTLT-TAR-TRUNCATED")) != one.right);
    CHECK(verdict.passed() == one.right);
  }
}

TEST_CASE("a TAR of the oldest format", "[package][hostile][tar]") {
  auto entries = right_tar();
  entries.insert(entries.begin(), {EarkMaker::folder() + "/", "", '\0'});
  for (TarEntry& entry : entries)
    entry.spoil = [](std::string& header) { header.replace(257, 8, 8, '\0'); };
  const Verdict verdict = check_file("goi.tar", make_tar(entries));
  INFO(text_of(verdict));
  CHECK(verdict.findings.empty());
}

TEST_CASE("the top folder of a TAR is a folder", "[package][hostile][tar]") {
  for (const TarEntry& top : {TarEntry{".", "", '2', "/etc"}, TarEntry{".", "x"}, TarEntry{"./", "x"}}) {
    auto entries = right_tar();
    entries.insert(entries.begin(), top);
    CHECK_FALSE(check_file("goi.tar", make_tar(entries)).passed());
  }
}

TEST_CASE("names in a TAR are its own bytes, however they are written", "[package][hostile][tar][P44]") {
  const std::string composed = "hồ sơ.txt", parts = "ho\xCC\x82\xCC\x80 so\xCC\x9B.txt";
  REQUIRE(composed.size() != parts.size());
  vtlt::Hasher hasher;
  hasher.update("x");
  const std::string digest = hasher.finish_hex();
  const auto bag = [&](const std::string& root, const std::vector<std::string>& names, char type) {
    std::vector<TarEntry> entries{
        {root + "/bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"}};
    std::string manifest;
    for (const std::string& name : names) {
      const std::string path = root + "/data/" + name;
      if (type == 'x') entries.push_back({"x", pax("path", path), 'x'});
      if (type == 'L') entries.push_back({"x", path + '\0', 'L'});
      entries.push_back({type == '0' ? path : "x", "x"});
      manifest += digest + "  data/" + name + "\n";
    }
    entries.push_back({root + "/manifest-sha256.txt", manifest});
    return check_file("tui.tar", make_tar(entries));
  };
  for (const char type : {'0', 'x', 'L'}) {
    INFO(type);
    for (const char* root : {"tui", "tu\xCC\x81i"}) {
      const Verdict honest = bag(root, {parts}, type);
      INFO(text_of(honest));
      CHECK(honest.findings.empty());
      CHECK(honest.files_read == 3);
    }
    CHECK(has(bag("tui", {composed, parts}, type), "P44"));
  }
}

TEST_CASE("a ZIP whose folder has decomposed letters", "[package][hostile][P44]") {
  const Verdict verdict = check_file(
      "goi.zip",
      make_zip("tu\xCC\x81i", {{"bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"},
                               {"manifest-sha256.txt",
                                "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881  data/a\n"},
                               {"data/a", "x"}}));
  INFO(text_of(verdict));
  CHECK(verdict.findings.empty());
}

TEST_CASE("what stands behind the end of a TAR is told", "[package][hostile][tar]") {
  const std::string tar = make_tar(right_tar());
  for (const std::string& more : {tar, std::string("x"), std::string(2048, '\0') + "PK"}) {
    const Verdict verdict = check_file("goi.tar", tar + more);
    CHECK(has(verdict, "VTLT-TAR-END", Level::error));
  }
  CHECK(check_file("goi.tar", tar + std::string(20'480, '\0')).passed());
  std::string hidden = tar;
  const std::size_t first = right_tar().front().data.size();
  REQUIRE(first % 512 != 0);
  hidden[512 + first + 5] = 'x';
  CHECK(has(check_file("goi.tar", hidden), "VTLT-TAR-GAP", Level::error));
  const Verdict open = check_file("goi.tar", tar.substr(0, tar.size() - 1024));
  CHECK(has(open, "VTLT-TAR-END", Level::warning));
  // git archive names its commit so.
  auto entries = right_tar();
  entries.insert(entries.begin(), {"pax_global_header", pax("comment", "8d5a1b"), 'g'});
  CHECK(check_file("goi.tar", make_tar(entries)).passed());
}

TEST_CASE("a TAR made of ./folder is like one of folder", "[package][hostile][tar]") {
  auto entries = right_tar();
  for (TarEntry& entry : entries)
    entry.name = "./" + entry.name;
  entries.insert(entries.begin(), {"./", "", '5'});
  const Verdict verdict = check_file("goi.tar", make_tar(entries));
  INFO(text_of(verdict));
  CHECK(verdict.findings.empty());
}

TEST_CASE("a TAR of many representations is not read once for each", "[package][hostile][tar]") {
  auto entries = right_tar();
  for (int i = 0; i < 3000; ++i)
    entries.push_back({EarkMaker::folder() + "/representations/r" + std::to_string(i) + "/METS.xml", "<x/>"});
  const Verdict verdict = check_file("goi.tar", make_tar(entries));
  CHECK_FALSE(verdict.passed());
}

TEST_CASE("entities, depth, length and width of XML", "[package][hostile]") {
  std::string laughs = "<?xml version=\"1.0\"?>\n<!DOCTYPE premis [\n<!ENTITY a0 \"ha\">\n";
  for (int i = 1; i < 12; ++i) {
    laughs += "<!ENTITY a" + std::to_string(i) + " \"";
    for (int k = 0; k < 10; ++k)
      laughs += "&a" + std::to_string(i - 1) + ";";
    laughs += "\">\n";
  }
  laughs += "]>\n<premis>&a11;</premis>\n";
  const std::string outside = "<!DOCTYPE ead [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><ead>&x;</ead>";
  std::string deep, wide = "<premis";
  for (int i = 0; i < 100'000; ++i)
    deep += "<a>";
  for (int i = 0; i < 1'000'000; ++i)
    wide += " a" + std::to_string(i) + "=\"\"";
  wide += "/>";
  const std::string length = "<premis a=\"" + std::string(std::size_t{100} << 20, 'x') + "\"/>";
  for (const char* path : {"metadata/preservation/premis.xml", "metadata/descriptive/ead3.xml",
                           "representations/rep1/metadata/preservation/premis.xml"}) {
    INFO(path);
    CHECK(has(check_metadata(path, laughs), "VTLT-XML-DTD", Level::error));
    CHECK(has(check_metadata(path, outside), "VTLT-XML-DTD", Level::error));
    CHECK(has(check_metadata(path, deep), "VTLT-XML-FORM", Level::error));
  }
  CHECK(has(check_metadata("metadata/preservation/premis.xml", wide), "VTLT-XML-FORM", Level::error));
  CHECK(has(check_metadata("metadata/preservation/premis.xml", length), "VTLT-XML-FORM", Level::error));
  // A DTD that only names itself is EAD 2002; what is no XML is told.
  CHECK(has(check_metadata("metadata/descriptive/ead3.xml",
                           "<!DOCTYPE ead PUBLIC \"+//ISBN 1-931666-00-8//DTD ead.dtd\" \"ead.dtd\"><ead/>"),
            "VTLT-XML-DTD", Level::warning));
  CHECK(has(check_metadata("metadata/descriptive/ead3.xml", "<ead>"), "VTLT-XML-FORM", Level::warning));
  for (const std::string& one : {laughs, outside})
    CHECK(has(check_mets(one), "VTLT-XML-DTD", Level::error));
  for (const std::string& one :
       {deep, wide, length, std::string("<mets>\xff</mets>"), std::string(4096, '\0')})
    CHECK(has(check_mets(one), "CSIPSTR4", Level::error));
}

TEST_CASE("a METS of millions of parts for a few files is not read to its end", "[package][hostile]") {
  std::string groups, uses, files;
  for (int i = 0; i < 500'000; ++i) {
    groups += "<fileGrp/>";
    uses += "a ";
    files += "<file ID=\"a\"/>";
  }
  const std::string head = "<mets xmlns=\"http://www.loc.gov/METS/\">", tail = "</mets>";
  for (const std::string& part :
       {"<fileSec>" + groups + "</fileSec>", "<structMap><div DMDID=\"" + uses + "\"/></structMap>",
        "<fileSec><fileGrp>" + files + "</fileGrp></fileSec>"}) {
    const Verdict verdict = check_mets(head + part + tail);
    CHECK_FALSE(verdict.complete);
    CHECK(has(verdict, "VTLT-METS-CROWD", Level::error));
  }
}

TEST_CASE("a METS in UTF-16 is read", "[package][hostile]") {
  EarkMaker maker;
  maker.after = [](Tree& tree) {
    std::string wide = "\xFF\xFE", plain = tree["METS.xml"];
    check_support::replace(plain, "encoding=\"UTF-8\"", "encoding=\"UTF-16\"");
    for (const char c : plain) {  // its letters beyond ASCII are not looked at here
      wide += static_cast<unsigned char>(c) < 0x80 ? c : '?';
      wide += '\0';
    }
    tree["METS.xml"] = wide;
  };
  const Verdict verdict = check_file("goi.zip", make_zip(EarkMaker::folder(), maker.make()));
  INFO(text_of(verdict));
  CHECK(verdict.passed());
}

TEST_CASE("a folder of packages says where they are", "[package][hostile]") {
  const Workshop workshop;
  put_tree(workshop.path() / "lô 1" / EarkMaker::folder(), EarkMaker{}.make());
  const Verdict verdict = run(workshop.path() / "lô 1");
  CHECK(verdict.kind == Found::not_a_package);
  CHECK(has(verdict, "CSIPSTR1", Level::error));
}
