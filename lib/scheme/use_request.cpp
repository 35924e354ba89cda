#include "scheme/use_request.h"

#include "scheme/keys.h"

namespace vtlt::scheme {
namespace {

std::string purpose_code(const std::string& word) {
  if (word == "ca-nhan") return "01";
  if (word == "cong-vu") return "02";
  return word == "cong-vu-dac-biet" ? "03" : word;
}

text::Date date_at(const Node& map, std::string_view key) {
  const auto date = text::from_iso(iso_date_at(map, key));
  return date ? *date : text::Date{};
}

}  // namespace

UseRequestFile read_use_request(const Source& source) {
  const YamlFile file = parse_yaml(source.name, source.text);
  if (file.root.kind != Node::Kind::map || file.root.find("vtlt") == nullptr)
    refuse({file.path, 1, 1}, "VTLT-SCHEME-11", "scheme.not_a_scheme",
           {{"key", std::string("vtlt")},
            {"section", std::string("request")},
            {"value", std::string()},
            {"allowed", std::string("request/1")}});
  validate(file, file.root, "request");
  UseRequestFile out;
  out.number = text_at(file.root, "number");
  out.date = date_at(file.root, "date");
  out.until = date_at(file.root, "until");
  out.by = text_at(file.root, "by");
  out.papers = text_at(file.root, "papers");
  out.purpose = purpose_code(text_at(file.root, "purpose"));
  out.content = text_at(file.root, "content");
  out.fee = text_at(file.root, "fee");
  out.topic = text_at(file.root, "topic");
  out.note = text_at(file.root, "note");
  out.permit_by = text_at(file.root, "permit-by");
  out.copies = number_at(file.root, "copies", 1);
  return out;
}

}  // namespace vtlt::scheme
