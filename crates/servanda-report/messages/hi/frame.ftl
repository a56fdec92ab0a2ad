frame-error = त्रुटि: { $message }
frame-warning = चेतावनी[{ $code }]: { $message }
frame-note = टिप्पणी: { $message }

ask-prompt = किसी शब्द या उसकी संख्या से उत्तर दें, या Enter दबाकर इसे खुला छोड़ें:{" "}
ask-none-of-them = “{ $word }” उत्तरों में से नहीं है
