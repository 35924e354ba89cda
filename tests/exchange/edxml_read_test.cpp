// edXML messages of offices: what is read, what is remarked on (P39, P40).
#include <nlohmann/json.hpp>

#include "edxml_messages.h"
#include "samples.h"

using namespace vtlt;
using namespace vtlt::exchange;
using messages::edited;
using messages::good;
using messages::read;
using messages::said;
using Keys = std::vector<std::string>;

TEST_CASE("a message is read whole", "[exchange][edxml][P39]") {
  const auto reading = read(good(), {"87.edxml", {"H57.31.07"}, nullptr, {}});
  CHECK(said(reading.findings).empty());
  CHECK(reading.passed());
  CHECK(reading.sha256 == sha256(good()));
  const EdxmlMessage& m = reading.message;
  CHECK(m.space == EdxmlNamespace::qcvn102);
  CHECK(m.business == EdxmlBusiness::document);
  CHECK(m.from.organ_id == "H57.31");
  REQUIRE(m.to.size() == 1);
  CHECK(m.to[0].name == "UBND xã Phong Hải");
  CHECK(m.number == "87");
  CHECK(m.notation == "UBND-VP");
  CHECK(m.date == records::Date{2024, 12, 24});
  CHECK(m.due == records::Date{2025, 1, 10});
  CHECK(m.subject == "V/v thu nộp tài liệu & hồ sơ");
  CHECK(m.competence == "KT.");
  CHECK(m.priority == 1);
  CHECK(m.pages == 3);
  CHECK(m.copies == -1);
  CHECK(m.trace_id == "t1");
  REQUIRE(m.traces.size() == 1);
  CHECK(m.traces[0].time == EdxmlTime{{2024, 12, 24}, 9 * 3600 + 18 * 60 + 25});
  CHECK(m.paper == 0);
  CHECK(m.original.empty());
  CHECK(m.unknown.empty());
  REQUIRE(m.attachments.size() == 1);
  CHECK(m.attachments[0].sound);
  CHECK_FALSE(m.attachments[0].zipped);
  CHECK(m.attachments[0].size == messages::kContent.size());
  CHECK(m.attachments[0].sha256 == sha256(messages::kContent).hex());
  CHECK(messages::contents(good(), reading).contents.at(0) == messages::kContent);
}

TEST_CASE("where a piece of the file ends does not matter", "[exchange][edxml]") {
  const std::string text = messages::with_zip(messages::zip({{"87.pdf", messages::kContent}}));
  const EdxmlReading whole = read(text);
  CHECK(whole.message.attachments[0].zipped);
  for (const std::size_t piece : {1, 2, 3, 7, 100, 4097}) {
    const EdxmlReading parts = messages::read_in_pieces(text, piece);
    CHECK(parts.message == whole.message);
    CHECK(said(parts.findings) == said(whole.findings));
  }
}

TEST_CASE("both namespaces, with and without a prefix, in a SOAP envelope", "[exchange][edxml][P39]") {
  const std::string older =
      edited(good(), {{"http://www.mic.gov.vn/TBT/QCVN_102_2016", "http://www.e-doc.vn/Schema/"}});
  CHECK(read(older).message.space == EdxmlNamespace::older);
  CHECK(said(read(older).findings).empty());
  EdxmlMessage expected = read(good()).message;
  expected.space = EdxmlNamespace::older;
  CHECK(read(older).message == expected);

  std::string bare = messages::good_status();
  CHECK(said(read(bare).findings).empty());
  bare = edited(bare, {{" xmlns=\"http://www.mic.gov.vn/TBT/QCVN_102_2016\"", ""}});
  CHECK(said(read(bare).findings) == Keys{"note edxml.namespace"});
  CHECK(read(bare).message == read(messages::good_status()).message);

  // As one provincial gateway sends it: the envelope's namespace for everything.
  std::string soap = messages::good_status();
  soap =
      edited(soap, {{"<edXML xmlns=\"http://www.mic.gov.vn/TBT/QCVN_102_2016\"><edXMLEnvelope><edXMLHeader>",
                     "<S:Envelope xmlns:S=\"http://schemas.xmlsoap.org/soap/envelope/\" "
                     "xmlns=\"http://schemas.xmlsoap.org/soap/envelope/\"><S:Header>"},
                    {"</edXMLHeader></edXMLEnvelope></edXML>", "</S:Header><S:Body/></S:Envelope>"}});
  CHECK(said(read(soap).findings) == Keys{"note edxml.namespace"});
  CHECK(read(soap).message == read(messages::good_status()).message);
}

