# The main job on a whole commune, checked by scripts that share no code with vtlt. Loudly skipped where the sample is
# not beside the project.
find_package(Python3 COMPONENTS Interpreter)
if(Python3_FOUND)
  add_test(NAME sample_commune
           COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/tools/sample_commune.py $<TARGET_FILE:vtlt>
                   ${CMAKE_SOURCE_DIR}/../shared/samples/xa-phong-hai ${CMAKE_CURRENT_SOURCE_DIR}/data/xa-phong-hai.yaml
                   --xsd ${CMAKE_SOURCE_DIR}/../shared/corpora/eark/schemas)
  set_tests_properties(sample_commune PROPERTIES SKIP_RETURN_CODE 77)
endif()
