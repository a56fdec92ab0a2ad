# What the language is called in itself.
language-name = English
# Its digits, as a Unicode numbering system: latn, arab, arabext, deva …
language-digits = latn
# left-to-right or right-to-left
language-direction = left-to-right
