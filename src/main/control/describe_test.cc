#include "main/control/describe.h"

#include <doctest/doctest.h>

#include "store/read/reader.h"

using namespace amer;

namespace {

calendar::Calendar dubai() {
    calendar::Calendar calendar;
    calendar.zone = {{Instant{}, 240}};
    return calendar;
}

}  // namespace

TEST_CASE("a row is described with the centre's own time, and null for what is not known") {
    store::ContactRow row;
    row.id = ContactId{7};
    row.dialled = "+971600500500";
    row.opened = parse_instant("2026-11-19T14:00:00Z").value();
    row.promise = PromiseId{3};
    const control::Json json = control::Describer{dubai()}.describe(row);
    CHECK(json["id"] == 7);
    CHECK(json["dialled"] == "+971600500500");
    CHECK(json["opened"] == "2026-11-19T18:00:00+04:00");
    CHECK(json["promise"] == 3);
    CHECK(json["ended"].is_null());
    CHECK(json["caller_hidden"] == false);
}

TEST_CASE("lists, windows and enumerators are described by what they hold") {
    const control::Describer describer{dubai()};
    CHECK(describer.describe(std::vector<Language>{Language::arabic, Language::english}).dump() ==
          R"(["arabic","english"])");
    CHECK(describer.describe(ContactId{}).is_null());
    const Window window{Instant{}, Instant{std::chrono::hours{1}}};
    CHECK(describer.describe(window)["until"] == "1970-01-01T05:00:00+04:00");
}

TEST_CASE("the offset is the one in force at the instant") {
    calendar::Calendar calendar;
    calendar.zone = {{Instant{}, 60}, {Instant{std::chrono::hours{10}}, 120}};
    CHECK(control::offset_at(calendar, Instant{std::chrono::hours{9}}) == 60);
    CHECK(control::offset_at(calendar, Instant{std::chrono::hours{10}}) == 120);
    CHECK(control::offset_at(calendar, Instant{} - std::chrono::hours{1}) == 60);
    CHECK(control::offset_at({}, Instant{}) == 0);
}