TEST_CASE("one thing broken gives one finding", "[exchange][edxml][P37][P39][P40]") {
  struct Case {
    messages::Edit edit;
    Keys keys;
  };
  const std::string attached = messages::attachment("a1", "87.pdf", messages::kContent);
  const Case cases[] = {
      // identity of the document
      {{"<e:From><e:OrganId>H57.31<", "<e:From><e:OrganId>H57.05<"}, {"error edxml.document-id-differs"}},
      {{"<e:PromulgationDate>2024/12/24", "<e:PromulgationDate>2024/12/25"},
       {"error edxml.document-id-differs"}},
      {{">87</e:CodeNumber>", ">88</e:CodeNumber>"}, {"error edxml.document-id-differs"}},
      {{">UBND-VP</e:CodeNotation>", ">UBND-VX</e:CodeNotation>"}, {"error edxml.document-id-differs"}},
      {{">H57.31,2024/12/24,87/UBND-VP<", ">H57.31;2024/12/24<"}, {"error edxml.document-id-bad"}},
      {{"<e:DocumentId>H57.31,2024/12/24,87/UBND-VP</e:DocumentId>", ""}, {"error edxml.missing"}},
      {{">87</e:CodeNumber>", ">087</e:CodeNumber>"}, {}},
      // parts
      {{"<e:To><e:OrganId>H57.31.07</e:OrganId><e:OrganName>UBND xã Phong Hải</e:OrganName></e:To>", ""},
       {"error edxml.missing"}},
      {{"<e:TypeName>Công văn</e:TypeName>", ""}, {"warning edxml.missing"}},
      {{"<e:Subject>V/v thu nộp tài liệu &amp; hồ sơ</e:Subject>", "<e:Subject/>"},
       {"warning edxml.missing"}},
      {{"<e:FullName>Trần Văn An</e:FullName>", ""}, {"warning edxml.missing"}},
      {{"<e:Subject>", "<e:Subject>Khác</e:Subject><e:Subject>"}, {"error edxml.twice"}},
      {{"<e:Code>", "<e:Code>chữ lạc"}, {"warning edxml.stray-text"}},
      // codes
      {{"<e:To><e:OrganId>H57.31.07<", "<e:To><e:OrganId>h57.31.07<"}, {"error edxml.code-bad"}},
      {{"<e:To><e:OrganId>H57.31.07<", "<e:To><e:OrganId>000.00.31.H57<"}, {"note edxml.code-legacy"}},
      {{"<e:TraceHeader><e:OrganId>H57.31<", "<e:TraceHeader><e:OrganId>trục<"}, {"warning edxml.code-bad"}},
      // dates, numbers
      {{"<e:PromulgationDate>2024/12/24", "<e:PromulgationDate>24/12/2024"}, {"warning edxml.date-form"}},
      {{"<e:PromulgationDate>2024/12/24", "<e:PromulgationDate>2024/02/30"},
       {"error edxml.date-bad", "error edxml.document-id-differs"}},
      {{"<e:PromulgationDate>2024/12/24", "<e:PromulgationDate>"},
       {"error edxml.missing", "error edxml.document-id-differs"}},
      {{"2024/12/24 09:18:25", "24/12/2024 09:18:25"}, {"warning edxml.time-form"}},
      {{"2024/12/24 09:18:25", "2024/12/24 25:18:25"}, {"warning edxml.time-bad"}},
      {{"<e:DueDate>2025/01/10", "<e:DueDate>2024/01/10"}, {"warning edxml.due-before-date"}},
      {{"<e:Priority>1", "<e:Priority>5"}, {"warning edxml.priority-unknown"}},
      {{"<e:Priority>1", "<e:Priority>-1"}, {"warning edxml.number-bad"}},
      {{"<e:PageAmount>3", "<e:PageAmount>99999999999999999999999"}, {"warning edxml.number-bad"}},
      // the document answered
      {{"H57.31.07,2024/03/18,2/UBND-TCKT", "H57.31.07,2024/03/18,3/UBND-TCKT"},
       {"warning edxml.document-id-differs"}},
      {{"H57.31.07,2024/03/18,2/UBND-TCKT", "?"}, {"warning edxml.document-id-bad"}},
      // business
      {{"<e:BussinessDocType>0", "<e:BussinessDocType>7"}, {"error edxml.business-unknown"}},
      {{"<e:BussinessDocType>0</e:BussinessDocType>", ""}, {"warning edxml.business-missing"}},
      {{"<e:BussinessDocType>0", "<e:BussinessDocType>1"}, {"error edxml.target-missing"}},
      {{"<e:BussinessDocType>0", "<e:BussinessDocType>2"}, {"error edxml.target-missing"}},
      {{"<e:BussinessDocType>0", "<e:BussinessDocType>3"}, {"error edxml.target-missing"}},
      // attachments
      {{attached, ""}, {"error edxml.content-missing"}},
      {{attached, attached + messages::attachment("a2", "la.exe", "MZ")}, {"error edxml.not-listed"}},
      {{attached, attached + attached}, {"error edxml.content-id-twice", "error edxml.not-listed"}},
      {{attached, messages::attachment("a2", "87.pdf", "x")},
       {"error edxml.content-missing", "error edxml.not-listed"}},
      {{"cid:a1", "cid:a9"}, {"error edxml.href-differs"}},
      {{"<e:AttachmentName>87.pdf</e:AttachmentName></e:Attachment>",
        "<e:AttachmentName>88.pdf</e:AttachmentName></e:Attachment>"},
       {"warning edxml.name-differs"}},
  };
  for (const Case& one : cases) {
    CAPTURE(one.edit.from, one.edit.to);
    CHECK(said(read(edited(good(), {one.edit})).findings) == one.keys);
  }
}

