silence-laws = القوانين
silence-from = منذ { $moment }
silence-until = حتى { $moment }
silence-while = ما دام { $condition }
silence-beats = يتقدم على { $clause } حيث ينطبق حكمه
silence-beats-where = يتقدم على { $clause } حيث ينطبق حكمه وحيث { $condition }
silence-says-nothing = لا يقول شيئًا عما يجوز لأي طرف أن يفعله

silent-for = صامت بشأن: { $acts }
permitted-for = مسموح لـ: { $acts }
forbidden-for = محظور على: { $acts }
left-free-for = متروك حرًا لـ: { $acts }
steps-back-for = يتراجع من أجل: { $acts }

acts-none = لا شيء
acts-others = الآخرين
acts-others-and = الآخرين، وحيث { $condition }
acts-everybody-but = الجميع ما عدا { $parties }
acts-always = { $parties }، دائمًا
acts-unless-freed = { $condition }، ما لم يحرره بند آخر
