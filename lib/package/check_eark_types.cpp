#include "package/check_eark_types.h"

#include <algorithm>

#include "package/eark_vocabularies.h"

namespace vtlt::package {
namespace {

// Who an agent is for a SIP, as far as its attributes tell.
struct Agents {
  std::vector<const MetsAgent*> submitters, contacts, creators, keepers;  // SIP15, 21, 9, 26
  std::vector<const MetsAgent*> strangers;                                // ROLE missing or unknown
};

Agents sort_agents(const MetsFacts& facts) {
  Agents sorted;
  const MetsAgent* software = software_agent(facts.agents);
  std::vector<const MetsAgent*> others;           // ROLE=OTHER: SIP16 leaves it open
  std::vector<const MetsAgent*> people, unclear;  // CREATOR and INDIVIDUAL; CREATOR and no known type
  for (const MetsAgent& agent : facts.agents) {
    if (&agent == software && (agent.type == "OTHER" || agent.other_type == "SOFTWARE")) continue;
    if (agent.role == "ARCHIVIST")
      sorted.creators.push_back(&agent);
    else if (agent.role == "PRESERVATION")
      sorted.keepers.push_back(&agent);
    else if (agent.role == "CREATOR" && agent.type == "ORGANIZATION")
      sorted.submitters.push_back(&agent);
    else if (agent.role == "CREATOR" && agent.type == "INDIVIDUAL")
      people.push_back(&agent);
    else if (agent.role == "CREATOR" && agent.other_type != "SOFTWARE")
      unclear.push_back(&agent);
    else if (agent.role == "OTHER" && (agent.type == "ORGANIZATION" || agent.type == "INDIVIDUAL"))
      others.push_back(&agent);
    else if (!is_term(Vocabulary::agent_role, agent.role))
      sorted.strangers.push_back(&agent);
  }
  // Of two people the one with a code is who submits (SIP20); who is only to be called needs none (SIP21).
  std::stable_partition(people.begin(), people.end(), [](const MetsAgent* agent) {
    return std::any_of(agent->notes.begin(), agent->notes.end(),
                       [](const auto& note) { return note.type == "IDENTIFICATIONCODE"; });
  });
  for (auto* rest : {&unclear, &people})
    for (const MetsAgent* agent : *rest)
      (sorted.submitters.empty() && sorted.strangers.empty() ? sorted.submitters : sorted.contacts)
          .push_back(agent);
  if (sorted.submitters.empty() && sorted.strangers.empty() && !others.empty())
    sorted.submitters.push_back(others.front());
  return sorted;
}

class TypeCheck {
 public:
  TypeCheck(const MetsFacts& facts, const std::string& path, Report& report)
      : facts_(facts), path_(path), report_(report) {}

  void run() {
    const EarkProfile profile = facts_.claim.profile;
    const std::string& type = facts_.header.package_type;
    advice_ = profile == EarkProfile::csip;
    const auto is = [&](EarkProfile wanted, const char* name) {
      return profile == wanted || ((profile == EarkProfile::unknown || advice_) && type == name);
    };
    if (is(EarkProfile::sip, "SIP")) sip();
    if (is(EarkProfile::aip, "AIP")) aip();
    if (is(EarkProfile::dip, "DIP")) dip();
    // Of type and profile one is wrong; which, nobody can tell.
    const auto other = [&](EarkProfile wanted, const char* name, const char* id) {
      if (type == name && profile != wanted && profile != EarkProfile::unknown && !advice_)
        expect(id, facts_.root.line, "PROFILE", facts_.root.profile, url_of(wanted).c_str());
    };
    other(EarkProfile::sip, "SIP", "SIP2");
    other(EarkProfile::aip, "AIP", "AIPM2");
    other(EarkProfile::dip, "DIP", "DIP2");
  }

