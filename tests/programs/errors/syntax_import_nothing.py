# import of nothing.
import
