// A reader's request (phiếu yêu cầu) in YAML, for a package of use: vtlt-package(1), "The request".
#pragma once
#include <string>

#include "scheme/scheme.h"
#include "text/date.h"

namespace vtlt::scheme {

struct UseRequestFile {
  std::string number;      // requestID
  text::Date date, until;  // until: term of use, may be empty
  std::string by, papers;  // the reader, and the personal papers (số căn cước)
  std::string purpose;     // 01 cá nhân, 02 công vụ, 03 công vụ đặc biệt (TT05 PL V)
  std::string content;
  std::string fee;  // 01-10 of PL V; "" = none
  std::string topic, note, permit_by;
  int copies = 1;
};
// Throws as load().
UseRequestFile read_use_request(const Source& source);

}  // namespace vtlt::scheme
