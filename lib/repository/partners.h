// Shared by messages that come and those that go: who is who, and which line a document id means. Internal.
#pragma once
#include "repository/exchanging.h"
#include "repository/registering.h"

namespace vtlt::repository {

class Partners {
 public:
  Partners(Repository& repository, catalogue::FondsRow fonds)
      : repository_(repository),
        fonds_(std::move(fonds)),
        codes_(organ_codes(repository.scheme(fonds_.fonds.id))) {}

  const records::Fonds& fonds() const { return fonds_.fonds; }
  const exchange::OrganCodes& codes() const { return codes_; }
  bool same_body(const std::string& a, const std::string& b) const { return codes_.related(a, b); }
  bool ours(const std::string& code) const {
    return !fonds().organ.empty() && same_body(code, fonds().organ);
  }
  // Lines that stand for the document: by its id, else by number, notation, date and who issued it (`name`
  // where the line has no code). Ours are looked for in the outgoing book, others in the incoming one.
  std::vector<catalogue::EntryRow> lines_of(const exchange::EdxmlDocumentId& id, const std::string& text,
                                            const std::string& name) const;

 private:
  Repository& repository_;
  catalogue::FondsRow fonds_;
  exchange::OrganCodes codes_;
};

}  // namespace vtlt::repository
