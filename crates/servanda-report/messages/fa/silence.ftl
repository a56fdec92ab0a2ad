silence-laws = قوانین
silence-from = از { $moment }
silence-until = تا { $moment }
silence-while = تا زمانی که { $condition }
silence-beats = هرجا حکم خودش جاری شود بر { $clause } مقدم است
silence-beats-where = هرجا حکم خودش جاری شود و { $condition }، بر { $clause } مقدم است
silence-says-nothing = دربارهٔ اینکه چه کسی چه کاری می‌تواند بکند چیزی نمی‌گوید

silent-for = ساکت برای: { $acts }
permitted-for = مجاز برای: { $acts }
forbidden-for = ممنوع برای: { $acts }
left-free-for = آزادگذاشته برای: { $acts }
steps-back-for = کنار می‌رود برای: { $acts }

acts-none = هیچ
acts-others = دیگران
acts-others-and = دیگران، و جایی که { $condition }
acts-everybody-but = همه به‌جز { $parties }
acts-always = { $parties }، همیشه
acts-unless-freed = { $condition }، مگر آنکه بند دیگری آن را آزاد کند
