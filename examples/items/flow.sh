banli flow check examples/county/flowcharts/civil-association.yaml --lang en
banli flow draw examples/county/flowcharts/civil-association.yaml --lanes -o /dev/null
