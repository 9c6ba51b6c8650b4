# Writes ${OUTPUT}: the file ${INPUT} as a C++ string behind fix::fix44Dictionary(). In pieces, because some compilers
# take no longer literal at once.
file(READ "${INPUT}" text)
string(LENGTH "${text}" length)
set(pieces "")
set(at 0)
while(at LESS length)
    string(SUBSTRING "${text}" ${at} 12000 piece)
    string(APPEND pieces "    R\"xml(${piece})xml\"\n")
    math(EXPR at "${at} + 12000")
endwhile()
file(WRITE "${OUTPUT}" "#include \"core/fix/dictionary.h\"

namespace fix {

std::string_view fix44Dictionary()
{
    static constexpr std::string_view Text =
${pieces}        ;
    return Text;
}

}
")
