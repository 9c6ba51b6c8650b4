#pragma once

#include "tests/session/session_pair.h"

#include <string>

/// A fill in full, between the header and the trailer.
inline const std::string Fill = "37=O1|11=C1|17=E1|150=F|39=2|55=EUR/USD|54=1|38=1000000|32=1000000|31=1.15340|151=0|"
                                "14=1000000|6=1.15340|";

inline fix::WireMessage acceptance()
{
    return session_test::message(
        "D", {{11, "C1"}, {117, "Q1"}, {55, "EUR/USD"}, {54, "1"}, {38, "1000000"}, {40, "D"}, {44, "1.15340"}});
}
