// Bags of every version, right and wrong in one point each: what RFC 8493 and the drafts before it say.
#include <catch2/catch.hpp>

#include "check_support.h"
#include "package/source.h"
#include "trust/digest.h"

using namespace vtlt::package;
using check_support::has;
using check_support::put;
using check_support::put_tree;
using check_support::run;
using check_support::text_of;
using check_support::Tree;
using check_support::Workshop;
using vtlt::Level;

namespace {

std::string digest(const std::string& algorithm, const std::string& data) {
  vtlt::Hasher hasher(algorithm.c_str());
  hasher.update(data);
  return hasher.finish_hex();
}
std::string line(const std::string& algorithm, const std::string& path, const std::string& data,
                 const std::string& end = "\n") {
  return digest(algorithm, data) + "  " + path + end;
}

Tree bag(const std::string& version) {
  const bool old = version < "0.96";
  Tree tree;
  tree["bagit.txt"] = "BagIt-Version: " + version + "\nTag-File-Character-Encoding: UTF-8\n";
  tree["data/a.txt"] = "một";
  tree["data/b/c d.txt"] = "hai";
  tree["manifest-sha256.txt"] = line("sha256", "data/a.txt", "một") + line("sha256", "data/b/c d.txt", "hai");
  tree["manifest-sha512.txt"] = line("sha512", "data/a.txt", "một") + line("sha512", "data/b/c d.txt", "hai");
  tree[old ? "package-info.txt" : "bag-info.txt"] =
      "Source-Organization: UBND xã\nPayload-Oxum: " +
      std::to_string(tree["data/a.txt"].size() + tree["data/b/c d.txt"].size()) +
      ".2\nExternal-Description: một dòng\n  và tiếp theo\n";
  std::string tags;
  for (const auto& [name, data] : tree)
    if (!name.starts_with("data/")) tags += line("sha256", name, data);
  tree["tagmanifest-sha256.txt"] = tags;
  return tree;
}

using Change = std::function<void(Tree&)>;
Change set(std::string name, std::string data) {
  return [=](Tree& tree) { tree[name] = data; };
}
Change swap(std::string name, std::string from, std::string to) {
  return [=](Tree& tree) { check_support::replace(tree[name], from, to); };
}
Change append(std::string name, std::string data) {
  return [=](Tree& tree) { tree[name] += data; };
}
// A file under this name, listed in both manifests as it is written there.
Change with(std::string name, std::string written) {
  return [=](Tree& tree) {
    tree[name] = "x";
    for (const std::string algorithm : {"sha256", "sha512"})
      tree["manifest-" + algorithm + ".txt"] += line(algorithm, written, "x");
  };
}
Change listed(std::string written) {  // in both manifests, and nowhere else
  return [=](Tree& tree) {
    for (const std::string algorithm : {"sha256", "sha512"})
      tree["manifest-" + algorithm + ".txt"] += line(algorithm, written, "x");
  };
}
Change both(Change one, Change two) {
  return [=](Tree& tree) {
    one(tree);
    two(tree);
  };
}

// Without its tag manifest: the changes are of one file each.
Verdict check_changed(const std::string& version, const Change& change) {
  Tree tree = bag(version);
  tree.erase("tagmanifest-sha256.txt");
  tree.erase("package-info.txt");
  tree.erase("bag-info.txt");
  change(tree);
  const Workshop workshop;
  return run(put_tree(workshop.path() / "tui", tree));
}

}  // namespace

TEST_CASE("a right bag of every version passes", "[package][bagit]") {
  for (const char* version : {"0.93", "0.94", "0.95", "0.96", "0.97", "1.0"}) {
    const Workshop workshop;
    const Verdict verdict = run(put_tree(workshop.path() / "tui", bag(version)));
    INFO(text_of(verdict));
    CHECK(verdict.passed());
    CHECK(verdict.findings.empty());
    CHECK(verdict.format == "BagIt " + std::string(version));
  }
}

