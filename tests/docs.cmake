# Man pages and completions say what the program says of itself (vtlt COMMAND --help); pages are well formed. Loudly
# skipped where mandoc or a shell is not installed.
find_package(Python3 REQUIRED COMPONENTS Interpreter)
set(check_docs ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/tools/check_docs.py)
add_test(NAME man_lint COMMAND ${check_docs} lint ${CMAKE_SOURCE_DIR}/man)
set_tests_properties(man_lint PROPERTIES SKIP_RETURN_CODE 77)
if(TARGET vtlt)
  add_test(NAME man_flags COMMAND ${check_docs} man $<TARGET_FILE:vtlt> ${CMAKE_SOURCE_DIR}/man)
  foreach(shell bash zsh fish)
    add_test(NAME completion_${shell} COMMAND ${check_docs} ${shell} $<TARGET_FILE:vtlt> ${CMAKE_SOURCE_DIR}/completions)
    set_tests_properties(completion_${shell} PROPERTIES SKIP_RETURN_CODE 77)
  endforeach()
endif()

# Each requirement has a test that names it, or a reason.
add_test(NAME requirements
         COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/tools/requirements.py ${CMAKE_BINARY_DIR}/requirements.md)
