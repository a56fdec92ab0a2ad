outcome-permitted = مجاز
outcome-forbidden = ممنوع
outcome-unregulated = مسکوت
outcome-conflict = تعارض
outcome-depends = بستگی دارد
outcome-in-force = نافذ
outcome-ended = پایان‌یافته
outcome-not-yet = هنوز نه
outcome-absent = ناموجود
outcome-non-binding = غیرالزام‌آور
outcome-on = پایان
outcome-open = باز
outcome-never = هرگز
outcome-known = معلوم
outcome-undisclosed = افشانشده

headline = { $outcome }: { $value }
value-until = تا { $events }
value-until-or-on = تا { $events }، یا بدون آن در { $day }
value-nothing = هیچ
value-owed = { $clause } ({ $state })
value-undisclosed = افشانشده

state-in-effect = برقرار
state-due = سررسید
state-overdue = معوق
state-fulfilled = انجام‌شده
state-violated = نقض‌شده
state-suspended = معلق
state-discharged = ساقط‌شده

kind-fact = واقعیت
kind-undisclosed = افشانشده
kind-reading = تفسیر