TEST_CASE("bags that pass with something unusual", "[package][bagit]") {
  const std::string a = "data/a.txt", manifest = "manifest-sha256.txt";
  struct Case {
    const char *what, *version;
    Change change;
    const char* code;  // a warning, or none
  };
  const Case cases[] = {
      {"lines end with CRLF", "1.0",
       [](Tree& tree) {
         std::string text;
         for (const char c : tree["manifest-sha256.txt"])
           text += c == '\n' ? std::string("\r\n") : std::string(1, c);
         tree["manifest-sha256.txt"] = text;
       },
       nullptr},
      {"lines end with CR", "1.0",
       [](Tree& tree) {
         for (char& c : tree["manifest-sha256.txt"])
           if (c == '\n') c = '\r';
       },
       nullptr},
      {"no end of the last line", "1.0", [](Tree& tree) { tree["manifest-sha256.txt"].pop_back(); }, nullptr},
      {"capital digests", "1.0",
       [](Tree& tree) {
         std::string& text = tree["manifest-sha256.txt"];
         for (std::size_t i = 0; i < 64; ++i)
           text[i] = static_cast<char>(std::toupper(text[i]));
       },
       nullptr},
      {"a tab between", "0.97", swap(manifest, "  data/a", "\tdata/a"), nullptr},
      {"md5sum's asterisk", "0.97", swap(manifest, "  data/a", " *data/a"), "BAGIT-asterisk"},
      {"md5sum's asterisk", "0.96", swap(manifest, "  data/a", " *data/a"), "BAGIT-asterisk"},
      {"./ before the path", "0.96", swap(manifest, "  data/a", "  ./data/a"), "BAGIT-path"},
      {"listed in one manifest only", "0.97", swap("manifest-sha512.txt", line("sha512", a, "một"), ""),
       nullptr},
      {"the same line twice", "0.97", append(manifest, line("sha256", a, "một")), "BAGIT-duplicate"},
      {"a line feed in a name", "1.0", with("data/a\nb.txt", "data/a%0Ab.txt"), "VTLT-PATH-CONTROL"},
      {"a return in a name", "0.97", with("data/a\rb.txt", "data/a%0db.txt"), "VTLT-PATH-CONTROL"},
      {"a percent sign in a name", "1.0", with("data/100%.txt", "data/100%25.txt"), nullptr},
      {"a percent sign in a name", "0.97", with("data/100%25.txt", "data/100%25.txt"), nullptr},
      {"a space at the end of a name", "1.0", with("data/e ", "data/e "), "VTLT-PATH-WINDOWS"},
      {"a device of DOS", "1.0", with("data/AUX.txt", "data/AUX.txt"), "VTLT-PATH-WINDOWS"},
      {"a backslash in a name", "0.97", with("data/a\\b", "data/a\\b"), "VTLT-PATH-BACKSLASH"},
      {"names that differ in capitals", "1.0", with("data/A.txt", "data/A.txt"), "P44"},
      {"decomposed on the disk", "1.0", with("data/a\xCC\x80.txt", "data/\xC3\xA0.txt"),
       "BAGIT-normalization"},
      {"a tilde in a name", "0.97", with("data/~a.txt", "data/~a.txt"), nullptr},
      {"a bag in the bag", "1.0", with("data/bagit.txt", "data/bagit.txt"), nullptr},
      {"an algorithm that is not known, beside one that is", "1.0",
       set("manifest-whirlpool.txt", "00 data/a.txt\n00 data/b/c d.txt\n"), "BAGIT-algorithm"},
      {"tag files in Latin-1", "0.97",
       both(set("bagit.txt", "BagIt-Version: 0.97\nTag-File-Character-Encoding: ISO-8859-1\n"),
            set("bag-info.txt", "Contact-Name: Andr\xE9\n")),
       nullptr},
      {"fetched already", "1.0", set("fetch.txt", "http://example.org/a 5 data/a.txt\n"), nullptr},
      {"repeated labels", "1.0", set("bag-info.txt", "Contact-Name: A\nContact-Name: B\n"), nullptr},
      {"no colon in bag-info", "0.97", set("bag-info.txt", "không có nhãn\n"), "BAGIT-info"},
      {"a space before the colon", "0.97", set("bag-info.txt", "Contact-Name : A\n"), nullptr},
      {"a payload manifest not in the tag manifest", "0.97",
       [](Tree& tree) { tree["tagmanifest-sha256.txt"] = line("sha256", "bagit.txt", tree["bagit.txt"]); },
       nullptr},
      {"a percent sign as it is, which stands for nothing else", "1.0",
       with("data/100%.txt", "data/100%.txt"), "BAGIT-percent"},
      {"a percent sign as it is", "0.97", with("data/%7Ea.txt", "data/%7Ea.txt"), nullptr},
      {"spaces behind the value", "1.0", swap("bagit.txt", "UTF-8", "UTF-8 "), "BAGIT-declaration"},
      {"spaces before the colon", "0.97", swap("bagit.txt", "Version:", "Version :"), nullptr},
      {"a manifest with capitals in its name", "1.0",
       [](Tree& tree) {
         tree["manifest-SHA512.txt"] = tree["manifest-sha512.txt"];
         tree.erase("manifest-sha512.txt");
       },
       "BAGIT-algorithm"},
      {"two manifests of one algorithm", "0.97",
       [](Tree& tree) { tree["manifest-SHA-512.txt"] = tree["manifest-sha512.txt"]; }, "BAGIT-algorithm"},
      {"a Payload-Oxum that goes on in the next line", "0.97", set("bag-info.txt", "Payload-Oxum:\n  8.2\n"),
       nullptr},
  };
  for (const Case& one : cases) {
    const Verdict verdict = check_changed(one.version, one.change);
    INFO(one.what << " (" << one.version << ")\n" << text_of(verdict));
    CHECK(verdict.passed());
    if (one.code != nullptr) CHECK(has(verdict, one.code, Level::warning));
    for (const vtlt::Finding& finding : verdict.findings)
      CHECK((one.code != nullptr && finding.code == one.code));
  }
}

