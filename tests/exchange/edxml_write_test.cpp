// Outgoing messages: what is written reads back the same.
#include <random>

#include "edxml_messages.h"
#include "samples.h"
#include "text/text.h"

using namespace vtlt;
using namespace vtlt::exchange;
using messages::read;
using messages::said;
using Keys = std::vector<std::string>;

namespace {

std::string written(const EdxmlMessage& message, const std::vector<std::string>& contents,
                    const EdxmlWriteOptions& options = {}) {
  std::string out;
  const Digest digest = write_edxml(
      message, options,
      [&](std::size_t index) -> EdxmlContent {
        return [&contents, index, at = std::size_t{0}](std::span<std::byte> into) mutable {
          const std::string_view piece = std::string_view(contents.at(index)).substr(at, into.size());
          std::copy(piece.begin(), piece.end(), reinterpret_cast<char*>(into.data()));
          at += piece.size();
          return piece.size();
        };
      },
      [&](Bytes bytes) { out.append(reinterpret_cast<const char*>(bytes.data()), bytes.size()); });
  CHECK(digest == sha256(out));
  return out;
}

std::string refusal(const EdxmlMessage& message, const std::vector<std::string>& contents = {}) {
  try {
    written(message, contents);
  } catch (const Error& error) {
    return error.code() + " " + error.message().key;
  }
  return "";
}

// Messages of all kinds, with words that XML has to be careful with.
class Maker {
 public:
  explicit Maker(unsigned seed) : random_(seed) {}

  EdxmlMessage message() {
    EdxmlMessage m;
    m.space = chance() ? EdxmlNamespace::qcvn102 : EdxmlNamespace::older;
    m.business = static_cast<EdxmlBusiness>(random_() % 5);
    m.from = organ("H57." + number(1, 99));
    if (m.business == EdxmlBusiness::status) {
      m.status_of = reference();
      m.status_code = std::vector<std::string>{"01", "06", "13", "16"}[random_() % 4];
      m.status_description = words();
      m.status_time = time();
      m.staff = staff();
      extra(m, {"", "Header", "Header/Status", "Header/Status/From"});
      return m;
    }
    header(m);
    business(m);
    for (int i = 0; i < int(random_() % 4); ++i)
      attach(m);
    extra(m,
          {"", "Header", "Header/MessageHeader", "Header/MessageHeader/OtherInfo", "Header/TraceHeaderList",
           "Header/TraceHeaderList/Bussiness", "Body", "Header/MessageHeader/To[1]"});
    return m;
  }
  const std::vector<std::string>& contents() const { return contents_; }

