# How the code reads, checked like everything else. The tidy test looks at a file once per content
# (tools/check_tidy), alone on one processor while other tests use the rest.
function(amer_style name)
    add_test(NAME style/${name} COMMAND ${ARGN})
    set_tests_properties(style/${name} PROPERTIES
        LABELS style TIMEOUT 60 WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
endfunction()

if(AMER_TESTS STREQUAL "all")
    amer_style(format ${CMAKE_SOURCE_DIR}/tools/check_format)
    amer_style(rooms ${CMAKE_SOURCE_DIR}/tools/check_rooms)
    amer_style(rooms_self_test ${CMAKE_SOURCE_DIR}/tools/check_rooms --self-test)
    amer_style(words ${CMAKE_SOURCE_DIR}/tools/check_words)
    amer_style(words_self_test ${CMAKE_SOURCE_DIR}/tools/check_words --self-test)
    amer_style(tidy ${CMAKE_SOURCE_DIR}/tools/check_tidy --jobs 1)
    set_tests_properties(style/tidy PROPERTIES TIMEOUT 3600 COST 1000)
endif()