TEST_CASE("bags that fail in one point", "[package][bagit]") {
  const std::string a = "data/a.txt", manifest = "manifest-sha256.txt";
  struct Case {
    const char *what, *version;
    Change change;
    const char* code;
  };
  const Case cases[] = {
      {"a space before the first line", "1.0",
       set("bagit.txt", " BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"), "BAGIT-declaration"},
      {"a space before the first line", "0.97",
       set("bagit.txt", " BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n"), "BAGIT-declaration"},
      {"lines the other way round", "1.0",
       set("bagit.txt", "Tag-File-Character-Encoding: UTF-8\nBagIt-Version: 1.0\n"), "BAGIT-declaration"},
      {"a third line", "1.0", append("bagit.txt", "X: y\n"), "BAGIT-declaration"},
      {"a version to come", "1.0", swap("bagit.txt", "1.0", "2.0"), "BAGIT-version"},
      {"an encoding that is none", "1.0", swap("bagit.txt", "UTF-8", "chữ quốc ngữ"), "BAGIT-encoding"},
      {"a mark at the start", "1.0",
       swap("bagit.txt", "BagIt",
            "\xEF\xBB\xBF"
            "BagIt"),
       "BAGIT-bom"},
      {"no payload folder", "1.0",
       [](Tree& tree) {
         std::erase_if(tree, [](const auto& file) { return file.first.starts_with("data/"); });
       },
       "BAGIT-payload"},
      {"no manifest", "1.0",
       [](Tree& tree) {
         tree.erase("manifest-sha256.txt");
         tree.erase("manifest-sha512.txt");
       },
       "BAGIT-manifest"},
      {"a space before the colon of the first line", "1.0", swap("bagit.txt", "Version:", "Version :"),
       "BAGIT-declaration"},
      {"no space behind a colon of bagit.txt", "1.0", swap("bagit.txt", "Encoding: ", "Encoding:"),
       "BAGIT-declaration"},
      {"a payload manifest not in the tag manifest", "1.0",
       [](Tree& tree) { tree["tagmanifest-sha256.txt"] = line("sha256", "bagit.txt", tree["bagit.txt"]); },
       "BAGIT-tagmanifest"},
      {"%25 that means itself", "1.0", with("data/a%25b.txt", "data/a%25b.txt"), "BAGIT-percent"},
      {"two manifests of one algorithm", "1.0",
       [](Tree& tree) { tree["manifest-SHA-512.txt"] = tree["manifest-sha512.txt"]; }, "BAGIT-algorithm"},
      {"not listed by a manifest whose digests are not known", "1.0",
       set("manifest-whirlpool.txt", "00 data/a.txt\n"), "BAGIT-extra"},
      {"listed by such a one, not there", "0.97", set("manifest-whirlpool.txt", "00 data/x\n"),
       "BAGIT-missing"},
      {"upwards in such a one", "0.97", set("manifest-whirlpool.txt", "00 data/../../x\n"), "BAGIT-path"},
      {"fetched from no absolute address", "1.0", set("fetch.txt", "127.0.0.1:80/a 5 data/a.txt\n"),
       "BAGIT-fetch"},
      {"listed in one manifest only", "1.0", swap("manifest-sha512.txt", line("sha512", a, "một"), ""),
       "BAGIT-extra"},
      {"the same line twice", "1.0", append(manifest, line("sha256", a, "một")), "BAGIT-duplicate"},
      {"twice with two digests", "0.97", append(manifest, line("sha256", a, "khác")), "BAGIT-duplicate"},
      {"not listed", "0.93", set("data/them.txt", "x"), "BAGIT-extra"},
      {"listed, not there", "0.93", listed("data/khong-co.txt"), "BAGIT-missing"},
      {"changed", "0.94", set(a, "khác"), "BAGIT-checksum"},
      {"a digest too short", "0.95", append(manifest, "00  data/a.txt\n"), "BAGIT-line"},
      {"a wrong Payload-Oxum", "0.95", set("package-info.txt", "Payload-Oxum: 1.1\n"), "BAGIT-oxum"},
      {"a wrong Payload-Oxum", "1.0", set("bag-info.txt", "Payload-Oxum: 1.1\n"), "BAGIT-oxum"},
      {"a Payload-Oxum that is none", "1.0", set("bag-info.txt", "Payload-Oxum: nhiều\n"), "BAGIT-oxum"},
      {"no space behind the colon", "1.0", set("bag-info.txt", "Contact-Name:A\n"), "BAGIT-info"},
      {"a space before the colon", "1.0", set("bag-info.txt", "Contact-Name : A\n"), "BAGIT-info"},
      {"no colon", "1.0", set("bag-info.txt", "không có nhãn\n"), "BAGIT-info"},
      {"bytes that are not of the encoding", "1.0", set("bag-info.txt", "Contact-Name: Andr\xE9\n"),
       "BAGIT-encoding"},
      {"an absolute path", "0.97", listed("/etc/passwd"), "BAGIT-path"},
      {"a path upwards", "0.97", listed("data/../../x"), "BAGIT-path"},
      {"the home folder", "0.97", listed("~/x"), "BAGIT-path"},
      {"another's home folder", "0.97", listed("~root/x"), "BAGIT-path"},
      {"a variable of the shell", "0.97", listed("$HOME/x"), "BAGIT-path"},
      {"a drive", "0.97", listed("C:\\Windows\\x"), "BAGIT-path"},
      {"a backslash upwards", "0.97", listed("..\\x"), "BAGIT-path"},
      {"a backslash upwards, from data", "0.97", listed("data\\..\\..\\x"), "BAGIT-path"},
      {"a tag file in a payload manifest", "1.0", listed("bagit.txt"), "BAGIT-path"},
      {"upwards in the tag manifest", "1.0", set("tagmanifest-sha256.txt", line("sha256", "../x", "x")),
       "BAGIT-path"},
      {"home in the tag manifest", "1.0", set("tagmanifest-sha256.txt", line("sha256", "~/x", "x")),
       "BAGIT-path"},
      {"payload in the tag manifest", "1.0", set("tagmanifest-sha256.txt", line("sha256", a, "một")),
       "BAGIT-tagmanifest"},
      {"a tag file changed", "0.97", set("tagmanifest-sha256.txt", line("sha256", "bagit.txt", "x")),
       "BAGIT-checksum"},
      {"still to be fetched", "1.0",
       both(set("fetch.txt", "http://example.org/x 1 data/x\n"), listed("data/x")), "BAGIT-fetch"},
      {"to be fetched, in no manifest", "1.0", set("fetch.txt", "http://example.org/x 1 data/x\n"),
       "BAGIT-fetch"},
      {"to be fetched to the outside", "0.97", set("fetch.txt", "http://example.org/x 1 data/../../x\n"),
       "BAGIT-path"},
      {"to be fetched to the root", "0.97", set("fetch.txt", "http://example.org/x - /etc/x\n"),
       "BAGIT-path"},
      {"to be fetched to the home folder", "0.97", set("fetch.txt", "http://example.org/x - ~/x\n"),
       "BAGIT-path"},
      {"no line of fetch.txt", "0.97", set("fetch.txt", "data/a.txt\n"), "BAGIT-fetch"},
  };
  for (const Case& one : cases) {
    const Verdict verdict = check_changed(one.version, one.change);
    INFO(one.what << " (" << one.version << ")\n" << text_of(verdict));
    CHECK_FALSE(verdict.passed());
    CHECK(has(verdict, one.code, Level::error));
    CHECK(verdict.kind == Found::bagit);
  }
}

