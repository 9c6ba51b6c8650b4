#pragma once

namespace app {

/// For a program that serves many: as many open files as the system lets this process have. A session keeps two files
/// and a connection open, and the usual limit of 1,024 ends a venue at some three hundred of them.
void allowManyFiles();

}
