# The days of the README as a picture: what is drawn is the picture that is kept here.
drawn=$(mktemp)
banli deadline --lang en --start 2024-09-12 --limit "20 workdays" \
  --exclude hearing:2024-10-08..2024-10-15 --svg "$drawn"
cmp "$drawn" examples/deadline/picture.svg && echo "as in picture.svg"
rm "$drawn"
