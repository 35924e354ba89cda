// Files made to do harm: refused or remarked on, in bounded memory, never followed.
#include <fstream>
#include <random>

#include "edxml_messages.h"

using namespace vtlt;
using namespace vtlt::exchange;
using messages::attachment;
using messages::edited;
using messages::good;
using messages::kContent;
using messages::read;
using messages::refusal;
using messages::said;
using messages::with_zip;
using messages::zip;
using Keys = std::vector<std::string>;

namespace {

std::string with_doctype(const std::string& doctype, const std::string& use) {
  return edited(good(), {{"<e:edXML ", doctype + "<e:edXML "}, {"V/v thu", use + " thu"}});
}

long resident() {
  long all = 0, held = 0;
  std::ifstream("/proc/self/statm") >> all >> held;
  return held;
}

}  // namespace

TEST_CASE("no DTD, no entity, nothing fetched", "[exchange][edxml][hostile]") {
  std::string laughs = "<!DOCTYPE e:edXML [<!ENTITY a \"ha\">";
  for (char c = 'b'; c <= 'k'; ++c) {
    laughs += std::string("<!ENTITY ") + c + " \"";
    for (int i = 0; i < 10; ++i)
      laughs += std::string("&") + char(c - 1) + ";";
    laughs += "\">";
  }
  CHECK(refusal(with_doctype(laughs + "]>", "&k;")) == "VTLT-EDXML-02");
  CHECK(refusal(with_doctype("<!DOCTYPE e:edXML [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>", "&x;")) ==
        "VTLT-EDXML-02");
  CHECK(refusal(with_doctype("<!DOCTYPE e:edXML SYSTEM \"http://127.0.0.1:9/x.dtd\">", "")) ==
        "VTLT-EDXML-02");
  CHECK(refusal(with_doctype("<!DOCTYPE e:edXML>", "")) == "VTLT-EDXML-02");
  CHECK(refusal(with_doctype("<!DOCTYPE e:edXML [<!ENTITY % p SYSTEM \"http://127.0.0.1:9/p\"> %p;]>", "")) ==
        "VTLT-EDXML-02");
  CHECK(refusal(edited(good(), {{"V/v", "&x;"}})) == "VTLT-EDXML-01");
  CHECK(read(edited(good(), {{"V/v", "&#86;&lt;v"}})).message.subject.starts_with("V<v thu"));
}

TEST_CASE("what is no edXML is refused with its line", "[exchange][edxml][hostile]") {
  CHECK(refusal("") == "VTLT-EDXML-01");
  CHECK(refusal("Số,Ngày\n") == "VTLT-EDXML-01");
  CHECK(refusal(good().substr(0, good().size() / 2)) == "VTLT-EDXML-01");
  CHECK(refusal(good() + "<x/>") == "VTLT-EDXML-01");
  CHECK(refusal(std::string(kContent) + '\0') == "VTLT-EDXML-01");
  CHECK(refusal(edited(good(), {{"Tam Lãng", "Tam L\xC3ng"}})) == "VTLT-EDXML-01");
  CHECK(refusal("<html><body/></html>") == "VTLT-EDXML-04");
  CHECK(refusal("<edXML xmlns=\"urn:other\"/>") == "VTLT-EDXML-04");
  CHECK(refusal("<edXML xmlns=\"http://www.e-doc.vn/Schema/\"/>") == "VTLT-EDXML-04");
  CHECK(refusal("<E:Envelope xmlns:E=\"http://schemas.xmlsoap.org/soap/envelope/\"/>") == "VTLT-EDXML-04");
  CHECK_FALSE(looks_like_edxml("PK\x03\x04"));
  CHECK_FALSE(looks_like_edxml("Số đến,Ngày đến"));
  try {
    read(edited(good(), {{"</e:Subject>", "</e:Sub>"}}), {"a.edxml", {}, nullptr, {}});
    FAIL("read");
  } catch (const Error& error) {
    CHECK(error.path() == "a.edxml");
    CHECK(error.line() == 9);
  }
}

TEST_CASE("numbers in a file allocate nothing", "[exchange][edxml][hostile]") {
  const auto reading = read(edited(good(), {{"<e:PageAmount>3", "<e:PageAmount>18446744073709551616"},
                                            {"<e:Priority>1", "<e:Priority>1e9"},
                                            {">87</e:CodeNumber>", ">99999999999999999999</e:CodeNumber>"}}));
  CHECK(said(reading.findings) ==
        Keys{"warning edxml.number-bad", "warning edxml.number-bad", "error edxml.document-id-differs"});
  CHECK(to_list_row(reading).document.pages == 0);
  CHECK(to_list_row(reading).entry.own.written == "99999999999999999999/UBND-VP");
}

