phrase = { $phrase }
day = { $day }

record = { $event } في { $day }
record-by = { $event } من { $party } في { $day }
record-id = { $event } في { $day } ({ $id })
record-by-id = { $event } من { $party } في { $day } ({ $id })

step-so = الشرط متحقق: { $condition }
step-not-so = الشرط غير متحقق: { $condition }
step-holds-right = { $party } صاحب الحق
step-lacks-right = { $party } ليس صاحب الحق
step-steps-back = يتراجع حيث { $condition }
step-yields = يتراجع أمام { $clause }

step-holds-from = يسري منذ { $day } بموجب { $version }
step-begins = يبدأ في { $day } بموجب { $version }
step-binds-from-law = يلزم منذ { $day } بوصفه قانونًا
step-begins-law = يبدأ في { $day } بوصفه قانونًا
step-not-begun = لم يبدأ بعد
step-holds-until = يسري حتى { $moment }
step-ended-term = انتهى في { $day }؛ مدته حتى { $moment }
step-ends-term = ينتهي في { $day }؛ مدته حتى { $moment }
step-ended-by = انتهى في { $day } بموجب { $clause }
step-ends-by = ينتهي في { $day } بموجب { $clause }
step-ended-waived = انتهى في { $day }: جرى التنازل عنه بموجب { $version }
step-ends-waived = ينتهي في { $day }: جرى التنازل عنه بموجب { $version }
step-ended-terminated = انتهى في { $day }: أُنهي بموجب { $version }
step-ends-terminated = ينتهي في { $day }: أُنهي بموجب { $version }

step-rests = متوقف في { $day }: { $why }
rests-while = لا يسري إلا ما دام { $condition }
rests-suspended = معلَّق بموجب { $version }
rests-suspended-since = معلَّق منذ { $day } بموجب { $clause }

step-not-come = لم يقع { $event } حتى { $day }
step-only-can = لا يملك صلاحية { $action } إلا { $who } ({ $clause })
step-only-can-when = لا يملك صلاحية { $action } إلا { $who }، وذلك عندما { $condition } ({ $clause })
step-without-effect = بلا أثر: { $why }
step-power-when = تُستعمل الصلاحية عندما { $condition }

step-runs-on-none = { $name }: الفعل لا يتعلق بأي منها
step-state = { $process } في حالة { $state }
step-state-since = { $process } في حالة { $state } منذ { $day }
step-state-keyed = { $process } الخاص بـ { $key } في حالة { $state }
step-state-keyed-since = { $process } الخاص بـ { $key } في حالة { $state } منذ { $day }

step-value = { $name } = { $value }
step-part = { $name } هو { $value }
step-version-not-governing = النسخة التي تتضمنه لا تحكم في { $day }
step-stands-only = لا يرد إلا في { $version }، وهي نسخة { $status }

status-reported = منقولة
status-proposed = مقترحة
status-non-binding = غير ملزمة
status-binding = ملزمة

refused-nobody = لا يُذكر من قام به
refused-party = لا يملك { $party } صلاحية إحداث { $event }؛ بل يملكها { $who }
refused-guarded = لا يملك { $party } صلاحية { $action } إلا عندما { $condition } ({ $clause })
refused-powerless = لم يمنح أي بند نافذ في ذلك اليوم { $party } صلاحية { $action }
refused-state = { $process } في حالة { $state }، ولا يؤدي { $event } منها إلى شيء ({ $clause })
refused-state-keyed = { $process } الخاص بـ { $key } في حالة { $state }، ولا يؤدي { $event } منها إلى شيء ({ $clause })

note-does-not-bind = { $version } نسخة { $status } ولا تُلزم؛ والنسخة الحاكمة هي { $governing }
note-none-binds = { $version } نسخة { $status } ولا تُلزم؛ ولا توجد نسخة حاكمة
note-no-effect = لم يكن لما يلي أثر: { $record }؛ السبب: { $why }
note-further = أفعال أخرى لم يكن لها أثر
