// What is said after one document was registered, or would be.
#pragma once
#include "context.h"
#include "output.h"
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

// What to do next with a new line, and what messages had said of it before it came.
void tell_next(const Context& context, Report& report, const repository::RegisterResult& result);
void tell_awaited(Report& report, const repository::RegisterResult& result);

// A message of another agency (edXML) instead of flags: what it cannot know is given beside.
struct MessageOptions {
  std::string arrival, arrival_date, unit, due, into, year;
  bool dry_run = false;
};
int take_message(Context& context, const std::string& path, const MessageOptions& options);
// Several; `kind_given`: the folder is of messages because it was said so.
struct MessagesOptions {
  std::string arrival_date, unit;
  bool partial = false, dry_run = false, exit_code = false;
};
std::vector<std::string> messages_in(Context& context, const std::vector<std::string>& paths, bool kind_given);
int take_messages(Context& context, const std::vector<std::string>& paths, const MessagesOptions& options);

// "1312", "12a".
void take_number(const std::string& flag, const std::string& value, records::RegisterEntry& entry);

}  // namespace vtlt::cmd