TEST_CASE("a finding names file, line and basis", "[exchange][edxml]") {
  const auto reading =
      read(edited(good(), {{">87</e:CodeNumber>", ">88</e:CodeNumber>"}}), {"a.edxml", {}, nullptr, {}});
  REQUIRE(reading.findings.size() == 1);
  CHECK(reading.findings[0].path == "a.edxml");
  CHECK(reading.findings[0].line == 14);
  CHECK(reading.findings[0].code == "P39");
  CHECK(reading.findings[0].basis == "QCVN 102:2016/BTTTT");
  CHECK_FALSE(reading.passed());
}

TEST_CASE("what reading changed stands as it was written", "[exchange][edxml][D9]") {
  const auto reading =
      read(edited(good(), {{"<e:PromulgationDate>2024/12/24", "<e:PromulgationDate>24/12/2024"},
                           {"<e:PageAmount>3", "<e:PageAmount>ba trang"},
                           {"Trần", "Tra\xCC\x82\xCC\x80n"}}));
  CHECK(reading.message.date == records::Date{2024, 12, 24});
  CHECK(reading.message.pages == -1);
  CHECK(reading.message.signer == "Trần Văn An");
  const std::map<std::string, std::string> original = {
      {"Header/MessageHeader/PromulgationInfo/PromulgationDate", "24/12/2024"},
      {"Header/MessageHeader/OtherInfo/PageAmount", "ba trang"},
      {"Header/MessageHeader/SignerInfo/FullName", "Tra\xCC\x82\xCC\x80n Văn An"}};
  CHECK(reading.message.original == original);
}

TEST_CASE("unknown elements are kept with their namespaces", "[exchange][edxml][P39]") {
  const std::string text = edited(
      good(),
      {{"<e:Subject>", "<e:Mới a=\"1 &amp; &lt;2\"><e:Trong>x &lt; y</e:Trong><b/></e:Mới><e:Subject>"},
       {"</e:edXMLHeader>",
        "<q:Ext xmlns:q=\"urn:q\" xmlns:r=\"urn:r\" r:k=\"v\"><q:S/></q:Ext></e:edXMLHeader>"},
       {"</e:edXML>", "<e:Cuối/></e:edXML>"}});
  const auto reading = read(text);
  CHECK(said(reading.findings).empty());
  REQUIRE(reading.message.unknown.size() == 3);
  CHECK(reading.message.unknown[0].path == "Header/MessageHeader");
  CHECK(reading.message.unknown[0].xml ==
        "<e:Mới xmlns:e=\"http://www.mic.gov.vn/TBT/QCVN_102_2016\" a=\"1 &amp; &lt;2\"><e:Trong>x &lt; "
        "y</e:Trong><b xmlns=\"\"/></e:Mới>");
  CHECK(reading.message.unknown[1].path == "Header");
  CHECK(reading.message.unknown[1].xml ==
        "<q:Ext xmlns:q=\"urn:q\" xmlns:r=\"urn:r\" r:k=\"v\"><q:S/></q:Ext>");
  CHECK(reading.message.unknown[2].path.empty());
}

