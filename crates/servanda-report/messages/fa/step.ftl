phrase = { $phrase }
day = { $day }

record = { $event } در { $day }
record-by = { $event } از سوی { $party } در { $day }
record-id = { $event } در { $day } ({ $id })
record-by-id = { $event } از سوی { $party } در { $day } ({ $id })

step-so = چنین است که { $condition }
step-not-so = چنین نیست که { $condition }
step-holds-right = { $party } دارندهٔ این حق است
step-lacks-right = { $party } دارندهٔ این حق نیست
step-steps-back = در این حالت کنار می‌رود: { $condition }
step-yields = در برابر { $clause } کنار می‌رود

step-holds-from = به موجب { $version } از { $day } برقرار است
step-begins = به موجب { $version } در { $day } آغاز می‌شود
step-binds-from-law = به‌عنوان قانون از { $day } الزام‌آور است
step-begins-law = به‌عنوان قانون در { $day } آغاز می‌شود
step-not-begun = هنوز آغاز نشده است
step-holds-until = تا این زمان برقرار است: { $moment }
step-ended-term = در { $day } پایان یافت؛ مدت: تا { $moment }
step-ends-term = در { $day } پایان می‌یابد؛ مدت: تا { $moment }
step-ended-by = در { $day } به موجب { $clause } پایان یافت
step-ends-by = در { $day } به موجب { $clause } پایان می‌یابد
step-ended-waived = در { $day } پایان یافت: { $version } از آن صرف‌نظر کرد
step-ends-waived = در { $day } پایان می‌یابد: { $version } از آن صرف‌نظر کرده است
step-ended-terminated = در { $day } پایان یافت: { $version } آن را فسخ کرد
step-ends-terminated = در { $day } پایان می‌یابد: { $version } آن را فسخ کرده است

step-rests = در { $day } معلق است: { $why }
rests-while = تنها تا زمانی برقرار است که { $condition }
rests-suspended = { $version } آن را معلق کرده است
rests-suspended-since = از { $day } به موجب { $clause } معلق است

step-not-come = { $event } تا { $day } رخ نداده است
step-only-can = تنها { $who } اختیار { $action } را دارد ({ $clause })
step-only-can-when = تنها { $who } اختیار { $action } را دارد، هنگامی که { $condition } ({ $clause })
step-without-effect = بی‌اثر: { $why }
step-power-when = شرط به‌کاربردن این اختیار: { $condition }

step-runs-on-none = { $name }: این عمل به هیچ موردی مربوط نیست
step-state = { $process } در حالت { $state } است
step-state-since = { $process } از { $day } در حالت { $state } است
step-state-keyed = { $process } برای { $key } در حالت { $state } است
step-state-keyed-since = { $process } برای { $key } از { $day } در حالت { $state } است

step-value = { $name } = { $value }
step-part = { $name } برابر { $value } است
step-version-not-governing = نسخه‌ای که این بند را دارد در { $day } حاکم نیست
step-stands-only = این بند تنها در { $version } آمده که { $status } است

status-reported = گزارش‌شده
status-proposed = پیشنهادی
status-non-binding = غیرالزام‌آور
status-binding = الزام‌آور

refused-nobody = معلوم نیست چه کسی آن را انجام داده است
refused-party = { $party } اختیار ایجاد { $event } را ندارد؛ { $who } دارد
refused-guarded = { $party } اختیار { $action } را تنها هنگامی دارد که { $condition } ({ $clause })
refused-powerless = هیچ بند نافذی در آن روز به { $party } اختیار { $action } را نداده بود
refused-state = { $process } در حالت { $state } است و { $event } از آنجا به جایی نمی‌رسد ({ $clause })
refused-state-keyed = { $process } برای { $key } در حالت { $state } است و { $event } از آنجا به جایی نمی‌رسد ({ $clause })

note-does-not-bind = { $version } نسخه‌ای { $status } است و الزام نمی‌آورد؛ { $governing } حاکم است
note-none-binds = { $version } نسخه‌ای { $status } است و الزام نمی‌آورد؛ هیچ نسخه‌ای حاکم نیست
note-no-effect = { $record } اثری نداشت: { $why }
note-further = اعمال دیگری نیز بی‌اثر بودند
