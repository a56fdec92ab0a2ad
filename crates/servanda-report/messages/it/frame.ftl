frame-error = errore: { $message }
frame-warning = avviso[{ $code }]: { $message }
frame-note = nota: { $message }

ask-prompt = rispondi con una parola o con il suo numero, o lascia aperto con Invio:{" "}
ask-none-of-them = «{ $word }» non è fra le risposte
