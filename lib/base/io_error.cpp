#include "base/io_error.h"

#include <cerrno>
#include <cstring>
#include <string_view>
#include <utility>

namespace vtlt {
namespace {

// In the reader's language where it is one of these; else as the system calls it.
std::string words_for(std::string_view operation) {
  static constexpr std::pair<std::string_view, const char*> all[] = {
      {"chmod", "base.io.do.chmod"},   {"chown", "base.io.do.chown"},       {"fsync", "base.io.do.fsync"},
      {"list", "base.io.do.list"},     {"lock", "base.io.do.lock"},         {"mkdir", "base.io.do.mkdir"},
      {"open", "base.io.do.open"},     {"read", "base.io.do.read"},         {"remove", "base.io.do.remove"},
      {"rename", "base.io.do.rename"}, {"stat", "base.io.do.stat"},         {"statfs", "base.io.do.statfs"},
      {"syncfs", "base.io.do.syncfs"}, {"truncate", "base.io.do.truncate"}, {"write", "base.io.do.write"}};
  for (const auto& [name, key] : all)
    if (name == operation) return "{" + std::string(key) + "}";
  return std::string(operation);
}
std::string words_for(int number) {
  static constexpr std::pair<int, const char*> all[] = {{ENOENT, "base.io.why.enoent"},
                                                        {EEXIST, "base.io.why.eexist"},
                                                        {ENOTDIR, "base.io.why.enotdir"},
                                                        {EISDIR, "base.io.why.eisdir"},
                                                        {EACCES, "base.io.why.eacces"},
                                                        {EPERM, "base.io.why.eperm"},
                                                        {ENOSPC, "base.io.why.enospc"},
                                                        {EDQUOT, "base.io.why.edquot"},
                                                        {EROFS, "base.io.why.erofs"},
                                                        {EIO, "base.io.why.eio"},
                                                        {ENAMETOOLONG, "base.io.why.enametoolong"},
                                                        {ELOOP, "base.io.why.eloop"},
                                                        {EMFILE, "base.io.why.emfile"},
                                                        {EFBIG, "base.io.why.efbig"},
                                                        {ENOTEMPTY, "base.io.why.enotempty"},
                                                        {EINVAL, "base.io.why.einval"}};
  for (const auto& [one, key] : all)
    if (one == number) return "{" + std::string(key) + "}";
  return strerror(number);
}

}  // namespace

Error io_error(const Path& path, int number, const char* operation) {
  const char* name = strerrorname_np(number);
  Message hint;
  if (number == ENOSPC || number == EDQUOT) hint = Message("base.io.full");
  if (number == EROFS) hint = Message("base.io.read_only");
  if (number == EACCES || number == EPERM) hint = Message("base.io.permission");
  if (number == ENOENT || number == ENOTDIR || number == EEXIST) hint = Message("base.io.path");
  return Error(Exit::no_verdict, std::string("VTLT-IO-") + (name != nullptr ? name : "UNKNOWN"),
               Message("base.io.failed", {{"path", path.string()},
                                          {"operation", words_for(operation)},
                                          {"reason", words_for(number)}}),
               std::move(hint))
      .at(path.string());
}

}  // namespace vtlt
