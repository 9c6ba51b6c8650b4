#pragma once

#include "core/base/result.h"

namespace auth {

/// Gives OpenSC in this process settings of our own, and leaves those of the user's other programs alone. First thing
/// in a program, before there is a second thread (it changes the environment) and before a module is loaded, which is
/// when OpenSC reads them. What the file of this machine says (/etc/opensc/opensc.conf) then counts for us no more, nor
/// does a file that somebody has put into the environment: the one setting that matters is that OpenSC does not keep
/// the PIN. It would give it to the card again by itself after another program has logged us out, and a signature
/// would no longer prove that a person has typed the PIN since. Errors: Io.
[[nodiscard]] base::Status useOwnOpenScSettings();

}
