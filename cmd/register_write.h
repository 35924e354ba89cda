// What is said after one document was registered, or would be.
#pragma once
#include "context.h"
#include "repository/work.h"

namespace vtlt::cmd {

// source: what a copy is of; "" for what is none.
void show_registered(Context& context, const repository::RegisterRequest& request,
                     const repository::RegisterResult& result, const std::string& source = {});

// The first thing named is the number when it reads as one and is no computer file: taken out of `places`.
void take_designation(Files& files, std::vector<std::string>& places, records::RegisterEntry& entry);
// Computer files as they are named; the first is the main one. Throws exit 2 for what is none.
std::vector<repository::ContentRequest> contents_named(Files& files, const std::vector<std::string>& paths,
                                                       const std::string& role);

}  // namespace vtlt::cmd
