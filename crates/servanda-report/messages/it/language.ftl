language-name = italiano
language-digits = latn
language-direction = left-to-right
