#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "sip/wire/digest.h"
#include "sip/wire/grammar.h"

namespace amer::sip {
namespace {

struct AuthParameter {
    std::string_view name;
    std::string value;
};

// What stands behind "Digest": the parameters by name, each at most once. Two nonces or two
// responses would let two readers check different things.
class AuthParameters {
public:
    static Result<AuthParameters> parse(std::string_view header_value) {
        Cursor cursor{header_value};
        cursor.skip_space();
        if (!equals_ignoring_case(cursor.take_while(kToken), "Digest")) {
            return failure("not the Digest scheme");
        }
        AuthParameters result;
        do {
            cursor.skip_space();
            if (cursor.is_done() || cursor.is_at(',')) continue;  // stray commas hurt nobody
            AuthParameter parameter;
            parameter.name = cursor.take_while(kToken);
            if (parameter.name.empty() || !cursor.take('=')) return failure("malformed parameter");
            cursor.skip_space();
            auto value = cursor.is_at('"') ? read_quoted(cursor)
                                           : std::string{cursor.take_while(kPlainValue)};
            if (!value) return failure("a quote that is never closed");
            parameter.value = std::move(*value);
            result.all_.push_back(std::move(parameter));
            if (result.all_.size() > kMaximum) return failure("too many parameters");
        } while (cursor.take(','));
        if (!cursor.is_done()) return failure("malformed parameter");
        return result;
    }

    Result<std::string> required(std::string_view name) const {
        const AuthParameter* found = nullptr;
        for (const AuthParameter& parameter : all_) {
            if (!equals_ignoring_case(parameter.name, name)) continue;
            if (found) return failure(fmt::format("more than one {}", name));
            found = &parameter;
        }
        if (!found) return failure(fmt::format("no {}", name));
        return found->value;
    }
    Result<std::string> optional(std::string_view name) const {
        const bool is_there = std::any_of(all_.begin(), all_.end(), [name](const auto& parameter) {
            return equals_ignoring_case(parameter.name, name);
        });
        return is_there ? required(name) : Result<std::string>{std::string{}};
    }

private:
    static constexpr std::size_t kMaximum = 32;
    std::vector<AuthParameter> all_;
};

// Copies named parameters into fields and keeps the first failure.
class Fields {
public:
    explicit Fields(const AuthParameters& parameters) : parameters_{parameters} {}

    Fields& required(std::string_view name, std::string& into) {
        return keep(parameters_.required(name), into);
    }
    Fields& optional(std::string_view name, std::string& into) {
        return keep(parameters_.optional(name), into);
    }
    const std::optional<Error>& error() const { return error_; }

private:
    Fields& keep(Result<std::string> value, std::string& into) {
        if (value) {
            into = std::move(*value);
        } else if (!error_) {
            error_ = std::move(value.error());
        }
        return *this;
    }

