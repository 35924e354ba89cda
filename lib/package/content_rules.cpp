#include "package/content_rules.h"

#include "package/check_report.h"
#include "package/source.h"
#include "records/formats.h"

namespace vtlt::package {
namespace {

constexpr std::uint32_t least_dpi = 200;  // TT 05/2025 Đ8

Message broken_pdf(const ContentLook& look) {
  if (!look.pdf_judged) return say("content.pdf");
  if (look.pdf_reason.empty()) return say("content.pdf.lost");
  return say("content.pdf.damaged", {{"reason", shown(look.pdf_reason)}});
}

Message unlike(const std::string& extension, const content::Window& window, const MayGuess& may_guess) {
  const std::string guess = may_guess() ? content::guess_of(window) : "";
  return guess.empty() ? say("content.unlike", {{"extension", extension}})
                       : say("content.unlike.guess", {{"extension", extension}, {"mime", guess}});
}

void judge_type(std::string_view path, const ContentFacts& facts, const content::Window& window,
                const std::string& basis, const MayGuess& may_guess, const ContentFaults& tell) {
  const std::string extension = extension_of(path);
  const std::string listed(records::mime_of_extension(extension));
  if (listed.empty()) return;  // TT05-FORMAT says that the name is none of the circular's
  const content::Fit fit = content::fit_of(extension, listed, facts.mime, facts.whole);
  if (fit == content::Fit::right) return;
  tell({fit == content::Fit::near ? Level::warning : Level::error, "VTLT-CONTENT-type",
        *facts.mime == '\0'
            ? unlike(extension, window, may_guess)
            : say("content.type", {{"extension", extension}, {"mime", std::string(facts.mime)}}),
        say("content.type.hint"), basis + "; D23"});
}

}  // namespace

ContentLook look_at(const content::Window& window, bool deep) {
  ContentLook look;
  look.size = window.size;
  look.whole = window.whole();
  look.mime = content::mime_of(window);
  const std::string_view mime = look.mime;
  if (mime == "application/pdf") {
    const bool judged = deep && window.whole();
    content::Pdf pdf = judged ? content::whole_pdf_of(window) : content::pdf_of(window);
    look.pages = pdf.pages;
    pdf.pdfa.copy(look.pdfa, sizeof look.pdfa - 1);
    look.pdfa_known = pdf.pdfa_known;
    look.encrypted = pdf.encrypted;
    // qpdf bears with something before the header, other programs do not.
    look.pdf_broken = pdf.broken || (judged && content::pdf_of(window).broken);
    look.pdf_judged = judged && pdf.broken;
    look.pdf_reason = std::move(pdf.reason);
  } else if (mime.starts_with("image/")) {
    look.dpi = content::image_of(mime, window).dpi;
  }
  return look;
}

void judge_form(std::string_view path, const ContentLook& look, const content::Window& window,
                const std::string& basis, const MayGuess& may_guess, const ContentFaults& tell) {
  const bool cut_off = content::cut_off(look.mime, window);
  if (look.pdf_broken && !cut_off)
    tell({Level::warning, "VTLT-CONTENT-pdf", broken_pdf(look), say("content.pdf.hint"), "D23"});
  if (look.size == 0)
    tell({Level::error, "VTLT-CONTENT-empty", say("content.empty"), say("repack.hint"), basis});
  else if (cut_off)
    tell({Level::error, "VTLT-CONTENT-truncated",
          say("content.truncated", {{"mime", std::string(look.mime)}}), say("content.truncated.hint"),
          "D23"});
  else
    judge_type(path, look, window, basis, may_guess, tell);
}

std::optional<ContentFault> encryption_fault(const ContentFacts& facts, bool digitised) {
  if (!facts.encrypted) return std::nullopt;
  return ContentFault{digitised ? Level::error : Level::warning, "VTLT-CONTENT-encrypted",
                      say("content.encrypted"), say("content.encrypted.hint"), "D23; TT 05/2025 Đ8"};
}

std::optional<ContentFault> digitising_fault(const ContentFacts& facts) {
  const std::string_view mime = facts.mime;
  if (mime == "application/pdf" && facts.pdfa_known && *facts.pdfa == '\0')
    return ContentFault{Level::error, "VTLT-CONTENT-pdfa", say("content.pdfa"), say("content.pdfa.hint"),
                        "D23; TT 05/2025 Đ8"};
  if (mime.starts_with("image/") && facts.dpi != 0 && facts.dpi < least_dpi)
    return ContentFault{Level::warning, "VTLT-CONTENT-resolution",
                        say("content.resolution", {{"found", std::int64_t{facts.dpi}}}),
                        say("content.resolution.hint"), "TT 05/2025 Đ8"};
  return std::nullopt;
}

}  // namespace vtlt::package
