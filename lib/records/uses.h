// Use of kept records (NĐ30 PL IV, sổ sử dụng bản lưu): who used what, with whose permission, and when it
// came back.
#pragma once
#include <string>

#include "base/finding.h"
#include "records/records.h"

namespace vtlt::records {

// What the user gets. The kept copy itself is only lent for reading; the others are made from it and stay
// away.
enum class UseCopy { reading, certified, photo, electronic };
const char* use_copy_text(UseCopy copy);  // as stored
std::optional<UseCopy> parse_use_copy(std::string_view text);
const char* use_copy_name(
    UseCopy copy);  // on forms: "đọc", "sao y, sao lục, trích sao", "sao chụp", "bản điện tử"

struct Use {
  Id id{Kind::use};
  Id fonds{Kind::fonds};
  std::optional<Id> entry, document,
      file;        // what is used: a register line with its document, a document, a file
  std::string by;  // họ tên người sử dụng
  std::string purpose;
  UseCopy copy = UseCopy::reading;
  std::string permit_by;  // người cho phép sử dụng
  std::string basis;      // số, ký hiệu of the paper that allows it
  Date from;
  Date due;  // agreed day of return; may be empty
};

// Open, conditional, secret, in the order of strictness: "open" "conditional" "secret"; anything else is
// conditional, for nobody has said that it is open.
enum class Access { open, conditional, secret };
Access access_of(std::string_view text);
// What is said nearest to the record stands: the document's own level, else the file's, else that of the
// class, else the scheme's. Empty: not said there.
Access nearest_access(const std::string& document, const std::string& file, const std::string& of_class,
                      const std::string& scheme);
Access stricter(Access a, Access b);

// VTLT-ACCESS-02: conditional without a paper that allows it; VTLT-ACCESS-03: secret, whatever is shown.
// Empty: allowed.
std::vector<Finding> check_use(const Use& use, Access access);

// Lent and not back: read in the house, or with a day of return agreed.
bool comes_back(const Use& use);

}  // namespace vtlt::records
