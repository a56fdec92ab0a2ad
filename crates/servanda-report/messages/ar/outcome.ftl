outcome-permitted = مسموح
outcome-forbidden = محظور
outcome-unregulated = مسكوت عنه
outcome-conflict = تعارض
outcome-depends = يتوقف على غيره
outcome-in-force = نافذ
outcome-ended = منتهٍ
outcome-not-yet = ليس بعد
outcome-absent = غير موجود
outcome-non-binding = غير ملزم
outcome-on = ينتهي في
outcome-open = مفتوح
outcome-never = لا ينتهي
outcome-known = معلوم
outcome-undisclosed = غير معلن

headline = { $outcome }: { $value }
value-until = حتى { $events }
value-until-or-on = حتى { $events }، أو من دونه في { $day }
value-nothing = لا شيء
value-owed = { $clause } ({ $state })
value-undisclosed = غير معلن

state-in-effect = سارٍ
state-due = مستحق اليوم
state-overdue = متأخر
state-fulfilled = منفَّذ
state-violated = مخالَف
state-suspended = معلَّق
state-discharged = ساقط

kind-fact = واقعة
kind-undisclosed = غير معلن
kind-reading = تفسير
