// What the computer files of a package are, against what is said of them.
#include <catch2/catch.hpp>

#include "check_support.h"
#include "sample_contents.h"

using namespace vtlt::package;
using namespace check_support;
using vtlt::Level;

namespace {

Verdict look(const Maker& maker, const CheckOptions& options) {
  const Workshop workshop;
  return run(put_tree(workshop.path() / maker.folder(), maker.make_copy()), options);
}

CheckOptions quick() {
  CheckOptions options;
  options.content = ContentDepth::quick;
  return options;
}

CheckOptions deep() {
  CheckOptions options;
  options.content = ContentDepth::deep;
  return options;
}

std::function<void(Tree&)> content(const std::string& name, const std::string& bytes) {
  return [=](Tree& tree) {
    if (name != "1.pdf") tree.erase("representations/rep1/data/1.pdf");
    tree["representations/rep1/data/" + name] = bytes;
  };
}

std::function<void(std::string&)> swap(std::string from, std::string to) {
  return [=](std::string& text) { replace(text, from, to); };
}

}  // namespace

TEST_CASE("right contents say nothing, and are counted", "[package][content][D23]") {
  const Verdict verdict = look({}, quick());
  INFO(text_of(verdict));
  CHECK(verdict.passed());
  for (const auto& finding : verdict.findings)
    CHECK(finding.level == Level::note);
  CHECK(verdict.contents.files == 2);
  CHECK(verdict.contents.looked == 2);
  CHECK(verdict.contents.in_part == 0);
  CHECK(verdict.contents.pdf == 2);
  CHECK(verdict.contents.pdfa == 0);
  CHECK(verdict.contents.pages_unknown == 0);
  CHECK(look({}, {}).contents.looked == 0);
}

TEST_CASE("contents are compared with their names", "[package][content][D23]") {
  struct Case {
    std::string name, bytes, code;
    Level level;
  };
  const std::string pdf = make_pdf(3);
  const Case cases[] = {
      {"1.pdf", "", "VTLT-CONTENT-empty", Level::error},
      {"1.pdf", pdf.substr(0, pdf.size() - 20), "VTLT-CONTENT-truncated", Level::error},
      {"1.pdf", make_jpeg(300), "VTLT-CONTENT-type", Level::error},
      {"1.pdf", "chỉ là chữ\n", "VTLT-CONTENT-type", Level::error},
      {"1.pdf", std::string("\1\2\3", 3), "VTLT-CONTENT-type", Level::error},
      {"1.jpg", pdf, "VTLT-CONTENT-type", Level::error},
      {"1.jpg", make_jpeg(300).substr(0, 40), "VTLT-CONTENT-truncated", Level::error},
      {"1.docx", "PK\x03\x04 word/document.xml", "VTLT-CONTENT-truncated", Level::error},
      {"1.docx", "PK\x03\x04 xl/workbook.xml PK\x05\x06", "VTLT-CONTENT-type", Level::error},
      {"1.docx", "PK\x03\x04 la.txt PK\x05\x06", "VTLT-CONTENT-type", Level::error},
      {"1.doc", "{\\rtf1 a}", "VTLT-CONTENT-type", Level::warning},
      {"1.txt", std::string("a\0b", 3), "VTLT-CONTENT-type", Level::warning},
      {"1.txt", pdf, "VTLT-CONTENT-type", Level::error},
      {"1.pdf", "%PDF-1.7\n1 0 obj <</Type/Page>> endobj\nstartxref\n5\n%%EOF\n", "VTLT-CONTENT-pdf",
       Level::warning},
      {"1.pdf", make_pdf(3, "", " /Encrypt 9 0 R"), "VTLT-CONTENT-encrypted", Level::warning},
      {"1.pdf", make_pdf(4), "TT05-EAD-numberOfPage", Level::warning},
  };
  for (const Case& one : cases) {
    Maker maker;
    maker.before_mets = content(one.name, one.bytes);
    const Verdict verdict = look(maker, quick());
    INFO(one.name << " " << one.code << "\n" << text_of(verdict));
    CHECK(has(verdict, one.code, one.level));
    CHECK_FALSE(has(look(maker, {}), one.code));  // not without looking
  }
}

TEST_CASE("contents that are what they are called pass", "[package][content]") {
  const std::pair<const char*, std::string> cases[] = {
      {"1.jpg", make_jpeg(72)},
      {"1.docx", "PK\x03\x04 word/document.xml PK\x05\x06"},
      {"1.txt", "chữ"},
      {"1.csv", "a;b\n"},
      {"1.htm", "<html><p>"},
      {"1.mp3", std::string("\1\2\3", 3)},
      {"1.mp4", std::string("\0\0\0\x18"
                            "ftypmp42",
                            12)},
  };
  for (const auto& [name, bytes] : cases) {
    Maker maker;
    maker.before_mets = content(name, bytes);
    const Verdict verdict = look(maker, quick());
    INFO(name << "\n" << text_of(verdict));
    CHECK_FALSE(has(verdict, "VTLT-CONTENT-type"));
    CHECK_FALSE(has(verdict, "VTLT-CONTENT-truncated"));
    CHECK_FALSE(has(verdict, "VTLT-CONTENT-resolution"));  // nothing says that it was digitised
  }
}

TEST_CASE("METS and content name the same type", "[package][content]") {
  Maker maker;
  maker.rep1_mets = swap("MIMETYPE=\"application/pdf\"", "MIMETYPE=\"image/png\"");
  const Verdict verdict = look(maker, quick());
  INFO(text_of(verdict));
  CHECK(has(verdict, "VTLT-CONTENT-mimetype", Level::warning));
}

