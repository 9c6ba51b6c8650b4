#pragma once

#include <string>
#include <vector>

namespace fido {

/// Where to look for keys besides USB.
struct KeySettings {
    /// Words in the names of PC/SC readers that are for security keys (NFC). A reader that is not named is never
    /// touched: choosing the FIDO application on a smartcard logs its owner out of the others.
    std::vector<std::string> readers;
};

}
