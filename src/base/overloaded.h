#pragma once

namespace amer {

// Several lambdas as one visitor for std::visit.
template <typename... Visitors>
struct Overloaded : Visitors... {
    using Visitors::operator()...;
};

// clang 14 does not deduce aggregates by itself.
template <typename... Visitors>
Overloaded(Visitors...) -> Overloaded<Visitors...>;

}  // namespace amer