    const AuthParameters& parameters_;
    std::optional<Error> error_;
};

// No algorithm means MD5 (RFC 7616 section 3.3). The -sess variants are not ours.
std::optional<DigestAlgorithm> algorithm_from(std::string_view text) {
    if (text.empty() || equals_ignoring_case(text, "MD5")) return DigestAlgorithm::md5;
    if (equals_ignoring_case(text, "SHA-256")) return DigestAlgorithm::sha256;
    return std::nullopt;
}

bool offers_auth(std::string_view qop) {
    while (!qop.empty()) {
        const std::size_t comma = qop.find(',');
        if (equals_ignoring_case(trim(qop.substr(0, comma)), "auth")) return true;
        qop = comma == std::string_view::npos ? std::string_view{} : qop.substr(comma + 1);
    }
    return false;
}

std::optional<std::uint32_t> hex_number(std::string_view text) {
    if (text.empty() || text.size() > 8) return std::nullopt;
    std::uint32_t value = 0;
    for (const char c : text) {
        const int digit = hex_value(c);
        if (digit < 0) return std::nullopt;
        value = value * 16 + static_cast<std::uint32_t>(digit);
    }
    return value;
}

void append_field(std::string& out, std::string_view name, std::string_view value) {
    out.append(out.size() > 7 ? ", " : "").append(name).push_back('=');
    append_quoted(out, value);
}

}  // namespace

Result<DigestChallenge> parse_challenge(std::string_view header_value) {
    const auto parameters = AuthParameters::parse(header_value);
    if (!parameters) return tl::unexpected{parameters.error()};
    DigestChallenge challenge;
    std::string algorithm;
    std::string stale;
    std::string qop;
    Fields fields{*parameters};
    fields.required("realm", challenge.realm).required("nonce", challenge.nonce);
    fields.optional("opaque", challenge.opaque).optional("algorithm", algorithm);
    fields.optional("stale", stale).optional("qop", qop);
    if (fields.error()) return tl::unexpected{*fields.error()};
    const auto known = algorithm_from(algorithm);
    if (!known) return failure("unknown digest algorithm");
    challenge.algorithm = *known;
    challenge.stale = equals_ignoring_case(stale, "true");
    challenge.has_qop_auth = offers_auth(qop);
    if (!qop.empty() && !challenge.has_qop_auth) return failure("unknown quality of protection");
    return challenge;
}

Result<DigestCredentials> parse_credentials(std::string_view header_value) {
    const auto parameters = AuthParameters::parse(header_value);
    if (!parameters) return tl::unexpected{parameters.error()};
    DigestCredentials credentials;
    std::string algorithm;
    std::string count;
    Fields fields{*parameters};
    fields.required("username", credentials.username).required("realm", credentials.realm);
    fields.required("nonce", credentials.nonce).required("uri", credentials.uri);
    fields.required("response", credentials.response).optional("cnonce", credentials.cnonce);
    fields.optional("opaque", credentials.opaque).optional("qop", credentials.qop);
    fields.optional("nc", count).optional("algorithm", algorithm);
    if (fields.error()) return tl::unexpected{*fields.error()};

    const auto known = algorithm_from(algorithm);
    if (!known) return failure("unknown digest algorithm");
    credentials.algorithm = *known;
    credentials.response = lower_case(credentials.response);
    const std::size_t digits = *known == DigestAlgorithm::md5 ? 32 : 64;
    const bool is_hex = std::all_of(credentials.response.begin(), credentials.response.end(),
                                    [](char c) { return hex_value(c) >= 0; });
    if (credentials.response.size() != digits || !is_hex) return failure("malformed response");
    if (credentials.qop.empty()) return credentials;

    credentials.qop = lower_case(credentials.qop);
    if (credentials.qop != "auth") return failure("unknown quality of protection");
    const auto number = hex_number(count);
    if (!number) return failure("malformed nonce count");
    if (credentials.cnonce.empty()) return failure("no cnonce");
    credentials.nonce_count = *number;
    return credentials;
}

std::string DigestChallenge::text() const {
    std::string out = "Digest ";
    append_field(out, "realm", realm);
    append_field(out, "nonce", nonce);
    if (!opaque.empty()) append_field(out, "opaque", opaque);
    if (stale) out.append(", stale=true");
    out.append(", algorithm=").append(text_of(algorithm));
    if (has_qop_auth) out.append(", qop=\"auth\"");
    return out;
}

std::string DigestCredentials::text() const {
    std::string out = "Digest ";
    append_field(out, "username", username);
    append_field(out, "realm", realm);
    append_field(out, "nonce", nonce);
    append_field(out, "uri", uri);
    append_field(out, "response", response);
    out.append(", algorithm=").append(text_of(algorithm));
    if (!opaque.empty()) append_field(out, "opaque", opaque);
    if (qop.empty()) return out;
    append_field(out, "cnonce", cnonce);
    out.append(fmt::format(", qop={}, nc={:08x}", qop, nonce_count));
    return out;
}

}  // namespace amer::sip
