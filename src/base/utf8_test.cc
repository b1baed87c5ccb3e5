#include "base/utf8.h"

#include <doctest/doctest.h>

namespace amer {
namespace {

TEST_CASE("well-formed text of every length stays as it is") {
    const std::string text = "a\xc3\xa9\xd8\xa7\xe2\x82\xac\xf0\x9f\x93\x9e\xf4\x8f\xbf\xbf";
    CHECK(valid_utf8(text) == text);
    CHECK(utf8_sequence("\xd8\xa7") == 2);
    CHECK(utf8_sequence("\xf0\x9f\x93\x9e tail") == 4);
}

TEST_CASE("each ill-formed byte becomes one replacement character") {
    CHECK(valid_utf8("a\xff"
                     "b") ==
          "a\xef\xbf\xbd"
          "b");
    CHECK(valid_utf8("\xd8") == "\xef\xbf\xbd");  // cut in the middle
}

TEST_CASE("overlong forms, surrogates and numbers above the last are ill-formed") {
    CHECK(utf8_sequence("\xc0\x80") == 0);
    CHECK(utf8_sequence("\xc1\xbf") == 0);
    CHECK(utf8_sequence("\xe0\x9f\xbf") == 0);
    CHECK(utf8_sequence("\xed\xa0\x80") == 0);
    CHECK(utf8_sequence("\xf0\x8f\xbf\xbf") == 0);
    CHECK(utf8_sequence("\xf4\x90\x80\x80") == 0);
    CHECK(utf8_sequence("\xf5\x80\x80\x80") == 0);
    CHECK(utf8_sequence("") == 0);
}

}  // namespace
}  // namespace amer
