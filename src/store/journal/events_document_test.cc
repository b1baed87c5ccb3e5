#include "store/journal/events_document.h"

#include <fstream>
#include <iterator>

#include <doctest/doctest.h>

namespace amer::store {
namespace {

TEST_CASE("docs/api/events.md is what the field lists say (else run the program events_md)") {
    std::ifstream file{AMER_SOURCE_DIR "/docs/api/events.md"};
    REQUIRE(file.good());
    const std::string checked_in{std::istreambuf_iterator<char>{file}, {}};
    CHECK((checked_in == events_document()));
}

TEST_CASE("the document names events, their fields and what those hold") {
    const std::string document = events_document();
    const auto says = [&](const char* text) { return document.find(text) != std::string::npos; };
    CHECK(
        says("### ContactQueued\n\n| field | holds |\n|---|---|\n"
             "| `contact` | number of the contact, 0: none |\n"
             "| `queue` | name of the queue, empty: none |\n"));
    CHECK(says("| `recording` | number of the recording, 0: none |"));
    CHECK(says("### Tick\n\nNo fields.\n"));
    CHECK(says("| `language` | one of `arabic` `english` |"));
    CHECK(says("| `promise` | [Promise](#promise) |"));
    CHECK(says("### Promise\n"));
}

}  // namespace
}  // namespace amer::store
