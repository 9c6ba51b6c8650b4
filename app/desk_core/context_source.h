#pragma once

#include "core/stepup/dialect.h"

#include <functional>

namespace app {

/// Who knows what this program and workstation say about themselves. Finding out takes its time: files, a TPM.
class ContextSource {
public:
    using Answer = std::function<void(const stepup::ContextStatement& statement)>;

    virtual ~ContextSource() = default;
    /// Answers once, on the desk's thread, at once or later, also after whoever asked is gone. What cannot be found out
    /// is left out.
    virtual void ask(const stepup::QuoteBinding& binding, Answer answer) = 0;
};

}
