# The sessions of README.md say what vtlt says.
find_package(Python3 REQUIRED COMPONENTS Interpreter)
if(TARGET vtlt_cmd)  # then transcripts.cmake makes vtlt_hooked
  add_test(NAME readme COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/tools/readme_sessions.py
                               $<TARGET_FILE:vtlt_hooked>)
endif()