TEST_CASE("a signature is kept, and its digests are compared", "[exchange][edxml][P39]") {
  const auto with = [](const std::string& method, const std::string& value) {
    return edited(good(),
                  {{"</e:edXMLHeader>",
                    "<Signature xmlns=\"http://www.w3.org/2000/09/xmldsig#\"><SignedInfo>"
                    "<Reference URI=\"\"><DigestMethod "
                    "Algorithm=\"x#sha1\"/><DigestValue>AAAA</DigestValue></Reference>"
                    "<Reference URI=\"cid:a1\"><DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#" +
                        method + "\"/><DigestValue>\n" + value +
                        "\n</DigestValue></Reference></SignedInfo></Signature></e:edXMLHeader>"}});
  };
  const auto digest = sha256(messages::kContent);
  const std::string right = base64({reinterpret_cast<const char*>(digest.bytes.data()), digest.bytes.size()});
  CHECK(said(read(with("sha256", right)).findings) == Keys{"note edxml.signature"});
  std::string wrong = right;
  wrong[0] = wrong[0] == 'A' ? 'B' : 'A';
  CHECK(said(read(with("sha256", wrong)).findings) ==
        Keys{"error edxml.digest-differs", "note edxml.signature"});
  CHECK(said(read(with("sha256", "không")).findings) ==
        Keys{"error edxml.digest-differs", "note edxml.signature"});
  CHECK(said(read(with("rot13", wrong)).findings) == Keys{"note edxml.signature"});
  CHECK(read(with("sha256", right)).message.signatures.size() == 1);

  // Of the zip it came in, or of what is in it.
  for (const std::string& signed_bytes :
       {messages::zip({{"87.pdf", messages::kContent}}), messages::kContent}) {
    const auto other = sha256(signed_bytes);
    std::string text = with("sha256", base64({reinterpret_cast<const char*>(other.bytes.data()), 32}));
    text =
        edited(text, {{messages::attachment("a1", "87.pdf", messages::kContent),
                       messages::attachment("a1", "87.pdf", messages::zip({{"87.pdf", messages::kContent}}),
                                            "application/zip")}});
    CHECK(said(read(text).findings) == Keys{"note edxml.signature"});
  }
}

