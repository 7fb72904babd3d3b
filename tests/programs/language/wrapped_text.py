# textwrap: lines of a given width, common indents, shortened texts.
import textwrap

text = "The gradient points uphill, so a step against it goes down; a well-chosen step size makes the difference between convergence and chaos."
print(textwrap.fill(text, 40))
print(textwrap.wrap(text, 30, initial_indent="* ", subsequent_indent="  "))
print(textwrap.dedent("""\
    def f(x):
        return x

    f(1)
    """))
print(textwrap.indent("a\n\nb\n", "> "))
print(textwrap.shorten(text, 40), textwrap.shorten("short one", 40), sep="\n")
print(textwrap.wrap("averyveryverylongword and more", 10), textwrap.wrap("", 10), textwrap.wrap("x" * 25, 10, break_long_words=False))
