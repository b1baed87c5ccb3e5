# Puts the numbered SQL files of src/<room>/migrations into the room's library, so that the program
# needs no files beside it: a function `migrations()`, declared in migrations.h there.
function(amer_embed_migrations room)
    file(GLOB files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${room}/migrations/*.sql)
    set(rows "")
    foreach(file ${files})
        get_filename_component(name ${file} NAME_WE)
        file(READ ${file} sql)
        string(APPEND rows "    {\"${name}\", R\"embedded(${sql})embedded\"},\n")
    endforeach()
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${files})
    set(generated ${CMAKE_BINARY_DIR}/generated/${room}_migrations.cc)
    file(CONFIGURE OUTPUT ${generated} @ONLY CONTENT "#include \"store/migrations/migrations.h\"

namespace amer::${room} {

static constexpr Migration kMigrations[] = {
@rows@};

std::span<const Migration> migrations() { return kMigrations; }

}  // namespace amer::${room}
")
    target_sources(amer_${room} PRIVATE ${generated})
endfunction()

# Puts texts/<name>.<language>.toml into a room, whose src/<room>/<name>/texts.h declares them:
# kArabic and kEnglish of amer::<name>.
function(amer_embed_texts room name)
    set(values "")
    foreach(pair "ar;kArabic" "en;kEnglish")
        list(GET pair 0 language)
        list(GET pair 1 constant)
        set(file ${CMAKE_SOURCE_DIR}/texts/${name}.${language}.toml)
        file(READ ${file} text)
        string(APPEND values "const std::string_view ${constant} = R\"embedded(${text})embedded\";\n")
        set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
    endforeach()
    set(generated ${CMAKE_BINARY_DIR}/generated/${room}_${name}_texts.cc)
    file(CONFIGURE OUTPUT ${generated} @ONLY CONTENT "#include \"${room}/${name}/texts.h\"

namespace amer::${name} {

@values@
}  // namespace amer::${name}
")
    target_sources(amer_${room} PRIVATE ${generated})
endfunction()
