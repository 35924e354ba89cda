// A workbook as the answer of a command.
#pragma once
#include "exchange/form_sheet.h"
#include "output.h"

namespace vtlt::cmd {

// Made beside the computer file of -o (else in the folder for temporary files), then handed on whole, as
// every answer is. Throws exit 2 where it would go to a terminal.
class SheetFile {
 public:
  SheetFile(Context& context, exchange::Form form);
  SheetFile(Context& context, const Path& path, exchange::Form form);
  ~SheetFile();
  SheetFile(const SheetFile&) = delete;
  SheetFile& operator=(const SheetFile&) = delete;
  void row(const std::vector<std::string>& cells) { sheet_->row(cells); }
  exchange::Form& form() { return sheet_->form(); }
  void finish();

 private:
  Context& context_;
  Path path_, folder_, made_;
  Sink sink_;
  std::unique_ptr<exchange::FormSheet> sheet_;
};

}  // namespace vtlt::cmd
