# A text raised.
raise 'error'
