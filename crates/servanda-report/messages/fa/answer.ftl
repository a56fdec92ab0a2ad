heading-because = زیرا
heading-reached = این‌ها نیز شامل موضوع می‌شدند، اما تعیین‌کننده نبودند
heading-to-know = گفتنی است
heading-ways = چه چیزی باید تغییر کند
no-way = هیچ‌یک از ویژگی‌ها، پاسخ‌ها یا رویدادهای دیگری که آزموده شد، به‌تنهایی نتیجه را تغییر نمی‌دهد
nothing-is-owed = تعهدی وجود ندارد

column-clause = بند
column-to = در برابر
column-what = موضوع
column-for = بابت
column-remains = مانده
column-due = سررسید
column-state = وضعیت
column-depends-on = بستگی دارد به
column-kind = نوع
column-answer = پاسخ
column-then = آنگاه

role-permits = آن را مجاز می‌کند
role-forbids = آن را منع می‌کند
role-lacks = شامل آن می‌شود، اما آن را آزاد نمی‌کند
role-met = شامل آن می‌شود و شرطش برآورده است
role-over = شامل آن می‌شود، اما در آن روز نافذ نیست
role-yields = کنار می‌رود
role-moves = مدت بندی را تغییر می‌دهد
role-stands = موضوع پرسش است
role-gives = مقدار را تعیین می‌کند
role-empowers = این اختیار را می‌دهد
role-obliges = آن را الزام می‌کند
reason-version = ({ $version })
reason-law = (قانون)
reason-agreement = توافق

cites = استناد به { $places }
from-outside = از بیرون از منابع: { $where }
reason-note = یادداشت: { $note }
with-records = { $step } [{ $records }]

comma = {"، "}
semicolon = {"؛ "}

way-if = اگر { $change }
way-next = { $first }، سپس { $next }
way-attribute = { $name } به‌جای { $was } برابر { $word } باشد
way-answer = { $name } برابر { $word } باشد
way-event = { $event } از سوی { $party } رخ دهد
way-event-data = { $event } از سوی { $party } با { $data } رخ دهد

passage-no-document = ! سند { $document } در میان منابع نیست
passage-beyond = { $characters ->
   *[other] ! سند { $characters } نویسه دارد؛ ارجاع از پایان آن فراتر می‌رود
}
passage-moved = ! این قطعه جابه‌جا شده است؛ اکنون در { $place } است
passage-edited = ! این قطعه پس از استناد ویرایش شده است؛ اکنون در { $place } است
passage-ambiguous = ! این قطعه سر جای خود نیست؛ شاید { $places } باشد
passage-lost = ! قطعهٔ مورد استناد در هیچ جای سند نیست