TEST_CASE("recall, update, replacement and status speak of other documents", "[exchange][edxml][P08][P40]") {
  const std::string target = "<e:BussinessDocReason>Mới</e:BussinessDocReason>";
  const auto business = [&](const std::string& type, const std::string& more) {
    return edited(good(),
                  {{"<e:BussinessDocType>0", "<e:BussinessDocType>" + type}, {target, target + more}});
  };
  const std::string own = "<e:DocumentId>H57.31,2024/12/24,87/UBND-VP</e:DocumentId>";
  const auto links_of = [](const std::string& text) { return edxml_links(read(text).message); };

  auto links = links_of(good());
  REQUIRE(links.size() == 1);
  CHECK(links[0].relation == EdxmlRelation::answers);
  REQUIRE(links[0].target);
  CHECK(links[0].target->organ_id == "H57.31.07");
  CHECK(links[0].target->number.number == 2);

  links = links_of(business("1", own));
  REQUIRE(links.size() == 2);
  CHECK(links[1].relation == EdxmlRelation::recalls);
  CHECK(links[1].reason == "Mới");
  CHECK(links[1].document_id == "H57.31,2024/12/24,87/UBND-VP");
  CHECK(said(read(business("1", own)).findings).empty());

  const std::string receivers =
      "<e:BussinessDocumentInfo><e:DocumentInfo>1</e:DocumentInfo><e:DocumentReceiver>1</e:DocumentReceiver>"
      "<e:ReceiverList><e:Receiver><e:ReceiverType>1</e:ReceiverType><e:OrganId>H57.31.08</e:OrganId></"
      "e:Receiver>"
      "</e:ReceiverList></e:BussinessDocumentInfo>";
  const auto update = read(business("2", receivers + own));
  CHECK(said(update.findings).empty());
  REQUIRE(update.message.receivers.size() == 1);
  CHECK(update.message.receivers[0] == EdxmlReceiver{1, "H57.31.08"});
  CHECK(update.message.document_info == 1);
  CHECK(edxml_links(update.message).back().relation == EdxmlRelation::amends);
  CHECK(said(read(edited(business("2", receivers + own), {{"<e:ReceiverType>1", "<e:ReceiverType>4"}}))
                 .findings) == Keys{"warning edxml.receiver-type"});

  const auto replaces = [](const std::string& id) {
    return "<e:ReplacementInfoList><e:ReplacementInfo><e:DocumentId>" + id +
           "</e:DocumentId><e:OrganIdList><e:OrganId>H57.31.07</e:OrganId><e:OrganId>H57.31.08</e:OrganId>"
           "</e:OrganIdList></e:ReplacementInfo></e:ReplacementInfoList>";
  };
  const std::string replacement = business("3", replaces("H57.31,2024/11/02,80/UBND-VP"));
  CHECK(said(read(replacement).findings).empty());
  links = links_of(replacement);
  REQUIRE(links.size() == 2);
  CHECK(links[1].relation == EdxmlRelation::replaces);
  CHECK(links[1].organ_ids == Keys{"H57.31.07", "H57.31.08"});

  // Nobody recalls another body's document; a successor may be shown by the table of codes.
  const std::string foreign = "<e:DocumentId>H57.05,2024/12/24,87/UBND-VP</e:DocumentId>";
  CHECK(said(read(business("1", foreign)).findings) == Keys{"error edxml.target-not-own"});
  CHECK(said(read(business("3", replaces("H57.05,2024/11/02,80/UBND-VP"))).findings) ==
        Keys{"warning edxml.replaced-not-own"});
  OrganCodes codes;
  codes.add({"H57.05", "H57.31", {2024, 7, 1}, "", ""});
  CHECK(said(read(business("1", foreign), {"", {}, &codes, {}}).findings).empty());

  const auto status = read(messages::good_status());
  CHECK(status.message.business == EdxmlBusiness::status);
  CHECK(status.message.status_code == "03");
  CHECK(status.message.status_time == EdxmlTime{{2024, 12, 25}, 8 * 3600 + 1});
  CHECK(status.message.staff.staff == "Lê Thị Hoa");
  CHECK(status.message.from.organ_id == "H57.31.07");
  links = edxml_links(status.message);
  REQUIRE(links.size() == 1);
  CHECK(links[0].relation == EdxmlRelation::reports);
  CHECK(links[0].target->number.notation == "UBND-VP");
  for (const auto& [from, to, keys] : std::vector<std::tuple<std::string, std::string, Keys>>{
           {"<StatusCode>03", "<StatusCode>07", {"error edxml.status-unknown"}},
           {"<StatusCode>03", "<StatusCode>3", {"error edxml.status-unknown"}},
           {"<Timestamp>2024/12/25 08:00:01</Timestamp>", "", {"warning edxml.missing"}},
           {"<From><OrganId>H57.31.07</OrganId>", "<From>", {"error edxml.missing"}},
           {"<Code>87/UBND-VP", "<Code>78/UBND-VP", {"warning edxml.document-id-differs"}},
           {"</Status>", "</Status><MessageHeader/>", {}},
       }) {
    CAPTURE(from, to);
    const auto found = said(read(edited(messages::good_status(), {{from, to}})).findings);
    if (keys.empty())
      CHECK(std::count(found.begin(), found.end(), "error edxml.status-and-document") == 1);
    else
      CHECK(found == keys);
  }
  for (const char* code : {"01", "02", "03", "04", "05", "06", "13", "15", "16"})
    CHECK_FALSE(status_meaning(code).empty());
  CHECK(status_meaning("14").empty());
}