 private:
  void breach(const char* id, long line, Message what) {
    const auto level = level_in(facts_.claim.version, id);
    if (!level) return;
    report_.add(advice_ ? std::min(*level, Level::warning) : *level, id, {path_, line}, std::move(what),
                say("repack.hint"), std::string("E-ARK ") + name_ + ' ' + text_of(facts_.claim.version));
  }
  void need(bool right, const char* id, long line, const char* element, const char* attribute) {
    if (!right) breach(id, line, say("attribute", {{"element", element}, {"attribute", attribute}}));
  }
  void expect(const char* id, long line, const char* name, const std::string& value, const char* expected) {
    breach(id, line,
           say("value.expected", {{"name", name}, {"value", shown(value)}, {"expected", expected}}));
  }
  // As the version claimed has it. AIPM2 prints the host of the DIP, whose own has no version in its name.
  std::string url_of(EarkProfile profile) const {
    if (profile == EarkProfile::dip) return "https://earkdip.dilcis.eu/profile/E-ARK-DIP.xml";
    std::string version = std::string("-v") + text_of(facts_.claim.version) + ".xml";
    std::replace(version.begin(), version.end() - 4, '.', '-');
    return (profile == EarkProfile::sip ? "https://earksip.dilcis.eu/profile/E-ARK-SIP"
                                        : "https://earkdip.dilcis.eu/profile/E-ARK-AIP") +
           version;
  }
  void profile_and_type(EarkProfile profile, const char* profile_id, const char* type_id) {
    if (!is_fixed_profile(profile, facts_.root.profile))
      expect(profile_id, facts_.root.line, "PROFILE", facts_.root.profile, url_of(profile).c_str());
    if (facts_.has_header && facts_.header.package_type != name_)
      expect(type_id, facts_.header.line, "csip:OAISPACKAGETYPE", facts_.header.package_type, name_);
  }

  void sip() {
    name_ = "SIP";
    profile_and_type(EarkProfile::sip, "SIP2", "SIP4");
    if (!facts_.has_header) return;
    if (!facts_.header.status.empty() && !is_term(Vocabulary::record_status, facts_.header.status))
      breach("SIP3", facts_.header.line,
             say("value", {{"name", "RECORDSTATUS"}, {"value", shown(facts_.header.status)}}));
    alternatives();
    const Agents agents = sort_agents(facts_);
    submitters(agents);
    creators(agents);
    contacts(agents);
    keepers(agents);
  }

  void alternatives() {
    int agreements = 0, references = 0;
    for (const auto& one : facts_.alternatives) {
      if (!is_term(Vocabulary::alternative_record, one.type))
        breach("SIP5", one.line, say("value", {{"name", "altRecordID/@TYPE"}, {"value", shown(one.type)}}));
      if (one.type == "SUBMISSIONAGREEMENT" && ++agreements == 2)
        breach("SIP5", one.line, say("only.one", {{"what", one.type}}));
      if (one.type == "REFERENCECODE" && ++references == 2)
        breach("SIP7", one.line, say("only.one", {{"what", one.type}}));
    }
  }

  static bool is_body(const MetsAgent& agent) {
    return agent.type == "ORGANIZATION" || agent.type == "INDIVIDUAL";
  }
  void name_of(const MetsAgent& agent, const char* id) {
    need(agent.names > 0 && !is_blank(agent.name), id, agent.line, "agent", "name");
    if (agent.names > 1) breach(id, agent.line, say("only.one", {{"what", "agent/name"}}));
  }
  void codes_of(const MetsAgent& agent, const char* note_id, const char* type_id) {
    for (const auto& note : agent.notes)
      need(note.type == "IDENTIFICATIONCODE", type_id, agent.line, "note",
           "csip:NOTETYPE=\"IDENTIFICATIONCODE\"");
    if (agent.notes.size() > 1) breach(note_id, agent.line, say("only.one", {{"what", "agent/note"}}));
  }

