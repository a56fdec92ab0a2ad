heading-because = لأن
heading-reached = يشمله أيضًا ولم يكن حاسمًا
heading-to-know = للعلم
heading-ways = ما الذي يجب أن يتغير
no-way = لا تؤدي أي صفة أو إجابة أو واقعة أخرى جُرِّبت وحدها إلى نتيجة مختلفة
nothing-is-owed = لا يوجد التزام

column-clause = البند
column-to = تجاه
column-what = الموضوع
column-for = عن
column-remains = المتبقي
column-due = الاستحقاق
column-state = الحالة
column-depends-on = يتوقف على
column-kind = النوع
column-answer = الإجابة
column-then = النتيجة

role-permits = يسمح به
role-forbids = يحظره
role-lacks = يشمله ولا يحرره
role-met = يشمله وشرطه مستوفى
role-over = يشمله ولا يسري في ذلك اليوم
role-yields = يتراجع
role-moves = يغيّر مدة بند
role-stands = هو موضوع السؤال
role-gives = يحدد القيمة
role-empowers = يمنح الصلاحية
role-obliges = يفرضه
reason-version = ({ $version })
reason-law = (قانون)
reason-agreement = الاتفاق

cites = يستند إلى { $places }
from-outside = من خارج المصادر: { $where }
reason-note = ملاحظة: { $note }
with-records = { $step } [{ $records }]

comma = {"، "}
semicolon = {"؛ "}

way-if = إذا { $change }
way-next = { $first }، ثم { $next }
way-attribute = كان { $name } هو { $word } بدلًا من { $was }
way-answer = كان { $name } هو { $word }
way-event = وقع { $event } من { $party }
way-event-data = وقع { $event } من { $party } مع { $data }

passage-no-document = ! الوثيقة { $document } ليست بين المصادر
passage-beyond = { $characters ->
    [zero] ! لا تحوي الوثيقة أي محرف؛ والإحالة تتجاوز نهايتها
    [one] ! تحوي الوثيقة محرفًا واحدًا؛ والإحالة تتجاوز نهايتها
    [two] ! تحوي الوثيقة محرفين؛ والإحالة تتجاوز نهايتها
    [few] ! تحوي الوثيقة { $characters } محارف؛ والإحالة تتجاوز نهايتها
    [many] ! تحوي الوثيقة { $characters } محرفًا؛ والإحالة تتجاوز نهايتها
   *[other] ! تحوي الوثيقة { $characters } محرف؛ والإحالة تتجاوز نهايتها
}
passage-moved = ! نُقل المقطع؛ وهو الآن في { $place }
passage-edited = ! عُدّل المقطع بعد الاستشهاد به؛ وهو الآن في { $place }
passage-ambiguous = ! ليس المقطع في موضعه؛ وقد يكون { $places }
passage-lost = ! المقطع المستشهد به غير موجود في الوثيقة
