#include "sheet.h"

#include <unistd.h>

#include "base/clock.h"
#include "base/encoding.h"

namespace vtlt::cmd {
namespace {

bool to_stdout(const Path& path) {
  return path.empty() || path == "-";
}

const Path& refuse_terminal(const Path& path) {
  if (to_stdout(path) && ::isatty(STDOUT_FILENO) == 1)
    throw Error(Exit::usage, "VTLT-USE-04", Message("cmd.use.xlsx"), Message("cmd.use.xlsx.hint"));
  return path;
}

}  // namespace

SheetFile::SheetFile(Context& context, exchange::Form form)
    : SheetFile(context, context.globals.output, std::move(form)) {}

SheetFile::SheetFile(Context& context, const Path& path, exchange::Form form)
    : context_(context), path_(path), sink_(context, refuse_terminal(path)) {
  // A folder of its own, for nobody else: what is in it is as private as the records.
  Path beside = std::filesystem::temp_directory_path();
  if (!to_stdout(path)) {
    const auto stat = context.files().stat(path);
    if (!stat || stat->kind == FileKind::file)
      beside = path.has_parent_path() ? path.parent_path() : Path(".");
  }
  folder_ = beside / (".vtlt-" + hex(random_128()).substr(0, 12));
  context.files().make_directory(folder_);
  context.files().set_mode(folder_, 0700);
  made_ = folder_ / "sheet.xlsx";
  try {
    sheet_ = std::make_unique<exchange::FormSheet>(std::move(form), made_, folder_);
  } catch (...) {
    remove_tree(context.files(), folder_);
    throw;
  }
}

SheetFile::~SheetFile() {
  try {
    sheet_.reset();
    remove_tree(context_.files(), folder_);
  } catch (const Error&) {  // the first failure has been told
  }
}

void SheetFile::finish() {
  sheet_->finish();
  const auto file = context_.files().open(made_, OpenMode::read);
  std::string buffer(1u << 16, '\0');
  for (std::uint64_t offset = 0;;) {
    const std::size_t got = file->read_at(offset, std::as_writable_bytes(std::span(buffer)));
    if (got == 0) break;
    sink_.write(std::string_view(buffer).substr(0, got));
    offset += got;
  }
  sink_.finish();
}

}  // namespace vtlt::cmd