TEST_CASE("a message becomes a line of the register", "[exchange][edxml][P39][P09]") {
  const ListRow row = to_list_row(read(good()));
  CHECK(row.entry.book == records::Book::in);
  CHECK(row.entry.number == 0);
  CHECK(row.entry.own.number == 87);
  CHECK(row.entry.own.notation == "UBND-VP");
  CHECK(row.entry.own.written == "87/UBND-VP");
  CHECK(row.entry.type == "Công văn");
  CHECK(row.entry.issuer == "UBND huyện Tam Lãng");
  CHECK(row.entry.issuer_code == "H57.31");
  CHECK(row.entry.urgency == "khẩn");
  CHECK(row.entry.due == records::Date{2025, 1, 10});
  CHECK(row.document.pages == 3);
  CHECK(row.document.carrier == records::Carrier::electronic);
  CHECK(row.id == "H57.31,2024/12/24,87/UBND-VP");
  CHECK(row.answers == "02/UBND-TCKT");
  CHECK(row.findings.empty());

  const auto type_with = [](const std::string& type) {
    return to_list_row(read(edited(good(), {{"<e:Type>18</e:Type><e:TypeName>Công văn</e:TypeName>", type}})))
        .entry.type;
  };
  CHECK(type_with("<e:Type>1</e:Type><e:TypeName>quyết định</e:TypeName>") == "Quyết định");
  CHECK(type_with("<e:Type>1</e:Type><e:TypeName>Lệnh</e:TypeName>") == "Lệnh");
  CHECK(type_with("<e:Type>10</e:Type>") == "Công văn");  // the notation is more telling than a code
  const auto paper = edited(good(), {{"<e:Paper>0", "<e:Paper>1"}, {"<e:Priority>1", "<e:Priority>4"}});
  CHECK(to_list_row(read(paper)).document.carrier == records::Carrier::both);
  CHECK(to_list_row(read(paper)).entry.urgency == "hỏa tốc");
  CHECK(to_list_row(read(paper)).entry.original.at("Header/MessageHeader/OtherInfo/Priority") == "4");

  const auto wordy = edited(good(), {{"V/v thu", std::string(600, 'a') + " thu"}});
  CHECK(said(read(wordy).findings).empty());
  REQUIRE(to_list_row(read(wordy)).findings.size() == 1);  // NĐ30 PL VI has room for 500
  CHECK(to_list_row(read(wordy)).findings[0].code == "P10");

  struct Urgency {
    int priority;
    const char* text;
  };
  for (const Urgency& one : {Urgency{0, ""}, {1, "khẩn"}, {2, "thượng khẩn"}, {3, "hỏa tốc"}}) {
    CHECK(urgency_of(one.priority) == one.text);
    CHECK(priority_of(one.text) == one.priority);
  }
  CHECK(urgency_of(-1).empty());
  CHECK(urgency_of(5).empty());
  CHECK(priority_of("gấp") == -1);
}

TEST_CASE("the words of a secret document go no further", "[exchange][edxml][P12]") {
  const std::string words = "thu nộp tài liệu";
  for (const std::string& text :
       {edited(good(), {{"<e:Subject>V/v", "<e:Subject>(Tối mật) V/v"}}),
        edited(good(), {{"<e:OtherInfo>", "<e:OtherInfo><e:SecurityLevel>Mật</e:SecurityLevel>"}})}) {
    const auto reading = read(text);
    CHECK(reading.secret);
    CHECK(said(reading.findings) == Keys{"error edxml.secret"});
    CHECK(reading.message.subject.empty());
    CHECK(reading.message.attachments.empty());
    CHECK(reading.message.unknown.empty());
    CHECK(to_list_row(reading).entry.subject.empty());
    messages::Gather gather;
    try {
      read_edxml_contents(edxml_input(text), reading, {}, gather);
      FAIL("given out");
    } catch (const Error& error) {
      CHECK(error.exit() == Exit::refused);
      CHECK(error.code() == "P12");
    }
    CHECK(gather.contents.empty());
  }
  CHECK_FALSE(read(edited(good(), {{"<e:Subject>V/v", "<e:Subject>V/v nuôi ong lấy mật"}})).secret);
}

TEST_CASE("a message for somebody else is remarked on", "[exchange][edxml][P36]") {
  EdxmlOptions options;
  options.own_codes = {"H57.99"};
  CHECK(said(read(good(), options).findings) == Keys{"warning edxml.not-for-us"});
  OrganCodes codes;
  codes.add({"H57.31.07", "H57.99", {2025, 7, 1}, "", ""});
  options.codes = &codes;
  CHECK(said(read(good(), options).findings).empty());
}

