language-name = हिन्दी
language-digits = latn
language-direction = left-to-right
