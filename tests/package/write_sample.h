// One file of three documents for the tests of the writer: a decision with an annex, a photo, a dispatch.
#pragma once
#include <filesystem>
#include <string>

#include "package/package.h"

namespace write_test {

// A folder of its own below the system's temporary one, gone at the end.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  const vtlt::Path& path() const { return path_; }
  vtlt::Path operator/(const char* name) const { return path_ / name; }

 private:
  vtlt::Path path_;
};

vtlt::package::Plan sample(vtlt::package::Kind kind, const vtlt::Path& sources);
// The same documents without a file of their own (…_tailieu), as what a reader gets, and as a bag.
vtlt::package::Plan sample_loose(vtlt::package::Kind kind, const vtlt::Path& sources);
vtlt::package::Plan sample_dip(const vtlt::Path& sources);
vtlt::package::Plan sample_bag(const vtlt::Path& sources);
vtlt::package::Content make_content(const vtlt::Path& source, const std::string& name,
                                    const std::string& bytes,
                                    vtlt::records::Role role = vtlt::records::Role::main);
// Changes one document of a plan.
template <typename Change>
void edit(vtlt::package::Plan& plan, std::size_t index, const Change& change) {
  vtlt::package::PackedDocument document = plan.documents[index];
  change(document);
  plan.documents.set(index, document);
}
std::string read(const vtlt::Path& path);
// Every file below, path and bytes, in order.
std::string everything(const vtlt::Path& path);

}  // namespace write_test
