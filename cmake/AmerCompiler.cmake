# Flags that hold for every file: warnings are errors, checks stay on in release.
find_program(CCACHE ccache)
if(CCACHE)
    # Precompiled headers and ccache get along only with these (ccache manual, "Precompiled headers").
    set(CMAKE_CXX_COMPILER_LAUNCHER
        ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
        ${CCACHE})
endif()

add_compile_options(-Wall -Wextra -Wconversion -Wshadow -Wnon-virtual-dtor -Werror -fno-omit-frame-pointer)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    add_compile_options(-fpch-preprocess -Wno-psabi)
else()
    add_compile_options("SHELL:-Xclang -fno-pch-timestamp")
    # Toml++, doctest and SOCI headers are system headers and stay silent; this one is for our macros.
    add_compile_options(-Wno-gnu-zero-variadic-macro-arguments)
endif()
# Some compilers come with a level of their own, so ours is set after theirs is taken back; the
# sanitizers do the same work and mislead each other with it.
add_compile_options(-U_FORTIFY_SOURCE -fstack-protector-strong)
if(NOT AMER_SANITIZE)
    add_compile_options(-D_FORTIFY_SOURCE=2)
endif()
add_compile_definitions(BOOST_ASIO_HAS_CO_AWAIT BOOST_ASIO_HAS_STD_COROUTINE BOOST_ERROR_CODE_HEADER_ONLY)

find_program(MOLD mold)
if(MOLD)
    add_link_options(-fuse-ld=mold)
endif()

if(AMER_SANITIZE)
    add_compile_options(-fsanitize=${AMER_SANITIZE} -fno-sanitize-recover=all)
    add_link_options(-fsanitize=${AMER_SANITIZE})
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        # What the sanitizer weaves in misleads these flow warnings of g++ 12; the dev and release
        # builds keep them.
        add_compile_options(-Wno-array-bounds -Wno-maybe-uninitialized -Wno-stringop-overflow
                            -Wno-restrict -Wno-tsan)
    elseif(AMER_SANITIZE MATCHES "undefined")
        # The vptr check needs type information that SOCI and libphonenumber do not export.
        add_compile_options(-fno-sanitize=vptr)
    endif()
endif()
if(AMER_LIBFUZZER)
    add_compile_options(-fsanitize=fuzzer-no-link)
endif()
