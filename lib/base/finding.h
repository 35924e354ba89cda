// What a check found, as data; how it looks (text, JSON, JUnit, SARIF) is decided in cmd.
#pragma once
#include <string>
#include <utility>

#include "base/message.h"

namespace vtlt {

enum class Level { note, warning, error };  // error = the verdict is "không đạt"

struct Finding {
  std::string code;  // requirement id: "CSIP58", "TT05-EAD-maintenance", "P38", "VTLT-CHAIN-02"
  Level level = Level::error;
  std::string ref;   // the record or package: "2026.04.VP", "den.1312", "goi/0012.zip"
  std::string path;  // the computer file inside it, as a person can open it
  long line = 0;     // 1-based; 0: none
  Message message;   // what is wrong
  Message hint;      // how to mend it
  std::string basis; // the law, circular or standard: "TT 05/2025 PL III", "CSIP 2.0.4"
};

inline Finding warning(std::string code, Message message, std::string basis, std::string ref = {}, Message hint = {}) {
  return {std::move(code), Level::warning, std::move(ref), {}, 0, std::move(message), std::move(hint), std::move(basis)};
}

}  // namespace vtlt