TEST_CASE("document ids", "[exchange][edxml][P39]") {
  const auto id = parse_document_id(" 000.00.31.H57 , 2018/03/05,05/2018/QÐ-UBND");
  REQUIRE(id);
  CHECK(id->organ_id == "000.00.31.H57");
  CHECK(id->date == records::Date{2018, 3, 5});
  CHECK(id->number.year == 2018);
  CHECK(id->number.notation == "QĐ-UBND");
  CHECK(same_document(*id, *parse_document_id("000.00.31.H57,2018/03/05,5/2018/QĐ-UBND")));
  CHECK_FALSE(same_document(*id, *parse_document_id("000.00.31.H57,2018/03/05,5/QĐ-UBND")));
  CHECK(same_document(*parse_document_id("H57,2024/01/02,không số"),
                      *parse_document_id("H57,2024-01-02,không số")));
  for (const char* bad :
       {"", ",,", "H57,2024/13/01,1/CV", "H57,,1/CV", "H57,2024/01/01,", ",2024/01/01,1/CV", "H57,2024,1/CV"})
    CHECK_FALSE(parse_document_id(bad));
}

TEST_CASE("the six messages of the commune are read as they are described", "[exchange][edxml][P39]") {
  const auto expected_text = samples::shared("expected.json");
  if (!expected_text) return;
  const auto expected = nlohmann::json::parse(*expected_text);
  std::size_t seen = 0;
  for (const auto& one : expected.at("edxml")) {
    const auto bytes = samples::shared(one.at("path").get<std::string>());
    REQUIRE(bytes);
    CAPTURE(one.at("path").get<std::string>());
    ++seen;
    const auto text = [&](const char* key) {
      return one.at(key).is_null() ? "" : one.at(key).get<std::string>();
    };
    const auto reading = read(*bytes, {"", {"H57.31.07"}, nullptr, {}});
    const EdxmlMessage& m = reading.message;
    CHECK(said(reading.findings).empty());
    CHECK(text("verdict") == "ok");
    CHECK(reading.sha256.hex() == text("sha256"));
    CHECK(looks_like_edxml(*bytes));
    CHECK(text("namespace") == kEdxmlQcvn102);
    CHECK(business_text(m.business) == text("business"));
    if (!text("reason").empty()) CHECK(m.reason == text("reason"));
    CHECK(m.from.organ_id == text("sender"));
    CHECK(m.from.name == text("sender_name"));
    CHECK(m.to.at(0).organ_id == text("receiver"));
    CHECK(m.notation == text("ky_hieu"));
    CHECK(m.document_id == text("document_id"));
    CHECK(m.priority == one.at("priority").get<int>());
    CHECK(text::to_iso(m.due) == text("due"));
    CHECK(text::to_iso(m.traces.at(0).time.date) == text("sent"));
    const ListRow row = to_list_row(reading);
    CHECK(row.entry.own.number == one.at("so").get<int>());
    CHECK(row.entry.own.notation == text("ky_hieu"));
    CHECK(text::to_iso(row.entry.date) == text("ngay"));
    CHECK(row.entry.type == text("loai"));
    CHECK(row.entry.subject == text("trich_yeu"));
    std::vector<std::string> answers;
    for (const EdxmlLink& link : edxml_links(m)) {
      REQUIRE(link.target);
      if (link.relation == EdxmlRelation::answers) answers.push_back(link.document_id);
      if (link.relation == EdxmlRelation::recalls) CHECK(link.document_id == m.document_id);
    }
    CHECK((m.business == EdxmlBusiness::recall) == (edxml_links(m).size() > answers.size()));
    CHECK(one.at("answers").is_null() == answers.empty());
    if (one.at("answers").is_string())
      CHECK(one.at("answers").dump().find(answers.at(0)) != std::string::npos);
    const auto gather = messages::contents(*bytes, reading);
    const auto& attachments = one.at("attachments");
    REQUIRE(m.attachments.size() == attachments.size());
    for (std::size_t i = 0; i < m.attachments.size(); ++i) {
      CHECK(m.attachments[i].name == attachments[i].at("name").get<std::string>());
      CHECK(m.attachments[i].content_id == attachments[i].at("content_id").get<std::string>());
      CHECK(m.attachments[i].content_type == attachments[i].at("content_type").get<std::string>());
      CHECK(m.attachments[i].zipped == attachments[i].at("zipped").get<bool>());
      CHECK(m.attachments[i].present == attachments[i].at("present").get<bool>());
      CHECK(m.attachments[i].size == attachments[i].at("size").get<std::uint64_t>());
      CHECK(m.attachments[i].sha256 == attachments[i].at("sha256").get<std::string>());
      CHECK(sha256(gather.contents.at(i)).hex() == m.attachments[i].sha256);
    }
  }
  CHECK(seen == expected.at("counts").at("edxml").get<std::size_t>());
}
