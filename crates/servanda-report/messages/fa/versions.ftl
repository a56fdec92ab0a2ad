versions-on = { $agreement } در { $day }
versions-text = متن { $version }
versions-ended = پایان‌یافته به موجب { $version }
versions-once = { $moment }، پس از آنکه { $condition }

column-version = نسخه
column-builds-on = بر پایهٔ
column-signed = تاریخ امضا
column-binds-from = الزام‌آور از
column-status = وضعیت
column-title = عنوان
column-field = فیلد
column-written-by = نوشتهٔ

version-reported = گزارش‌شده
version-proposed = پیشنهادی
version-non-binding = غیرالزام‌آور
version-signed = امضاشده
version-conditional = مشروط
version-in-force = نافذ
version-superseded = جایگزین‌شده
version-lapsed = منتفی‌شده
version-not-yet = هنوز نه
