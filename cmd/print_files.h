// What forms of files are about: files, boxes and submissions as they are named on the command line.
#pragma once
#include <string>
#include <vector>

#include "context.h"
#include "repository/printing.h"

namespace vtlt::cmd {

// Fills what the form is about; a missing or wrong reference is a usage error. "hop.09" and "nop-2026-01" stand for the
// files in them, a file for the box it is in.
void refer(Context& context, repository::Repository& repository, const std::vector<std::string>& references, int year,
           repository::PrintNeeds needs, repository::PrintRequest& request);
std::vector<records::FileState> states_of(const std::vector<std::string>& words);  // "closed,submitted" "archived"

// Of --vocabulary, else of the configuration.
records::Vocabulary vocabulary_of(repository::Repository& repository, const std::string& flag);

// Writes a form as HTML; SHA-256 of its bytes in hex.
std::string write_html_file(Context& context, const repository::Printed& printed, const Path& path);

}  // namespace vtlt::cmd