TEST_CASE("a bag of an algorithm not known here has no verdict", "[package][bagit]") {
  const Verdict verdict = check_changed("1.0", [](Tree& tree) {
    tree.erase("manifest-sha256.txt");
    tree.erase("manifest-sha512.txt");
    tree["manifest-whirlpool.txt"] = "00  data/a.txt\n";
  });
  INFO(text_of(verdict));
  CHECK_FALSE(verdict.complete);
  CHECK_FALSE(verdict.passed());
  CHECK(has(verdict, "BAGIT-algorithm", Level::warning));
}

TEST_CASE("a bag of a million holes is judged soon", "[package][bagit]") {
  const Verdict verdict = check_changed("1.0", [](Tree& tree) {
    std::string &fetch = tree["fetch.txt"], &manifest = tree["manifest-sha256.txt"];
    for (int i = 0; i < 100'000; ++i) {
      fetch += "http://example.org/x 1 data/" + std::to_string(i) + "\n";
      manifest += std::string(64, '0') + "  data/" + std::to_string(i) + "\n";
    }
  });
  CHECK_FALSE(verdict.passed());
  CHECK(has(verdict, "BAGIT-fetch", Level::error));
}

TEST_CASE("a manifest that repeats itself without end is told once", "[package][bagit]") {
  const Verdict verdict = check_changed("0.97", [](Tree& tree) {
    const std::string one = line("sha256", "data/a.txt", "một");
    for (int i = 0; i < 100'000; ++i)
      tree["manifest-sha256.txt"] += one;
  });
  CHECK_FALSE(verdict.passed());
  CHECK(has(verdict, "BAGIT-duplicate", Level::error));
}

TEST_CASE("names of a bag that do not come out of an archive as they are", "[package][bagit][P44]") {
  struct Case {
    std::vector<const char*> names;
    const char* code;
    std::optional<Level> folder, archive;
  };
  const Case cases[] = {
      {{"data/bien ban", "data/Bien ban"}, "P44", Level::warning, Level::error},
      {{"data/stra\xC3\x9F"
        "e",
        "data/STRASSE"},
       "P44",
       Level::warning,
       Level::error},
      {{"data/\xEF\xAC\x81n", "data/FIN"}, "P44", Level::warning, Level::error},
      {{"data/a b", "data/a  b"}, "P44", {}, {}},
      {{"data/đ", "data/ð"}, "P44", {}, {}},
      {{"data/a\\b"}, "VTLT-PATH-BACKSLASH", Level::warning, Level::error},
      {{"data/a\nb"}, "VTLT-PATH-CONTROL", Level::warning, Level::error},
      {{"data/a;1"}, "VTLT-PATH-VERSION", {}, Level::warning},
      {{"data/a;"}, "VTLT-PATH-VERSION", {}, Level::warning},
      {{"data/;1"}, "VTLT-PATH-VERSION", {}, Level::error},
      {{"data/a;b"}, "VTLT-PATH-VERSION", {}, {}},
      {{"data/a\xE2\x80\x8B.pdf"}, "VTLT-PATH-CONTROL", Level::error, Level::error},
      {{"data/\xEF\xBB\xBF"
        "a.pdf"},
       "VTLT-PATH-CONTROL",
       Level::error,
       Level::error},
      {{"data/a\xF3\xA0\x80\xA1.pdf"}, "VTLT-PATH-CONTROL", Level::error, Level::error},
      {{"data/conin$.txt"}, "VTLT-PATH-WINDOWS", Level::warning, Level::warning},
      {{"data/com0"}, "VTLT-PATH-WINDOWS", Level::warning, Level::warning},
      {{"data/lpt\xC2\xB9.a"}, "VTLT-PATH-WINDOWS", Level::warning, Level::warning},
      {{"data/com10", "data/lpt", "data/com\xC2\xBD", "data/con in$"}, "VTLT-PATH-WINDOWS", {}, {}},
  };
  for (const Case& one : cases)
    for (const bool archive : {false, true}) {
      vtlt::package::EntryTable entries;
      for (const char* name : one.names)
        entries.add(name, vtlt::package::EntryKind::file, 1, 0);
      entries.settle();
      vtlt::package::Report report("tui");
      vtlt::package::check_names(entries, {true, archive}, report);
      const auto findings = report.take(false);
      INFO(one.names.front() << " " << archive);
      const auto expected = archive ? one.archive : one.folder;
      REQUIRE(findings.size() == (expected ? 1 : 0));
      if (!expected) continue;
      CHECK(findings[0].code == one.code);
      CHECK(findings[0].level == *expected);
    }
}

TEST_CASE("names that unzip makes equal", "[package][bagit][P44]") {
  for (const char* name : {"data/a.txt;1", "data/a.txt;"}) {
    vtlt::package::EntryTable entries;
    entries.add("data/a.txt", vtlt::package::EntryKind::file, 1, 0);
    entries.add(name, vtlt::package::EntryKind::file, 1, 0);
    entries.settle();
    vtlt::package::Report report("tui");
    vtlt::package::check_names(entries, {true, true}, report);
    const auto findings = report.take(false);
    CHECK(std::any_of(findings.begin(), findings.end(), [](const vtlt::Finding& finding) {
      return finding.code == "P44" && finding.level == Level::error;
    }));
  }
}

TEST_CASE("a fetch.txt without end is not kept in memory", "[package][bagit][hostile]") {
  const auto check_fetch = [](const std::string& fetch) {
    return check_changed("1.0", set("fetch.txt", fetch));
  };
  const auto says = [](const Verdict& verdict, const char* key) {
    return std::any_of(verdict.findings.begin(), verdict.findings.end(), [&](const vtlt::Finding& finding) {
      return finding.message.key == std::string("package.check.") + key && finding.level == Level::error;
    });
  };
  CHECK(says(check_fetch("https://x/ 1 data/" + std::string(5000, 'a') + "\n"), "path.length"));
  std::string many;
  for (int i = 0; i < 20'000; ++i)
    many += "https://x/ 1 data/" + std::to_string(i) + std::string(4000, 'a') + "\n";
  CHECK(says(check_fetch(many), "bag.fetchmany"));
  CHECK_FALSE(says(check_fetch(many.substr(0, many.size() / 2)), "bag.fetchmany"));
}

TEST_CASE("control characters in what a bag says of itself", "[package][bagit]") {
  const auto info = check_changed("1.0", set("bag-info.txt", "Contact-Name: a\x1b[2Jb\n"));
  CHECK(has(info, "BAGIT-info", Level::warning));
  CHECK_FALSE(has(check_changed("1.0", set("bag-info.txt", "Contact-Name: a\tb\n")), "BAGIT-info"));
  const auto fetch = check_changed("1.0", set("fetch.txt", "https://x/\x1b[2J 3 data/a.txt\n"));
  CHECK(has(fetch, "BAGIT-fetch", Level::error));
}

TEST_CASE("a long name is an error only where the name has to be short", "[package][bagit][P44]") {
  std::string name = "data/";
  for (int i = 0; i < 100; ++i)
    name += "\xE1\xBB\x9D";  // ờ
  for (const bool bag : {true, false}) {
    vtlt::package::EntryTable entries;
    entries.add(name, vtlt::package::EntryKind::file, 1, 0);
    entries.settle();
    vtlt::package::Report report("tui");
    vtlt::package::check_names(entries, {bag, false}, report);
    const auto findings = report.take(false);
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].code == "VTLT-PATH-LENGTH");
    CHECK(findings[0].level == (bag ? Level::warning : Level::error));
  }
}
