// vtlt file arrange order, number: the order of an arranged fonds, and its numbers.
#include "file_arrange.h"
#include "output.h"
#include "records/file_names.h"
#include "repository/arranging.h"
#include "text/text.h"
#include "views.h"

namespace vtlt::cmd {
namespace {

struct OrderOptions {
  std::string order, limit;
};
struct NumberOptions {
  std::string order, inventory, from;
  bool boxes = false, dry_run = false;
};

records::Order order_of(const std::string& value) {
  if (value.empty()) return {};
  const auto parsed = records::parse_order(value);
  if (parsed.order.empty())
    wrong_value("--order", value, Message("cmd.expected.order", {{"word", parsed.unknown}}));
  return parsed.order;
}

int run_order(Context& context, const OrderOptions& o) {
  const records::Order asked = order_of(o.order);
  const int limit = number_of("--limit", o.limit);
  Report report;
  auto& repository = context.look(report);
  Table table(context, report, "files",
              {{Message("column.arrange.place"), true},
               {Message("column.file")},
               {Message("column.arrange.class")},
               {Message("column.arrange.unit")},
               {Message("column.arrange.period")},
               {Message("column.arrange.time")},
               {Message("column.term")},
               {Message("column.title"), false, true}});
  catalogue::FileFilter waiting;
  waiting.fonds = repository.fonds(context.globals.fonds).fonds.id;
  waiting.unnumbered = true;
  const std::int64_t all = repository.catalogue().count_files(waiting);
  if (all == 0)
    report.say(Message("cmd.arrange.order.none"));
  else
    report.say(Message(limit != 0 && all > limit ? "cmd.arrange.order.some" : "cmd.arrange.order.all",
                       {{"count", all}, {"shown", std::int64_t{limit}}}));
  const auto order =
      repository::order_files(repository, context.globals.fonds, asked, limit,
                              [&](std::int64_t place, const catalogue::FileRow& row) {
                                const auto& f = row.file;
                                std::string time = text::to_dmy(f.start);
                                if (!f.end.empty() && f.end != f.start) time += " - " + text::to_dmy(f.end);
                                if (time.empty() && f.year != 0) time = std::to_string(f.year);
                                table.row({std::to_string(place), name_of(f), f.class_no, f.unit, f.period,
                                           time, records::term_text(f.term), f.title},
                                          [&] { return Object(json_of(row)).add("place", place).text(); });
                              });
  if (all != 0) report.next("vtlt file arrange number --order " + records::order_text(order) + " --dry-run");
  table.finish("\"order\":" + journal::json_string(records::order_text(order)));
  return 0;
}

int run_number(Context& context, const NumberOptions& o) {
  repository::ArrangeNumberRequest request;
  request.fonds = context.globals.fonds;
  request.order = order_of(o.order);
  request.inventory = text::nfc(o.inventory);
  request.from = number_of("--from", o.from, 9'999'999);
  request.boxes = o.boxes;
  request.dry_run = o.dry_run;
  const auto result = repository::number_files(context.write(), request);
  Report report;
  std::string words =
      context.text(result.files == 1 ? Message("cmd.arrange.number.one", {{"first", result.first}})
                                     : Message("cmd.arrange.number.many",
                                               {{"first", result.first}, {"last", result.last}}));
  words += context.text(result.after == 0 && request.from != 0
                            ? Message("cmd.arrange.number.from", {{"inventory", result.inventory}})
                        : result.after == 0
                            ? Message("cmd.arrange.number.first", {{"inventory", result.inventory}})
                            : Message("cmd.arrange.number.after", {{"inventory", result.after_inventory},
                                                                   {"last", std::to_string(result.after)}}));
  words += context.text(Message(o.dry_run ? "cmd.arrange.number.would" : "cmd.arrange.number.done"));
  report.say_text(words);
  report.say(Message("cmd.arrange.number.inventory", {{"inventory", result.inventory},
                                                      {"order", records::order_text(result.order)},
                                                      {"count", result.files}}));
  if (result.boxes != 0)
    report.say(Message("cmd.arrange.number.boxes",
                       {{"count", result.boxes}, {"first", result.first_box}, {"last", result.last_box}}));
  if (o.dry_run) {
    std::string again = "vtlt file arrange number --order " + records::order_text(result.order);
    if (!o.inventory.empty()) again += " --inventory " + typed(o.inventory);
    if (!o.from.empty()) again += " --from " + typed(o.from);
    if (o.boxes) again += " --boxes";
    report.next(again);
  } else {
    report.next("vtlt print bia-ho-so,nhan-hop,chung-tu-ket-thuc");
  }
  report.result(Object()
                    .yes("written", !o.dry_run)
                    .add("files", result.files)
                    .add("first", result.first)
                    .add("last", result.last)
                    .add("inventory", result.inventory)
                    .add("order", records::order_text(result.order))
                    .add("after", result.after)
                    .add("after_inventory", result.after_inventory)
                    .add("boxes", result.boxes)
                    .text());
  report.show(context);
  return 0;
}

}  // namespace

void add_file_arrange_order(CLI::App& parent, Context& context, Chosen& chosen) {
  Command command(parent, context, chosen, "order", Message("command.file.arrange.order"), Statuses::looking);
  auto o = std::make_shared<OrderOptions>();
  command.value("--order", o->order, Message("option.arrange.order"), Message("value.order"));
  command.value("--limit", o->limit, Message("option.limit"), Message("value.number"));
  command.example("vtlt file arrange order --order mat-hoat-dong,thoi-gian --fonds DH");
  command.run([&context, o] { return run_order(context, *o); });
}

void add_file_arrange_number(CLI::App& parent, Context& context, Chosen& chosen) {
  Command command(parent, context, chosen, "number", Message("command.file.arrange.number"),
                  Statuses::writing);
  auto o = std::make_shared<NumberOptions>();
  command.value("--order", o->order, Message("option.arrange.order"), Message("value.order"));
  command.value("--inventory", o->inventory, Message("option.inventory"), Message("value.code"));
  command.value("--from", o->from, Message("option.arrange.from"), Message("value.number"));
  command.flag("--boxes", o->boxes, Message("option.arrange.boxes"));
  command.dry_run(o->dry_run);
  command.example("vtlt file arrange number --fonds DH --order mat-hoat-dong,thoi-gian --dry-run");
  command.run([&context, o] { return run_number(context, *o); });
}

}  // namespace vtlt::cmd
