#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>

#include <ext/pb_ds/assoc_container.hpp>
#include <ext/pb_ds/tree_policy.hpp>

namespace amer::centre {

// An ordered set that also knows how many of its values come before another one, in the logarithm
// of its size (an order-statistics tree of libstdc++).
template <typename Value>
class RankedSet {
    using Tree =
        __gnu_pbds::tree<Value, __gnu_pbds::null_type, std::less<Value>, __gnu_pbds::rb_tree_tag,
                         __gnu_pbds::tree_order_statistics_node_update>;

public:
    using value_type = Value;
    using const_iterator = typename Tree::const_iterator;

    void insert(const Value& value) { tree_.insert(value); }
    void erase(const Value& value) { tree_.erase(value); }
    bool contains(const Value& value) const { return tree_.find(value) != tree_.end(); }
    const_iterator begin() const { return tree_.begin(); }
    const_iterator end() const { return tree_.end(); }
    const_iterator lower_bound(const Value& value) const { return tree_.lower_bound(value); }
    const_iterator upper_bound(const Value& value) const { return tree_.upper_bound(value); }
    std::size_t size() const { return tree_.size(); }
    bool empty() const { return tree_.empty(); }

    std::size_t count_before(const Value& value) const { return tree_.order_of_key(value); }

    bool operator==(const RankedSet& other) const {
        return size() == other.size() && std::equal(begin(), end(), other.begin());
    }

private:
    Tree tree_;
};

}  // namespace amer::centre
