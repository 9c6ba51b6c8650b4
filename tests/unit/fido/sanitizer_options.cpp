// libcbor takes a key's word for the size of a map and asks malloc for it, up to what no machine has; a refusal is
// handled in order, but a sanitizer's allocator would end the program instead.

extern "C" const char* __asan_default_options();
extern "C" const char* __tsan_default_options();

extern "C" const char* __asan_default_options()
{
    return "allocator_may_return_null=1";
}

extern "C" const char* __tsan_default_options()
{
    return "allocator_may_return_null=1";
}
