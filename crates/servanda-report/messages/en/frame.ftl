# What stands around messages that are not translated themselves, and the conversation with a person.

frame-error = error: { $message }
frame-warning = warning[{ $code }]: { $message }
frame-note = note: { $message }

ask-prompt = answer with a word or its number, or leave it open with Enter:{" "}
ask-none-of-them = `{ $word }` is none of the answers
