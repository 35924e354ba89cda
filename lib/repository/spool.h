// What a list's rows become, kept until all of them are judged. Internal.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/files.h"

namespace vtlt::repository {

// Texts in order, in memory while they are few, else in a file of the session.
class Spool {
 public:
  // make: called once, when memory does not do; the file is empty and nobody else's.
  explicit Spool(std::function<std::unique_ptr<File>()> make) : make_(std::move(make)) {}
  void add(char kind, std::string_view text);
  void clear();
  void each(const std::function<void(char kind, std::string_view text)>& take);

 private:
  void write_out();
  std::function<std::unique_ptr<File>()> make_;
  std::unique_ptr<File> file_;
  std::uint64_t written_ = 0;
  std::string buffer_;
};

}  // namespace vtlt::repository
