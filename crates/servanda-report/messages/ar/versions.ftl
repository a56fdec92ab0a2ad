versions-on = { $agreement } في { $day }
versions-text = نص { $version }
versions-ended = أُنهي بموجب { $version }
versions-once = { $moment }، متى { $condition }

column-version = النسخة
column-builds-on = تستند إلى
column-signed = وُقِّعت في
column-binds-from = ملزمة منذ
column-status = الحالة
column-title = العنوان
column-field = الحقل
column-written-by = كتبته

version-reported = منقولة
version-proposed = مقترحة
version-non-binding = غير ملزمة
version-signed = موقَّعة
version-conditional = مشروطة
version-in-force = نافذة
version-superseded = مستبدَلة
version-lapsed = ساقطة
version-not-yet = ليس بعد
