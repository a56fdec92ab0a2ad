heading-because = क्योंकि
heading-reached = ये भी लागू होते थे, पर निर्णायक नहीं थे
heading-to-know = जानने योग्य
heading-ways = क्या बदलना होगा
no-way = आज़माया गया कोई भी अकेला गुण, उत्तर या आगे की घटना दूसरा परिणाम नहीं देती
nothing-is-owed = कोई दायित्व नहीं है

column-clause = खंड
column-to = किसके प्रति
column-what = क्या
column-for = किसके लिए
column-remains = शेष
column-due = देय तिथि
column-state = स्थिति
column-depends-on = निर्भर है
column-kind = प्रकार
column-answer = उत्तर
column-then = तब

role-permits = इसकी अनुमति देता है
role-forbids = इसे निषिद्ध करता है
role-lacks = इस पर लागू होता है, पर इसे मुक्त नहीं करता
role-met = इस पर लागू होता है, और उसकी शर्त पूरी है
role-over = इस पर लागू होता है, पर उस दिन प्रभावी नहीं है
role-yields = पीछे हटता है
role-moves = किसी खंड की अवधि बदलता है
role-stands = के बारे में पूछा गया है
role-gives = मान देता है
role-empowers = अधिकार देता है
role-obliges = इसे आरोपित करता है
reason-version = ({ $version })
reason-law = (क़ानून)
reason-agreement = करार

cites = संदर्भ { $places }
from-outside = स्रोतों के बाहर से: { $where }
reason-note = टिप्पणी: { $note }
with-records = { $step } [{ $records }]

comma = {", "}
semicolon = {"; "}

way-if = यदि { $change }
way-next = { $first }, फिर { $next }
way-attribute = { $name } का मान { $was } के बजाय { $word } हो
way-answer = { $name } का उत्तर { $word } हो
way-event = { $party } द्वारा { $event } हो
way-event-data = { $party } द्वारा { $event } { $data } के साथ हो

passage-no-document = ! दस्तावेज़ { $document } स्रोतों में नहीं है
passage-beyond = { $characters ->
   *[other] ! दस्तावेज़ में { $characters } वर्ण हैं; संदर्भ उसके अंत से आगे जाता है
}
passage-moved = ! यह अंश खिसक गया है; अब यह { $place } पर है
passage-edited = ! संदर्भ दिए जाने के बाद यह अंश बदला गया है; अब यह { $place } पर है
passage-ambiguous = ! यह अंश अपनी जगह पर नहीं है; यह { $places } हो सकता है
passage-lost = ! जिस अंश का संदर्भ दिया गया था वह दस्तावेज़ में कहीं नहीं है