TEST_CASE("depth, text and lists have limits", "[exchange][edxml][hostile]") {
  std::string deep;
  for (int i = 0; i < 300; ++i)
    deep += "<e:X>";
  CHECK(refusal(edited(good(), {{"<e:Subject>", deep}})) == "VTLT-EDXML-03");
  EdxmlOptions small;
  small.limits.text = 4096;
  CHECK(refusal(good(), small) == "");
  CHECK(refusal(edited(good(), {{"V/v", std::string(5000, 'a')}}), small) == "VTLT-EDXML-03");
  CHECK(refusal(edited(good(), {{"<e:Subject>", "<e:X>" + std::string(5000, 'a') + "</e:X><e:Subject>"}}),
                small) == "VTLT-EDXML-03");
  CHECK(refusal(edited(good(), {{"<e:Subject>", "<e:X a=\"" + std::string(5000, 'a') + "\"/><e:Subject>"}}),
                small) == "VTLT-EDXML-03");
  // Contents do not count as text.
  CHECK(refusal(edited(good(), {{attachment("a1", "87.pdf", kContent),
                                 attachment("a1", "87.pdf", std::string(50000, 'a'))}}),
                small) == "");
  std::string many;
  for (int i = 0; i < 10'001; ++i)
    many += "<e:To/>";
  CHECK(refusal(edited(good(), {{"<e:To>", many + "<e:To>"}})) == "VTLT-EDXML-03");
  many.clear();
  for (int i = 0; i < 10'001; ++i)
    many += "<e:Code/>";
  CHECK(refusal(edited(good(), {{"<e:Code>", many + "<e:Code>"}})) == "VTLT-EDXML-03");
  EdxmlOptions tiny;
  tiny.limits.message = 1000;
  CHECK(refusal(good(), tiny) == "VTLT-EDXML-03");
  tiny = {};
  tiny.limits.contents = 10;
  CHECK(refusal(good(), tiny) == "VTLT-EDXML-03");
  tiny = {};
  tiny.limits.content = 10;
  CHECK(said(read(good(), tiny).findings) == Keys{"error edxml.content-too-large"});
}

TEST_CASE("base64 that is none", "[exchange][edxml][hostile]") {
  const std::string right = base64(kContent);
  const auto with = [&](const std::string& text) {
    return edited(good(), {{">" + right + "<", ">" + text + "<"}});
  };
  REQUIRE(right.ends_with("="));
  for (const std::string& bad :
       {"!" + right, right + "AAAA", right.substr(0, 9), "=" + right, std::string("A"), std::string("AA==="),
        std::string("AAA=="), std::string("Nội dung"), right + "=", std::string("A-_A")}) {
    CAPTURE(bad);
    const auto reading = read(with(bad));
    CHECK(said(reading.findings) == Keys{"error edxml.base64-bad"});
    CHECK_FALSE(reading.message.attachments[0].sound);
    CHECK(reading.message.attachments[0].sha256.empty());
    CHECK(messages::contents(with(bad), reading).contents.empty());
  }
  std::string spaced;
  for (const char c : right)
    spaced += std::string(1, c) + "\r\n\t ";
  CHECK(said(read(with(spaced)).findings).empty());
  CHECK(said(read(with(right.substr(0, right.find('=')))).findings).empty());  // without padding
  CHECK(said(read(with("<![CDATA[" + right + "]]>")).findings).empty());
  CHECK(said(read(with("")).findings) == Keys{"warning edxml.content-empty"});
}

TEST_CASE("zips: one file is taken out, others stay what they are", "[exchange][edxml][P39]") {
  const std::string one = zip({{"gi_do.pdf", kContent}}), two = zip({{"a", "1"}, {"b", "2"}});
  auto reading = read(with_zip(one));
  CHECK(said(reading.findings).empty());
  CHECK(reading.message.attachments[0].zipped);
  CHECK(reading.message.attachments[0].sha256 == sha256(kContent).hex());
  CHECK(messages::contents(with_zip(one), reading).contents.at(0) == kContent);

  // A zip for its own sake.
  reading = read(with_zip(two, "ho-so.zip"));
  CHECK(said(reading.findings).empty());
  CHECK_FALSE(reading.message.attachments[0].zipped);
  CHECK(messages::contents(with_zip(two, "ho-so.zip"), reading).contents.at(0) == two);
  CHECK_FALSE(read(with_zip(two)).message.attachments[0].zipped);
  CHECK_FALSE(read(with_zip(one, "ho-so.ZIP")).message.attachments[0].zipped);
  const std::string twice = zip({{"ho-so.zip", two}});
  CHECK(read(with_zip(twice, "ho-so.zip")).message.attachments[0].sha256 == sha256(two).hex());

  reading = read(with_zip(kContent));
  CHECK(said(reading.findings) == Keys{"warning edxml.not-a-zip"});
  CHECK(reading.message.attachments[0].sha256 == sha256(kContent).hex());
  CHECK(read(with_zip(zip({{"a.pdf", kContent}}, "zip:compression=store"))).message.attachments[0].zipped);
  const std::string folder = zip({{"thu-muc/", ""}, {"thu-muc/87.pdf", kContent}});
  CHECK(read(with_zip(folder)).message.attachments[0].sha256 == sha256(kContent).hex());
}

TEST_CASE("zips made to do harm", "[exchange][edxml][hostile]") {
  const auto trouble = [](const std::string& bytes) {
    const auto reading = read(with_zip(bytes));
    CHECK_FALSE(reading.message.attachments[0].sound);
    CHECK(messages::contents(with_zip(bytes), reading).contents.empty());
    return said(reading.findings);
  };
  for (const char* name : {"../87.pdf", "a/../../87.pdf", "/etc/cron.d/x", "C:\\x.pdf", "..\\87.pdf"}) {
    CAPTURE(name);
    CHECK(trouble(zip({{name, kContent}})) == Keys{"error edxml.zip-path"});
  }
  // 60 MB of nothing in 60 KB; in little pieces so that the first look is harmless.
  std::string bomb = zip({{"87.pdf", std::string(60u << 20, '\0')}});
  CHECK(bomb.size() < 100'000);
  CHECK(trouble(bomb) == Keys{"error edxml.zip-bomb"});

  std::string damaged = zip({{"87.pdf", std::string(3000, 'x') + kContent}}, "zip:compression=store");
  damaged[1500] = 'y';  // its CRC does not fit any more
  CHECK(trouble(damaged) == Keys{"error edxml.zip-damaged"});
  const std::string whole = zip({{"87.pdf", kContent + kContent + kContent}});
  CHECK(trouble(whole.substr(0, 60)) == Keys{"error edxml.zip-damaged"});
  CHECK(trouble("PK") == Keys{"error edxml.zip-damaged"});
  CHECK(trouble("PK\x03\x04" + std::string(200, '\xFF')) == Keys{"error edxml.zip-damaged"});

  std::string method = zip({{"87.pdf", kContent}}, "zip:compression=store");
  method[8] = 14;  // LZMA: its dictionary is as large as the file says
  CHECK(trouble(method) == Keys{"error edxml.zip-method"});
  std::string locked = zip({{"87.pdf", kContent}}, "zip:compression=store");
  locked[6] = static_cast<char>(locked[6] | 1);
  CHECK(trouble(locked) == Keys{"error edxml.zip-encrypted"});
}

TEST_CASE("a name is never a path", "[exchange][edxml][hostile]") {
  struct Case {
    const char *written, *taken;
  };
  for (const Case& one : {Case{"../../etc/passwd", "passwd"},
                          {"C:\\Users\\a\\87.pdf", "87.pdf"},
                          {"..", "tep-1"},
                          {".", "tep-1"},
                          {"/", "tep-1"},
                          {"a\x7F&#10;b.pdf", "ab.pdf"}}) {
    CAPTURE(one.written);
    const std::string name = std::string("<e:AttachmentName>") + one.written + "<";
    const auto reading =
        read(edited(good(), {{"<e:AttachmentName>87.pdf<", name}, {"<e:AttachmentName>87.pdf<", name}}));
    CHECK(reading.message.attachments[0].name == one.taken);
    CHECK(said(reading.findings) == Keys{"warning edxml.name-unsafe"});
  }
}

TEST_CASE("attachments outside the list and several of one id", "[exchange][edxml][hostile]") {
  // A second content under the id of the first must not take its place.
  const std::string text = edited(
      good(), {{"</e:AttachmentEncoded>", attachment("a1", "87.pdf", "khác") + "</e:AttachmentEncoded>"}});
  const auto reading = read(text);
  CHECK_FALSE(reading.passed());
  REQUIRE(reading.message.attachments.size() == 2);
  CHECK(reading.message.attachments[0].sha256 == sha256(kContent).hex());
  CHECK_FALSE(reading.message.attachments[1].listed);
  // The content may also stand before the manifest, or lack altogether.
  const std::string part =
      "<e:AttachmentEncoded>" + attachment("a1", "87.pdf", kContent) + "</e:AttachmentEncoded>";
  CHECK(read(edited(good(), {{part, ""}, {"<e:edXMLEnvelope>", part + "<e:edXMLEnvelope>"}})).message ==
        read(good()).message);
  const std::string empty =
      edited(good(), {{"<e:ContentTransferEncoded>" + base64(kContent) + "</e:ContentTransferEncoded>", ""}});
  CHECK(said(read(empty).findings) == Keys{"error edxml.content-missing"});
}

TEST_CASE("a file that changes between two readings is not trusted", "[exchange][edxml][hostile]") {
  const std::string first = good();
  const std::string second =
      edited(good(), {{attachment("a1", "87.pdf", kContent), attachment("a1", "87.pdf", "khác")}});
  const auto reading = read(first);
  messages::Gather gather;
  try {
    read_edxml_contents(edxml_input(second), reading, {}, gather);
    FAIL("given out");
  } catch (const Error& error) {
    CHECK(error.exit() == Exit::no_verdict);
    CHECK(error.code() == "VTLT-EDXML-05");
  }
  CHECK(gather.ended.empty());
  int rounds = 0;
  const auto changing = [&](std::uint64_t offset, std::span<std::byte> out) {
    if (offset == 0) ++rounds;
    return edxml_input(rounds == 1 ? first : second)(offset, out);
  };
  CHECK_THROWS_AS(read_edxml(changing), Error);
}

TEST_CASE("large attachments are handed on in pieces", "[exchange][edxml]") {
  // 192 MB of base64 on one line, made as it is read.
  const std::string text = good();
  const std::string inner = base64(kContent);
  const auto at = text.find(inner);
  const std::string head = text.substr(0, at), tail = text.substr(at + inner.size());
  constexpr std::uint64_t letters = std::uint64_t{192} << 20;
  const EdxmlInput input = [&](std::uint64_t offset, std::span<std::byte> out) -> std::size_t {
    std::size_t filled = 0;
    for (; filled < out.size(); ++filled, ++offset) {
      char c = 'A';
      if (offset < head.size())
        c = head[offset];
      else if (offset >= head.size() + letters + tail.size())
        break;
      else if (offset >= head.size() + letters)
        c = tail[offset - head.size() - letters];
      out[filled] = static_cast<std::byte>(c);
    }
    return filled;
  };
  const long before = resident();
  long most = before;
  const auto reading = read_edxml([&](std::uint64_t offset, std::span<std::byte> out) {
    most = std::max(most, resident());
    return input(offset, out);
  });
  CHECK(said(reading.findings).empty());
  CHECK(reading.message.attachments[0].size == letters / 4 * 3);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)  // these keep what was freed
  CHECK((most - before) / 256 < 32);                                 // pages of 4 KB in MB
#endif

  class Count final : public EdxmlSink {
   public:
    void begin(std::size_t, const EdxmlAttachment&) override {}
    void write(Bytes bytes) override {
      size += bytes.size();
      largest = std::max(largest, bytes.size());
    }
    void end(std::size_t) override {}
    std::uint64_t size = 0;
    std::size_t largest = 0;
  } count;
  read_edxml_contents(input, reading, {}, count);
  CHECK(count.size == letters / 4 * 3);
  CHECK(count.largest <= std::size_t{1} << 17);
}

TEST_CASE("whatever bytes come, reading ends in a message or an error", "[exchange][edxml][hostile]") {
  std::mt19937 random(20240709);
  const std::string seeds[] = {good(), messages::good_status(), with_zip(zip({{"87.pdf", kContent}}))};
  std::size_t taken = 0, refused = 0;
  for (int round = 0; round < 3000; ++round) {
    std::string text = seeds[round % 3];
    const int edits = 1 + static_cast<int>(random() % 4);
    for (int i = 0; i < edits; ++i) {
      const std::size_t at = random() % text.size();
      const std::size_t count = std::min<std::size_t>(random() % 40, text.size() - at);
      switch (random() % 40) {
        case 0:
          text[at] = static_cast<char>(random());
          break;
        case 1:
          text.erase(at, count);
          break;
        case 2:
          text.insert(at, text.substr(random() % text.size(), count));
          break;
        case 3:
          text[at] = "<>&/\"'"[random() % 6];
          break;
        default:
          // what stands between tags
          if (const auto tag = text.find_last_of("<>", at);
              tag != std::string::npos && text[tag] == '>' && tag != at)
            text[at] = "AZ09/,.-=: "[random() % 11];
      }
      if (text.empty()) text = "<";
    }
    try {
      const auto reading = read(text);
      ++taken;
      for (const Finding& finding : reading.findings)
        text::render(finding.message, text::Language::vi);
      edxml_links(reading.message);
      if (reading.message.business != EdxmlBusiness::status) to_list_row(reading);
      if (!reading.secret) messages::contents(text, reading);
    } catch (const Error& error) {
      ++refused;
      REQUIRE(error.exit() == Exit::usage);
    }
  }
  CHECK(taken > 300);
  CHECK(refused > 300);
}
