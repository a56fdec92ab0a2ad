phrase = { $phrase }
day = { $day }

record = { $event }, { $day } को
record-by = { $party } द्वारा { $event }, { $day } को
record-id = { $event }, { $day } को ({ $id })
record-by-id = { $party } द्वारा { $event }, { $day } को ({ $id })

step-so = ऐसा है कि { $condition }
step-not-so = ऐसा नहीं है कि { $condition }
step-holds-right = अधिकार { $party } के पास है
step-lacks-right = अधिकार { $party } के पास नहीं है
step-steps-back = यह वहाँ पीछे हटता है जहाँ { $condition }
step-yields = यह { $clause } के आगे पीछे हटता है

step-holds-from = यह { $version } के अनुसार { $day } से लागू है
step-begins = यह { $version } के अनुसार { $day } को आरंभ होता है
step-binds-from-law = यह क़ानून के रूप में { $day } से बाध्यकारी है
step-begins-law = यह क़ानून के रूप में { $day } को आरंभ होता है
step-not-begun = यह अभी आरंभ नहीं हुआ है
step-holds-until = यह तब तक लागू है: { $moment }
step-ended-term = यह { $day } को समाप्त हुआ; अवधि का अंत: { $moment }
step-ends-term = यह { $day } को समाप्त होता है; अवधि का अंत: { $moment }
step-ended-by = यह { $clause } के कारण { $day } को समाप्त हुआ
step-ends-by = यह { $clause } के कारण { $day } को समाप्त होता है
step-ended-waived = यह { $day } को समाप्त हुआ: { $version } द्वारा परित्यक्त
step-ends-waived = यह { $day } को समाप्त होता है: { $version } द्वारा परित्यक्त
step-ended-terminated = यह { $day } को समाप्त हुआ: { $version } द्वारा रद्द
step-ends-terminated = यह { $day } को समाप्त होता है: { $version } द्वारा रद्द

step-rests = यह { $day } को स्थगित है: { $why }
rests-while = यह केवल तब तक लागू है जब तक { $condition }
rests-suspended = यह { $version } द्वारा निलंबित है
rests-suspended-since = यह { $clause } द्वारा { $day } से निलंबित है

step-not-come = { $event } { $day } तक घटित नहीं हुआ है
step-only-can = { $action } का अधिकार केवल { $who } को है ({ $clause })
step-only-can-when = { $action } का अधिकार केवल { $who } को है, और तभी जब { $condition } ({ $clause })
step-without-effect = निष्प्रभावी: { $why }
step-power-when = अधिकार का प्रयोग तब हो सकता है जब { $condition }

step-runs-on-none = { $name }: यह कार्य किसी पर नहीं चलता
step-state = { $process } की अवस्था { $state } है
step-state-since = { $process } की अवस्था { $day } से { $state } है
step-state-keyed = { $key } के लिए { $process } की अवस्था { $state } है
step-state-keyed-since = { $key } के लिए { $process } की अवस्था { $day } से { $state } है

step-value = { $name } = { $value }
step-part = { $name } का मान { $value } है
step-version-not-governing = जिस संस्करण में यह है वह { $day } को लागू नहीं है
step-stands-only = यह केवल { $version } में है, जो { $status } है

status-reported = सूचित
status-proposed = प्रस्तावित
status-non-binding = अबाध्यकारी
status-binding = बाध्यकारी

refused-nobody = यह नहीं बताया गया कि इसे किसने किया
refused-party = { $party } को { $event } घटित करने का अधिकार नहीं है; { $who } को है
refused-guarded = { $party } को { $action } का अधिकार केवल तब है जब { $condition } ({ $clause })
refused-powerless = उस दिन प्रभावी किसी खंड ने { $party } को { $action } का अधिकार नहीं दिया था
refused-state = { $process } की अवस्था { $state } है, जहाँ से { $event } कहीं नहीं ले जाता ({ $clause })
refused-state-keyed = { $key } के लिए { $process } की अवस्था { $state } है, जहाँ से { $event } कहीं नहीं ले जाता ({ $clause })

note-does-not-bind = { $version } { $status } है और बाध्य नहीं करता; { $governing } लागू है
note-none-binds = { $version } { $status } है और बाध्य नहीं करता; कोई संस्करण लागू नहीं है
note-no-effect = इसका कोई प्रभाव नहीं हुआ: { $record }; कारण: { $why }
note-further = आगे के कार्यों का भी कोई प्रभाव नहीं हुआ
