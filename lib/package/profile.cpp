#include "package/profile.h"

#include <algorithm>

#include "package/check_fields.h"
#include "package/check_report.h"
#include "package/embedded_profiles.h"
#include "package/settings.h"
#include "records/formats.h"
#include "trust/digest.h"

namespace vtlt::package {
namespace {

using text::Node;
constexpr const char* family = "VTLT-PROFILE-";

class Reader {
 public:
  Reader(const std::string& path, const Node& root) : path_(path), root_(root) {}

  Profile read() {
    Settings top(path_, root_, family);
    const std::string kind = top.word("vtlt");
    if (kind != "profile/1")
      text::refuse({path_, root_.line, root_.column}, "VTLT-PROFILE-11", "settings.kind",
                   {{"expected", std::string("profile/1")}});
    profile_.id = top.word("id", true);
    profile_.version = top.word("version", true);
    profile_.title = top.word("title");
    profile_.packages = top.words("packages", {"sip-hoso", "sip-tailieu", "aip-hoso", "aip-tailieu", "dip"});
    profile_.specs = top.words("specs", {"tt05", "csip-2.2", "bagit-1.0"});
    profile_.maintenance = top.words("maintenance", {"01", "02", "03", "04", "05", "06", "07"});
    profile_.digests = top.words("digests", {"SHA-256", "SHA-384", "SHA-512"});
    if (const Node* node = top.find("formats")) formats(*node);
    if (const Node* node = top.find("pdfa")) pdfa(*node);
    profile_.resolution = top.number("resolution");
    if (const Node* node = top.find("size")) {
      Settings size(path_, *node, family);
      profile_.file_bytes = size.bytes("file");
      profile_.package_bytes = size.bytes("package");
      size.done();
    }
    if (const Node* node = top.find("medium")) {
      Settings medium(path_, *node, family);
      profile_.file_system = medium.choice("file_system", {"fat32", "exfat", "ntfs"});
      profile_.longest_path = medium.number("longest_path");
      medium.done();
    }
    if (const Node* node = top.find("fields")) fields(*node);
    if (const Node* node = top.find("names")) {
      Settings names(path_, *node, family);
      profile_.zip_name = names.pattern("zip");
      profile_.folder_name = names.pattern("folder");
      names.done();
    }
    if (const Node* node = top.find("registration")) {
      Settings registration(path_, *node, family);
      profile_.registration = registration.yes("needed");
      profile_.registration_form = registration.pattern("pattern");
      registration.done();
    }
    top.done();
    return std::move(profile_);
  }

 private:
  void formats(const Node& node) {
    Settings codes(path_, node, family);
    for (const char* code : {"DOC", "OTHER", "PIC", "MEDIA"}) {
      const auto items = codes.list(code);
      if (!items.empty()) profile_.format_codes.emplace_back(code);
      for (const Node* item : items)
        format(codes, *item, code);
    }
    codes.done();
    if (profile_.formats.empty()) codes.wrong(node, "formats", "DOC: [pdf, docx]");
  }

  void format(const Settings& codes, const Node& item, const char* code) {
    if (item.kind == Node::Kind::map) {  // one that the circular does not name
      Settings own(path_, item, family);
      profile_.formats.push_back({own.word("extension", true), own.word("mime", true)});
      own.done();
      return;
    }
    bool known = false;
    for (const auto& listed : records::circular_formats()) {
      if (listed.code != code || (item.text != "all" && item.text != listed.extension)) continue;
      profile_.formats.push_back({std::string(listed.extension), std::string(listed.mime)});
      known = true;
    }
    if (known) return;
    std::string all = "all";
    for (const auto& listed : records::circular_formats())
      if (listed.code == code) all += ", " + std::string(listed.extension);
    codes.wrong(item, code, all + "; {extension: …, mime: …}");
  }

  void pdfa(const Node& node) {
    Settings one(path_, node, family);
    const std::string of = one.choice("of", {"digitised", "all"}, true);
    profile_.pdfa = of == "all" ? Profile::PdfA::all : Profile::PdfA::digitised;
    profile_.pdfa_levels =
        one.words("levels", {"1a", "1b", "2a", "2b", "2u", "3a", "3b", "3u", "4", "4e", "4f"});
    one.done();
  }

  void fields(const Node& node) {
    Settings forms(path_, node, family);
    for (const char* form : {"file", "batch", "request", "document", "picture", "media"}) {
      const auto names = elements_of_forms(form);
      for (const Node* item : forms.list(form)) {
        if (item->kind == Node::Kind::scalar) {
          if (std::find(names.begin(), names.end(), item->text) == names.end()) unknown(forms, *item, form);
          profile_.fields.push_back({form, item->text, {}, {}});
          continue;
        }
        Settings one(path_, *item, family);
        Profile::Field field{form, one.word("name", true), one.pattern("pattern"), one.words("codes")};
        if (std::find(names.begin(), names.end(), field.name) == names.end())
          unknown(forms, *one.find("name"), form);
        one.done();
        profile_.fields.push_back(std::move(field));
      }
    }
    forms.done();
  }

  [[noreturn]] static void unknown(const Settings& forms, const Node& item, const char* form) {
    std::string all;
    for (const auto name : elements_of_forms(form))
      all += (all.empty() ? "" : " ") + std::string(name);
    forms.wrong(item, form, all);
  }

  const std::string& path_;
  const Node& root_;
  Profile profile_;
};

}  // namespace

Profile parse_profile(const std::string& path, std::string_view text) {
  text::Limits limits;
  limits.codes = family;
  const text::YamlFile file = text::parse_yaml(path, text, limits);
  Profile profile = Reader(file.path, file.root).read();
  profile.sha256 = vtlt::sha256(text).hex();
  return profile;
}

std::vector<std::string> shipped_profiles() {
  std::vector<std::string> names;
  for (const auto& one : embedded_profiles())
    names.emplace_back(one.name);
  return names;
}

Profile load_profile(Files& files, const std::string& file_or_name) {
  for (const auto& one : embedded_profiles()) {
    if (one.name != file_or_name) continue;
    std::string text;
    for (const std::string_view part : one.parts)
      text += part;
    return parse_profile(std::string(one.name) + ".yaml", text);
  }
  const auto stat = files.stat(file_or_name);
  if (!stat || stat->kind != FileKind::file) {
    std::string names;
    for (const std::string& name : shipped_profiles())
      names += (names.empty() ? "" : ", ") + name;
    throw Error(Exit::usage, "VTLT-PROFILE-16", Message("profile.absent", {{"name", shown(file_or_name)}}),
                Message("profile.absent.hint", {{"names", names}}));
  }
  return parse_profile(file_or_name, read_whole(files, file_or_name, 4u << 20));
}

}  // namespace vtlt::package
