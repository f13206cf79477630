# A joint review that leaves one department at work when the other turns the application down.
! banli flow check tests/cases/stuck_chart.yaml --lang en 2>&1
