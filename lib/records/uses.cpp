#include "records/uses.h"

#include <algorithm>

namespace vtlt::records {
namespace {

struct Copy {
  UseCopy copy;
  const char* text;
  const char* name;
};
constexpr Copy kCopies[] = {{UseCopy::reading, "reading", "đọc"},
                            {UseCopy::certified, "certified", "bản sao y, sao lục, trích sao"},
                            {UseCopy::photo, "photo", "bản sao chụp"},
                            {UseCopy::electronic, "electronic", "bản sao điện tử"}};

const Copy& copy_of(UseCopy copy) {
  return *std::find_if(std::begin(kCopies), std::end(kCopies),
                       [&](const Copy& one) { return one.copy == copy; });
}

}  // namespace

const char* use_copy_text(UseCopy copy) {
  return copy_of(copy).text;
}
const char* use_copy_name(UseCopy copy) {
  return copy_of(copy).name;
}

std::optional<UseCopy> parse_use_copy(std::string_view text) {
  for (const Copy& one : kCopies)
    if (text == one.text) return one.copy;
  return std::nullopt;
}

Access access_of(std::string_view text) {
  if (text == "open") return Access::open;
  return text == "secret" ? Access::secret : Access::conditional;
}

Access nearest_access(const std::string& document, const std::string& file, const std::string& of_class,
                      const std::string& scheme) {
  for (const std::string* level : {&document, &file, &of_class, &scheme})
    if (!level->empty()) return access_of(*level);
  return Access::conditional;
}

Access stricter(Access a, Access b) {
  return std::max(a, b);
}

std::vector<Finding> check_use(const Use& use, Access access) {
  Finding finding;
  finding.basis = "Luật Lưu trữ Đ25";
  if (access == Access::secret) {
    finding.code = "VTLT-ACCESS-03";
    finding.message = Message("records.use.secret");
    finding.hint = Message("records.use.secret.hint");
    return {finding};
  }
  if (access == Access::conditional && use.basis.empty()) {
    finding.code = "VTLT-ACCESS-02";
    finding.message = Message("records.use.conditional");
    return {finding};
  }
  return {};
}

bool comes_back(const Use& use) {
  return use.copy == UseCopy::reading || !use.due.empty();
}

}  // namespace vtlt::records
