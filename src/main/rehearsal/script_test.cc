#include "main/rehearsal/script.h"

#include <doctest/doctest.h>

using namespace amer::rehearsal;
using namespace std::chrono_literals;

TEST_CASE("a script is keys, speech and pauses in order") {
    const auto script = parse_script("1,2@1.5s,say,123#@500ms,bye");
    REQUIRE(script);
    REQUIRE(script->size() == 5);
    CHECK((*script)[0].keys == "1");
    CHECK_FALSE((*script)[0].after);
    CHECK((*script)[1].after == 1500ms);
    CHECK((*script)[2].action == ScriptItem::Action::say);
    CHECK((*script)[3].keys == "123#");
    CHECK((*script)[3].after == 500ms);
    CHECK((*script)[4].action == ScriptItem::Action::hang_up);
    CHECK(parse_script("")->empty());
}

TEST_CASE("what cannot be pressed is named") {
    for (const char* text : {"x", "1,", ",1", "1,,2", "1@", "1@soon", "1@-1s", "@2s", "1 2"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_script(text));
    }
    CHECK(parse_script("1,go").error().what ==
          "\"go\" cannot be pressed: expected keys such as 1 or 123#, \"say\" or \"bye\"");
}

TEST_CASE("lengths of time have a unit and an end") {
    CHECK(parse_length("20s") == 20'000ms);
    CHECK(parse_length("1.5s") == 1'500ms);
    CHECK(parse_length("2m") == 120'000ms);
    CHECK(parse_length("0ms") == 0ms);
    for (const char* text : {"", "20", "s", "1.2.3s", ".s", "25h", "1 s", "1e3s"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_length(text));
    }
}
