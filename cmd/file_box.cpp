// vtlt file box: boxes and unarranged blocks, where they stand and what lies in them.
#include "boxes.h"
#include "file_arrange.h"
#include "output.h"
#include "repository/boxing.h"
#include "text/text.h"
#include "views.h"

namespace vtlt::cmd {
namespace {

std::int64_t centimetres(const records::Box& box) {
  return static_cast<std::int64_t>(box.shelf_metres * 100 + 0.5);
}

std::string json_of(const catalogue::BoxRow& row) {
  return Object(cmd::json_of(row.box)).add("files", row.files).add("sheets", row.sheets).text();
}

// "09" or "hop.09".
records::Id box_of(Context& context, repository::Repository& repository, const std::string& word) {
  const std::string reference = word.rfind("hop.", 0) == 0 ? word : "hop." + word;
  return repository::resolve(repository, reference, context.references(true)).id;
}

// ---- list ----

struct ListOptions {
  bool unarranged = false, exit_code = false;
};

int run_list(Context& context, const ListOptions& o) {
  Report report;
  auto& repository = context.look(report);
  const FondsColumn fonds(context, repository);
  auto rows = repository.catalogue().boxes_with_counts(fonds.asked());
  if (o.unarranged) std::erase_if(rows, [](const catalogue::BoxRow& row) { return !row.box.unarranged; });
  std::int64_t files = 0, sheets = 0, length = 0;
  for (const auto& row : rows) {
    files += row.files;
    sheets += row.sheets;
    length += centimetres(row.box);
  }
  if (rows.empty()) {
    report.say(Message("cmd.box.list.none"));
    report.next("vtlt file box add 01 --place …");
  } else {
    const std::string metres = metres_text(context, length);
    report.say(Message(metres.empty() ? "cmd.box.list.sum" : "cmd.box.list.sum.metres",
                       {{"boxes", static_cast<std::int64_t>(rows.size())},
                        {"files", files},
                        {"sheets", sheets},
                        {"metres", metres}}));
  }
  Table table(context, report, "boxes",
              fonds.with({{Message("column.box")},
                          {Message("column.label"), false, true},
                          {Message("column.place")},
                          {Message("column.box.files"), true},
                          {Message("column.box.sheets"), true},
                          {Message("column.box.metres"), true},
                          {Message("column.box.note"), false, true}}));
  for (const auto& row : rows) {
    std::string note = row.box.unarranged ? context.text(Message("box.block")) : std::string();
    if (!row.box.note.empty()) note += (note.empty() ? "" : "; ") + row.box.note;
    table.row(fonds.with(row.box.fonds,
                         {"hop." + row.box.number, row.box.label, row.box.place, std::to_string(row.files),
                          row.sheets == 0 ? "" : std::to_string(row.sheets),
                          metres_text(context, centimetres(row.box)), note}),
              [&] { return json_of(row); });
  }
  table.finish("\"files\":" + std::to_string(files) + ",\"sheets\":" + std::to_string(sheets) +
               ",\"shelf_centimetres\":" + std::to_string(length));
  return o.exit_code && table.rows() > 0 ? static_cast<int>(Exit::findings) : 0;
}

void add_box_list(CLI::App& parent, Context& context, Chosen& chosen) {
  Command command(parent, context, chosen, "list", Message("command.file.box.list"), Statuses::looking);
  auto o = std::make_shared<ListOptions>();
  command.flag("--unarranged", o->unarranged, Message("option.box.list.unarranged"));
  command.exit_code(o->exit_code);
  command.example("vtlt file box list --fonds DH");
  command.run([&context, o] { return run_list(context, *o); });
}

// ---- add ----

struct AddOptions {
  std::string number, label, place, metres, condition, note;
  bool unarranged = false, dry_run = false;
};

int run_add(Context& context, const AddOptions& o) {
  repository::BoxRequest request;
  records::Box& box = request.box;
  box.number = text::nfc(need(context.text(Message("place.box")), o.number));
  if (box.number.rfind("hop.", 0) == 0) box.number.erase(0, 4);
  box.label = text::nfc(o.label);
  box.place = text::nfc(o.place);
  if (!o.metres.empty()) box.shelf_metres = static_cast<double>(centimetres_of("--metres", o.metres)) / 100;
  box.unarranged = o.unarranged;
  box.note = text::nfc(o.condition);
  if (!o.note.empty()) box.note += (box.note.empty() ? "" : "; ") + text::nfc(o.note);
  request.fonds = context.globals.fonds;
  request.dry_run = o.dry_run;
  const auto made = repository::add_box(context.write(), request);
  Report report;
  std::string words = context.text(
      Message(made.unarranged ? (o.dry_run ? "cmd.box.add.block.would" : "cmd.box.add.block.done")
                              : (o.dry_run ? "cmd.box.add.would" : "cmd.box.add.done"),
              {{"box", made.number}}));
  if (!made.place.empty()) words += " · " + made.place;
  const std::string metres = metres_text(context, centimetres(made));
  if (!metres.empty()) words += " · " + context.text(Message("box.metres", {{"metres", metres}}));
  report.say_text(words);
  if (o.dry_run) report.say(Message("cmd.nothing_written"));
  if (made.place.empty()) report.lacks(Message("cmd.box.add.no_place"));
  if (!made.unarranged && !o.dry_run) report.next("vtlt file box put … --box " + typed(made.number));
  report.result(Object().yes("written", !o.dry_run).raw("box", cmd::json_of(made)).text());
  report.show(context);
  return 0;
}

void add_box_add(CLI::App& parent, Context& context, Chosen& chosen) {
  Command command(parent, context, chosen, "add", Message("command.file.box.add"), Statuses::writing);
  auto o = std::make_shared<AddOptions>();
  command.place("box", o->number, Message("place.box"));
  command.value("--label", o->label, Message("option.box.label"), Message("value.text"));
  command.value("--place", o->place, Message("option.box.place"), Message("value.text"));
  command.flag("--unarranged", o->unarranged, Message("option.box.unarranged"));
  command.value("--metres", o->metres, Message("option.box.metres"), Message("value.number"));
  command.value("--condition", o->condition, Message("option.condition"), Message("value.text"));
  command.value("--note", o->note, Message("option.note"), Message("value.text"));
  command.dry_run(o->dry_run);
  command.example("vtlt file box add 09 --place \"Kho 1.Giá 2\" --fonds DH");
  command.example(
      "vtlt file box add K1 --unarranged --metres 1,5 --condition \"ẩm, mối mọt\" --place \"Kho 2\"");
  command.run([&context, o] { return run_add(context, *o); });
}

// ---- move ----

struct MoveOptions {
  std::string box, place, reason;
  bool dry_run = false;
};

int run_move(Context& context, const MoveOptions& o) {
  need(context.text(Message("place.box")), o.box);
  need("--place", o.place);
  need("--reason", o.reason);
  auto& repository = context.write();
  repository::BoxMoveRequest request;
  request.box = box_of(context, repository, o.box);
  request.place = text::nfc(o.place);
  request.reason = text::nfc(o.reason);
  request.dry_run = o.dry_run;
  const auto result = repository::move_box(repository, request);
  Report report;
  const std::string from =
      result.before.place.empty() ? context.text(Message("box.nowhere")) : result.before.place;
  report.say(Message(o.dry_run ? "cmd.box.move.would" : "cmd.box.move.done",
                     {{"box", result.after.number}, {"from", from}, {"to", result.after.place}}));
  if (o.dry_run) report.say(Message("cmd.nothing_written"));
  report.result(Object()
                    .yes("written", !o.dry_run)
                    .raw("before", cmd::json_of(result.before))
                    .raw("box", cmd::json_of(result.after))
                    .text());
  report.show(context);
  return 0;
}

void add_box_move(CLI::App& parent, Context& context, Chosen& chosen) {
  Command command(parent, context, chosen, "move", Message("command.file.box.move"), Statuses::writing);
  auto o = std::make_shared<MoveOptions>();
  command.place("box", o->box, Message("place.box"));
  command.value("--place", o->place, Message("option.box.place"), Message("value.text"));
  command.reason(o->reason);
  command.dry_run(o->dry_run);
  command.example("vtlt file box move 09 --place \"Kho 2.Giá 1\" --reason \"dồn kho\"");
  command.run([&context, o] { return run_move(context, *o); });
}

// ---- put ----

struct PutOptions {
  std::vector<std::string> files;
  std::string box, year;
  bool dry_run = false;
};

int run_put(Context& context, const PutOptions& o) {
  if (o.files.empty()) missing(context.text(Message("value.file")));
  need("--box", o.box);
  auto& repository = context.write();
  repository::BoxPutRequest request;
  request.box = box_of(context, repository, o.box);
  for (const auto& reference : o.files)
    request.files.push_back(
        repository::resolve_file(repository, reference, context.references(true, year_of("--year", o.year)))
            .file.id);
  request.dry_run = o.dry_run;
  const auto result = repository::put_into_box(repository, request);
  Report report;
  std::vector<std::string> names;
  std::string shown;
  for (const auto& row : result.put) {
    names.push_back(journal::json_string(name_of(row.file)));
    if (names.size() <= 10) shown += (shown.empty() ? "" : ", ") + name_of(row.file);
  }
  if (names.size() > 10) shown += ", …";
  const auto count = static_cast<std::int64_t>(result.put.size());
  report.say(count == 0 ? Message("cmd.box.put.none", {{"box", result.box.number}})
                        : Message(o.dry_run ? "cmd.box.put.would" : "cmd.box.put.done",
                                  {{"count", count}, {"box", result.box.number}, {"files", shown}}));
  if (!result.present.empty())
    report.say(Message("cmd.box.put.present", {{"count", static_cast<std::int64_t>(result.present.size())},
                                               {"box", result.box.number}}));
  if (o.dry_run) report.say(Message("cmd.nothing_written"));
  if (!o.dry_run && count != 0) report.next("vtlt print nhan-hop");
  report.result(Object()
                    .yes("written", !o.dry_run && count != 0)
                    .raw("box", cmd::json_of(result.box))
                    .raw("files", array(names))
                    .add("present", static_cast<std::int64_t>(result.present.size()))
                    .text());
  report.show(context);
  return 0;
}

void add_box_put(CLI::App& parent, Context& context, Chosen& chosen) {
  Command command(parent, context, chosen, "put", Message("command.file.box.put"), Statuses::writing);
  auto o = std::make_shared<PutOptions>();
  command.places("files", o->files, Message("value.file"));
  command.value("--box", o->box, Message("option.box.put"), Message("value.code"));
  command.year(o->year);
  command.dry_run(o->dry_run);
  command.example("vtlt file box put hs.T1-1 hs.T1-2 --box 09 --fonds DH");
  command.run([&context, o] { return run_put(context, *o); });
}

}  // namespace

void add_file_box(CLI::App& parent, Context& context, Chosen& chosen) {
  Command command(parent, context, chosen, "box", Message("command.file.box"), Statuses::writing);
  CLI::App& app = command.app();
  command.group();
  add_box_list(app, context, chosen);
  add_box_add(app, context, chosen);
  add_box_move(app, context, chosen);
  add_box_put(app, context, chosen);
}

}  // namespace vtlt::cmd
