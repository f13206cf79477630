# The same question at the command line, with the local days of an office on top of the official calendar.
banli deadline --lang en --start 2024-09-12 --limit "20 workdays" \
  --overlay examples/deadline/flood.yaml --exclude hearing:2024-10-08..2024-10-15 --explain

# A suspension that nobody has ended yet: there is no due date, and the rest of the limit waits.
banli deadline --lang en --start 2024-09-12 --limit "20 workdays" --suspend appraisal:2024-09-25..
