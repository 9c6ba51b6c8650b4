#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace audit {

/// What is wrong with a trail. The names are stable.
enum class Fault {
    Damaged, ///< the file is no sound SQLite database
    Remade, ///< its tables, triggers or indexes are not those of a trail
    Removed, ///< records are missing between others
    Reordered, ///< a record stands in the place of another one
    Edited, ///< a record's hash does not follow from its text and the record before
    Malformed, ///< the chain holds, the text is not that of a record
    Truncated, ///< a head or an anchor names a record behind the last one
    Rewritten, ///< the chain holds, and is not the one that a head or an anchor names
    HeadUnsound, ///< a head that cannot be read or that belongs elsewhere
    HeadForged, ///< a head that none of the given keys has signed
    Unsigned, ///< keys were given and there is no head
};

[[nodiscard]] std::string_view nameOf(Fault fault);

/// The first thing that is wrong, and where.
struct Finding {
    Fault fault = Fault::Damaged;
    std::uint64_t number = 0; ///< of the record; 0: the file as a whole
    std::string words; ///< for a person

    friend bool operator==(const Finding&, const Finding&) = default;
};

}
