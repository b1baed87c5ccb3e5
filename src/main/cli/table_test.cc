#include "main/cli/table.h"

#include <doctest/doctest.h>

using namespace amer::cli;

TEST_CASE("columns are as wide as what is seen, in any script") {
    Table table{{"A", "NAME", "STATE"}};
    table.add({"1", "Mariam", "ready"});
    table.add({"22", "مريم", "talking"});
    CHECK(table.text() ==
          "A   NAME    STATE\n"
          "1   Mariam  ready\n"
          "22  مريم    talking\n");
    CHECK_FALSE(table.empty());
    CHECK(Table{{"ONLY", "HEADINGS"}}.empty());
}

TEST_CASE("vowel signs and direction marks take no cell") {
    CHECK(cells_of("مَريم") == 4);
    CHECK(cells_of("\u2068ab\u2069") == 2);
    CHECK(cells_of("é") == 1);
    CHECK(cells_of("") == 0);
}
