// What the bytes of a computer file must be: what its name says, with an end, and PDF/A where it is digitised
// (D23; TT 05/2025 Đ8). For the checker, and for the writer, who tells it before the receiver does.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/finding.h"
#include "trust/content.h"

namespace vtlt::package {

// Kept of every content: small.
struct ContentFacts {
  std::uint64_t size = 0;
  const char* mime = nullptr;  // "": nothing known begins so; nullptr: not looked at
  std::int32_t pages = 0;
  std::uint32_t dpi = 0;
  char pdfa[3] = {};  // "2b": what the XMP claims
  bool whole = false, pdfa_known = false, encrypted = false;
};

struct ContentLook : ContentFacts {
  bool pdf_broken = false, pdf_judged = false;
  std::string pdf_reason;  // qpdf's words, of one that was judged; "": it came to no end
};

// deep: what is held whole goes through qpdf, which must be there (content::need_whole_pdf).
ContentLook look_at(const content::Window& window, bool deep);

struct ContentFault {
  Level level;
  const char* code;
  Message what, hint;
  std::string basis;
};
using ContentFaults = std::function<void(ContentFault&&)>;

// Whether libmagic may be asked for a guess, which is for the reader and changes no judgement.
using MayGuess = std::function<bool()>;

// Of one by itself. basis: the appendix.
void judge_form(std::string_view path, const ContentLook& look, const content::Window& window,
                const std::string& basis, const MayGuess& may_guess, const ContentFaults& tell);

// An encrypted PDF cannot be kept; the worse where it was made by digitising.
std::optional<ContentFault> encryption_fault(const ContentFacts& facts, bool digitised);
// What digitising owes; of receivers that say nothing themselves.
std::optional<ContentFault> digitising_fault(const ContentFacts& facts);

}  // namespace vtlt::package
