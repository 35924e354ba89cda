#include "records/printed.h"

#include "text/text.h"

namespace vtlt::records {

std::string type_and_subject(const std::string& type, const std::string& subject) {
  if (type.empty() || text::fold(subject).rfind(text::fold(type), 0) == 0) return subject;
  return subject.empty() ? type : type + " " + subject;
}

std::string two_digits(int number) {
  if (number <= 0) return {};
  return (number < 10 ? "0" : "") + std::to_string(number);
}

std::string cited(const std::string& type, const DocumentNumber& own, const Date& date,
                  const std::string& issuer) {
  std::string words = type;
  const auto add = [&](const std::string& before, const std::string& what) {
    if (!what.empty()) words += (words.empty() ? "" : " ") + before + what;
  };
  add(words.empty() ? "" : "số ", own.text());
  add("ngày ", text::to_dmy(date));
  add("của ", issuer);
  return words;
}

bool sent_by_network(const std::string& acknowledged) {
  const std::string words = text::fold(acknowledged);
  for (const char* sign : {"truc lien thong", "lien thong van ban", "qua mang", "dien tu", "email", "e-mail",
                           "ioffice", "edxml"})
    if (words.find(sign) != std::string::npos) return true;
  return false;
}

}  // namespace vtlt::records
