language-name = فارسی
language-digits = arabext
language-direction = right-to-left
