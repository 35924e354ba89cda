// How single values stand on forms and in lists (NĐ30 PL I, PL IV).
#pragma once
#include "records/records.h"

namespace vtlt::records {

// "Tên loại và trích yếu" in one cell; a type that begins the subject already is not said twice.
std::string type_and_subject(const std::string& type, const std::string& subject);
std::string two_digits(int number);  // below 10 a leading 0; "" for 0
// "Quyết định số 15/QĐ-UBND ngày 05/01/2026 của Sở Nội vụ": what is known of it.
std::string cited(const std::string& type, const DocumentNumber& own, const Date& date,
                  const std::string& issuer);

// Whether what stands in "ký nhận" says that it went through the network: "Qua trục liên thông", "email".
bool sent_by_network(const std::string& acknowledged);

}  // namespace vtlt::records
