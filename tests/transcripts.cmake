# Transcripts: what people type and what they read (tests/transcripts), run against vtlt with time and chance fixed.
find_package(Python3 REQUIRED COMPONENTS Interpreter)
if(TARGET vtlt_cmd)
  add_executable(vtlt_hooked ${CMAKE_CURRENT_SOURCE_DIR}/vtlt_hooked.cpp)
  target_link_libraries(vtlt_hooked PRIVATE vtlt_cmd)
  file(GLOB transcripts CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/transcripts/*.txt)
  foreach(transcript ${transcripts})
    get_filename_component(name ${transcript} NAME_WE)
    add_test(NAME transcript_${name}
             COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/tools/run_transcripts.py
                     --vtlt $<TARGET_FILE:vtlt_hooked> ${transcript})
  endforeach()
endif()
