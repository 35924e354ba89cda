#include <catch2/catch.hpp>

#include "text/markup.h"

using namespace vtlt::text;

TEST_CASE("text inside XML and HTML") {
  struct Case {
    std::string text, kept, spaced, broken;
  };
  const auto [given, kept, spaced, broken] = GENERATE(values<Case>({
      {"", "", "", ""},
      {"Lê & \"A\" <b> 'c'", "Lê &amp; &quot;A&quot; &lt;b&gt; &#39;c&#39;",
       "Lê &amp; &quot;A&quot; &lt;b&gt; &#39;c&#39;", "Lê &amp; &quot;A&quot; &lt;b&gt; &#39;c&#39;"},
      {"một\nhai\tba", "một\nhai ba", "một hai ba", "một<br>hai ba"},
      {std::string("a\0b\x01\r\x1B[31m\x7F", 11), "ab[31m", "ab[31m", "ab[31m"},
      {"&amp;", "&amp;amp;", "&amp;amp;", "&amp;amp;"},
  }));
  CHECK(markup(given) == kept);
  CHECK(markup(given, LineEnds::space) == spaced);
  CHECK(markup(given, LineEnds::breaks) == broken);
}
