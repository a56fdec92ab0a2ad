frame-error = خطأ: { $message }
frame-warning = تحذير[{ $code }]: { $message }
frame-note = ملاحظة: { $message }

ask-prompt = أجب بكلمة أو برقمها، أو اتركه مفتوحًا بالضغط على Enter:{" "}
ask-none-of-them = «{ $word }» ليس من الإجابات
