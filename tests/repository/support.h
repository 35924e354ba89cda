// What the tests of the repository share: small schemes, a repository in a scratch directory, and judging one
// from outside: by repository::check and by the reader in python3, which shares no code with vtlt.
#pragma once
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/delegating_files.h"
#include "base/error.h"
#include "repository/checking.h"
#include "repository/mending.h"
#include "repository/packing.h"
#include "repository/repository.h"
#include "repository/work.h"
#include "support/scratch.h"

namespace repository_test {

using namespace vtlt;
using namespace vtlt::repository;

using Delegating = DelegatingFiles;

// A scheme that loads in no time; numbers are given by vtlt unless mode is "external".
std::string small_scheme(const std::string& code = "UB", const std::string& mode = "internal");
// The ready scheme of a commune.
std::string commune_scheme(const std::string& mode);

// base/kho/.vtlt, what this machine remembers in base/state, sources in base/in, packages in base/out.
Options options_at(const Path& base);
InitResult make(Files& files, const Path& base, const std::string& scheme = small_scheme());
void put(const Path& path, std::string_view bytes);
std::string get(const Path& path);
std::string pdf(const std::string& words);  // one page
void copy_tree(const Path& from, const Path& to);
std::vector<Path> files_below(const Path& root);

RegisterRequest incoming(const std::string& own, const std::string& subject, std::vector<Path> contents = {});
RegisterRequest outgoing(const std::string& notation, const std::string& subject,
                         std::vector<Path> contents = {});
RegisterRequest inside(const std::string& subject, std::vector<Path> contents = {});
AttachRequest attaching(const records::Id& document, std::vector<Path> contents);
FileOpenRequest opening(const std::string& title);
FileCloseRequest closing(const records::Id& file);

// What people see of a repository, a line each; equal for equal states. Events are not counted.
std::string summary(Repository& repository);
std::string summary_at(const Path& base);

// The error findings, a line each; "" when there is none. Throws nothing.
std::string errors_of(const Path& base, Files& files = system_files());
// What the reader in python3 says against it; "" when nothing.
std::string reader_says(const Path& base, std::uint64_t segment_bytes = 0);
// Both; the catalogue made anew is equal to the one that grew.
void require_sound(const Path& base, std::uint64_t segment_bytes = 0);
// code and exit of the Error that work throws; "" when it throws none.
std::string refusal(const std::function<void()>& work);
std::string told(const Error& error);

// A repository with one document, and sources beside it for the_request.
void prepared(const Path& base);
RegisterRequest the_request(const Path& base);

}  // namespace repository_test
