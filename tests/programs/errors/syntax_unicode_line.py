# The place of an error after an emoji.
x = '😀' + + * 2