  void submitters(const Agents& agents) {
    if (agents.submitters.empty()) {
      if (agents.strangers.empty())
        breach("SIP15", facts_.header.line, say("agent.submitter"));
      else
        need(false, "SIP16", agents.strangers.front()->line, "agent", "ROLE=\"CREATOR\"");
      return;
    }
    for (std::size_t i = 1; i < agents.submitters.size(); ++i) {
      breach("SIP15", agents.submitters[i]->line, say("agent.submitters"));
      need(false, "SIP23", agents.submitters[i]->line, "agent", "TYPE=\"INDIVIDUAL\"");
    }
    const MetsAgent& agent = *agents.submitters.front();
    need(is_body(agent), "SIP17", agent.line, "agent", "TYPE=\"ORGANIZATION\"");
    name_of(agent, "SIP18");
    if (agent.role != "OTHER") codes_of(agent, "SIP19", "SIP20");
  }

  // An agent without a ROLE is taken for the one that is missing.
  void creators(const Agents& agents) {
    for (const MetsAgent* agent : agents.creators) {
      need(is_body(*agent), "SIP11", agent->line, "agent", "TYPE=\"ORGANIZATION\"");
      name_of(*agent, "SIP12");
      codes_of(*agent, "SIP13", "SIP14");
    }
    if (agents.creators.size() > 1)
      breach("SIP9", agents.creators[1]->line, say("only.one", {{"what", "agent ROLE=\"ARCHIVIST\""}}));
    if (agents.submitters.empty()) return;
    for (const MetsAgent* agent : agents.strangers) {
      if (agents.creators.empty()) need(false, "SIP10", agent->line, "agent", "ROLE=\"ARCHIVIST\"");
      if (agent->type == "INDIVIDUAL") need(false, "SIP22", agent->line, "agent", "ROLE=\"CREATOR\"");
      if (agent->type != "INDIVIDUAL" && agents.keepers.empty())
        need(false, "SIP27", agent->line, "agent", "ROLE=\"PRESERVATION\"");
    }
  }

  void contacts(const Agents& agents) {
    for (const MetsAgent* agent : agents.contacts) {
      need(agent->type == "INDIVIDUAL", "SIP23", agent->line, "agent", "TYPE=\"INDIVIDUAL\"");
      name_of(*agent, "SIP24");
    }
  }

  void keepers(const Agents& agents) {
    for (const MetsAgent* agent : agents.keepers) {
      need(agent->type == "ORGANIZATION", "SIP28", agent->line, "agent", "TYPE=\"ORGANIZATION\"");
      name_of(*agent, "SIP29");
      codes_of(*agent, "SIP30", "SIP31");
    }
    if (agents.keepers.size() > 1)
      breach("SIP26", agents.keepers[1]->line, say("only.one", {{"what", "agent ROLE=\"PRESERVATION\""}}));
  }

  // AIPM1, that OBJID never changes, shows only in comparison with an earlier state.
  void aip() {
    name_ = "AIP";
    profile_and_type(EarkProfile::aip, "AIPM2", "AIPM3");
    const long line = facts_.root.line;
    if (facts_.descriptions > 0 && facts_.current_descriptions == 0)
      need(false, "AIPM4", line, "dmdSec", "STATUS=\"CURRENT\"");
    if (!facts_.provenance)
      breach("AIPM5", line, say("element", {{"element", "amdSec/digiprovMD/mdRef"}}));
    else if (!facts_.premis)
      need(false, "AIPM6", line, "digiprovMD/mdRef", "MDTYPE=\"PREMIS\"");
    else if (!facts_.premis3)
      need(false, "AIPM7", line, "digiprovMD/mdRef", "MDTYPEVERSION=\"3.0\"");
  }

  void dip() {
    name_ = "DIP";
    need(!is_blank(facts_.root.objid), "DIP1", facts_.root.line, "mets", "OBJID");
    profile_and_type(EarkProfile::dip, "DIP2", "DIP3");
    if (facts_.descriptions > 0 && facts_.current_descriptions == 0)
      need(false, "DIP4", facts_.root.line, "dmdSec", "STATUS=\"CURRENT\"");
  }

  const MetsFacts& facts_;
  const std::string& path_;
  Report& report_;
  const char* name_ = "";
  bool advice_ = false;
};

}  // namespace

void check_eark_type(const MetsFacts& facts, const std::string& path, Report& report) {
  if (facts.read && facts.is_mets) TypeCheck(facts, path, report).run();
}

}  // namespace vtlt::package
