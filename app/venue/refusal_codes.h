#pragma once

/// What refusals are called on the wire, and what stands for an absent id.
namespace venue {

// OrdRejReason(103)
inline constexpr const char* UnknownOrder = "5";
inline constexpr const char* StaleOrder = "8";
inline constexpr const char* OtherReason = "99";
// BusinessRejectReason(380)
inline constexpr const char* ApplicationNotAvailable = "4";
// FIX 4.4 requires OrderID(37) where there is none.
inline constexpr const char* NoOrderId = "NONE";

}
