#pragma once

#include <vector>

namespace bench {

void row(const char* what, double value, const char* unit, const char* target);
double median(std::vector<double> values);

/// What authorising each message adds to the server's cost per message.
void messages(int rounds);
/// Clients that all reconnect at once, against as many bare handshakes.
void storm(int rounds);

}
