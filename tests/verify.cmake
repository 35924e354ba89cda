# What vtlt verify says with files that are not in this repository. Loudly skipped where they are absent.
find_package(Python3 REQUIRED COMPONENTS Interpreter)
if(TARGET vtlt)
  set(eark ${CMAKE_SOURCE_DIR}/../shared/corpora/eark)
  add_test(NAME verify_schemas COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/tools/verify_schemas.py
                                       $<TARGET_FILE:vtlt> ${eark}/schemas ${eark}/examples)
  set_tests_properties(verify_schemas PROPERTIES SKIP_RETURN_CODE 77)
endif()
