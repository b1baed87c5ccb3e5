#pragma once

#include <string_view>

#include <nlohmann/json.hpp>

namespace amer::store {

// Events are never edited once released. When one changes its shape, its version rises and a
// function here makes the new shape of the old one, so that every journal ever written can be read.
// A field that is only new needs nothing: what an older entry does not have keeps its default.

// The version in which events of this type are written today; 1 when it never changed.
int version_of(std::string_view type);

// Brings the text of an event from `version` to today's. Total: what it does not find it leaves for
// the reader to complain about.
void upcast(nlohmann::json& event, int version);

}  // namespace amer::store
