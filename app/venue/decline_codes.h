#pragma once

/// QuoteRequestRejectReason(658), FIX 4.4.
namespace venue::decline {

inline constexpr const char* UnknownSymbol = "1";
inline constexpr const char* ExceedsLimit = "3";
inline constexpr const char* TooLateToEnter = "4";
inline constexpr const char* NotAuthorized = "6";
inline constexpr const char* Other = "99";

}
