#include "main/cli/run.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace {

int run(std::vector<const char*> words) {
    words.insert(words.begin(), "amer");
    return amer::cli::run(static_cast<int>(words.size()), words.data());
}

const std::string kConfig = std::string{AMER_SOURCE_DIR} + "/config";

}  // namespace

TEST_CASE("what is done ends with 0, what could not be done with 1") {
    CHECK(run({"check-config", "--config", kConfig.c_str()}) == 0);
    CHECK(run({"--json", "check-config", "--config", kConfig.c_str()}) == 0);
    CHECK(run({"check-config", "--config", "no/such/folder"}) == 1);
    CHECK(run({"flow", "check", "--config", kConfig.c_str()}) == 0);
    CHECK(run({"flow", "check", "--config", "no/such/folder"}) == 1);
    CHECK(run({"flow", "show", "u-main", "--config", kConfig.c_str()}) == 0);
    CHECK(run({"flow", "show", "v-main", "--config", kConfig.c_str()}) == 1);
    CHECK(run({"flow", "show", "u-main", "--config", kConfig.c_str(), "--output",
               "no/such/folder/flow.txt"}) == 1);
    CHECK(run({"version"}) == 0);
    CHECK(run({"--help"}) == 0);
    CHECK(run({"call", "--help"}) == 0);
    CHECK(run({"status", "--data", "no/such/folder"}) == 1);
    CHECK(run({"contacts", "--data", "no/such/folder", "--json"}) == 1);
    CHECK(run({"agent", "mariam", "ready", "--data", "no/such/folder"}) == 1);
    CHECK(run({"talk", "1", "barge", "mariam", "--data", "no/such/folder"}) == 1);
    CHECK(run({"replay", "--data", "no/such/folder"}) == 1);
    CHECK(run({"whatif", "--data", "no/such/folder", "--day", "2026-11-19", "--change",
               "agents+1"}) == 1);
    CHECK(run({"phone", "mariam", "--data", "no/such/folder"}) == 1);
}

TEST_CASE("a command line that makes no sense ends with 2") {
    CHECK(run({}) == 2);
    CHECK(run({"dance"}) == 2);
    CHECK(run({"flow"}) == 2);
    CHECK(run({"flow", "show"}) == 2);
    CHECK(run({"whatif", "--day", "2026-11-19"}) == 2);
    CHECK(run({"whatif", "--day", "yesterday", "--change", "agents+1"}) == 2);
    CHECK(run({"assign", "1"}) == 2);
    CHECK(run({"talk", "1"}) == 2);
    CHECK(run({"talk", "1", "dance"}) == 2);
    CHECK(run({"talk", "1", "consult"}) == 2);
    CHECK(run({"talk", "1", "confer", "mariam"}) == 2);
    CHECK(run({"notice"}) == 2);
    CHECK(run({"notice", "dubai", "--for", "long"}) == 2);
    CHECK(run({"notice", "dubai", "--end"}) == 2);
    CHECK(run({"assign", "1", "mariam", "--keep", "soon"}) == 2);
    CHECK(run({"flow", "show", "u-main", "--format", "png"}) == 2);
    CHECK(run({"flow", "show", "u-main", "--language", "fr"}) == 2);
    CHECK(run({"call"}) == 2);
    CHECK(run({"call", "600500500", "--keys", "x"}) == 2);
    CHECK(run({"call", "600500500", "--server", "localhost"}) == 2);
    CHECK(run({"call", "600500500", "--for", "soon"}) == 2);
    CHECK(run({"call", "600500500", "--tone", "9000"}) == 2);
    CHECK(run({"call", "600500500", "--say", "no/such/file.wav"}) == 2);
    CHECK(run({"call", "600500500", "--tones", "440,x"}) == 2);
    CHECK(run({"phone"}) == 2);
    CHECK(run({"phone", "mariam", "--busy", "--reject"}) == 2);
    CHECK(run({"phone", "--listen", "nowhere"}) == 2);
    CHECK(run({"contacts", "--last", "0"}) == 2);
    CHECK(run({"agent", "mariam", "asleep"}) == 2);
    CHECK(run({"serve", "--clock", "tomorrow"}) == 2);
}
