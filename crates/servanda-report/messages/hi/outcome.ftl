outcome-permitted = अनुमत
outcome-forbidden = निषिद्ध
outcome-unregulated = अविनियमित
outcome-conflict = टकराव
outcome-depends = निर्भर है
outcome-in-force = प्रभावी
outcome-ended = समाप्त
outcome-not-yet = अभी नहीं
outcome-absent = अनुपस्थित
outcome-non-binding = अबाध्यकारी
outcome-on = समाप्ति
outcome-open = खुला
outcome-never = कभी नहीं
outcome-known = ज्ञात
outcome-undisclosed = अप्रकट

headline = { $outcome }: { $value }
value-until = { $events } तक
value-until-or-on = { $events } तक, या उसके बिना { $day } को
value-nothing = कुछ नहीं
value-owed = { $clause } ({ $state })
value-undisclosed = अप्रकट

state-in-effect = लागू
state-due = आज देय
state-overdue = अतिदेय
state-fulfilled = पूरा
state-violated = उल्लंघित
state-suspended = निलंबित
state-discharged = मुक्त

kind-fact = तथ्य
kind-undisclosed = अप्रकट
kind-reading = व्याख्या
