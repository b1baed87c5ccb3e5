# What callers hear: the texts agree in both languages, and every sound is there and is even. The
# sounds are kept between builds, so that only the first run renders them all.
function(amer_prompts name)
    add_test(NAME prompts/${name} COMMAND ${ARGN})
    set_tests_properties(prompts/${name} PROPERTIES
        LABELS prompts TIMEOUT 60 WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
endfunction()

if(AMER_TESTS STREQUAL "all")
    amer_prompts(texts ${CMAKE_SOURCE_DIR}/tools/check_prompts --texts)
    amer_prompts(self_test ${CMAKE_SOURCE_DIR}/tools/check_prompts --self-test)
    amer_prompts(render python3 ${CMAKE_SOURCE_DIR}/tests/prompts/render_test.py)
    amer_prompts(sounds ${CMAKE_SOURCE_DIR}/tools/check_prompts --render
                 --out ${CMAKE_SOURCE_DIR}/.cache/prompts)
    set_tests_properties(prompts/sounds PROPERTIES TIMEOUT 600 COST 500)
endif()
