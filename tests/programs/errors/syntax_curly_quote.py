# A curly quotation mark.
print(“hello”)
