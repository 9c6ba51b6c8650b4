#pragma once

#include "core/rfq/reject_category.h"

#include <span>
#include <string_view>

namespace rfq {

/// One value of the standard and what it means in the categories of the Investment Association.
struct StandardReject {
    RejectField field;
    std::string_view code;
    RejectCategory category;
};

/// Every value of FIX 4.4, of 5.0 SP2 and of the extension packs up to EP292 that says no. What the standard itself
/// assigns to a category (EP290) has that one; the others have the nearest. Values from 100 on are agreed between two
/// parties and belong into the counterparty's profile.
[[nodiscard]] std::span<const StandardReject> standardRejects();

}
