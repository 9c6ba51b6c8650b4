#pragma once

#include <string_view>

namespace fix {

/// Our FIX 4.4 data dictionary (core/fix/dictionary/fix44.xml, QuickFIX's format), built into the program. It is
/// tolerant of what comes in: a field that only a codec can judge is a STRING without a list of values, so that the
/// engine does not refuse a fill before the desk has seen it.
[[nodiscard]] std::string_view fix44Dictionary();

}
