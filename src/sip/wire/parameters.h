#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace amer::sip {

// The ";name=value" pieces behind a URI or a header value (RFC 3261 section 25.1, generic-param).
struct Parameter {
    std::string name;
    std::optional<std::string> value;  // quoted strings without their quotes

    bool operator==(const Parameter&) const = default;
};

class Parameters {
public:
    // Names compare without case. find() is the value ("" for a bare flag), or nothing.
    std::optional<std::string_view> find(std::string_view name) const;
    bool has(std::string_view name) const { return find(name).has_value(); }
    void set(std::string_view name, std::optional<std::string> value);
    void remove(std::string_view name);

    const std::vector<Parameter>& all() const { return all_; }
    void add(Parameter parameter) { all_.push_back(std::move(parameter)); }
    bool operator==(const Parameters&) const = default;

private:
    std::vector<Parameter> all_;
};

}  // namespace amer::sip