TEST_CASE("what was digitised is PDF/A, sharp and open", "[package][content][D23]") {
  struct Case {
    std::string name, bytes;
    const char* code;
    Level level;
  };
  const Case cases[] = {
      {"1.pdf", make_pdf(3), "VTLT-CONTENT-pdfa", Level::error},
      {"1.pdf", make_pdf(3, pdfa_claim("2", "B"), " /Encrypt 9 0 R"), "VTLT-CONTENT-encrypted", Level::error},
      {"1.pdf", make_pdf(3, pdfa_claim("2", "B")), nullptr, Level::note},
  };
  for (const Case& one : cases) {
    Maker maker;
    maker.before_mets = content(one.name, one.bytes);
    maker.first_document = swap("<confidenceLevel>01", "<confidenceLevel>02");
    const Verdict verdict = look(maker, quick());
    INFO((one.code == nullptr ? "" : one.code) << "\n" << text_of(verdict));
    if (one.code != nullptr)
      CHECK(has(verdict, one.code, one.level));
    else
      CHECK(verdict.passed());
    CHECK(verdict.contents.pdf == 2);
  }
  // The whole file is digitised; METS says nothing of the image's document.
  Maker maker;
  maker.file_record = [](std::string& text) {
    replace(text, "<confidenceLevel>01", "<confidenceLevel>02");
    replace(text, "<paperFileCode>", "<paperFileCode>LTLS.1.2.3");
  };
  maker.before_mets = [](Tree& tree) { tree["representations/rep1/data/a.jpg"] = make_jpeg(150); };
  CHECK(has(look(maker, quick()), "VTLT-CONTENT-resolution", Level::warning));
}

TEST_CASE("of large contents both ends are looked at, deeper on demand", "[package][content]") {
  // The table of objects in the middle is out of sight; what follows it is a comment.
  const std::string large = make_pdf(4, pdfa_claim("2", "B")) + "%" + std::string(3 << 20, ' ') + "\n%%EOF\n";
  std::string spread = std::string("%PDF-1.7\n%") + std::string(3 << 20, ' ') + "\n";
  {
    const std::string inner = make_pdf(4);
    spread += inner.substr(9);  // its offsets are wrong now: broken, once it is held whole
  }
  Maker maker;
  maker.before_mets = content("1.pdf", spread);
  const Verdict part = look(maker, quick());
  INFO(text_of(part));
  CHECK(part.contents.in_part == 1);
  const Verdict whole = look(maker, deep());
  INFO(text_of(whole));
  CHECK(whole.contents.in_part == 0);
  CHECK(has(whole, "VTLT-CONTENT-pdf", Level::warning));
  maker.before_mets = content("1.pdf", large);
  CHECK(look(maker, quick()).contents.in_part == 1);
}

TEST_CASE("what is no format of ours is named by a guess, and judged without it", "[package][content]") {
  const std::string database("SQLite format 3\0\x10\0\1\1\0\x40\x20\x20", 24);
  Maker maker;
  maker.before_mets = content("1.pdf", database);
  const Verdict named = look(maker, quick());
  INFO(text_of(named));
  CHECK(has(named, "VTLT-CONTENT-type", Level::error));
  CHECK(text_of(named).find("application/vnd.sqlite3") != std::string::npos);
  CHECK(named.contents.unknown == 1);
  maker.before_mets = content("1.mp3", database);
  CHECK_FALSE(has(look(maker, quick()), "VTLT-CONTENT-type"));
}

TEST_CASE("deep, the pages of a PDF are counted and its damage is told", "[package][content][D23]") {
  std::string pdf = make_pdf(3);
  replace(pdf, "/Count 3", "/Count 9");
  Maker maker;
  maker.before_mets = content("1.pdf", pdf);
  CHECK(has(look(maker, quick()), "TT05-EAD-numberOfPage"));
  const Verdict right = look(maker, deep());
  INFO(text_of(right));
  CHECK_FALSE(has(right, "TT05-EAD-numberOfPage"));
  CHECK_FALSE(has(right, "VTLT-CONTENT-pdf"));

  std::string damaged = make_pdf(3);
  replace(damaged, "5 0 R", "9 0 R");
  maker.before_mets = content("1.pdf", damaged);
  CHECK_FALSE(has(look(maker, quick()), "VTLT-CONTENT-pdf"));
  const Verdict told = look(maker, deep());
  INFO(text_of(told));
  CHECK(has(told, "VTLT-CONTENT-pdf", Level::warning));
  CHECK(text_of(told).find("qpdf") != std::string::npos);

  // qpdf finds its way past what stands before the header.
  maker.before_mets = content("1.pdf", std::string(100, 'x') + "\n" + make_pdf(3));
  for (const auto& options : {quick(), deep()}) {
    const Verdict shifted = look(maker, options);
    INFO(text_of(shifted));
    CHECK(has(shifted, "VTLT-CONTENT-pdf", Level::warning));
    CHECK(text_of(shifted).find("qpdf") == std::string::npos);
  }

  maker.before_mets = content("1.pdf", make_pdf(3, "", " /Encrypt <</Filter /Adobe.PubSec /V 4>>"));
  CHECK(has(look(maker, deep()), "VTLT-CONTENT-encrypted", Level::warning));
}

TEST_CASE("contents of a ZIP are looked at as those of a folder", "[package][content]") {
  Maker maker;
  maker.before_mets = content("1.pdf", "");
  const Workshop workshop;
  put(workshop.path() / "goi.zip", make_zip(maker.folder(), maker.make_copy()));
  CHECK(has(run(workshop.path() / "goi.zip", quick()), "VTLT-CONTENT-empty", Level::error));
}
