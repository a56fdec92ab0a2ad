language-name = العربية
language-digits = latn
language-direction = right-to-left