 private:
  bool chance() { return random_() % 2 == 0; }
  std::string number(int from, int to) {
    return std::to_string(from + int(random_() % unsigned(to - from + 1)));
  }
  std::string words() {
    static const std::vector<std::string> all = {
        "",      "V/v", "\"ngoặc\"", "a & b",     "<b>",      "]]>",     "Huế", "Đởn",
        "&amp;", "'",   "xã  Phong", "dòng\nhai", "tab\tnữa", "hồi\rxe", "😀",   "QĐ"};
    std::string text;
    for (unsigned i = 0; i < random_() % 4; ++i)
      text += (text.empty() ? "" : " ") + all[random_() % all.size()];
    const auto last = text.find_last_not_of(" \t\r\n");
    const auto first = text.find_first_not_of(" \t\r\n");
    return first == std::string::npos ? "" : text.substr(first, last - first + 1);
  }
  records::Date date() {
    return {1990 + int(random_() % 60), 1 + int(random_() % 12), 1 + int(random_() % 28)};
  }
  EdxmlTime time() { return {date(), int(random_() % 86400)}; }
  EdxmlOrgan organ(std::string code) {
    return {std::move(code), words(), words(), words(), words(), words(), words(), words()};
  }
  EdxmlStaff staff() { return {words(), words(), words(), words()}; }
  EdxmlReference reference() {
    EdxmlReference made{"H57." + number(1, 99), number(1, 999) + "/UBND-VP", date(), ""};
    made.document_id = made.organ_id + "," + document_id_text({"", made.date, {}}).substr(1) + made.code;
    return made;
  }
  void header(EdxmlMessage& m) {
    for (unsigned i = 0; i <= random_() % 3; ++i)
      m.to.push_back(organ("H57.31." + number(10, 99)));
    m.number = number(1, 9999);
    m.notation = chance() ? "QĐ-UBND" : "SNV-VTLT";
    m.place = words();
    m.date = date();
    m.type_code = number(1, 29);
    m.type_detail = words();
    m.type_name = words();
    m.subject = words();
    m.content = words();
    m.competence = words();
    m.position = words();
    m.signer = words();
    if (chance()) m.due = date();
    for (unsigned i = 0; i < random_() % 3; ++i)
      m.to_places.push_back(words());
    m.priority = int(random_() % 6) - 1;
    m.circulation = words();
    m.typist = words();
    m.copies = int(random_() % 30) - 1;
    m.pages = int(random_() % 30) - 1;
    for (unsigned i = 0; i < random_() % 3; ++i)
      m.appendixes.push_back(words());
    for (unsigned i = 0; i < random_() % 3; ++i)
      m.answers.push_back(reference());
    m.steering = int(random_() % 4) - 1;
    m.document_id = document_id_text({m.from.organ_id, m.date, {}});
    m.document_id.resize(m.document_id.rfind(',') + 1);
    m.document_id += m.number + "/" + m.notation;
    m.trace_id = words();
    m.trace_version = "1.0";
    for (unsigned i = 0; i < random_() % 3; ++i)
      m.traces.push_back({"H57", time()});
  }
  void business(EdxmlMessage& m) {
    m.reason = words();
    if (chance()) m.staff = staff();
    m.paper = int(random_() % 3) - 1;
    if (m.business == EdxmlBusiness::recall || m.business == EdxmlBusiness::update)
      m.target_id = m.document_id;
    if (m.business == EdxmlBusiness::update) {
      m.document_info = int(random_() % 2);
      m.receivers.push_back({int(random_() % 2), "H57.31.07"});
    }
    if (m.business == EdxmlBusiness::replace)
      for (unsigned i = 0; i <= random_() % 2; ++i)
        m.replacements.push_back({reference().document_id, chance() ? Keys{"H57.31.07", "H57"} : Keys{}});
  }
  void attach(EdxmlMessage& m) {
    std::string bytes(random_() % 3 == 0 ? 0 : random_() % 200'000, '\0');
    for (char& c : bytes)
      c = static_cast<char>(random_());
    EdxmlAttachment one;
    one.name = "Văn bản " + std::to_string(m.attachments.size()) + " & <1>.pdf";
    one.content_id = "id-" + std::to_string(m.attachments.size()) + "@vtlt";
    one.content_type = "application/pdf";
    one.transfer_type = "application/pdf";
    one.description = words();
    one.transfer_description = words();
    one.listed = one.present = one.sound = true;
    one.size = bytes.size();
    one.sha256 = sha256(bytes).hex();
    m.attachments.push_back(std::move(one));
    contents_.push_back(std::move(bytes));
  }
  void extra(EdxmlMessage& m, const Keys& places) {
    static const Keys all = {
        "<x:Mới xmlns:x=\"urn:x\" a=\"1 &amp; &quot;2&quot;\">ba &lt; bốn<x:Con/></x:Mới>",
        "<Lạ xmlns=\"urn:y\"/>"};
    if (chance()) m.unknown.push_back({places[random_() % places.size()], all[random_() % all.size()]});
  }

  std::mt19937 random_;
  std::vector<std::string> contents_;
};

records::RegisterEntry entry() {
  records::RegisterEntry entry;
  entry.book = records::Book::out;
  entry.own = *records::parse_document_number("05/QĐ-UBND");
  entry.number = 5;
  entry.type = "Quyết định";
  entry.date = {2024, 12, 24};
  entry.subject = "Giao chỉ tiêu năm 2025";
  entry.signer = "Trần Văn An";
  entry.recipients = "Như Điều 3; Sở Nội vụ;  Lưu: VT.";
  entry.copies = "12";
  entry.urgency = "Thượng khẩn";
  entry.due = {2025, 1, 10};
  return entry;
}

EdxmlSending sending() {
  EdxmlSending sending;
  sending.from.organ_id = "H57.31.07";
  sending.from.name = "UBND xã Phong Hải";
  sending.to.push_back({"H57.31", "H57", "UBND huyện Tam Lãng", "", "", "", "", ""});
  sending.place = "Phong Hải";
  sending.time = {{2024, 12, 24}, 36000};
  sending.reason = "Văn bản điện tử mới";
  return sending;
}

}  // namespace

TEST_CASE("what is written reads back the same", "[exchange][edxml][P39]") {
  int kinds[5] = {};
  for (unsigned seed = 1; seed <= 400; ++seed) {
    CAPTURE(seed);
    Maker maker(seed);
    const EdxmlMessage message = maker.message();
    ++kinds[int(message.business)];
    const std::string text = written(message, maker.contents());
    CAPTURE(text.substr(0, 3000));
    const EdxmlReading reading = read(text);
    for (const std::string& key : said(reading.findings)) {
      CAPTURE(key);
      CHECK_FALSE(key.starts_with("error"));
    }
    REQUIRE(reading.message == message);
    CHECK(written(reading.message, maker.contents()) == text);
    const auto gather = messages::contents(text, reading);
    for (std::size_t i = 0; i < maker.contents().size(); ++i)
      CHECK(gather.contents.at(i) == maker.contents()[i]);

    // Zipped on the way, the same computer files come out.
    EdxmlMessage zipped = message;
    for (EdxmlAttachment& one : zipped.attachments) {
      one.zipped = true;
      one.transfer_type = "application/zip";
    }
    const std::string packed = written(zipped, maker.contents(), {true});
    REQUIRE(read(packed).message == zipped);
  }
  for (const int kind : kinds)
    CHECK(kind > 20);
}

TEST_CASE("a registered document goes out and comes in", "[exchange][edxml][P09][P39]") {
  EdxmlMessage message = from_entry(entry(), sending());
  const std::string content = "%PDF-1.7";
  records::Component component;
  component.name = "05 QĐ-UBND.pdf";
  component.size = content.size();
  component.sha256 = sha256(content).hex();
  component.mime = "application/pdf";
  message.attachments.push_back(outgoing_attachment(component, 1, "Quyết định"));
  CHECK(message.number == "05");
  CHECK(message.notation == "QĐ-UBND");
  CHECK(message.document_id == "H57.31.07,2024/12/24,05/QĐ-UBND");
  CHECK(message.type_code == "2");
  CHECK(message.priority == 2);
  CHECK(message.copies == 12);
  CHECK(message.to_places == Keys{"Như Điều 3", "Sở Nội vụ", "Lưu: VT."});
  CHECK(message.attachments[0].content_id == component.sha256.substr(0, 16) + "-1@vtlt");

  const std::string text = written(message, {content});
  const auto reading = read(text, {"", {"H57.31"}, nullptr, {}});
  CHECK(said(reading.findings).empty());
  const ListRow row = to_list_row(reading);
  CHECK(row.entry.own.number == 5);
  CHECK(row.entry.own.notation == "QĐ-UBND");
  CHECK(row.entry.type == "Quyết định");
  CHECK(row.entry.subject == entry().subject);
  CHECK(row.entry.issuer == "UBND xã Phong Hải");
  CHECK(row.entry.urgency == "thượng khẩn");
  CHECK(row.entry.due == entry().due);
  CHECK(written(message, {content}) == text);

  // The number of a normative act holds its year; a Party number has no "/" to be parted at.
  struct Case {
    const char *number, *first, *second;
  };
  for (const Case& one : {Case{"06/2025/QĐ-UBND", "06", "2025/QĐ-UBND"},
                          {"12a/KH-UBND", "12a", "KH-UBND"},
                          {"14204-CV/VPTW", "14204-CV/VPTW", nullptr}}) {
    CAPTURE(one.number);
    auto other = entry();
    other.own = *records::parse_document_number(one.number);
    const EdxmlMessage made = from_entry(other, sending());
    CHECK(made.number == one.first);
    if (one.second != nullptr) CHECK(made.notation == one.second);
    const auto back = read(written(made, {}));
    CHECK(back.passed());
    CHECK(to_list_row(back).entry.own.text() == other.own.text());
  }
}

TEST_CASE("recall and update name the document itself, a replacement the ones before",
          "[exchange][edxml][P08][P40]") {
  for (const auto business : {EdxmlBusiness::recall, EdxmlBusiness::update, EdxmlBusiness::replace}) {
    EdxmlSending how = sending();
    how.business = business;
    how.reason = "Sai số liệu";
    if (business == EdxmlBusiness::update) how.receivers.push_back({1, "H57.05"});
    if (business == EdxmlBusiness::replace)
      how.replacements.push_back({"H57.31.07,2024/11/01,04/QĐ-UBND", {}});
    const auto reading = read(written(from_entry(entry(), how), {}));
    CHECK(reading.passed());
    CHECK(reading.message.business == business);
    const auto links = edxml_links(reading.message);
    REQUIRE(links.size() == 1);
    CHECK(links[0].reason == "Sai số liệu");
    CHECK(links[0].document_id == (business == EdxmlBusiness::replace ? "H57.31.07,2024/11/01,04/QĐ-UBND"
                                                                      : "H57.31.07,2024/12/24,05/QĐ-UBND"));
  }
}

TEST_CASE("a status answers the message it is about", "[exchange][edxml][P40]") {
  const EdxmlMessage received = read(messages::good()).message;
  const EdxmlMessage status = status_for(received, received.to[0], "03", "", {{2024, 12, 25}, 28801},
                                         {"Văn thư", "Lê Thị Hoa", "", ""});
  const auto reading = read(written(status, {}));
  CHECK(said(reading.findings).empty());
  CHECK(reading.message == status);
  CHECK(status.status_of.code == "87/UBND-VP");
  CHECK(status.status_description == "đã tiếp nhận");
  CHECK(edxml_links(reading.message)[0].document_id == received.document_id);
}

TEST_CASE("nothing is written that its receiver would send back", "[exchange][edxml][P39]") {
  const EdxmlMessage good = from_entry(entry(), sending());
  CHECK(refusal(good) == "");
  EdxmlMessage bad = good;
  bad.to.clear();
  CHECK(refusal(bad) == "VTLT-EDXML-06 edxml.write.errors");
  bad = good;
  bad.from.organ_id = "H57.31";
  CHECK(refusal(bad) == "VTLT-EDXML-06 edxml.write.errors");
  for (const std::string& text :
       {std::string("a\x01"), std::string("a\0b", 3), std::string("\xFF"), std::string("\xEF\xBF\xBF")}) {
    bad = good;
    bad.subject = text;
    CHECK(refusal(bad) == "VTLT-EDXML-06 edxml.write.text");
  }
  bad = good;
  bad.unknown.push_back({"Header/MessageHeader/Subject", "<x/>"});
  CHECK(refusal(bad) == "VTLT-EDXML-06 edxml.write.unknown");

  EdxmlMessage with = good;
  with.attachments.push_back({
      "a.pdf",
      "a",
      "application/pdf",
      "",
      "",
      "",
      true,
      true,
      false,
      true,
      4,
      "",
  });
  CHECK(refusal(with, {"abcd"}) == "");
  CHECK(refusal(with, {"abc"}) == "VTLT-EDXML-05 edxml.changed");
  CHECK(refusal(with, {"abcde"}) == "VTLT-EDXML-05 edxml.changed");
  with.attachments[0].sha256 = sha256("abce").hex();
  CHECK(refusal(with, {"abcd"}) == "VTLT-EDXML-05 edxml.changed");
}

TEST_CASE("the commune's messages survive being written", "[exchange][edxml]") {
  for (const char* name : {"20240709-H57-275-KH-UBND", "20241223-H57.05-2210-SNV-VTLT",
                           "20241224-H57.31-5127-QD-UBND", "20241225-H57.31-611-GM-UBND",
                           "20241226-H57.31.52-688-TCKH-NS", "20241227-H57.31-5127-QD-UBND-thu-hoi"}) {
    const auto bytes = samples::shared(std::string("edxml/") + name + ".edxml");
    if (!bytes) return;
    CAPTURE(name);
    const auto reading = read(*bytes);
    auto gather = messages::contents(*bytes, reading);
    std::vector<std::string> contents;
    bool zip = false;
    for (std::size_t i = 0; i < reading.message.attachments.size(); ++i) {
      contents.push_back(gather.contents.at(i));
      zip = reading.message.attachments[i].zipped;
    }
    CHECK(read(written(reading.message, contents, {zip})).message == reading.message);
  }
}
