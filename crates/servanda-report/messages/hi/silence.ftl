silence-laws = क़ानून
silence-from = आरंभ: { $moment }
silence-until = अंत: { $moment }
silence-while = जब तक { $condition }
silence-beats = जहाँ उसका अपना नियम लागू हो वहाँ { $clause } पर प्रबल है
silence-beats-where = जहाँ उसका अपना नियम लागू हो और { $condition }, वहाँ { $clause } पर प्रबल है
silence-says-nothing = इस बारे में कुछ नहीं कहता कि कौन क्या कर सकता है

silent-for = इन पर मौन: { $acts }
permitted-for = इनके लिए अनुमत: { $acts }
forbidden-for = इनके लिए निषिद्ध: { $acts }
left-free-for = इनके लिए मुक्त छोड़ा गया: { $acts }
steps-back-for = इनके लिए पीछे हटता है: { $acts }

acts-none = कुछ नहीं
acts-others = अन्य
acts-others-and = अन्य, और जहाँ { $condition }
acts-everybody-but = { $parties } को छोड़कर सभी
acts-always = { $parties }, हमेशा
acts-unless-freed = { $condition }, जब तक कोई दूसरा खंड इसे मुक्त न करे
