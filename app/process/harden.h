#pragma once

namespace app {

/// First thing in each program that handles a PIN: no core dumps, no debugger of the same user (invariant 6), broken
/// pipes as errors, files private by default.
void hardenProcess();

}
