// The steps of packing: what goes in, and what a reader gets with it. Internal.
#pragma once
#include "repository/packing.h"

namespace vtlt::repository {

struct Gathered {
  package::Plan plan;
  std::vector<records::Id> touched;  // everything whose change makes another package
  std::vector<records::Id> components_touched;
  std::vector<records::Id> documents;  // of loose documents and DIPs, in order
  std::vector<records::Use> uses;      // of a DIP
  std::string name;                    // of the file
  std::uint64_t links = 0;
  std::vector<Finding> findings;
};

// One file, or documents from anywhere; kind and code are not settled yet.
Gathered gather(Repository& repository, const PackRequest& request);

// Kind by Đ17 and Đ8k3.
ChosenKind settle_kind(Gathered& gathered, const PackRequest& request);

// The body of the event as it was written: the catalogue keeps only what lists need.
journal::PackagePlanned whole_plan(Repository& repository, const catalogue::PackageRow& row);

// What is remembered of a request in its event, and read from there when the package is made again.
std::map<std::string, std::string> details_of(const PackRequest& request, const Gathered& gathered);
PackRequest request_from(const journal::PackagePlanned& plan);

// Of a DIP: access judged for each record, the uses to be written down, the request's values. `today` decides
// nothing that stands in the package.
void settle_use(Repository& repository, Gathered& gathered, const PackRequest& request,
                const text::Date& today);
// The papers that go with it, once the package has a name.
void add_documentation(Gathered& gathered, const DipUse& use, const std::string& name);

}  // namespace vtlt::repository
