frame-error = خطا: { $message }
frame-warning = هشدار[{ $code }]: { $message }
frame-note = یادداشت: { $message }

ask-prompt = با یک واژه یا شمارهٔ آن پاسخ دهید، یا با Enter آن را باز بگذارید:{" "}
ask-none-of-them = «{ $word }» هیچ‌یک از پاسخ‌ها نیست
