// What a package told of its earlier life (PREMIS events, D22), as one text among the original values of its
// file.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "package/package.h"

namespace vtlt::repository {

// A line of cells with tabs between them: time, type, detail, outcome, agent, kind of agent, id, "+", then
// role and OBJID of each linked object. Tabs, line ends and backslashes inside are written \t, \n and \\.
std::string event_line(const package::Plan::Event& event);

// Lines that cannot be read are left out. The first versions wrote five cells, then seven, with nothing
// escaped.
std::vector<package::Plan::Event> events_of(std::string_view lines);

}  // namespace vtlt::repository
