#pragma once

/// The one door to QuickFIX, for the sources of core/fix and their tests only.
///
/// Debian's 1.15.1 headers use dynamic exception specifications, which C++17 removed: they are blanked here. They stay
/// compiled into the library, so a callback that throws anything but what QuickFIX declares ends the process:
/// Application::toApp may throw only DoNotSend, Responder::send and disconnect nothing, onInitialize only RuntimeError.
/// Inside this window of headers nobody else may be included, so every standard header comes first.

#include <queue>

#include <algorithm>
#include <atomic>
#include <cassert>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <deque>
#include <exception>
#include <fstream>
#include <functional>
#include <iomanip>
#include <iostream>
#include <iterator>
#include <limits>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <sstream>
#include <stack>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#ifdef __clang__
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wkeyword-macro"
#endif
#define throw(...)
#include <quickfix/Application.h>
#include <quickfix/DataDictionary.h>
#include <quickfix/DataDictionaryProvider.h>
#include <quickfix/Exceptions.h>
#include <quickfix/Initiator.h>
#include <quickfix/Log.h>
#include <quickfix/Message.h>
#include <quickfix/MessageStore.h>
#include <quickfix/Parser.h>
#include <quickfix/Responder.h>
#include <quickfix/Session.h>
#include <quickfix/SessionFactory.h>
#include <quickfix/SessionID.h>
#include <quickfix/SessionSettings.h>
#undef throw
#ifdef __clang__
#pragma clang diagnostic pop
#endif
